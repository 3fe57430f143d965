"""The saved results of a file's formulas, read past everything else that the file holds.

openpyxl gives either formulas or results; to load a workbook twice for a few results would be most
of the time of a check. A formula that gave an empty text has a result, unlike one never calculated.
"""

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NamedTuple

from lxml import etree
from openpyxl.reader.strings import read_string_table

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_STRINGS: Final = "xl/sharedStrings.xml"


class Result(NamedTuple):
    """What a formula gave: the value as the file has it, None where none was saved.

    A `Decimal` is what Python computes for a formula of ours.
    """

    value: Decimal | float | int | str | bool | None
    is_error: bool = False


Results = Mapping[str, Mapping[str, Result]]  # by sheet and address
NONE: Final = Result(None)


def saved_results(path: Path) -> Results:
    """The results of all formulas; days are numbers, as Excel keeps them.

    Raises what `zipfile` and `lxml` raise on a broken file, which openpyxl has loaded before.
    """
    with zipfile.ZipFile(path) as package:
        strings = _Strings(package)
        return {
            name: {cell.get("r", ""): _result(cell, strings) for cell in _formulas(package, part)}
            for name, part in _sheets(package)
        }


class _Strings:
    """The texts that cells share, read when the first is asked for."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self._texts: list[str] | None = None

    def __getitem__(self, number: int) -> str:
        if self._texts is None:
            with self._package.open(_STRINGS) as part:
                self._texts = list(read_string_table(part))
        return self._texts[number]


def _parse(package: zipfile.ZipFile, name: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(package.read(name), parser)


def _sheets(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    targets = {one.get("Id"): one.get("Target", "") for one in _parse(package, _RELATIONS)}
    there = set(package.namelist())
    for sheet in _parse(package, _BOOK).iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
        if part in there:
            yield sheet.get("name", ""), posixpath.normpath(part)


def _formulas(package: zipfile.ZipFile, part: str) -> Iterator[Any]:
    for formula in _parse(package, part).iter(f"{_MAIN}f"):
        if (cell := formula.getparent()) is not None and cell.tag == f"{_MAIN}c":
            yield cell


def _result(cell: Any, strings: _Strings) -> Result:
    text, kind = cell.findtext(f"{_MAIN}v"), cell.get("t", "n")
    if not text:
        return Result("") if text == "" and kind == "str" else NONE
    match kind:
        case "n":
            number = float(text)
            return Result(int(number) if number.is_integer() and "." not in text else number)
        case "b":
            return Result(text == "1")
        case "s":
            return Result(strings[int(text)])
        case _:
            return Result(text, is_error=kind == "e")
