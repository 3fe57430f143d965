"""What a file may hold for openpyxl, which makes an object of each thing that it names.

A link over a whole sheet is forty letters in the file, and 17 billion cells there; ten thousand
sheets that lead to one part are read ten thousand times.
"""

from typing import Final

from workbook.xlsx.addresses import corners_of
from workbook.xlsx.book import Book
from workbook.xlsx.package import MAIN, Package, PackageError

MOST_COVERED: Final = 200_000  # cells under merges and links; openpyxl's of them take some 100 MB
MOST_RULES: Final = 20_000  # entry rules and conditional formats
MOST_LOOKS: Final = 65_490  # of cells: Excel's own limit
MOST_SHEETS: Final = 1_000
_SHEET: Final = f"{MAIN}worksheet"
_COVERING: Final = (f"{MAIN}mergeCell", f"{MAIN}hyperlink")
_RULES: Final = (f"{MAIN}dataValidation", f"{MAIN}cfRule")


def must_be_bounded(file: bytes) -> None:
    """Raise `PackageError` for a file of too many such things, or a broken one."""
    package = Package.of(file)
    book = Book(package)
    parts = {*book.parts.values()}
    if len(book.parts) > MOST_SHEETS or len(parts) < len(book.parts):
        raise PackageError(f"{book.part}:工作表太多,或有两张是同一张")
    if len(book.formats) > MOST_LOOKS:
        raise PackageError(f"{book.styles_part}:样式太多")
    covered = rules = 0
    for part in parts:
        for one in package.elements(part, _SHEET, *_COVERING, *_RULES):
            if one.tag in _RULES:
                rules += 1
            else:
                covered += _covered(one.get("ref", ""))
            if covered > MOST_COVERED or rules > MOST_RULES:
                raise PackageError(f"{part}:合并的单元格、链接或输入规则太多、太大")


def _covered(reference: str) -> int:
    """How many cells a merge or a link covers; of whole rows or columns too many."""
    corners = corners_of(reference)
    if corners is not None:
        return corners.rows * corners.columns
    return MOST_COVERED + 1 if ":" in reference else 0
