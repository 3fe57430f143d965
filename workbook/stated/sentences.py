"""The quantities that running text states, clause by clause."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from workbook.stated.counted import named_count
from workbook.stated.figures import ROUGHLY, Figure, read_figure, written_with
from workbook.stated.folded import fold, letters, numbering
from workbook.stated.model import Basis, Quantity, Relation
from workbook.stated.phrases import UNSURE, State, budgeted, has_any, item_of, moved, phrase_of
from workbook.stated.units import MONEY, PEOPLE, UNITS, declared_units, is_contradicted
from workbook.stated.whose import (
    SUBORDINATE,
    WHOLES,
    as_part,
    heading,
    last_of,
    of_all,
    of_body,
    side,
)
from workbook.stated.words import (
    CARRIED,
    Named,
    canonical,
    general,
    named,
)

MOST_HEADING: Final = 20  # letters of a sentence that is a heading inside its paragraph
# 1286户2104人: digits may follow a unit, not a number.
_FIGURE: Final = re.compile(
    rf"(?<![\d.A-Za-z~-]){written_with(UNITS)}(?![年月日号])(?:(?<=[\u4e00-\u9fff㎡])|(?!\d))"
)
_SENTENCE: Final = re.compile(r"[^。!?\n]+[。!?\n]?")
_AFTER: Final = 12  # letters behind a figure that may say what is counted
_LIST: Final = re.compile(r"[、和及与]")
_GOES_ON: Final = ("、", "和", "及", "与", "以及")
_RESPECTIVELY: Final = re.compile(r"分别(?:为|是)?$|各为$")
_ROUGHLY: Final = re.compile(ROUGHLY)
_OF_A_YEAR: Final = (Basis.INITIAL, Basis.FULL)
_PLAIN: Final = (Relation.PLAIN, Relation.TOTAL)
_SUBORDINATES: Final = re.compile(r"(?:下属|所属)[\u4e00-\u9fff]*$")
_LEVEL: Final = re.compile(r"[\u4e00-\u9fff]{0,12}?(?:机关|本级)(?!工勤)")
_REALLY: Final = re.compile(r"实际(?!到位|下达|拨付|批复|安排|申请)")
_LESS: Final = re.compile(r"调减|追减|核减")
_OF_BASE: Final = re.compile(r"的\d[\d.]*%")
# 财政下达我馆部门指标 is all that the unit has.
_GRANTED: Final = re.compile(
    r"财政局?(?:下达|批复|核定|安排)(?:我|本|全)?.{0,2}?(?:部门|单位)?(?:指标|总额|额度)$"
)
_SPENDING: Final = re.compile(r"执行|使用|支出|收支|决算")


def read_text(
    text: str, known: Collection[str] = (), topic: str = "", place: str = ""
) -> list[Quantity]:
    """The quantities of a paragraph in reading order.

    `known` are the names that may stand behind a body's own, `topic` is the heading above: it says
    what a figure without a name is of, and whether budgets are spoken of.
    """
    folded = fold(text).text
    state = State(subject=heading(topic), heading=topic)
    if not _SPENDING.search(topic):
        state.basis = state.whole = named(topic).basis
    made: list[Quantity] = []
    declared = declared_units(folded)
    done = len(numbering(folded))
    for sentence in _SENTENCE.finditer(folded, done):
        state = replace(
            state, of="", last="", is_part=False, year="", lead="", basis=state.whole, body="",
            scope="", brackets=[], queue=[], moved=None,
            goes_on=sentence[0].startswith(general().words.parts),
        )  # fmt: skip
        if state.is_named:  # of one of several items, or of all of them: nobody knows
            state.subject = UNSURE
        before = state.subject, state.is_named
        found = list(_sentence(sentence, state, known, place))
        made += found
        if found and (state.goes_on or _is_parted(found)):  # of parts
            state.subject, state.is_named = before
        if len({one.basis for one in found if one.relation in _PLAIN}) > 1:
            state.whole = Basis.NONE  # budgets and others: nobody knows of what goes on
        if not found and len(sentence[0]) <= MOST_HEADING:
            is_first = done and sentence.start() == done  # behind its number it is a heading
            words = sentence[0] if not is_first else heading(sentence[0])
            state.subject = item_of(named(words).name.removesuffix("情况"))
    # 436.80元(单位:万元) is of one unit or of the other.
    return [
        replace(one, is_exact=False) if is_contradicted(one.unit, declared) else one for one in made
    ]


def _is_parted(found: Sequence[Quantity]) -> bool:
    """Whether a sentence states a whole without a name and the parts that come to it, no more."""
    whole, *parts = found
    is_whole = whole.relation is Relation.TOTAL and not item_of(whole.name) and not whole.subject
    are_parts = all(one.relation is Relation.PART and one.unit == whole.unit for one in parts)
    return is_whole and are_parts and sum(one.figure for one in parts) == whole.figure


def _sentence(
    sentence: re.Match[str], state: State, known: Collection[str], place: str
) -> Iterator[Quantity]:
    made: list[Quantity] = []
    words, done = sentence[0], 0
    for match in _FIGURE.finditer(words):
        figure = read_figure(match)
        if not figure.unit and not (state.unit and _in_bracket(words, match)):
            continue
        gap = words[done : match.start()]
        body, state.body = state.body, state.body if gap.startswith(_GOES_ON) else ""
        said = phrase_of(gap, state, made)
        base = state.moved
        phrase = moved(said, state)
        is_sure = base is None or base is not state.moved or not base.is_open
        if state.last and state.last in phrase and state.last not in said:
            state.body = state.body or body  # 局机关公用经费2022年4万元,2023年3万元: 机关's too
        if SUBORDINATE.search(words) and (level := _LEVEL.match(letters(phrase))):
            state.scope = level[0]  # 局机关编制21名,实有20名;下属单位…: both are 机关's
        after = words[match.end() : match.end() + _AFTER]
        one = _quantity(phrase, figure, after, state, known)
        state.lead = state.lead if made else one.year
        made.append(
            replace(
                one,
                start=sentence.start() + match.start(),
                end=sentence.start() + (match.end(1) if match[1] else match.end(4)),
                sentence=words,
                place=place,
                is_exact=one.is_exact and is_sure and figure.is_exact and not _ROUGHLY.match(after),
            )
        )
        done = match.end()
    # Fewer figures than names after 分别为: nobody can tell whose they are.
    yield from (replace(one, is_exact=False) for one in made) if state.queue else made


def _in_bracket(words: str, figure: re.Match[str]) -> bool:
    """Whether a figure stands in a bracket, and is not the number of a point: (2)公用经费."""
    place = figure.start()
    is_point = words[place - 1 : place] == "(" and words[figure.end() : figure.end() + 1] == ")"
    return not is_point and words.rfind("(", 0, place) > words.rfind(")", 0, place)


def _quantity(
    phrase: str, read: Figure, after: str, state: State, known: Collection[str]
) -> Quantity:
    figure = read.value
    unit = read.unit or state.unit
    phrase = budgeted(phrase) if unit in MONEY else phrase
    relation = _relation(phrase, unit, state)
    said = side(phrase)
    phrase, is_exact = _exactly(_next_name(_spent(phrase, state), state))
    if relation in (Relation.CHANGE, Relation.RATE, Relation.SHARE):
        return _compared(phrase, figure, unit, relation, state)
    sign = found[0] if (found := _LESS.search(phrase)) else ""
    name, basis, year = _signed(phrase, sign)
    name, basis = of_all(last_of(name), basis, said, state)
    if basis is Basis.NONE and unit in MONEY and _REALLY.search(phrase):
        basis = Basis.OUTTURN
    prefix, name = of_body(Named(name, basis, year), phrase, state, known)
    if unit in ("个", "家") and (counted := named_count(phrase, after)) is not None:
        name, prefix = counted.name, named(counted.body).name
        prefix = "" if prefix in general().words.neutral else prefix  # 我局内设3个科室
    if _SUBORDINATES.search(phrase) and unit in ("个", "家"):
        state.scope = "下属单位"  # 下属单位5个,编制142名: that is theirs
    state.year = year or state.year
    is_item = name and name not in general().words.totals
    is_item = is_item and name not in CARRIED  # what is left is of no budget
    stated = state.basis if basis is Basis.NONE and is_item else basis
    if basis not in (Basis.NONE, Basis.ADDED) and not _OF_BASE.match(after):  # 为预算9万元的95%
        state.basis = basis
        state.whole = state.whole if state.is_part or state.goes_on else basis
    of = state.of if state.is_part else ""
    stated = _of_whole(stated, of, state)
    name = as_part(name, of, has_unit=bool(read.unit))
    is_named = name and name not in general().words.totals
    subject = "" if is_named else item_of(state.subject)
    if not read.in_words or unit in PEOPLE:  # 两项补贴 are no item
        _note_name(name, basis, unit, state)
    return Quantity(
        name, figure, unit, _decimals(figure), 0, 0, "", prefix, subject, state.year, stated,
        sign, relation, of, is_exact,
    )  # fmt: skip


def _of_whole(basis: Basis, of: str, state: State) -> Basis:
    """The basis of a part, its whole's in 年初预算90万元,其中基本支出预算80万元."""
    is_part = of == "" and (state.is_part or state.goes_on)
    is_of_year = basis is Basis.BUDGET and state.whole in _OF_A_YEAR
    return state.whole if is_part and is_of_year else basis


