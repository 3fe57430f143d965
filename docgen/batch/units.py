"""The list of units, 名单.xlsx, and which of them a workbook is of."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docgen.batch.model import Done
from docgen.report.given_faults import DataError
from workbook.figures.numbers import from_excel, plain
from workbook.findings.model import Finding
from workbook.reading.saved import SavedBook, open_saved
from workbook.reading.snapshot import RawCell
from workbook.stated.folded import fold
from workbook.xlsx.package import PackageError

NAME, CODE, ABOVE, KIND = "单位名称", "单位代码", "上级", "种类"
# What bureaus call these columns where they do not call them so.
_ALSO: Final = {
    NAME: ("单位全称", "预算单位名称", "部门名称", "填报单位", "名称", "单位"),
    CODE: ("预算单位代码", "部门代码", "预算代码", "统一社会信用代码", "代码"),
    ABOVE: ("上级单位", "上级部门", "主管部门", "主管单位"),
    KIND: ("报告种类", "报表种类"),
}
_ASIDE: Final = re.compile(r"\([^()]*\)$")  # said of a column behind its name
_SUMS: Final = ("合计", "小计", "总计")  # rows of a list that are no unit's
_HEADS_WITHIN: Final = 20  # rows, of which the first may be a title
_EXCEL_DIGITS: Final = 15
_LOST: Final = ("unsaved", "error", "broken")  # cells of which nobody can tell what they say
_ZEROS: Final = re.compile("0+")  # the format of a number that is shown with zeros in front
_WORD: Final = re.compile(r"[0-9A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Unit:
    """A line of the list: who has to hand in, and of which kind where the list says so.

    `Unit("河口县第一小学", "532532011", "河口县教育局", "department")`
    """

    name: str
    code: str = ""
    above: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a workbook is: a unit of the list, or none and the name and code that it says itself.

    `line` is what it was asked for by, None where the list asks that unit for no such kind.
    `doubt` says why there is no unit or line, or what is odd about it.

        Owner("一中", "001", Unit("一中", "001", kind="收支"), Unit("一中", "001", kind="收支"))
    """

    name: str
    code: str
    unit: Unit | None = None
    line: Unit | None = None
    doubt: str = ""


