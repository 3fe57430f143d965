"""Where something is: the cell that a finding points at, or that a figure comes from."""

from functools import lru_cache
from string import ascii_uppercase, digits

from msgspec import Struct


class Place(Struct, frozen=True, order=True):
    """One cell: the sheet's name and the address without dollar signs."""

    sheet: str
    address: str

    def __str__(self) -> str:
        """The place as Excel writes it, `预算收支!C9`."""
        return f"{_named(self.sheet)}!{self.address}"

    @property
    def row(self) -> int:
        """The number of its row."""
        return int(self.address.lstrip(ascii_uppercase))

    def down(self, rows: int) -> "Place":
        """The cell so many rows below it."""
        letters = self.address.rstrip(digits)
        return Place(self.sheet, f"{letters}{self.row + rows}")


@lru_cache
def _named(sheet: str) -> str:
    """The sheet's name as it stands in a formula, in quotes where it needs them."""
    doubled = sheet.replace("'", "''")
    return sheet if sheet.isidentifier() else f"'{doubled}'"


def above_of(place: Place) -> Place:
    """The cell above; above the first row it is itself."""
    return place.down(-1) if place.row > 1 else place