def _compared(
    phrase: str, figure: Decimal, unit: str, relation: Relation, state: State
) -> Quantity:
    """A change, a rate or a share: of what is named before the word, against what behind."""
    words = general().words
    ways = {
        Relation.CHANGE: words.change, Relation.RATE: words.rate, Relation.SHARE: words.share,
    }[relation]  # fmt: skip
    first = min((place for way in ways if (place := phrase.find(way)) >= 0), default=len(phrase))
    name = named(phrase[:first]).name
    sign = next((way for way in words.change if phrase.endswith(way) and len(way) > 1), "")
    against = phrase[first:]
    for way in (*ways, "的"):
        against = against.replace(way, "")
    other = named(against)
    return Quantity(
        name, figure, unit, _decimals(figure), 0, 0, "", subject="" if name else state.last,
        year=state.year, basis=other.basis, sign=sign, relation=relation,
        of=other.name or other.year or other.basis.value,
    )  # fmt: skip


def _spent(phrase: str, state: State) -> str:
    """The phrase; 支出 alone behind a budget is what was spent of it: 预算9万元,支出8万元."""
    is_budget = state.basis in (Basis.BUDGET, *_OF_A_YEAR)
    is_spent = letters(phrase) in ("支出", "实际", "实支", "全年支出", "本年支出", "当年支出")
    return "实际支出" if is_budget and is_spent else phrase


