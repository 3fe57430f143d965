"""How the values of a sample may be printed, and by what tags."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from docgen.report import phrases
from docgen.template.model.sourced import MINUS
from docgen.template.model.text import text_of
from workbook.adopting.model import Asked, AskedGrid, AskedTable, Block, Found
from workbook.figures.numbers import round_half_up
from workbook.viewing.words import bare_words, unit_in

_OTHER_UNITS: Final = {
    "元": (("万元", "/ 10000"), ("亿元", "/ 100000000")),
    "万元": (("亿元", "/ 10000"), ("元", "* 10000")),
}
_FACTORS: Final = frozenset(factor for some in _OTHER_UNITS.values() for _, factor in some)
_HYPHEN: Final = re.compile(r"(?<![A-Za-z\d_.)）])[-－](?=\d)")  # 结余为-2315.40元 has one
_PLACES: Final = (2, 1, 0)
_ROUNDED: Final = 2  # decimals of a figure in another unit that may just be rounded to them
_SIGNED: Final = re.compile(r"增减|增长|增幅|变化|变动")
_PRIOR: Final = re.compile(r"上一?年|去年|上期|上季|上月|同期")
_DIVISOR: Final = re.compile(r"^(?:round\()?\(?\w+ / (\w+)\)?(?: \* 100)?(?:, \d\))?$")
_REPEATED: Final = re.compile(r"[^\W\d]\w*")
_LEAST_NAME: Final = 2  # letters of a row's name
_NOT_QUOTED: Final = re.compile(r"['\\{}\n]")
_FIGURE_IN_WORDS: Final = re.compile(
    r"(?P<sign>[≥≤＞＜><=＝]?)(?P<figure>(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,6})(?:\.\d+)?)(?P<share>[%％]?)"
)
_CODE: Final = re.compile(r"[\w()（）〔〕\[\]./-]*\d[A-Za-z\d()（）〔〕\[\]./-]*号?")
_THOUSAND: Final = 1000


class Way(NamedTuple):
    """A text that a value may print, the expression for it, its unit, whether nothing is lost."""

    text: str
    expression: str
    unit: str = ""
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class Printed:
    """A way in which a cell is printed: what the tag says, and the words by which it is known.

    `direction` is 1 or -1 where the amount is printed behind a word such as 增加 or 减少.
    """

    key: str
    expression: str
    known_by: tuple[str, ...]
    unit: str = ""
    is_exact: bool = True
    direction: int = 0
    has_direction: bool = False  # another way of the cell is behind such a word
    same_as: str = ""  # the key of the cell whose figure its formula repeats
    divided_by: str = ""  # the key of the cell by which its formula divides
    subject: str = ""  # whose sign is asked, where that is not the cell
    title: str = ""  # what the table is about in which the cell stands


@dataclass(frozen=True)
class Ways:
    """All ways by the text that they print; `texts` are those of words, longest first.

    Of 基本支出 195.49 in 万元 `figures["195.49"]` has the way `基本支出`, and `names` has 基本支出.
    """

    figures: Mapping[str, Sequence[Printed]]
    texts: Sequence[tuple[str, Printed]]
    names: frozenset[str] = frozenset()  # of all cells
    rows: frozenset[str] = frozenset()  # words that begin the rows of tables
    heads: frozenset[tuple[str, str]] = frozenset()  # above cells, each with their unit
    text: str = ""  # the whole report
    year: int | None = None  # that is reported on
    month: int | None = None  # of a report of one month


def ways_of(found: Found, context: Mapping[str, Any]) -> Ways:
    """What the single cells of a filled sample may print, and the rows of its tables."""
    figures: dict[str, list[Printed]] = defaultdict(list)
    texts: list[tuple[str, Printed]] = []
    titles = {one.key: title for title, block in _titled(found) for one, _ in _of_block(block)}
    for one, known_by in known_cells(found):
        value = context.get(one.key)
        if isinstance(value, str) and (ways := [*figure_in_words(one.key, value, one.unit)]):
            told = (Printed(one.key, way.expression, known_by, way.unit) for way in ways)
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
    return Ways(dict(figures), texts, names, _words_of_rows(found, context), frozenset(heads))


def _of_cell(
    one: Asked, value: Any, known_by: tuple[str, ...], title: str
) -> Iterator[tuple[str, Printed]]:
    """What a cell may print: its value, without its sign, in capitals."""
    directed = list(_directed(one, value, known_by))
    for way in printed_ways(one.key, value, "年" if one.type == "year" else one.unit):
        printed = Printed(
            one.key,
            way.expression,
            known_by,
            way.unit,
            way.is_exact,
            has_direction=bool(directed),
            same_as=one.compute if _REPEATED.fullmatch(one.compute) else "",
            title=title,
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
        if isinstance(value, str)
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

    Rows that begin with a date are of their time, and next year's are others.
    """
    rows = context.get(table.key) or ()
    name = _told_by(table, rows)
    words = [str(row.get(name.key) or "") for row in rows] if name else []
    is_of_events = table.columns[0].type == "date"
    if name is None or is_of_events or len({*words}) < len(words):
        return
    for row, said in zip(rows, words, strict=True):
        known = bare_words(said)
        if len(known) < _LEAST_NAME or _NOT_QUOTED.search(said):
            continue
        picked = f"({table.key}|selectattr('{name.key}', 'equalto', '{said}')|first)"
        for column in table.columns:
            value = row.get(column.key)
            if value is None or column.type == "year":
                continue
            known_by = (known, bare_words(column.words))
            unit = column.unit or unit_in(said)
            key, name_of = f"{table.key}.{said}.{column.key}", f"{picked}.{column.key}"
            if isinstance(value, str):
                for way in figure_in_words(name_of, value, unit):
                    yield way.text, Printed(key, way.expression, known_by, way.unit)
                continue
            directed = list(_directed(column, value, known_by, (key, name_of)))
            yield from directed
            for way in printed_ways(name_of, value, unit):
                made = Printed(key, way.expression, known_by, way.unit, way.is_exact)
                yield with_minus(way.text), replace(made, has_direction=bool(directed))


