"""Whole-process times of the command line beside the bare imports it stands on, as ratios.

    python bench/startup.py [RUNS]

Each pair runs in turns, so that a machine that slows down slows both; the median is quoted.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

PYTHON = sys.executable
GOUJI = str(Path(PYTHON).with_name("gouji"))


def seconds(command: Sequence[str]) -> float:
    """How long one run of `command` takes, start to end."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def compare(name: str, ours: Sequence[str], peer_name: str, peer: Sequence[str], runs: int) -> None:
    """Print both medians and the median of the ratios of neighbouring runs."""
    seconds(ours), seconds(peer)
    pairs = [(seconds(ours), seconds(peer)) for _ in range(runs)]
    mine, theirs = (median(times) for times in zip(*pairs, strict=True))
    ratio = median(a / b for a, b in pairs)
    print(f"{name}: {mine * 1000:.0f} ms, {peer_name}: {theirs * 1000:.0f} ms, ratio {ratio:.2f}")


def main() -> None:
    """Measure `gouji report` on the sample, `gouji --help`, and the import that each click pays."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    imports = [PYTHON, "-c", "import openpyxl, jinja2, lxml.etree"]
    with tempfile.TemporaryDirectory() as folder:
        workbook, report = str(Path(folder, "填报.xlsx")), str(Path(folder, "报告.docx"))
        subprocess.run(
            [GOUJI, "new", "department", workbook, "--sample"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        ours = [GOUJI, "report", workbook, report]
        compare("gouji report", ours, "import openpyxl, jinja2, lxml", imports, runs)
    compare("gouji --help", [GOUJI, "--help"], "import typer", [PYTHON, "-c", "import typer"], runs)
    click, xlwings = (
        [PYTHON, "-c", f"import {name}"] for name in ("addin.ribbon.press", "xlwings")
    )
    compare("import addin.ribbon.press", click, "import xlwings", xlwings, runs)


if __name__ == "__main__":
    main()
