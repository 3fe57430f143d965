"""Where something is: the cell that a finding points at, or that a figure comes from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One cell: the sheet's name and the address without dollar signs."""

    sheet: str
    address: str

    def __str__(self) -> str:
        """The place as Excel writes it, `预算收支!C9`."""
        doubled = self.sheet.replace("'", "''")
        quoted = self.sheet if self.sheet.isidentifier() else f"'{doubled}'"
        return f"{quoted}!{self.address}"
