"""What whole commands cost in CPU time beside named peers, as ratios: cold, as every click is.

    python bench/commands.py [RUNS]

Each pair runs in turns, so that a machine that slows down slows both; medians are quoted, and the
median of the ratios of neighbouring runs. What Gouji keeps in the user's cache folder is there
after the first run of a command, as it is on an office's computer; the line "nothing kept" is one
whose cache folder is empty each time.
"""

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from itertools import count
from pathlib import Path
from statistics import median
from typing import Final

import docx
from docx.table import Table

PYTHON: Final = sys.executable
GOUJI: Final = (PYTHON, "-m", "gouji")
IMPORTS: Final = (PYTHON, "-c", "import openpyxl, jinja2, lxml.etree")
PLAIN: Final = Path(__file__).with_name("plain_report.py")
_FIGURE: Final = re.compile(r"\d+\.\d+")
Command = Callable[[], Sequence[str | Path]]


def main() -> None:
    """Print all figures."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        print(f"{'':44}{'ours':>9}{'peer':>9}{'ratio':>8}{'wanted':>8}")
        for title, ours, peer, wanted in works(folder):
            print(line(title, ours, peer, wanted, runs), flush=True)


def works(folder: Path) -> Iterator[tuple[str, Command, Command, float]]:
    """Each measured command, its peer, and the ratio that is wanted at most."""
    book, report, template = (folder / name for name in ("填报.xlsx", "报告.docx", "模板.docx"))
    run((*GOUJI, "new", "department", book, "--sample"))
    run((*GOUJI, "report", book, report))
    plain_template(report, template)
    fresh = (folder / f"{number}.xlsx" for number in count())

    def load() -> Sequence[str | Path]:
        return (PYTHON, "-c", f"import openpyxl; openpyxl.load_workbook({str(book)!r})")

    def plain() -> Sequence[str | Path]:
        return (PYTHON, PLAIN, book, template, folder / "plain.docx")

    def imports() -> Sequence[str | Path]:
        return IMPORTS

    def forgetful() -> Sequence[str | Path]:
        shutil.rmtree(folder / "cache", ignore_errors=True)
        return (*GOUJI, "report", book, report)

    yield "report / openpyxl and docxtpl", lambda: (*GOUJI, "report", book, report), plain, 0.6
    yield "report, nothing kept / the same", forgetful, plain, 1.38
    yield "check / openpyxl.load_workbook", lambda: (*GOUJI, "check", book), load, 0.8
    for words in (("new", "department"), ("new", "department", "--sample"), ("rollover", book)):
        title = f"{' '.join(map(str, words[:1] + words[2:]))} / imports"
        yield title, lambda words=words: (*GOUJI, *words, next(fresh)), imports, 3.5
    takes = (*GOUJI, "import", report)
    yield "import / imports", lambda: (*takes, next(fresh), "--kind", "department"), imports, 6


def line(title: str, ours: Command, peer: Command, wanted: float, runs: int) -> str:
    """One work measured, as a line of text."""
    run(ours()), run(peer())
    pairs = [(run(ours()), run(peer())) for _ in range(runs)]
    mine, theirs = (median(times) * 1000 for times in zip(*pairs, strict=True))
    ratio = median(a / b for a, b in pairs)
    return f"{title:44}{mine:6.0f} ms{theirs:6.0f} ms{ratio:8.2f}{wanted:8.2f}"


def run(command: Sequence[str | Path]) -> float:
    """The CPU seconds of one run of a command, its own children included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def plain_template(report: Path, out: Path) -> None:
    """A docxtpl template of a printed report's pages: a tag for each figure, a loop for each list.

    It prints other figures than the report does, and does the same work.
    """
    document = docx.Document(str(report))
    for paragraph in document.paragraphs:
        for text in paragraph.runs:
            text.text = _FIGURE.sub("{{ 基本支出 }}", text.text)
    for table in document.tables:
        _loop(table)
    document.save(str(out))


def _loop(table: Table) -> None:
    """The third row of a table once for each indicator; of the others their figures."""
    for row in table.rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                for text in paragraph.runs:
                    text.text = _FIGURE.sub("{{ 项目支出 }}", text.text)
    if len(table.rows) > 12:
        body = table.rows[-1]._tr
        for words, place in (("{%tr for one in 指标 %}", body), ("{%tr endfor %}", None)):
            row = deepcopy(table.rows[0]._tr)
            texts = list(row.iter("{*}t"))
            for text in texts:
                text.text = ""
            texts[0].text = words
            if place is not None:
                place.addprevious(row)
            else:
                body.addnext(row)


if __name__ == "__main__":
    main()
