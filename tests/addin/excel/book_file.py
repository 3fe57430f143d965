"""What only the file tells: each sheet's protection, the structure's, which sheets are selected.

LibreOffice is given a copy without protection, because it keeps other rules; what the file said is
written into it again when the book is saved.
"""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Final
from xml.sax.saxutils import quoteattr

from lxml import etree

from excel.protection import SheetProtection, sheet_protection

_SHEET: Final = re.compile(
    rb"<(?:\w+:)?sheetProtection\b[^>]*?(?:/>|>\s*</(?:\w+:)?sheetProtection>)"
)
_BOOK: Final = re.compile(
    rb"<(?:\w+:)?workbookProtection\b[^>]*?(?:/>|>\s*</(?:\w+:)?workbookProtection>)"
)
_OF_ROW: Final = b"[#This Row]"
_SHARED: Final = b't="shared"'
_WORDS: Final = re.compile(r'"[^"]*"|\[[^\[\]]*\]')
_ADDRESS: Final = re.compile(r"(?<![\w.])\$?[A-Z]{1,3}\$?\d+(?![\w(])|\d:\$?\d")
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MONEY: Final = re.compile(r"[¥¥$€£]|\[\$(?!-)[^\]]")
_MONEY_IDS: Final = frozenset((*range(5, 9), 42, 44))


@dataclass(frozen=True)
class Told:
    """What a file says beside its cells."""

    sheets: Mapping[str, SheetProtection]
    structure: Mapping[str, str]
    selected: tuple[str, ...]
    has_money: bool
    active: str = ""


def is_money(number_format: str) -> bool:
    """Whether Excel takes a number of this format for currency."""
    return bool(_MONEY.search(re.sub(r'"[^"]*"', "", number_format)))


def told(path: Path) -> Told:
    """What the file at `path` says; nothing where it is no .xlsx."""
    return told_by(path.read_bytes())


@lru_cache(maxsize=32)  # the same few files are opened again and again
def told_by(file: bytes) -> Told:
    """What a file of these bytes says."""
    if not zipfile.is_zipfile(BytesIO(file)):
        return Told({}, {}, (), has_money=True)
    with zipfile.ZipFile(BytesIO(file)) as package:
        sheets, selected = {}, []
        for name, member in _members(package).items():
            data = package.read(member)
            found = _SHEET.search(data)
            sheets[name] = sheet_protection(_attributes(found[0]) if found else {})
            if re.search(rb'<(?:\w+:)?sheetView\b[^>]*\btabSelected="(1|true)"', data):
                selected.append(name)
        book = package.read("xl/workbook.xml")
        has_money = _has_money(package)
    structure = _BOOK.search(book)
    locks = _attributes(structure[0]) if structure else {}
    return Told(sheets, locks, tuple(selected), has_money, _active(book))


def _active(book: bytes) -> str:
    """The sheet in front."""
    read = etree.fromstring(book)
    names = [one.get("name", "") for one in read.iterfind("{*}sheets/{*}sheet")]
    view = read.find("{*}bookViews/{*}workbookView")
    return names[0 if view is None else int(view.get("activeTab", "0"))]


def _members(package: zipfile.ZipFile) -> dict[str, str]:
    """Each sheet's name with its member of the package."""
    book = etree.fromstring(package.read("xl/workbook.xml"))
    relations = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    return {
        one.get("name", ""): _member(targets[one.get(_RELATION)])
        for one in book.iterfind("{*}sheets/{*}sheet")
    }


