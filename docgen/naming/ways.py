"""What the cells of a filled sample may print, one by one and row by row."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from docgen.naming.cells import in_one_word, known_cells, of_block, titled
from docgen.naming.model import ROW, Cell, Pinned, Printed, Ways
from docgen.naming.printing import TAKEN, figure_in_words, printed_ways, with_minus
from docgen.report import phrases
from workbook.adopting.model import Asked, AskedTable, Found
from workbook.reading.spots import Spot
from workbook.viewing.words import bare_words, is_unit, unit_in

_SIGNED: Final = re.compile(r"增减|增长|增幅|变化|变动")
_PRIOR: Final = re.compile(r"上一?年|去年|上期|上季|上月|同期")
_DIVISOR: Final = re.compile(r"^(?:round\()?\(?\w+ / (\w+)\)?(?: \* 100)?(?:, \d\))?$")
_REPEATED: Final = re.compile(r"[^\W\d]\w*")
_FIGURES: Final = ("number", "integer")
_TO_CENTS: Final = "|round(2)"  # of an amount that is calculated with all its decimals
_LEAST_NAME: Final = 2  # letters of a row's name
_NOT_QUOTED: Final = re.compile(r"['\\{}\n]")
_AMOUNT: Final = re.compile(r"[-−－]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)%?")  # 351.26
_CODE: Final = re.compile(r"[\w()（）〔〕\[\]./-]*\d[A-Za-z\d()（）〔〕\[\]./-]*号?")


def ways_of(found: Found, context: Mapping[str, Any]) -> Ways:
    """What the single cells of a filled sample may print, and the rows of its tables."""
    figures: dict[str, list[Printed]] = defaultdict(list)
    texts: list[tuple[str, Printed]] = []
    titles = {one.key: title for title, block in titled(found) for one, _ in of_block(block)}
    for one, known_by in known_cells(found):
        value = context.get(one.key)
        if isinstance(value, str) and (ways := [*figure_in_words(one.key, value, one.unit)]):
            whole = value.strip() if ways[0].expression.endswith(TAKEN) else ""
            told = (Printed(one.key, w.expression, known_by, w.unit, whole=whole) for w in ways)
            figures[ways[0].text] += told
            continue
        for text, printed in _of_cell(one, value, known_by, titles[one.key]):
            if isinstance(value, str):
                texts.append((text, printed))
            else:
                figures[text].append(printed)
    picked = [one for table in found.tables() for one in _of_rows(table, context)]
    for text, printed in picked:
        figures[text].append(printed)
    texts.sort(key=lambda one: -len(one[0]))
    figured = [words for one, words in known_cells(found) if one.type in ("number", "integer")]
    named = [words[0] for words in figured] + [one.known_by[0] for _, one in picked]
    names = frozenset(one for one in named if len(one) > 1)
    heads = {(head, one.unit) for one, words in known_cells(found) for head in words[1:] if head}
    cells = [
        Cell(one.key, Decimal(value), one.unit, words, titles[one.key])
        for one, words in known_cells(found)
        if isinstance(value := context.get(one.key), Decimal | int) and one.type != "year"
        if one.is_required or one.compute  # nothing is calculated from what may stay blank
        if not _REPEATED.fullmatch(one.compute)
    ]
    rows = _words_of_rows(found, context)
    spots = _spots(found, context)
    return Ways(dict(figures), texts, names, rows, frozenset(heads), cells, spots=spots)


def _spots(found: Found, context: Mapping[str, Any]) -> dict[str, Spot]:
    """Where the cells with figures stand, those of rows by the keys of their ways."""
    figures = {one.key: one.spot for one in found.asked() if one.type in _FIGURES}
    for table in found.tables():
        columns = [one for one in table.columns if one.type in _FIGURES]
        for number, (pinned, _) in zip(table.numbers, _pinned_rows(table, context), strict=False):
            for one in columns:
                spot = Spot(table.sheet, number, one.spot.column)
                figures[f"{table.key}.{pinned.said}.{one.key}"] = spot
    return figures


def _of_cell(
    one: Asked, value: Any, known_by: tuple[str, ...], title: str
) -> Iterator[tuple[str, Printed]]:
    """What a cell may print: its value, without its sign, in capitals."""
    lowest = in_one_word(one.lowest)
    is_open = bool(one.compute) and one.decimals is None and one.unit.endswith("元")
    directed = [
        (text, replace(way, title=title, lowest=lowest))
        for text, way in _directed(one, value, known_by)
    ]
    for way in printed_ways(one.key, value, "年" if one.type == "year" else one.unit):
        printed = Printed(
            one.key,
            way.expression,
            known_by,
            way.unit,
            way.is_exact or (is_open and way.expression.endswith(_TO_CENTS)),
            has_direction=bool(directed),
            same_as=one.compute if _REPEATED.fullmatch(one.compute) else "",
            title=title,
            lowest=lowest,
            divided_by=told[1] if (told := _DIVISOR.search(one.compute)) else "",
        )
        yield way.text if isinstance(value, str) else with_minus(way.text), printed
    yield from directed
    yield from _in_capitals(one, value, known_by)


def _words_of_rows(found: Found, context: Mapping[str, Any]) -> frozenset[str]:
    """The words in the rows of tables."""
    return frozenset(
        words
        for table in found.tables()
        for row in context.get(table.key) or ()
        for value in row.values()
        if isinstance(value, str) and not [*figure_in_words("", value, "")] and not is_unit(value)
        for words in (value, bare_words(value))
        if len(words) > 1
    )


def _in_capitals(
    one: Asked, value: Any, known_by: tuple[str, ...]
) -> Iterator[tuple[str, Printed]]:
    """An amount as it is written beside its figures: 贰拾壹万元整."""
    if one.unit not in phrases.YUAN or not isinstance(value, Decimal | int) or not value > 0:
        return
    with suppress(ValueError):  # of an amount that nobody writes out
        said = "" if one.unit == "元" else f"('{one.unit}')"
        text = phrases.upper_amount(value, one.unit)
        yield text, Printed(one.key, f"{one.key}|upper_amount{said}", known_by)


def _of_rows(table: AskedTable, context: Mapping[str, Any]) -> Iterator[tuple[str, Printed]]:
    """The figures of rows that are known by their words, as a report picks one of them.

    Rows that begin with a date are of their time, and next year's are others; so is a row whose
    name is an amount.
    """
    pinned_rows = _pinned_rows(table, context)
    for (pinned, row), number in zip(pinned_rows, table.numbers, strict=False):
        known = f"{bare_words(pinned.of)}{bare_words(pinned.words)}"
        if len(known) < _LEAST_NAME or _NOT_QUOTED.search(pinned.said):
            continue
        if _AMOUNT.fullmatch(pinned.words.strip()):
            continue
        for column in table.columns:
            value = row.get(column.key)
            if value is None or column.type == "year" or column.key == pinned.column:
                continue
            known_by = (in_one_word(known), in_one_word(bare_words(column.words)))
            lowest = in_one_word(column.lowest)
            unit = column.unit or unit_in(pinned.words)
            unit = "%" if (number, column.key) in table.shares else unit
            key, name_of = f"{table.key}.{pinned.said}.{column.key}", f"{ROW}.{column.key}"
            if isinstance(value, str):
                for way in figure_in_words(name_of, value, unit):
                    made = Printed(
                        key, way.expression, known_by, way.unit, row=pinned, lowest=lowest
                    )
                    is_taken = way.expression.endswith(TAKEN)
                    yield way.text, replace(made, whole=value.strip() if is_taken else "")
                continue
            directed = list(_directed(column, value, known_by, (key, name_of)))
            yield from ((text, replace(made, row=pinned, lowest=lowest)) for text, made in directed)
            for way in printed_ways(name_of, value, unit):
                made = Printed(
                    key, way.expression, known_by, way.unit, way.is_exact, row=pinned, lowest=lowest
                )
                yield with_minus(way.text), replace(made, has_direction=bool(directed))


def _pinned_rows(
    table: AskedTable, context: Mapping[str, Any]
) -> list[tuple[Pinned, Mapping[str, Any]]]:
    """The rows of a table by the words that tell each from the others; none where no words do.

    甲班 stands in the rows of 语文 and of 数学: then the words of both columns tell a row.
    """
    rows = context.get(table.key) or ()
    name = _told_by(table, rows)
    if name is None or table.columns[0].type == "date":
        return []
    texts = [one for one in table.columns if one.type == "text" and one is not name]
    before = [one for one in texts if one.spot.column < name.spot.column]
    for group in (None, *before):
        pinned = [
            Pinned(table.key, name.key, str(row.get(name.key) or ""))
            if group is None
            else Pinned(
                table.key,
                name.key,
                str(row.get(name.key) or ""),
                group.key,
                str(row.get(group.key) or ""),
            )
            for row in rows
        ]
        if len({one.said for one in pinned}) == len(pinned):
            return [*zip(pinned, rows, strict=True)]
    return []


def _told_by(table: AskedTable, rows: Sequence[Mapping[str, Any]]) -> Asked | None:
    """The column by whose words a report tells the rows: 合同名称 and not 合同编号."""
    texts = [one for one in table.columns if one.is_required and one.type == "text"]
    told = (
        one
        for one in texts
        if not all(_CODE.fullmatch(str(row.get(one.key) or "")) for row in rows)
    )
    return next(told, table.row_name)


def _directed(
    one: Asked, value: Any, known_by: tuple[str, ...], row: tuple[str, str] = ("", "")
) -> Iterator[tuple[str, Printed]]:
    """The ways of an amount behind a word that says whether it is more or less.

    Of one in a row of a table `row` are the key and the expression.
    """
    key, subject = row[0] or one.key, row[1] or one.key
    if not isinstance(value, Decimal | int) or not value or one.type == "year":
        return
    is_change = " - " in one.compute and _PRIOR.search(one.compute) is not None
    if value < 0 or is_change or _SIGNED.search("".join(known_by)):
        for way in printed_ways(f"({subject}|abs)", abs(value), one.unit):
            direction = 1 if value > 0 else -1
            yield (
                way.text,
                Printed(
                    key,
                    way.expression,
                    known_by,
                    way.unit,
                    way.is_exact,
                    direction,
                    subject=row[1],
                ),
            )
