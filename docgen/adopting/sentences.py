"""Rows of a table told in one sentence, and how many they are."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from docgen.adopting.page import Span
from docgen.adopting.rows import LEAST_ROWS, ROW, row_spans
from workbook.adopting.model import AskedTable

_BETWEEN: Final = ("、", "，", "；", ",", ";")
_END: Final = re.compile(r"[。；;，、！？]|$")
_SENTENCE: Final = re.compile(r"[。！？]")
_COUNTED: Final = re.compile(r"[项个次家台批笔件处户座名人份本种类场期辆套所]")
_ALL: Final = re.compile(r"(?:共|合计|总计)[^，。；\d]{0,8}$")
_NO_NAMES: Final = ("情况", "明细", "清单", "统计", "汇总", "登记", "一览")
_LEAST: Final = 2  # letters of a name by which a row begins

Rows = Sequence[Mapping[str, Any]]


def sentence_loops(text: str, tables: Sequence[tuple[AskedTable, Rows]]) -> Iterator[Span]:
    """The parts of a paragraph that tell all rows of a table: `甲3天、乙2天、丙5天`."""
    for table, rows in tables:
        for column in table.columns:
            if column.type in ("text", "choice"):
                span = _loop(text, table, rows, [row.get(column.key) for row in rows])
                if span is not None:
                    yield span
                    break


def _loop(text: str, table: AskedTable, rows: Rows, names: Sequence[Any]) -> Span | None:
    starts = _starts(text, names)
    if starts is None:
        return None
    parts = [text[begin:end] for begin, end in pairwise(starts)]
    between = {part[-1] for part in parts}
    if len(between) != 1 or not between <= set(_BETWEEN):
        return None
    said = {_skeleton(part[:-1], table, row) for part, row in zip(parts, rows, strict=False)}
    if len(said) != 1:
        return None
    ((first, sign),) = ((one, part) for one in said for part in between)
    for match in _END.finditer(text, starts[-1]):
        if _skeleton(text[starts[-1] : match.start()], table, rows[-1]) == first:
            whole = f"{first}{{% if not loop.last %}}{sign}{{% endif %}}"
            loop = f"{{% for {ROW} in {table.key} %}}{whole}{{% endfor %}}"
            return Span(starts[0], match.start(), loop)
    return None


def _starts(text: str, names: Sequence[Any]) -> list[int] | None:
    """Where the names of all rows stand one after another in one sentence."""
    words = [str(name or "") for name in names]
    if len(words) < LEAST_ROWS or len({*words}) < len(words):
        return None
    starts: list[int] = []
    for word in words:
        start = text.find(word, starts[-1] + 1 if starts else 0)
        if len(word) < _LEAST or start < 0:
            return None
        starts.append(start)
    return None if _SENTENCE.search(text[starts[0] : starts[-1]]) else starts


def _skeleton(text: str, table: AskedTable, row: Mapping[str, Any]) -> str:
    for span in sorted(row_spans(text, table, row), key=lambda one: -one.start):
        text = f"{text[: span.start]}{span.tag}{text[span.end :]}"
    return text


def counted(
    figure: str, text: str, place: tuple[int, int], tables: Sequence[tuple[AskedTable, Rows]]
) -> str:
    """The table whose rows a figure counts, `共采购4项`; "" where it counts none for certain."""
    start, end = place
    before = text[:start]
    if not figure.isdigit() or not _COUNTED.match(text, end):
        return ""
    found = [
        table.key
        for table, rows in tables
        if len(rows) == int(figure) >= LEAST_ROWS and _is_of(table, text, before)
    ]
    return found[0] if len(found) == 1 else ""


def _is_of(table: AskedTable, text: str, before: str) -> bool:
    name = table.title or table.key
    if before.endswith(name):
        return True
    pairs = {name[at : at + _LEAST] for at in range(len(name) - 1)} - {*_NO_NAMES}
    return _ALL.search(before) is not None and any(pair in text for pair in pairs)
