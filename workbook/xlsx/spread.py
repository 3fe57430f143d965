"""How many cells a file's merges and links cover, each of which openpyxl makes one by one.

A merge or a link over a whole sheet is forty letters in the file, and 17 billion cells there.
"""

from typing import Final

from workbook.xlsx.addresses import corners_of
from workbook.xlsx.book import Book
from workbook.xlsx.package import MAIN, Package, PackageError

MOST_SPREAD: Final = 200_000  # cells; openpyxl's of them take some 100 MB
_SHEET: Final = f"{MAIN}worksheet"
_SPREADING: Final = (f"{MAIN}mergeCell", f"{MAIN}hyperlink")


def must_not_spread(file: bytes) -> None:
    """Raise `PackageError` for a file of too many such cells, or a broken one."""
    package = Package.of(file)
    left = MOST_SPREAD
    for part in Book(package).parts.values():
        for one in package.elements(part, _SHEET, *_SPREADING):
            corners = corners_of(one.get("ref", ""))
            if corners is not None:
                left -= corners.rows * corners.columns
            elif ":" in one.get("ref", ""):  # whole rows or columns
                left = -1
            if left < 0:
                raise PackageError(f"{part}:合并的单元格或链接太大")
