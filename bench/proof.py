"""What proofing a long report costs beside parsing its XML, and how that grows with its pages.

    python bench/proof.py [PAGES ...]

The reports are the example's with so many projects, each with a self-rating of its own: 60
projects give some 100 pages. What a document states is read from the same parts that are parsed.
"""

import math
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Final

from audit import RUNS, cpu, taken
from lxml import etree

from docgen.proof.check import proof_document
from docgen.proof.document import read_document
from docgen.report.report import make_report
from docgen.stated.outline import aside_parts
from docgen.stated.styles import open_document
from docgen.template.word.package import main_part
from workbook.checking.kinds import Kind, find_kind

PAGES: Final = (10, 100, 400)
PROJECTS: Final = 0.6  # of one page
LEAST: Final = 0.05  # seconds of parsing beside one proofing
WANTED: Final = 20
WANTED_EXPONENT: Final = 1.1


def main() -> None:
    """Print the ratio of each length and the exponent of the growth."""
    pages = [int(word) for word in sys.argv[1:]] or PAGES
    kind = find_kind("department")
    times: list[tuple[int, float]] = []
    with tempfile.TemporaryDirectory() as name:
        for count in pages:
            report = made(kind, count, Path(name) / f"{count}.xlsx")
            texts = parts(report)
            reading = cpu(lambda report=report: read_document(report))
            spent, parsing, ratio = paired(report, texts)
            times.append((sum(map(len, texts)), spent))
            print(
                f"{count} pages, {times[-1][0] / 1e6:.1f} MB of XML: {spent * 1000:.0f} ms"
                f" (reading {reading * 1000:.0f}), {ratio:.1f} times parsing"
                f" ({parsing * 1000:.1f} ms), wanted under {WANTED}"
            )
    (small, first), (large, last) = times[0], times[-1]
    if large == small:
        return
    exponent = math.log(last / first) / math.log(large / small)
    print(f"exponent {exponent:.2f}, wanted at most {WANTED_EXPONENT}")


def paired(report: Path, texts: list[bytes]) -> tuple[float, float, float]:
    """The CPU times of proofing and of parsing, and the median of their ratios.

    The two are run in turns, so that what disturbs one disturbs the other; what is parsed in a few
    milliseconds is parsed as often as fills `LEAST` of a second, for the clock is coarse.
    """
    proofs, parsings, ratios = [], [], []
    proof_document(report)
    often = max(1, round(LEAST / max(_cpu_of(texts, 1), 1e-4)))
    for _ in range(max(RUNS, round(RUNS * min(often, 4)))):
        parsing = _cpu_of(texts, often)
        begin = time.process_time()
        proof_document(report)
        spent = time.process_time() - begin
        proofs.append(spent)
        parsings.append(parsing)
        ratios.append(spent / parsing)
    return median(proofs), median(parsings), median(ratios)


def _cpu_of(texts: list[bytes], often: int) -> float:
    """The CPU time of parsing the parts once, in seconds, the mean of so many times."""
    begin = time.process_time()
    for _ in range(often):
        for text in texts:
            etree.fromstring(text)
    return (time.process_time() - begin) / often


def made(kind: Kind, pages: int, path: Path) -> Path:
    """The report of so many pages."""
    intake = taken(kind, max(1, round(pages * PROJECTS)), path, 0)
    return make_report(intake, path.with_suffix(".docx"), draft=True).path


def parts(report: Path) -> list[bytes]:
    """The parts of a document that are read for what they state."""
    package, _ = open_document(report)
    names = [main_part(package), *(name for name, _ in aside_parts(package))]
    return [package.read(name) for name in names]


if __name__ == "__main__":
    main()