def _decimals(figure: Decimal) -> int:
    """How many decimals a figure was written with."""
    return max(0, -int(figure.as_tuple().exponent))


def _signed(phrase: str, sign: str) -> Named:
    """The name taken apart; 调减预算 is a change of the budget that has no other name."""
    found = named(phrase)
    if sign and "预算" in phrase and found.basis in (Basis.BUDGET, Basis.ADDED):
        return Named("", Basis.ADDED, found.year)
    return found


def _note_name(name: str, basis: Basis, unit: str, state: State) -> None:
    """Keep what the next figure may be of: a name without a budget's or an outturn's is no item."""
    name = "预算总额" if _GRANTED.search(name) else name
    state.last = name or state.subject
    state.unit = unit
    is_total = name in general().words.totals
    state.is_named = state.is_named or (bool(name) and not is_total)
    is_all = is_total or canonical(name) in WHOLES or name in CARRIED
    is_of_all = state.is_part and (not item_of(state.of) or canonical(state.of) in WHOLES)
    state.is_item |= bool(name) and not is_all and not is_of_all
    if name and not state.is_part:
        state.subject = name if is_total or basis is not Basis.NONE else UNSURE


def _next_name(phrase: str, state: State) -> str:
    """The phrase, or the next of the names that one 分别为 was said of."""
    if _RESPECTIVELY.search(phrase):
        names = [one for one in _LIST.split(_RESPECTIVELY.sub("", phrase)) if one]
        state.queue[:] = names[1:]
        return names[0] if names else phrase
    if state.queue and not letters(phrase).strip("和及与"):
        return state.queue.pop(0)
    return phrase


def _exactly(phrase: str) -> tuple[str, bool]:
    for word in general().words.inexact:
        if phrase.endswith(word):
            return phrase.removesuffix(word), False
    return phrase, True


def _relation(phrase: str, unit: str, state: State) -> Relation:
    words = general().words
    if has_any(phrase, words.share):
        return Relation.SHARE
    if has_any(phrase, words.rate):
        return Relation.RATE
    if has_any(phrase, words.change) or unit == "个百分点":
        return Relation.CHANGE
    if unit == "%":
        return Relation.RATE
    if unit in ("个", "家", "项") and "、" in phrase:
        return Relation.COUNT
    return Relation.PART if state.is_part else Relation.PLAIN
