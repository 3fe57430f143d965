"""The states in which a clerk's book can be when a button is pressed, and how to bring it there."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import xlwings as xw
from excel.book_file import told, with_protection, without_protection
from excel.fixtures import Excel
from excel.program import Busy
from excel.protection import Password, SheetProtection
from openpyxl.utils.protection import hash_password

from workbook.checking.intake import take_in
from workbook.checking.kinds import find_kind
from workbook.findings.model import Finding
from workbook.form.sample import Sample
from workbook.making.build import as_bytes, build_workbook

KINDS = ("department", "project", "project_sichuan")
PASSWORD = "caizheng2023"
# One figure typed wrong: which field, and what was typed.
SLIPS: dict[str, tuple[str, float]] = {
    "department": ("基本支出", 195.94),
    "project": ("项目支出", 96.75),
    "project_sichuan": ("项目支出", 125000.0),
}
# A total whose parts the form gives, on a sheet that is locked; it ties in the filled book.
TOTALS = {"department": "基本支出", "project": "项目支出", "project_sichuan": "全年执行合计"}
URL = "https://d.docs.live.net/1a2b3c4d5e6f/绩效/填报.xlsx"
TEAM_URL = "https://xx.sharepoint.com/sites/caizheng/Shared Documents/绩效/填报.xlsx"
MANY = 8  # calls: the names are being read
EDITED, REOPEN = "结束编辑", "重新打开"
FORMATTING = {"AllowFormattingCells", "AllowFormattingColumns", "AllowFormattingRows"}


@dataclass(frozen=True)
class Dress:
    """What becomes of the protection of the sheets that have one, and of the structure's."""

    sheet: Callable[[SheetProtection], SheetProtection]
    is_structure_locked: bool = False


def _as_built(sheet: SheetProtection) -> SheetProtection:
    """As `gouji new --sample` makes it."""
    return sheet


def _without_formatting(sheet: SheetProtection) -> SheetProtection:
    """As books were made that have been handed out."""
    return replace(sheet, allowed=sheet.allowed - {"AllowFormattingCells"})


def _with_objects(sheet: SheetProtection) -> SheetProtection:
    """The clerk protected everything again in Excel's dialog, as it stands there by default."""
    return replace(sheet, allowed=sheet.allowed - FORMATTING, objects=True, scenarios=True)


def _with_password(sheet: SheetProtection) -> SheetProtection:
    return replace(_with_objects(sheet), password=Password(legacy=hash_password(PASSWORD)))


UNCHANGED = Dress(_as_built)


@cache
def built(kind: str, *, is_broken: bool) -> bytes:
    """The filled workbook of a kind."""
    loaded = find_kind(kind)
    sample = loaded.sample
    if is_broken:
        key, typed = SLIPS[kind]
        sample = Sample({**sample.fields, key: typed}, sample.tables)
    return as_bytes(build_workbook(loaded.form, loaded.rules, sample))


@cache
def book_bytes(kind: str, dress: Dress, *, is_broken: bool) -> bytes:
    """The same, protected as the state wants it: to build it anew would take ten times as long."""
    if dress == UNCHANGED:
        return built(kind, is_broken=is_broken)
    with TemporaryDirectory() as folder:
        file, bare, made = (Path(folder) / f"{name}.xlsx" for name in ("built", "bare", "made"))
        file.write_bytes(built(kind, is_broken=is_broken))
        said = told(file)
        sheets = {name: dress.sheet(one) for name, one in said.sheets.items() if one.is_on}
        structure = {"lockStructure": "1"} if dress.is_structure_locked else said.structure
        without_protection(file, bare)
        with_protection(bare, made, sheets, structure)
        return made.read_bytes()


