"""Ways to spoil a workbook file, in cells as a clerk does and in the zip as accidents do."""

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from cases import fill, spots_of
from loaded import load_workbook
from openpyxl import Workbook

from workbook.checking.kinds import Kind, load_kind
from workbook.making.build import as_bytes, build_workbook
from workbook.xlsx.book import Book

ROOT = Path(__file__).parents[2]
KINDS = ROOT / "tests" / "kinds"
DEPARTMENT = load_kind(ROOT / "templates" / "department")
LANGUAGE = load_kind(KINDS / "language")
SPOTS = spots_of(DEPARTMENT)
Spoil = Callable[[Path], object]
Typed = str | int | float | Decimal | date | None


@cache
def sample_book() -> bytes:
    """The department's workbook with its sample, built once."""
    return as_bytes(build_workbook(DEPARTMENT.form, DEPARTMENT.rules, DEPARTMENT.sample))


@dataclass(frozen=True)
class Typing:
    """Other values typed into the sample, `人员经费` or `项目.0.金额`; None clears the cell."""

    cells: Mapping[str, Typed]
    number_format: str = ""

    def __call__(self, path: Path) -> None:
        """Type them into a file; `sampled.typed_over` has them without one."""
        editing(self._type)(path)

    def _type(self, book: Workbook) -> None:
        for key, value in self.cells.items():
            sheet, address, _ = SPOTS[key]
            cell = book[sheet][address]
            cell.value = value
            if isinstance(value, str) and not value.startswith(("=", "#")):
                cell.data_type = "s"
            cell.number_format = self.number_format or cell.number_format


def typing(
    cells: Mapping[str, Typed] | None = None, number_format: str = "", /, **named: Typed
) -> Typing:
    """The same, written as keywords."""
    return Typing({**(cells or {}), **named}, number_format)


def editing(spoil: Callable[[Workbook], object]) -> Spoil:
    """Anything done to the sample's open workbook."""

    def run(path: Path) -> None:
        book = load_workbook(path)
        spoil(book)
        book.save(path)

    return run


def instead(kind: Kind, **typed: Any) -> Spoil:
    """Another kind's workbook in the sample's place."""

    def run(path: Path) -> None:
        book = build_workbook(kind.form, kind.rules)
        fill(book, spots_of(kind), typed)
        book.save(path)

    return run


def zipping(edit: Callable[[str, bytes], bytes]) -> Spoil:
    """Every part of the zip passed through `edit(name, data)`."""

    def run(path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            parts = [(name, archive.read(name)) for name in archive.namelist()]
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts:
                archive.writestr(name, edit(name, data))

    return run


def replacing(part: str, old: str, new: str) -> Spoil:
    """One text of one part replaced; it must be there."""

    def edit(name: str, data: bytes) -> bytes:
        if name != part:
            return data
        assert old in data.decode(), old
        return data.decode().replace(old, new).encode()

    return zipping(edit)


def in_turn(*spoils: Spoil) -> Spoil:
    """One after the other."""

    def run(path: Path) -> None:
        for spoil in spoils:
            spoil(path)

    return run


def sheets_change_places(one: str, other: str) -> Spoil:
    """What stands on two sheets changes places, as in a package whose parts were mixed up."""

    def swap(path: Path) -> None:
        book = Book.at(path)
        first, second = book.parts[one], book.parts[other]
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        parts[first], parts[second] = parts[second], parts[first]
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)

    return swap
