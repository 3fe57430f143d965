"""What only the file tells: each sheet's protection, the structure's, which sheets are selected.

LibreOffice is given a copy without protection, because it keeps other rules; what the file said is
written into it again when the book is saved, except which rows are printed on every page.
"""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Final
from xml.sax.saxutils import quoteattr

from light import changed, sheet_parts, untitled
from lxml import etree

from excel.protection import SheetProtection, sheet_protection

_SHEET: Final = re.compile(
    rb"<(?:\w+:)?sheetProtection\b[^>]*?(?:/>|>\s*</(?:\w+:)?sheetProtection>)"
)
_BOOK: Final = re.compile(
    rb"<(?:\w+:)?workbookProtection\b[^>]*?(?:/>|>\s*</(?:\w+:)?workbookProtection>)"
)
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
        for name, member in sheet_parts(package).items():
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
    return changed(
        file,
        lambda book: untitled(_BOOK.sub(b"", book)),
        lambda sheet: _SHEET.sub(b"", sheet),
    )


def with_protection(
    saved: Path, path: Path, sheets: Mapping[str, SheetProtection], structure: Mapping[str, str]
) -> None:
    """Write what LibreOffice saved to `path`, protected as Excel would have saved it."""
    with zipfile.ZipFile(saved) as package:
        members = {member: name for name, member in sheet_parts(package).items()}
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