@cache
def findings(kind: str, *, is_broken: bool) -> tuple[Finding, ...]:
    """What a check of that workbook finds."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "填报.xlsx"
        path.write_bytes(built(kind, is_broken=is_broken))
        return tuple(take_in(path).checked.findings)


def _calmly(_: Excel) -> None:
    """Excel answers as ever."""


@dataclass(frozen=True)
class State:
    """A state: how the file is dressed, how it is opened, what is to be expected.

    `arm`: what befalls Excel just before each press.
    `is_read`: the book can be read, so that its findings must be shown and its report made.
    `is_marked`: every finding's cell can be marked and the list stand in the book.
    `tells`: what the clerk must be told to do, where it is not read.
    `inserts`: what the clerk is told of a check that was to be inserted beside a total.
    """

    name: str
    open: Callable[[Excel, Path], xw.Book]
    dress: Dress = UNCHANGED
    arm: Callable[[Excel], None] = _calmly
    is_read: bool = True
    is_marked: bool = True
    tells: str = ""
    inserts: str = "写入核对:相符"

    def __str__(self) -> str:
        return self.name


def _plainly(excel: Excel, path: Path) -> xw.Book:
    return excel.open(path)


def _from_the_udf_server(excel: Excel, path: Path) -> xw.Book:
    excel.open(path)
    excel.called_from(excel.program.books[-1])
    return xw.Book.caller()


def _read_only(excel: Excel, path: Path) -> xw.Book:
    return excel.open(path, read_only=True)


def _in_protected_view(excel: Excel, path: Path) -> xw.Book:
    excel.open(path, is_protected_view=True)
    return excel.addin()


def _no_book(excel: Excel, _path: Path) -> xw.Book:
    return excel.addin()


def _never_saved(excel: Excel, path: Path) -> xw.Book:
    return excel.never_saved(path)


def _on_onedrive(excel: Excel, path: Path) -> xw.Book:
    """Excel names a URL; the local folder is the one that OneDrive says it is."""
    return excel.open(path, full_name=URL)


def _on_sharepoint(excel: Excel, path: Path) -> xw.Book:
    """A team's folder that this computer has no copy of."""
    return excel.open(path, full_name=TEAM_URL)


def _refusing(how: Busy, times: int | None) -> Callable[[Excel], None]:
    return lambda excel: excel.refuse(how, times)


def _closing(calls: int) -> Callable[[Excel], None]:
    return lambda excel: excel.close_after(calls)


def _with_a_password(name: str, dress: Dress) -> State:
    return State(name, _plainly, dress, is_marked=False, inserts="设有密码保护")


def _busy(how: Busy, times: int) -> State:
    number = {1: "once", 3: "three times"}[times]
    return State(f"busy {number}, {how.value}", _plainly, arm=_refusing(how, times))


def _unread(name: str, tells: str, arm: Callable[[Excel], None]) -> State:
    return State(name, _plainly, arm=arm, is_read=False, tells=tells)


AS_BUILT = State("as built", _plainly)
STATES = (
    AS_BUILT,
    State("called by the UDF server", _from_the_udf_server),
    State("formatting locked", _plainly, Dress(_without_formatting)),
    State("flattened locked", _plainly, Dress(_with_objects)),
    _with_a_password("password on sheets", Dress(_with_password)),
    State("structure locked", _plainly, Dress(_as_built, True), is_marked=False),
    _with_a_password("password and structure", Dress(_with_password, True)),
    State("read-only", _read_only, inserts="只读"),
    State("never saved", _never_saved),
    State("on OneDrive", _on_onedrive),
    State("on SharePoint", _on_sharepoint),
    _busy(Busy.REJECTED, 1),
    _busy(Busy.IGNORED, 1),
    _busy(Busy.IGNORED, 3),
    State("Protected View", _in_protected_view, is_marked=False, inserts="启用编辑"),
    State("no book", _no_book, is_read=False, tells="请先打开"),
    _unread("busy without end, rejected", EDITED, _refusing(Busy.REJECTED, None)),
    _unread("busy without end, ignored", EDITED, _refusing(Busy.IGNORED, None)),
    _unread("closed before", REOPEN, _closing(0)),
    _unread("closed in the middle", REOPEN, _closing(MANY)),
)


def named(name: str) -> State:
    """The state of that name."""
    (found,) = [one for one in STATES if one.name == name]
    return found
