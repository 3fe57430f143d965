"""Rows of a table, and paragraphs, that say the same of each row: made loops."""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from docgen.adopting.page import Paragraph, Span, cells_of, put, rows_of, say, text_of
from docgen.adopting.printing import printed_ways
from docgen.report.phrases import chinese
from workbook.adopting.model import AskedTable

ROW: Final = "行"
LEAST_ROWS: Final = 2
_LEAST_MATCH: Final = 0.6  # of the cells of a row, for it to be that of a table's row
_ORDINAL: Final = re.compile(r"^\s*([(（]?)(\d+|[一二三四五六七八九十]+)([)）、.．])")


@dataclass(frozen=True, slots=True)
class Looped:
    """A loop that was made: the table's key, the elements that it took away, where they stood."""

    table: str
    first: Any
    gone: tuple[Any, ...]


def _texts(table: AskedTable, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What the cells of a row may print, longest first, each with its expression."""
    found = []
    for column in table.columns:
        name = f"{ROW}.{column.key}"
        ways = printed_ways(name, row.get(column.key), column.unit)
        found += [(way.text, way.expression) for way in ways if way.unit == column.unit]
    yield from sorted(found, key=lambda one: -len(one[0]))


def loop_rows(element: Any, table: AskedTable, rows: Sequence[Mapping[str, Any]]) -> Looped | None:
    """Make those rows of a Word table a loop that are the rows of the workbook's table."""
    lines = rows_of(element)
    first = _first_row(lines, table, rows)
    if first is None:
        return None
    template, *others = lines[first : first + len(rows)]
    tags = _cell_tags(lines[first : first + len(rows)], table, rows)
    for cell, tag in zip(cells_of(template), tags, strict=True):
        if tag:
            _say_in_cell(cell, tag)
    for one in others:
        one.getparent().remove(one)
    template.addprevious(_tag_row(template, f"{{%tr for {ROW} in {table.key} %}}"))
    template.addnext(_tag_row(template, "{%tr endfor %}"))
    return Looped(table.key, template, tuple(others))


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
    texts = [text_of(cell).strip() for cell in cells_of(line)]
    filled = [text for text in texts if text and not text.isdigit()] or texts
    printed = {text for one in table.columns for _, text in _by_expression(table, row, one.key)}
    hits = sum(text in printed for text in filled)
    return bool(filled) and hits >= max(_LEAST_MATCH * len(filled), 1)


def _cell_tags(
    lines: Sequence[Any], table: AskedTable, rows: Sequence[Mapping[str, Any]]
) -> list[str]:
    """What each cell of the loop's row says: the expression that fits all rows, "" for none."""
    count = len(cells_of(lines[0]))
    tags = []
    for number in range(count):
        columns = [cells_of(line) for line in lines]
        texts = [text_of(cells[number]).strip() if number < len(cells) else "" for cells in columns]
        tags.append(_common(texts, table, rows))
    return tags


def _common(texts: Sequence[str], table: AskedTable, rows: Sequence[Mapping[str, Any]]) -> str:
    if list(texts) == [str(number) for number in range(1, len(texts) + 1)]:
        return "{{ loop.index }}"
    for column in table.columns:
        ways = [dict(_by_expression(table, row, column.key)) for row in rows]
        for expression in ways[0] if ways else ():
            said = [way.get(expression, "") for way in ways]
            if any(said) and said == list(texts):
                return f"{{{{ {expression} }}}}"
        blank = [_is_blank_or(text, way) for text, way in zip(texts, ways, strict=True)]
        if any(texts) and all(blank):
            return f"{{{{ {ROW}.{column.key} }}}}"
    return ""


def _is_blank_or(text: str, ways: Mapping[str, str]) -> bool:
    plain = next(iter(ways.values()), "")
    return text == plain


def _by_expression(
    table: AskedTable, row: Mapping[str, Any], key: str
) -> Iterator[tuple[str, str]]:
    unit = next(column.unit for column in table.columns if column.key == key)
    for way in printed_ways(f"{ROW}.{key}", row.get(key), unit):
        yield way.expression, way.text
        if unit and way.unit == unit:
            yield f"'{{}}{unit}'.format({way.expression})", f"{way.text}{unit}"


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
        said = [
            _skeleton(one.text, table, row, number)
            for number, (one, row) in enumerate(zip(group, rows, strict=True), start=1)
        ]
        if said[0] is not None and "{{" in said[0] and len(set(said)) == 1:
            first, *others = group
            _put_skeleton(first, table, rows[0])
            for one in others:
                one.element.getparent().remove(one.element)
            first.element.addprevious(_tag_paragraph(first, f"{{%p for {ROW} in {table.key} %}}"))
            first.element.addnext(_tag_paragraph(first, "{%p endfor %}"))
            return Looped(table.key, first.element, tuple(one.element for one in others))
    return None


def _spans(text: str, table: AskedTable, row: Mapping[str, Any], number: int) -> list[Span]:
    """The parts of a paragraph that print what a row holds, and its number."""
    spans: list[Span] = []
    ordinal = _ORDINAL.match(text)
    if ordinal and ordinal[2] in (str(number), chinese(number)):
        tag = "{{ loop.index }}" if ordinal[2].isdigit() else "{{ loop.index|chinese }}"
        spans.append(Span(*ordinal.span(2), tag))
    return [*spans, *row_spans(text, table, row, spans)]


def row_spans(
    text: str, table: AskedTable, row: Mapping[str, Any], taken: Sequence[Span] = ()
) -> list[Span]:
    """The parts of a text that print what a row holds, besides those that are taken."""
    spans = list(taken)
    for printed, expression in _texts(table, row):
        for match in _whole(printed).finditer(text):
            start, end = match.span()
            if all(end <= one.start or start >= one.end for one in spans):
                spans.append(Span(start, end, f"{{{{ {expression} }}}}"))
                break
    return spans[len(taken) :]


def _whole(printed: str) -> re.Pattern[str]:
    """A pattern of a text that is no part of a longer figure."""
    before = r"(?<![\d.])" if printed[:1].isdigit() else ""
    after = r"(?![\d.]*\d)" if printed[-1:].isdigit() else ""
    return re.compile(f"{before}{re.escape(printed)}{after}")


def _skeleton(text: str, table: AskedTable, row: Mapping[str, Any], number: int) -> str | None:
    spans = _spans(text, table, row, number)
    if sum(ROW in span.tag for span in spans) < LEAST_ROWS:
        return None
    for span in sorted(spans, key=lambda one: -one.start):
        text = f"{text[: span.start]}{span.tag}{text[span.end :]}"
    return text


def _put_skeleton(paragraph: Paragraph, table: AskedTable, row: Mapping[str, Any]) -> None:
    put(paragraph.element, _spans(paragraph.text, table, row, 1))


def _tag_paragraph(paragraph: Paragraph, tag: str) -> Any:
    made = deepcopy(paragraph.element)
    say(made, tag)
    return made
