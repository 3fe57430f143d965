"""Rows of a table told in one sentence, and how many they are."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from docgen.adopting.loops.alike import alike, cut, tagged
from docgen.adopting.loops.rows import LEAST_ROWS
from docgen.naming.model import ROW
from docgen.naming.page import Span
from workbook.adopting.model import AskedTable

_BETWEEN: Final = ("、", "，", "；", ",", ";")
_AND: Final = ("和", "及", "与")  # before the last
_END: Final = re.compile(r"[。；;，、！？]|$")
_SENTENCE: Final = re.compile(r"[。！？]")
_COUNTED: Final = re.compile(r"[项个次家台批笔件处户座名人份本种类场期辆套所]")
_ALL: Final = re.compile(r"(?:共|合计|总计)[^，。；\d]{0,8}$")
_NO_NAMES: Final = ("情况", "明细", "清单", "统计", "汇总", "登记", "一览")
_NOT_COUNTED: Final = re.compile(r"[^一-龥]")
_PART_OF: Final = re.compile(r"其中[^。；;！？]*$")  # what is counted then are some of them
_HAS: Final = re.compile(
    r"(?:辖|有|共计?|合计|总计|包[括含]|涉及|覆盖|涵盖|惠及|全[省市县区镇乡街])了?$"
)
_HELD: Final = re.compile(r"(?:现有|共有?|全[年省市县区镇乡街局校院馆村])[^，。；]{0,14}$")
_SOME: Final = re.compile(r"[新另增减]|其中|重点|示范|不|未|已|完成")
_KINDS: Final = {"村": ("行政", "自然")}
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
    between = [part[-1] for part in parts]
    if not {*between[:-1]} <= set(_BETWEEN) or between[-1] not in (*_BETWEEN, *_AND):
        return None
    if len({*between}) != 1 and (len({*between[:-1]}) != 1 or between[-1] not in _AND):
        return None
    cuts = [cut(part[:-1], table, row) for part, row in zip(parts, rows, strict=False)]
    for match in _END.finditer(text, starts[-1]):
        last = cut(text[starts[-1] : match.start()], table, rows[-1])
        if (ways := alike([*cuts, last])) is not None:
            whole = f"{tagged(cuts[0], ways)}{_signs(between)}"
            loop = f"{{% for {ROW} in {table.key} %}}{whole}{{% endfor %}}"
            return Span(starts[0], match.start(), loop)
    return None


def _signs(between: Sequence[str]) -> str:
    """What stands between rows: 、 and nothing behind the last, perhaps 和 before it.

    Of 甲和乙 it is 和 before the last, and 、 before that where another year has more rows.
    """
    sign, last = between[0] if between[0] in _BETWEEN else _BETWEEN[0], between[-1]
    if sign == last:
        return f"{{% if not loop.last %}}{sign}{{% endif %}}"
    is_next = f"{{% elif not loop.last %}}{sign}{{% endif %}}"
    return f"{{% if loop.revindex == 2 %}}{last}{is_next}"


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


def counted(
    figure: str, text: str, place: tuple[int, int], tables: Sequence[tuple[AskedTable, Rows]]
) -> str:
    """The table whose rows a figure counts, `共采购4项`; "" where it counts none for certain."""
    start, end = place
    before = text[:start]
    if not figure.isdigit() or not _COUNTED.match(text, end) or _PART_OF.search(before):
        return ""
    found = [
        table.key
        for table, rows in tables
        if len(rows) == int(figure) >= LEAST_ROWS
        if _is_of(table, text, before, text[end:]) or _are_named(table, before, text[end:])
    ]
    return found[0] if len(found) == 1 else ""


def _are_named(table: AskedTable, before: str, after: str) -> bool:
    """Whether what is counted is what the rows are: 辖5个行政村 of rows under 村名.

    So are 现有分馆4个, and 新建分馆4个 are some of them. 建设5个村 are those to which something was
    done, and 有5个示范村 some of them, unless the table's title says so.
    """
    head = table.columns[0].words if table.columns else ""
    name = head.removesuffix("名称").removesuffix("名")
    counted = _what(after)
    if not name or name == head:
        return False
    if not counted and before.endswith(name):
        held = _HELD.search(before.removesuffix(name))
        return len(name) >= _LEAST and held is not None and not _SOME.search(held[0])
    if not counted.endswith(name) or not _HAS.search(before):
        return False
    of_kind = counted.removesuffix(name)
    return of_kind in ("", *_KINDS.get(name, ())) or of_kind in (table.title or table.key)


def _what(after: str) -> str:
    """What is counted, behind its measure word: 行政村 of 个行政村，受益户."""
    return _NOT_COUNTED.split(after[1:])[0]


def _is_of(table: AskedTable, text: str, before: str, after: str) -> bool:
    name = table.title or table.key
    own = "/".join((name, *(one.words for one in table.columns)))
    what = _what(after)
    if len(what) >= _LEAST and not any(a + b in own for a, b in pairwise(what)):
        return False
    if before.endswith(name):
        return True
    pairs = {name[at : at + _LEAST] for at in range(len(name) - 1)} - {*_NO_NAMES}
    return _ALL.search(before) is not None and any(pair in text for pair in pairs)