def _told_by(table: AskedTable, rows: Sequence[Mapping[str, Any]]) -> Asked | None:
    """The column by whose words a report tells the rows: 合同名称 and not 合同编号."""
    texts = [one for one in table.columns if one.is_required and one.type == "text"]
    told = (
        one
        for one in texts
        if not all(_CODE.fullmatch(str(row.get(one.key) or "")) for row in rows)
    )
    return next(told, table.row_name)


def figure_in_words(name: str, text: str, unit: str) -> Iterator[Way]:
    """The figure of a text that is nothing but one: `780`, `≥95%`, as aims and what was done are.

    Next year's text may hold another sign; it is printed as it is then.
    """
    told = _FIGURE_IN_WORDS.fullmatch(text.strip())
    if told is None:
        return
    signs = f"{told['sign']}{told['share']}"
    expression = f"{name}.strip('{signs}')" if signs else name
    yield Way(told["figure"], expression, "%" if told["share"] else unit)


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


def printed_ways(name: str, value: Any, unit: str) -> Iterator[Way]:
    """Texts that a value may print, each with the expression for it; the plain one first.

    82310.50 is `82310.50`, `82,310.50`, `82310.5` and, in 元, `8.23` as 万元.
    """
    told: set[tuple[str, str]] = set()
    for way in every_way(name, value, unit):
        if (way.text, way.unit) not in told:
            told.add((way.text, way.unit))
            yield way


def with_minus(text: str) -> str:
    """A text whose negative figures have the minus that this program prints, and no hyphen."""
    return _HYPHEN.sub(MINUS, text)


def is_converted(way: Printed) -> bool:
    """Whether a way prints a figure in another unit than its cell has: 12.5万元 of 125000元."""
    return any(f"{factor})" in way.expression for factor in _FACTORS)


def every_way(name: str, value: Any, unit: str) -> Iterator[Way]:
    """The same with all expressions for a text: 286.2 is `x.normalize()` and `x|round(1)`."""
    if isinstance(value, str):
        if value.strip():
            yield Way(value.strip(), name)
    elif isinstance(value, date):
        yield Way(phrases.long_date(value), f"{name}|long_date")
        yield Way(value.isoformat(), name)
        yield Way(f"{value.year}年{value.month}月", f"{name}|year}}}}年{{{{ {name}|month")
    elif isinstance(value, Decimal | int):
        yield from _figures(name, value, unit)


def _figures(name: str, value: Decimal | int, unit: str) -> Iterator[Way]:
    number = Decimal(value)
    yield Way(text_of(value), name, unit)
    yield Way(f"{number:,}", f"'{{:,}}'.format({name})", unit)
    as_decimal = name if isinstance(value, Decimal) else f"({name} / 1)"
    if isinstance(value, Decimal):
        yield from _exact(Way(format(number.normalize(), "f"), name, unit))
    yield from _rounded(as_decimal, number, unit)
    for other, factor in _OTHER_UNITS.get(unit, ()):
        sign, by = factor.split()
        made = number / int(by) if sign == "/" else number * int(by)
        text = format(made.normalize(), "f")
        if len(text.partition(".")[2]) < _ROUNDED:
            yield from _exact(Way(text, f"({name} {factor})", other))
        yield from _rounded(f"({name} {factor})", made, other)


def _exact(way: Way) -> Iterator[Way]:
    """A figure with as many decimals as it needs: 12万元 of 120000, and next year 0.49 of 4900."""
    text, name, unit, _ = way
    yield Way(text, f"{name}.normalize()", unit)
    if abs(Decimal(text)) >= _THOUSAND:
        yield Way(f"{Decimal(text):,}", f"'{{:,f}}'.format({name}.normalize())", unit)


def _rounded(name: str, number: Decimal, unit: str) -> Iterator[Way]:
    for places in (*_PLACES, 4):
        shown = round_half_up(number, places)
        if not shown and number:
            continue
        expression = f"{name}|round({places})"
        yield Way(format(shown, "f"), expression, unit, shown == number)
        if abs(shown) >= _THOUSAND:
            grouped = f"'{{:,}}'.format({expression})"
            yield Way(f"{shown:,}", grouped, unit, shown == number)


def _titled(found: Found) -> Iterator[tuple[str, Block]]:
    """Each block with its title; totals under a table have the table's."""
    for sheet, blocks in found.sheets.items():
        title = sheet
        for block in blocks:
            title = title if isinstance(block, tuple) else f"{sheet} {block.title}"
            yield title, block


def known_cells(found: Found) -> Iterator[tuple[Asked, tuple[str, ...]]]:
    """Each single cell with the words that stand beside it and above it."""
    for block in (block for blocks in found.sheets.values() for block in blocks):
        yield from _of_block(block)


def _of_block(block: Block) -> Iterator[tuple[Asked, tuple[str, ...]]]:
    if isinstance(block, AskedGrid):
        for (row, head), one in block.cells.items():
            yield one, (in_one_word(bare_words(row)), in_one_word(bare_words(head)))
    elif isinstance(block, tuple):
        for one in block:
            yield one, tuple(map(in_one_word, one.known_by or (one.words,)))


def in_one_word(text: str) -> str:
    """A text in which what has two words of equal length has one."""
    return text.replace("节支", "节约").replace("支付", "付")
