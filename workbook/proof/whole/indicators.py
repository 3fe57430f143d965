"""What an indicator has reached against the sentences that say the same by its whole name."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from workbook.proof.arithmetic import ONE, Term, slipped
from workbook.proof.model import Place, Slip, Statement, Table, Words, error
from workbook.proof.tables.grid import Grid, sections
from workbook.stated.folded import letters

RULE: Final = "repeated"
_REACHED: Final = re.compile(r"实际完成值|实际完成情况|完成值|全年完成值|实际值")
_DONE: Final = re.compile(r"^(?:全年|年度)?(?:实际)?完成(?:数|数量|量|情况)?$|^实际(?:数|完成数)$")
_OF_UNIT: Final = re.compile(r"(.{4,20})\(([\u4e00-\u9fff]{1,4})\)$")  # 改造老旧小区(个)
_NUMBER: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")
_VALUE: Final = re.compile(r"(\d[\d,]*(?:\.\d+)?)(\D{1,6})")
_PERIOD: Final = re.compile(r"季度|上半年|下半年|\d月|同期|其中|每|平均|计划|目标|预计")
_COUNTED: Final = re.compile(r"(?:数量|个数|户数|件数|长度|面积)$")  # 新建公路长度: 新建公路10公里
_SHORT: Final = 4  # letters of a name that says too little


class _Value(NamedTuple):
    """A figure that is said of an indicator, and where."""

    term: Term
    place: Place
    text: str


def indicators(statements: Sequence[Statement], tables: Sequence[Table]) -> Iterator[Slip | None]:
    """Each indicator that a sentence or a second table speaks of too."""
    found: dict[tuple[str, str], list[_Value]] = defaultdict(list)
    for table in tables:
        for grid in sections(table):
            for name, unit, value in (*_reached(grid), *_of_units(grid)):
                found[name, unit].append(value)
    for (name, unit), cells in found.items():
        said = [
            value for one in statements if name in one.folded.text
            for value in _said(name, unit, one)
        ]  # fmt: skip
        yield from _held(name, said, cells)


def _held(name: str, said: Sequence[_Value], cells: Sequence[_Value]) -> Iterator[Slip | None]:
    members = [*said, *cells]
    values = Counter(one.term.value for one in members)
    if len(values) == 1:
        yield from (None for _ in members[1:])
    if len(values) != 2 or not said:
        return
    common, count = values.most_common(1)[0]
    odd = next(one for one in members if one.term.value != common)
    other = next(one for one in members if one.term.value == common)
    is_lone = count > 1 or len(members) == 2
    if is_lone and slipped(odd.term, other.term.value):
        shown, due = odd.term.printed, other.term.printed
        words = Words(f"{name}{shown}", f"{due}({other.place})", f"{shown} ≠ {due}")
        yield error(RULE, odd.place, odd.text, words, (shown, due))


def _reached(grid: Grid) -> Iterator[tuple[str, str, _Value]]:
    """The name, the unit and the value of each indicator that has a figure."""
    columns = [at for at, head in enumerate(grid.heads) if _REACHED.search(head)]
    names = [
        at for at, head in enumerate(grid.heads) if "三级指标" in head or head.endswith("指标名称")
    ]
    for row in grid.rows if columns and names else ():
        cells = grid.cells[row]
        if len(cells) != grid.width:
            continue
        match, name = _VALUE.fullmatch(cells[columns[0]]), letters(cells[names[0]])
        bare = _COUNTED.sub("", name)
        name = bare if len(bare) >= _SHORT else name
        if match and len(name) >= _SHORT:
            value = _Value(
                _term(match[1], match[2]), grid.place(row, columns[0]), grid.row_words(row)
            )
            yield name, match[2], value


def _of_units(grid: Grid) -> Iterator[tuple[str, str, _Value]]:
    """The same of rows that are named with their unit, 改造老旧小区(个), under 实际完成."""
    columns = [at for at, head in enumerate(grid.heads) if _DONE.search(head)]
    for row in grid.rows if len(columns) == 1 else ():
        cells = grid.cells[row]
        match = next(filter(None, map(_OF_UNIT.fullmatch, cells)), None)
        if len(cells) == grid.width and match and _NUMBER.fullmatch(cells[columns[0]]):
            name, unit = letters(match[1]), match[2]
            value = _Value(
                _term(cells[columns[0]], unit), grid.place(row, columns[0]), grid.row_words(row)
            )
            if len(name) >= _SHORT:
                yield name, unit, value


def _said(name: str, unit: str, statement: Statement) -> Iterator[_Value]:
    """The figures that stand right behind a name, in a text that is more than a cell's label."""
    text = statement.folded.text
    if statement.is_cell and len(text) < 12:
        return
    verb = r"(?:数量|个数|户数|件数|长度|面积)?(?:共|为|达|达到|共计)?"
    pattern = rf"{re.escape(name)}{verb}(\d[\d,]*(?:\.\d+)?){re.escape(unit)}"
    for match in re.finditer(pattern, text):
        before = text[max(match.start() - 14, 0) : match.start()].rpartition("。")[2]
        if not _PERIOD.search(before):
            yield _Value(_term(match[1], unit), statement.place, statement.text[:120])


def _term(figure: str, unit: str) -> Term:
    value = Decimal(figure.replace(",", ""))
    decimals = max(0, -int(value.as_tuple().exponent))
    return Term(value, ONE, decimals, printed=f"{figure}{unit}")