class Units:
    """The units of a list, by code and by name."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.all = tuple(units)
        self._by_code: dict[str, Unit] = {}
        self._by_name: dict[str, dict[str, Unit]] = {}
        self._by_key: dict[str, dict[str, Unit]] = {}  # of each name
        self._lines: dict[str, list[Unit]] = {}  # of each unit
        for unit in units:
            key = unit_key(unit.name, unit.code)
            self._lines.setdefault(key, []).append(unit)
            self._by_key.setdefault(folded(unit.name), {})[key] = unit
            if unit.code:
                self._by_code.setdefault(folded(unit.code), unit)
            # Several lines of one unit differ in their kinds alone.
            same = self._by_name.setdefault(folded(unit.name), {})
            same.setdefault(folded(unit.code) or f"{unit.above}\n", unit)

    def lists(self, name: str, code: str) -> bool:
        """Whether a unit is of the list; without a list each is."""
        return not self.all or unit_key(name, code) in self._lines

    def lines_of(self, key: str) -> Sequence[Unit]:
        """The lines of the unit that is known by a key; none where it is not on the list."""
        return self._lines.get(key, ())

    def named(self, words: str) -> Unit | None:
        """The unit of that code or name; raises `DataError` where several are called so."""
        if unit := self._by_code.get(folded(words)):
            return unit
        same = self._by_key.get(folded(words), {})
        if len(same) > 1:
            raise DataError(
                f"名单里有 {len(same)} 个「{words}」,分不清谁是上级。请在“上级”里写代码"
            )
        return next(iter(same.values()), None)

    def owner(self, done: Done) -> Owner:
        """Whose a workbook is: by its code, else by its name where only one unit is called so.

        Of several of one name, the one whose code stands in the workbook's path. A code and a name
        that the list gives to two units are nobody's.
        """
        if not self.all:
            return Owner(done.name, done.code)
        if unit := self._by_code.get(folded(done.code)):
            is_other = bool(done.name) and folded(unit.name) != folded(done.name)
            odd = f"代码 {unit.code} 是「{unit.name}」的,表里写的是「{done.name}」"
            if is_other and folded(done.name) in self._by_name:
                return Owner(done.name, done.code, doubt=f"{odd},名单里两个单位都有")
            return self._owned(unit, done, odd if is_other else "")
        called = list(self._by_name.get(folded(done.name), {}).values()) if done.name else []
        same = [one for one in called if not (done.code and one.code)]
        if len(same) > 1:
            words = {folded(word) for word in _WORD.findall(done.path)}
            same = [one for one in same if folded(one.code) in words] or same
        if len(same) == 1:
            return self._owned(same[0], done)
        shorn = [one for one in called if _is_but_for_zeros(one.code, done.code)]
        if len(shorn) == 1:
            odd = f"名单里的代码是 {shorn[0].code},表里写的是 {done.code},只差前面的 0"
            return self._owned(shorn[0], done, odd)
        return Owner(done.name, done.code, doubt=self._doubt(done, same or called))

    def _owned(self, unit: Unit, done: Done, odd: str = "") -> Owner:
        """One of a unit: for the line that asks for its kind, else for one that names no kind."""
        lines = self.lines_of(unit_key(unit.name, unit.code))
        by_kind = {folded(one.kind): one for one in reversed(lines)}
        line = by_kind.get(folded(done.kind)) or by_kind.get("")
        if line is None and done.kind:
            asked = "、".join(one.kind for one in lines)
            told = f"名单里要「{unit.name}」报的是 {asked},这一本是 {done.kind}"
            odd = "。".join(filter(None, (odd, told)))
        return Owner(unit.name, unit.code, unit, line, odd)

    def _doubt(self, done: Done, same: Sequence[Unit]) -> str:
        if not done.name and not done.code:
            return "不知道是哪个单位的"
        if len(same) == 1 and done.code:
            return f"名单里「{done.name}」的代码是 {same[0].code},不是 {done.code}"
        if len(same) > 1 and done.code:
            return f"名单里有 {len(same)} 个「{done.name}」,代码都不是表里写的 {done.code}"
        if len(same) > 1:
            return f"名单里有 {len(same)} 个「{done.name}」,表里没有写单位代码,分不清是哪一个"
        code = f"(代码 {done.code})" if done.code else ""
        return f"名单里没有「{done.name}」{code}"


def folded(text: str) -> str:
    """A name or a code as it is compared."""
    return fold(text).text.casefold()


def unit_key(name: str, code: str) -> str:
    """By what a unit is known: its code, without one its name."""
    return folded(code) or folded(name)


def read_units(path: Path) -> Units:
    """The list in a workbook; raises `DataError` for one that cannot be used, saying why."""
    book = open_saved(path)
    if isinstance(book, Finding):
        raise DataError(str(book))
    try:
        units = [one for sheet in book.book.parts for one in _units(book, sheet)]
    except PackageError as error:
        raise DataError(f"名单「{path}」读不了:{error}") from error
    if not units:
        raise DataError(f"名单「{path}」里没有单位:要有一列叫“{NAME}”,下面一行一个单位")
    _refuse_doubles(path, units)
    return Units(units)


def _units(book: SavedBook, sheet: str) -> Iterator[Unit]:
    """The units of one sheet, below the row in which the columns are named."""
    rows = _rows(book, sheet)
    first = next((n for n in rows if n <= _HEADS_WITHIN and _columns(rows[n]).get(NAME)), None)
    heads = _columns(rows[first]) if first else {}
    for number in [number for number in rows if first and number > first]:
        cells = {head: rows[number].get(column) for head, column in heads.items()}
        said = {head: _text(cell) if cell else "" for head, cell in cells.items()}
        if said[NAME] and folded(said[NAME]) not in _SUMS:
            for cell in cells.values():
                _must_be_told(cell)
            yield Unit(said[NAME], *(said.get(head, "") for head in (CODE, ABOVE, KIND)))


def _rows(book: SavedBook, sheet: str) -> dict[int, dict[int, RawCell]]:
    """The cells of a sheet by row and column; what is merged downwards is said in each row."""
    rows: dict[int, dict[int, RawCell]] = {}
    for row, column in sorted(book.book.sheet(sheet).cells):
        rows.setdefault(row, {})[column] = book.anywhere(sheet, row, column)
    for left, top, _, bottom in book.book.sheet(sheet).merged:
        for row in [number for number in rows if top < number <= bottom]:
            rows[row][left] = book.anywhere(sheet, top, left)
    return rows


def _columns(cells: Mapping[int, RawCell]) -> dict[str, int]:
    """The columns that a row of heads names, by what we call them; our own words come first."""
    texts = {_ASIDE.sub("", folded(_text(cell))): column for column, cell in cells.items()}
    named = {
        head: next((texts[word] for word in (head, *also) if word in texts), 0)
        for head, also in _ALSO.items()
    }
    is_list = folded(NAME) in texts or (named[NAME] and (named[CODE] or named[ABOVE]))
    return {head: column for head, column in named.items() if column} if is_list else {}


def _must_be_told(cell: RawCell | None) -> None:
    """Raise `DataError` for a cell of which nobody knows what it says."""
    if cell is None:
        return
    if cell.kind in _LOST:
        raise DataError(f"名单里 {cell.place} 的公式没有结果,或读不出来。请改成直接填的文字")
    if cell.kind == "number" and abs(from_excel(cell.value)) >= 10**_EXCEL_DIGITS:
        raise DataError(
            f"名单里 {cell.place} 的数字超过 {_EXCEL_DIGITS} 位,Excel 已把后面的几位变成 0。"
            "请把这一列设成“文本”再填"
        )


def _is_but_for_zeros(one: str, other: str) -> bool:
    """Whether two codes differ in the zeros in front alone, which a number has not."""
    bare = folded(one).lstrip("0")
    return bool(bare) and bare == folded(other).lstrip("0")


def _text(cell: RawCell) -> str:
    """What a cell says; a code that was typed as a number keeps the zeros that are shown."""
    if cell.kind == "number":
        text = plain(from_excel(cell.value))
        return text.zfill(len(cell.number_format) if _ZEROS.fullmatch(cell.number_format) else 0)
    return str(cell.value).strip() if cell.kind in ("text", "date") else ""


def _refuse_doubles(path: Path, units: Sequence[Unit]) -> None:
    """Refuse a code that two units have, and a unit that stands there twice."""
    of_code: dict[str, Unit] = {}
    lines: set[tuple[str, ...]] = set()
    for unit in units:
        line = (folded(unit.name), folded(unit.code), folded(unit.above), folded(unit.kind))
        if line in lines:
            raise DataError(f"名单「{path}」里「{unit.name}」写了两次,请删去一行")
        lines.add(line)
        first = of_code.setdefault(folded(unit.code), unit) if unit.code else unit
        if folded(first.name) != folded(unit.name):
            told = f"「{first.name}」和「{unit.name}」的代码都是 {unit.code}"
            raise DataError(f"名单「{path}」里{told},请核对")