def _member(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _attributes(element: bytes) -> dict[str, str]:
    text = element.decode()
    return dict(re.findall(r'(\w+)="([^"]*)"', text.split(None, 1)[1] if " " in text else ""))


def _has_money(package: zipfile.ZipFile) -> bool:
    if "xl/styles.xml" not in package.namelist():
        return False
    styles = etree.fromstring(package.read("xl/styles.xml"))
    codes = [one.get("formatCode", "") for one in styles.iterfind("{*}numFmts/{*}numFmt")]
    ids = {int(one.get("numFmtId", "0")) for one in styles.iterfind("{*}cellXfs/{*}xf")}
    return any(map(is_money, codes)) or bool(ids & _MONEY_IDS)


def without_protection(path: Path, copy: Path) -> None:
    """Write a copy that LibreOffice lets be changed."""
    copy.write_bytes(unprotected(path.read_bytes()))


@lru_cache(maxsize=32)
def unprotected(file: bytes) -> bytes:
    """The bytes of that copy."""
    if not zipfile.is_zipfile(BytesIO(file)):
        return file
    copy = BytesIO()
    with zipfile.ZipFile(BytesIO(file)) as package, zipfile.ZipFile(copy, "w") as made:
        for item in package.infolist():
            data = package.read(item)
            if item.filename == "xl/workbook.xml":
                data = _BOOK.sub(b"", data)
            elif item.filename.startswith("xl/worksheets/"):
                data = sharing(_SHEET.sub(b"", data))
            made.writestr(item, data, zipfile.ZIP_DEFLATED, 1)
    return copy.getvalue()


@lru_cache(maxsize=64)
def sharing(sheet: bytes) -> bytes:
    """The sheet with a formula that is the same in all rows of a table written once for all.

    LibreOffice reads each by itself, long as they are, which is half of the time to open a book.
    """
    if _OF_ROW not in sheet or _SHARED in sheet:
        return sheet
    read = etree.fromstring(sheet)
    runs = [run for run in _runs(read) if len(run) > 1]
    for number, run in enumerate(runs):
        first, *others = run.values()
        for formula in (first, *others):
            formula.attrib.update({"t": "shared", "si": str(number)})
        first.set("ref", f"{next(iter(run))}:{[*run][-1]}")
        for formula in others:
            formula.text = None
    return bytes(etree.tostring(read, encoding="UTF-8", xml_declaration=True, standalone=True))


def _runs(sheet: etree._Element) -> list[dict[str, etree._Element]]:
    """Formulas of the same words in cells below one another, by address; none that moves along."""
    found: dict[tuple[str, int], dict[str, etree._Element]] = {}  # by column and the row after it
    runs = []
    for cell in sheet.iterfind("{*}sheetData/{*}row/{*}c"):
        formula, (column, row) = cell.find("{*}f"), _split(cell.get("r", ""))
        if formula is None or formula.attrib or _moves(formula.text or ""):
            continue
        run = found.pop((column, row), {})
        if run and next(iter(run.values())).text != formula.text:
            run = {}
        if not run:
            runs.append(run)
        run[cell.get("r", "")] = formula
        found[column, row + 1] = run
    return runs


def _split(address: str) -> tuple[str, int]:
    column = address.rstrip("0123456789")
    return column, int(address.removeprefix(column))


@cache
def _moves(formula: str) -> bool:
    """Whether a formula names cells by their address, which means others in another row."""
    return bool(_ADDRESS.search(_WORDS.sub("", formula)))


def with_protection(
    saved: Path, path: Path, sheets: Mapping[str, SheetProtection], structure: Mapping[str, str]
) -> None:
    """Write what LibreOffice saved to `path`, protected as Excel would have saved it."""
    with zipfile.ZipFile(saved) as package:
        members = {member: name for name, member in _members(package).items()}
        parts = [(item, package.read(item)) for item in package.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for item, before in parts:
            data = before
            if item.filename == "xl/workbook.xml" and structure:
                data = data.replace(
                    b"<bookViews", _element("workbookProtection", structure) + b"<bookViews", 1
                )
            protection = sheets.get(members.get(item.filename, ""))
            if protection is not None and protection.is_on:
                element = _element("sheetProtection", protection.attributes())
                data = data.replace(b"</sheetData>", b"</sheetData>" + element, 1)
            made.writestr(item.filename, data)


def _element(name: str, attributes: Mapping[str, str]) -> bytes:
    inside = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{inside}/>".encode()
