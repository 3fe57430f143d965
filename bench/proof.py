"""What proofing a long report costs beside parsing its XML, and how that grows with its pages.

    python bench/proof.py [PAGES ...]

The reports are the example's with so many projects, each with a self-rating of its own: 60
projects give some 100 pages. What a document states is read from the same parts that are parsed.
"""

import math
import sys
import tempfile
from pathlib import Path
from typing import Final

from audit import cpu, taken
from lxml import etree

from docgen.proof.check import proof_document
from docgen.proof.document import read_document
from docgen.report.report import make_report
from docgen.stated.outline import aside_parts, open_document
from docgen.template.word.package import main_part
from workbook.checking.kinds import Kind, find_kind

PAGES: Final = (10, 100, 400)
PROJECTS: Final = 0.6  # of one page
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
            parsing = cpu(lambda texts=texts: [etree.fromstring(text) for text in texts])
            reading = cpu(lambda report=report: read_document(report))
            spent = cpu(lambda report=report: proof_document(report))
            times.append((sum(map(len, texts)), spent))
            print(
                f"{count} pages, {times[-1][0] / 1e6:.1f} MB of XML: {spent * 1000:.0f} ms"
                f" (reading {reading * 1000:.0f}), {spent / parsing:.1f} times parsing"
                f" ({parsing * 1000:.1f} ms), wanted under {WANTED}"
            )
    (small, first), (large, last) = times[0], times[-1]
    exponent = math.log(last / first) / math.log(large / small)
    print(f"exponent {exponent:.2f}, wanted at most {WANTED_EXPONENT}")


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
