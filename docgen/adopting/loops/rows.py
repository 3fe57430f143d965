"""Rows of a table, and paragraphs, that say the same of each row: made loops."""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from docgen.adopting.loops.alike import Way, alike, cut, printed, spans_of, tagged
from docgen.naming.model import ROW
from docgen.naming.page import Paragraph, cells_of, put, rows_of, say, text_of
from docgen.naming.printing import with_minus
from docgen.report.phrases import chinese
from workbook.adopting.model import Asked, AskedTable

LEAST_ROWS: Final = 2
_LEAST_MATCH: Final = 0.6  # of the cells of a row, for it to be that of a table's row
_ORDINAL: Final = re.compile(r"^\s*([(（]?)(\d+|[一二三四五六七八九十]+)([)）、.．])")


@dataclass(frozen=True, slots=True)
class Looped:
    """A loop that was made: the table's key, the elements that it took away, where they stood."""

    table: str
    first: Any
    gone: tuple[Any, ...]
    columns: tuple[Asked | None, ...] = ()  # of a Word table's cells


def loop_rows(element: Any, table: AskedTable, rows: Sequence[Mapping[str, Any]]) -> Looped | None:
    """Make those rows of a Word table a loop that are the rows of the workbook's table."""
    lines = rows_of(element)
    first = _first_row(lines, table, rows)
    if first is None:
        return None
    template, *others = lines[first : first + len(rows)]
    heads = [text_of(cell) for cell in cells_of(lines[first - 1])] if first else []
    ways = _cell_ways(lines[first : first + len(rows)], heads, table, rows)
    for cell, way in zip(cells_of(template), ways, strict=True):
        if way is not None:
            _say_in_cell(cell, f"{{{{ {way.expression} }}}}")
    for one in others:
        one.getparent().remove(one)
    template.addprevious(_tag_row(template, f"{{%tr for {ROW} in {table.key} %}}"))
    template.addnext(_tag_row(template, "{%tr endfor %}"))
    columns = tuple(way.column if way is not None else None for way in ways)
    return Looped(table.key, template, tuple(others), columns)


def _first_row(
    lines: Sequence[Any], table: AskedTable, rows: Sequence[Mapping[str, Any]]
) -> int | None:
    if len(rows) < LEAST_ROWS:
        return None
    for start in range(len(lines) - len(rows) + 1):
        found = lines[start : start + len(rows)]
        if all(_is_row(line, table, row) for line, row in zip(found, rows, strict=True)):
            return start
    return None


def _is_row(line: Any, table: AskedTable, row: Mapping[str, Any]) -> bool:
    """Whether most of the cells of a Word table's row print what a row of the workbook holds."""
    texts = [with_minus(text_of(cell).strip()) for cell in cells_of(line)]
    filled = [text for text in texts if text and not text.isdigit()] or texts
    shown = {text for one in table.columns for _, text in printed(table, row, one.key)}
    hits = sum(text in shown for text in filled)
    return bool(filled) and hits >= max(_LEAST_MATCH * len(filled), 1)


def _cell_ways(
    lines: Sequence[Any],
    heads: Sequence[str],
    table: AskedTable,
    rows: Sequence[Mapping[str, Any]],
) -> list[Way | None]:
    """What each cell of the loop's row says: the way that fits all rows, None for none."""
    columns = [cells_of(line) for line in lines]
    found = []
    for number in range(len(columns[0])):
        texts = [_text_in(cells, number) for cells in columns]
        head = heads[number] if len(heads) == len(columns[0]) else ""
        found.append(_common(texts, head, table, rows))
    return found


def _text_in(cells: Sequence[Any], number: int) -> str:
    return with_minus(text_of(cells[number]).strip()) if number < len(cells) else ""


def _common(
    texts: Sequence[str], head: str, table: AskedTable, rows: Sequence[Mapping[str, Any]]
) -> Way | None:
    """The way that prints all texts; of equal columns the one whose head is most like theirs."""
    if list(texts) == [str(number) for number in range(1, len(texts) + 1)]:
        return Way("loop.index")
    found: list[Way] = []
    for column in table.columns:
        ways = [dict(printed(table, row, column.key)) for row in rows]
        for expression in ways[0] if ways else ():
            said = [way.get(expression, "") for way in ways]
            if any(said) and said == list(texts):
                found.append(Way(expression, column))
                break
        else:
            plain = [next(iter(way.values()), "") for way in ways]
            if any(texts) and plain == list(texts):
                found.append(Way(f"{ROW}.{column.key}", column))
    return max(found, key=lambda way: way.said_in(head), default=None) or _mixed(texts, table, rows)


def _mixed(
    texts: Sequence[str], table: AskedTable, rows: Sequence[Mapping[str, Any]]
) -> Way | None:
    """The columns that stand in one cell, `900公斤` of 数量 and 单位; None for other words."""
    cuts = [cut(text, table, row) for text, row in zip(texts, rows, strict=True)]
    ways = alike(cuts)
    if not ways:
        return None
    said = tagged(cuts[0], ways).removeprefix("{{ ").removesuffix(" }}")
    is_tag = cuts[0].words[0] == cuts[0].words[-1] == ""
    return Way(said) if is_tag else None


def _say_in_cell(cell: Any, tag: str) -> None:
    paragraphs = [one for one in cell.iter() if one.tag.endswith("}p")]
    for one in paragraphs:
        if text_of(one):
            say(one, tag)
            tag = ""


def _tag_row(row: Any, tag: str) -> Any:
    made = deepcopy(row)
    first, *others = cells_of(made)
    for cell in others:
        _say_in_cell(cell, "")
    _say_in_cell(first, tag)
    return made


def loop_paragraphs(
    paragraphs: Sequence[Paragraph], table: AskedTable, rows: Sequence[Mapping[str, Any]]
) -> Looped | None:
    """Make paragraphs that follow one another and say the same of each row a loop."""
    body = [one for one in paragraphs if one.row is None]
    if len(rows) < LEAST_ROWS:
        return None
    for start in range(len(body) - len(rows) + 1):
        group = body[start : start + len(rows)]
        cuts = [
            cut(one.text, table, row, _number_of(one.text, number))
            for number, (one, row) in enumerate(zip(group, rows, strict=True), start=1)
        ]
        ways = alike(cuts)
        if ways is not None and sum(way.column is not None for way in ways) >= LEAST_ROWS:
            first, *others = group
            put(first.element, spans_of(cuts[0], ways))
            for one in others:
                one.element.getparent().remove(one.element)
            first.element.addprevious(_tag_paragraph(first, f"{{%p for {ROW} in {table.key} %}}"))
            first.element.addnext(_tag_paragraph(first, "{%p endfor %}"))
            return Looped(table.key, first.element, tuple(one.element for one in others))
    return None


def _number_of(text: str, number: int) -> list[tuple[int, int, Way]]:
    """The place of a paragraph's number in the loop: `2.` or `（二）`."""
    ordinal = _ORDINAL.match(text)
    if ordinal is None or ordinal[2] not in (str(number), chinese(number)):
        return []
    tag = "loop.index" if ordinal[2].isdigit() else "loop.index|chinese"
    return [(*ordinal.span(2), Way(tag))]


def _tag_paragraph(paragraph: Paragraph, tag: str) -> Any:
    made = deepcopy(paragraph.element)
    say(made, tag)
    return made
