"""Projects that are told paragraph by paragraph or in one sentence, among much else.

（二）山塘清淤扩容。计划清淤15口，预算40万元，本年支出37.80万元。
一是“新网工程”建设专项40万元，用于…；二是农资储备贴息14.39万元，其中…；三是慰问经费10万元。

Only words that plainly say a budget or an outturn are taken, none behind 其中. A row whose amount
is not plain has its name alone; the sum of such a column is nobody's total, see `filling.defaults`.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, NamedTuple

from docgen.importing.matching.found import Found, Row, Statement, rows_of, years_of
from docgen.importing.matching.model import Catch
from docgen.importing.matching.own_names import OwnNames
from docgen.importing.said.items import ABOUT_ITEMS, IN_A_SENTENCE
from docgen.importing.tables.cards import hole_of
from docgen.importing.tables.columns import column_of
from docgen.stated.lists import following
from docgen.stated.outline import Line
from workbook.form.model import Form
from workbook.form.table import Table
from workbook.stated.clauses import Said, Sentence, Way, read_sentences
from workbook.stated.folded import letters
from workbook.stated.item_names import Kept, is_item, is_surely_item
from workbook.stated.model import Basis
from workbook.stated.units import MONEY
from workbook.stated.words import general

FEWEST: Final = 2
MOST_NAME: Final = 30
_WHEN: Final = r"(?:本年度?|当年|全年|年度|(?:19|20)\d\d年度?)?"
_TAIL: Final = r"(?:资金|数|金额)?(?:为|是)?"
_SPENT: Final = r"(?:支出|支付|执行|使用|列支|完成支出|支出决算|决算)"
_WAYS: Final = (
    (Basis.INITIAL, rf"{_WHEN}年初(?:预算|安排|批复|预算安排|安排预算){_TAIL}"),
    (Basis.FULL, rf"{_WHEN}(?:(?:全年|调整后|调整后全年)?预算|安排|预算安排|下达预算){_TAIL}"),
    (Basis.OUTTURN, rf"{_WHEN}(?:实际|已|共|共计)?{_SPENT}{_TAIL}"),
)
_PLAIN: Final = tuple((basis, re.compile(way)) for basis, way in _WAYS)
_FRONT: Final = re.compile(
    r"^(?:其中|其余|主要|分别|包括|用于|一是|二是|三是|四是|五是|六是|七是|八是|九是|十是|为|是|有|:|"
    r"[(]?[\d一二三四五六七八九十]{1,2}[)、.])+"
)
_BACK: Final = re.compile(
    r"(?:(?:共计|共|合计)?(?:实际)?(?:使用|支出|安排|列支|支付)(?:基金|资金|经费)?|共计|共|合计|为|是|,)+$"
)


class _Amounts(NamedTuple):
    """A name with where it begins, and its amounts by basis."""

    name: str
    start: int
    figures: Mapping[Basis, tuple[Said, int]]


def add_headed(
    found: Found, form: Form, own: OwnNames, topics: Mapping[str, Sequence[Line]]
) -> None:
    """Add the rows of a table of items that nothing else gave rows.

    `topics` are the lines below each heading.
    """
    for target in sorted(own.rows):
        table = form.tables[target.table]
        is_asked = column_of(table, Kept(Basis.OUTTURN), ()) is not None
        if not is_asked or any(rows_of(found, table.key)):
            continue
        for topic, lines in topics.items():
            is_apart = any(word in topic for word in general().words.apart)
            read = _paragraphs(lines, own) if ABOUT_ITEMS.search(topic) and not is_apart else []
            read = read or ([] if is_apart else _listed(lines, own, found))
            if read:
                _put(found, table, years_of(found, form), read)
                break


def _paragraphs(lines: Sequence[Line], own: OwnNames) -> list[tuple[Line, _Amounts]]:
    """The items of numbered paragraphs that follow each other, each headed by its name."""
    made: list[tuple[Line, _Amounts]] = []
    due = ""
    for line in lines:
        one = None if line.is_long or not line.number else _paragraph(line, own)
        if one is not None and line.number == (due or line.number):
            made.append((line, one))
            due = following(line.number)
        elif line.number == due and due:
            return []  # of the next of the list nobody knows what it is
    is_some = sum(Basis.OUTTURN in one.figures for _, one in made) >= FEWEST
    return made if len(made) >= FEWEST and is_some else []


def _paragraph(line: Line, own: OwnNames) -> _Amounts | None:
    """The item that heads a paragraph with what is plainly said of it."""
    name, stop, _ = line.title.partition("。")
    is_name = stop and len(name) <= MOST_NAME and is_item(name) and not own.has(name)
    if not is_name:
        return None
    figures: dict[Basis, tuple[Said, int]] = {}
    twice: set[Basis] = set()
    for sentence in read_sentences(line.folded.text):
        for said in _before_parts(sentence):
            basis = _basis(said)
            if basis is not None:
                twice |= {basis} & figures.keys()
                figures[basis] = said, sentence.start + said.start
    plain = {basis: one for basis, one in figures.items() if basis not in twice}
    return _Amounts(name, len(line.number), plain)


def _before_parts(sentence: Sentence) -> Iterator[Said]:
    """The exact amounts of a sentence outside brackets up to 其中, where its parts begin."""
    for said in sentence.figures:
        if any(part in said.gap for part in general().words.parts):
            return
        if said.unit in MONEY and said.way is Way.VALUE and said.is_exact and not said.depth:
            yield said


def _basis(said: Said) -> Basis | None:
    words = letters(said.clause)
    return next((basis for basis, way in _PLAIN if way.fullmatch(words)), None)


def _listed(lines: Sequence[Line], own: OwnNames, found: Found) -> list[tuple[Line, _Amounts]]:
    """The items of one sentence, parted by ;, whose amounts come to a total that is stated."""
    for line in lines:
        if line.is_long or line.table is not None:
            continue
        for sentence in read_sentences(line.folded.text):
            made = _segments(sentence, own)
            if len(made) >= FEWEST and any(is_surely_item(one.name) for one in made):
                total = sum((one.figures[Basis.OUTTURN][0].amount for one in made), Decimal())
                if total in _totals(found):
                    return [(line, one) for one in made]
    return []


def _totals(found: Found) -> set[Decimal]:
    """The amounts that the fields found so far state, in 元."""
    made = set()
    for stated in found.fields.values():
        for one in stated:
            words = f"计{one.text}{one.unit}"
            said = [figure for part in read_sentences(words) for figure in part.figures]
            made |= {figure.amount for figure in said if figure.unit in MONEY}
    return made


def _segments(sentence: Sentence, own: OwnNames) -> list[_Amounts]:
    """What the pieces of a sentence between ; say of an item each; none where one says none."""
    made: list[_Amounts] = []
    stops = [match.end() for match in re.finditer(";|$", sentence.text)]
    first = 0
    for stop in stops:
        figures = [s for s in sentence.figures if first <= s.start < stop]
        piece, start = sentence.text[first:stop], first
        first = stop
        if not figures:
            if len(piece.strip("。;")) > FEWEST and made:
                return []
            continue
        one = _segment(sentence, figures, start, own)
        if one is None:
            return []
        made.append(one)
    return made


def _segment(
    sentence: Sentence, figures: Sequence[Said], start: int, own: OwnNames
) -> _Amounts | None:
    """The item of a piece: the words before its first amount; then plain words for others."""
    first = figures[0]
    words = sentence.text[start : first.start]
    front = _FRONT.match(words)
    name = _BACK.sub("", words[front.end() if front else 0 :])
    is_amount = first.unit in MONEY and first.way is Way.VALUE and first.is_exact
    if not is_amount or not is_item(name) or own.has(name) or len(name) > MOST_NAME:
        return None
    made = {Basis.OUTTURN: (first, sentence.start + first.start)}
    for said in figures[1:]:
        if any(part in said.gap for part in general().words.parts):
            break
        basis = _basis(said) if said.unit in MONEY and said.way is Way.VALUE else None
        if basis in (Basis.INITIAL, Basis.FULL) and basis not in made and said.is_exact:
            made[basis] = said, sentence.start + said.start
    return _Amounts(name, sentence.start + sentence.text.index(name, start), made)


def _put(
    found: Found, table: Table, years: Collection[str], read: Sequence[tuple[Line, _Amounts]]
) -> None:
    rows: list[Row] = []
    for line, one in read:
        end = one.start + len(one.name)
        row = {table.row_name: _statement(table, table.row_name, line, (one.start, end))}
        for basis, (said, start) in one.figures.items():
            column = column_of(table, Kept(basis), years)
            if column is not None:
                place = start, start + said.end - said.start
                stated = _statement(table, column.key, line, place)
                catch = replace(stated.catches[0], text=f"{said.value:f}", unit=said.unit)
                row[column.key] = Statement([catch], IN_A_SENTENCE)
        rows.append(row)
        found.partly.setdefault(line, []).append(f"“{table.key}”")
    found.tables.setdefault(table.key, {})["headed", table.key] = rows


def _statement(table: Table, key: str, line: Line, place: tuple[int, int]) -> Statement:
    origin = line.folded.origin
    first, last = origin[place[0]], origin[place[1] - 1] + 1
    words = line.text[first:last]
    return Statement([Catch(hole_of(table.key, key), words, line, first, last)], IN_A_SENTENCE)
