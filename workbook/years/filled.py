"""A blank workbook with a sample typed in, as it would be built with it, without openpyxl.

Only the cells and rows that the sample decides are written anew; all else keeps its bytes.
"""

import re
from collections.abc import Mapping
from copy import deepcopy
from functools import cached_property
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from lxml import etree

from workbook.checking.kinds import Kind
from workbook.form.sample import Sample, SampleValue
from workbook.saving.cells import (
    FIRST_DAY,
    FORMULA_SIGNS,
    NO_XML,
    formula_cell,
    number_text,
    typed_cell,
)
from workbook.xlsx.book import Book
from workbook.xlsx.package import MAIN, Package
from workbook.years.given import Given, Order, given_cells

# As our writer of sheets has them: one attribute behind another, no spaces between elements.
_PIECE = re.compile(
    r'<row(?: ht="([^"]*)")?( [^>]*)?>|<c r="([A-Z]+\d+)"( s="\d+")?(?: t="\w+")?(?:/>|>(.*?)</c>)',
    re.DOTALL,
)
_NUMBER = re.compile(r' r="(\d+)"')
_FORMULA = re.compile("<f>.*?</f>", re.DOTALL)
_STYLE = re.compile(r' s="(\d+)"')
_STYLES = "xl/styles.xml"


def filled(blank: bytes, kind: Kind, sample: Sample, order: Order, is_packed: bool = True) -> bytes:
    """The package of a blank workbook of the kind, with room for the sample, filled with it.

    `order` has for each of its own sheets the cells of formulas as they were written. Signs that no
    XML holds are left out of texts.
    """
    package, sample = Package.of(blank), _writable(sample)
    given = given_cells(kind.form, kind.rules, sample, order)
    styles = _Styles(package)
    with ZipFile(BytesIO(blank)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    for name, part in Book(package).parts.items():
        if name in given:
            parts[part] = _Sheet(given[name], styles).filled(parts[part])
    if styles.are_new:
        parts[_STYLES] = styles.data
    made = BytesIO()
    packing = ZIP_DEFLATED if is_packed else ZIP_STORED
    with ZipFile(made, "w", packing) as new:
        for name, data in parts.items():
            new.writestr(ZipInfo(name, FIRST_DAY), data, packing)
    return made.getvalue()


def _writable(sample: Sample) -> Sample:
    tables = {key: tuple(map(_written, rows)) for key, rows in sample.tables.items()}
    return Sample(_written(sample.fields), tables)


def _written(values: Mapping[str, SampleValue]) -> Mapping[str, SampleValue]:
    return {
        key: NO_XML.sub("", value) if isinstance(value, str) else value
        for key, value in values.items()
    }


class _Sheet:
    """A sheet's part that is being filled."""

    def __init__(self, given: Given, styles: "_Styles") -> None:
        self._given, self._styles = given, styles
        self._written = 0

    def filled(self, part: bytes) -> bytes:
        """The part with all that is given in its place."""
        text = _PIECE.sub(self._piece, part.decode())
        assert self._written == len(self._given.typed) + len(self._given.results)
        return text.encode()

    def _piece(self, found: re.Match[str]) -> str:
        height, more, address, style, inner = found.groups()
        if address is None:
            return self._row(found[0], height, more or "")
        typed, result = self._given.typed.get(address), self._given.results.get(address)
        if typed is not None:
            self._written += 1
            if isinstance(typed, str) and typed.startswith(FORMULA_SIGNS):
                style = self._styles.quoted(style or "")
            return typed_cell(address, style or "", typed)
        formula = _FORMULA.match(inner or "")
        if result is None or formula is None:
            return found[0]
        self._written += 1
        return formula_cell(address, style or "", formula[0], result)

    def _row(self, row: str, height: str | None, more: str) -> str:
        number = _NUMBER.search(more)
        if height is None or number is None:
            return row
        wanted = self._given.heights.get(int(number[1]))
        return row if wanted is None else f'<row ht="{number_text(wanted)}"{more}>'


class _Styles:
    """The styles of a book, and those of texts that begin as a formula does."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._made: dict[str, str] = {}

    @property
    def are_new(self) -> bool:
        """Whether there are some that the book had not."""
        return bool(self._made)

    @cached_property
    def _root(self) -> Any:
        return self._package.tree(_STYLES)

    def quoted(self, style: str) -> str:
        """The attribute of a style like the one given that keeps a text from being a formula."""
        if style not in self._made:
            formats = self._root.find(f"{MAIN}cellXfs")
            number = _STYLE.fullmatch(style)
            made = deepcopy(formats[int(number[1]) if number else 0])
            made.set("quotePrefix", "1")
            formats.append(made)
            formats.set("count", str(len(formats)))
            self._made[style] = f' s="{len(formats) - 1}"'
        return self._made[style]

    @property
    def data(self) -> bytes:
        """The part as it is now."""
        return etree.tostring(self._root, encoding="UTF-8")
