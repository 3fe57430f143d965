"""The words that name a figure in running text, and what they change for the figures behind it."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from workbook.stated.folded import letters
from workbook.stated.model import Basis, Quantity, Relation
from workbook.stated.words import BEFORE, general, is_body, is_known, named

UNSURE: Final = "前文"  # what a figure without a name is of, where that is not plain
_BUDGETS: Final = (Basis.INITIAL, Basis.FULL, Basis.BUDGET)
_PIECE: Final = re.compile(r"[^,;:()]+|[,;:()]")
_NAMES_ITEM: Final = re.compile(r"(?:费|项目|专项|补助|补贴|工程|资金|支出)$")
_YEAR: Final = r"(?:上年|去年|(?:19|20)\d\d年)度?"
_NOW: Final = re.compile(r"(?<!截至)(?:今年|本年)度?")
_WORD: Final = r"(?:决算|预算)数?"
# 较上年的9万元减少 is no base that goes on: only 由上年的9万元降至, 公用经费上年的9万元.
_FROM: Final = re.compile(rf"(?:(?:由|从)({_YEAR}{_WORD}|{_YEAR})的?|({_YEAR}(?:{_WORD})?)的)$")
_IS: Final = ("为", "是", "达", "到", "于", "与", "和")
_CHANGES: Final = (
    "(?:增加|减少|增长|下降|上升|压减|降低|提高|调整|变更|变化|变动|降|升|增|减|变|改|调)(?:了|成)?"
)
_SOME_YEAR: Final = rf"(?:{_YEAR}|{_NOW.pattern})"
_TO: Final = re.compile(
    rf"(?:({_SOME_YEAR})?(?:{_CHANGES}(?:到|至|为|成)?(?<=[到至为成])了?|到|至)({_SOME_YEAR})?({_WORD})?的?"
    rf"|({_SOME_YEAR})({_WORD})?(?:的|为|是|达到?)?)"
)
_OF_YEAR: Final = re.compile(rf"({_YEAR})(?:为|是|达到?)?")
_HOLDS: Final = re.compile(
    r"(?P<whole>.*(?:支出|经费|费|收入|编制|人员))(?:(?P<plain>包括|包含|中)|里|由)(?P<part>.+)"
)
# 防汛工程进展顺利,本年支出9万元 is of the works.
_WORKS: Final = re.compile(
    r"(?P<item>[^,;:()]{2,16}?(?:工程|项目|专项|活动|改造|修缮|建设))"
    r"(?:已|全部|均|整体|总体|进展|实施|按|顺利|完成|完工|推进|开工|竣工|稳步|正在|正常|基本)"
)
_ABOUT: Final = re.compile(r"(?:方面|情况)$")
_LEADS_ELSEWHERE: Final = ("相比", "比较", "原因是", "由于", "因为")

_IN_YEAR: Final = (
    r"(?:年度|预算|在|于)?(?:执行|过程|年中|期间|年度中|年内|当年|本年度?|全年|中|内|期|又|另|共|实际|"
    r"财政|后|经批准|按规定)*"
)
_ADDED: Final = re.compile(
    rf"(?:一般公共预算)?{_IN_YEAR}(?:一般公共预算|预算)?(?:(?:调整)?(?:追加|调增|核增|增拨)|调整增加|追加调整)了?"
    r"(?:专项|预算|指标|资金|经费|财政补助|财政拨款|补助|安排)*(?:共计|合计|共|为|是|达|额|数)*"
)
_TAKEN_OFF: Final = re.compile(
    rf"{_IN_YEAR}(?:预算)?(?:调减|追减|核减|调整减少)了?(?:预算|指标|资金)*"
)
_ADJUSTED: Final = re.compile(
    r"(?:年中|预算|经)*(?:调整|追加|变更)后(?:的|预算|总额|指标|合计|共计|共|为|是|达到?)*"
)
_GENERAL: Final = r"一般公共预算(?:财政拨款|拨款)?"
_SAID_YEAR: Final = r"(?P<year>(?:19|20)\d\d年度?)?"
_GENERAL_FIRST: Final = re.compile(
    rf"{_SAID_YEAR}(?:年初(?:批复|安排|下达)?{_GENERAL}(?:预算)?|(?:部门)?预算年初)"
    r"(?:批复|核定|下达|安排|数|为|是|共)*"
)
_GENERAL_FULL: Final = re.compile(rf"(?:{_GENERAL}全年(?:预算)?数?(?:调整)?|调整)(?:为|到|至)+")
_OF_US: Final = re.compile(
    r"(?<=核定|批复|批准|下达|安排)(?:我|本)[\u4e00-\u9fff]{1,2}?(?=预算|部门预算)"
)
_FIRST_BY: Final = re.compile(
    r"^年初(?:[省市县区州旗]|我[省市县区州旗])?财政(?:局|厅)?(?=批复|核定|下达)"
)
_BY: Final = re.compile(
    r"^(?:(?:19|20)\d\d年度?,?)?(?:[省市县区州旗]|我[省市县区州旗])?财政(?:局|厅|部门)?(?=年初)"
)


class Moved(NamedTuple):
    """What 上年的9万元 is of, the year that held before, and whether it must become something."""

    name: str
    year: str
    is_open: bool


@dataclass(slots=True)
class State:
    """What the words before a figure have said and still holds for it.

    At the second figure of 基本支出195.49万元,其中人员经费171.74万元: a part of 基本支出, in 万元.
    """

    subject: str = ""
    heading: str = ""  # the one above, which says what totals are of
    is_item: bool = False  # whether something else than the whole unit was spoken of
    last: str = ""
    of: str = ""
    unit: str = ""
    year: str = ""
    lead: str = ""  # the year that the sentence begins with, to which a ; leads back
    basis: Basis = Basis.NONE
    whole: Basis = Basis.NONE  # the basis of what is no part, which the next sentence goes on with
    is_part: bool = False
    goes_on: bool = False  # whether the sentence begins with 其中: parts of the one before
    is_named: bool = False
    body: str = ""  # whose the figure before is, and what 、 goes on with
    scope: str = ""  # whose all figures are up to the next ; or 。
    opened: str = ""  # of a bracket's state: the words before it, whose figure may stand behind it
    brackets: list["State"] = field(default_factory=list)
    queue: list[str] = field(default_factory=list)
    moved: Moved | None = None


def phrase_of(gap: str, state: State, made: list[Quantity]) -> str:
    """The words that name a figure; what else stands before it moves `state`."""
    phrase, is_old = "", False  # whether a bracket with a figure in it was closed
    opened: list[str] = []  # what stands before each bracket of this gap
    for piece in _PIECE.findall(gap.lstrip("、")):
        if piece == "(":
            _open_bracket(phrase, state, made)
            opened.append(phrase)
            phrase = ""
        elif piece == ")":
            before, is_old = _close_bracket(state), not opened
            phrase = opened.pop() if opened else before
        elif piece in ";,:":
            _end_clause(piece, phrase, state)
            is_lead = piece == "," and phrase == "年初"  # 年初,财政批复我局预算9万元
            phrase = phrase if piece == ":" or is_lead else ""
        else:
            if made and piece.startswith(general().words.parts):
                _open_parts(state, made)
            is_next = is_old and piece.startswith("、")
            is_behind = gap[gap.find(piece) - 1 :][:1] == ")" and not is_next
            is_behind = is_behind or phrase == "年初"
            phrase = phrase + piece if is_behind else piece.removeprefix("、")
    _note_bracketed(state)
    match = _HOLDS.fullmatch(phrase)  # 基本支出包括人员支出9万元
    if match and (match["plain"] or is_known(named(match["part"]).name)):  # 由上年的9万元
        state.is_part, state.of, phrase = True, match["whole"], match["part"]
    return phrase


def _open_bracket(phrase: str, state: State, made: list[Quantity]) -> None:
    """Go on inside a bracket; what stands there right behind a figure are its parts."""
    state.brackets.append(replace(state, brackets=[], queue=[], opened=phrase))
    if made and not phrase:
        _open_parts(state, made)
        state.subject = state.last


def _end_clause(mark: str, phrase: str, state: State) -> None:
    """End what a clause says of the next figure: all of it at ;, hardly anything at a comma."""
    if mark == ";":
        state.is_part, state.of, state.scope = False, "", ""
        state.year, state.moved = state.lead, None
    elif mark == ",":
        _remember(phrase, state)
    else:
        whole = phrase.removesuffix("中")
        name = named(whole).name
        if whole != phrase and (is_known(name) or name in general().words.totals):
            state.is_part, state.of = True, item_of(name)  # 基本支出中:人员经费9万元
            return
        state.scope = _scope(phrase) or state.scope
        found = named(phrase)
        if is_known(found.name):  # “三公”经费:预算9万元,支出8万元
            state.subject = state.last = found.name
        elif not found.name and found.basis in _BUDGETS and not state.is_part:
            state.basis = state.whole = found.basis  # 年初预算为:公务接待费4万元


def _note_bracketed(state: State) -> None:
    """A figure in a bracket is of the name before it, and so is a bare one behind the bracket."""
    before = state.brackets[-1] if state.brackets else None
    name = item_of(named(before.opened).name) if before else ""
    if before is not None and name:
        state.subject = before.subject = name
        state.is_named = True


def _scope(phrase: str) -> str:
    """The body before a colon, 局机关:, whose are the figures behind it; mostly there is none."""
    name = named(phrase).name
    is_filler = name in general().words.neutral
    return name if not is_filler and is_body(name) else ""


def _open_parts(state: State, made: list[Quantity]) -> None:
    state.is_part, state.of = True, state.last
    if made[-1].relation in (Relation.PLAIN, Relation.PART):
        total = Relation.TOTAL if made[-1].relation is Relation.PLAIN else Relation.PART
        made[-1] = replace(made[-1], relation=total)


def _close_bracket(state: State) -> str:
    """Go on as before the bracket; the words that stood before it."""
    if not state.brackets:
        return ""
    before = state.brackets.pop()
    state.is_part, state.of, state.last = before.is_part, before.of, before.last
    state.subject, state.year = before.subject, before.year
    state.basis, state.whole = before.basis, before.whole
    state.body, state.scope = before.body, before.scope
    return before.opened


def _remember(phrase: str, state: State) -> None:
    """Keep what a clause without a figure says of the next: its year, and what is compared."""
    found = named(phrase)
    if found.year and not has_any(phrase, general().words.change):
        state.year = found.year
    if works := _WORKS.match(found.name):
        state.subject = works["item"]
        return
    name = _ABOUT.sub("", found.name)  # “三公”经费方面,全年支出9万元
    if _NAMES_ITEM.search(name) and found.basis is Basis.NONE:
        state.subject = item_of(name)  # 防汛经费,120万元 is nothing of the heading's
    if phrase.endswith(_LEADS_ELSEWHERE):
        state.year = BEFORE


def moved(phrase: str, state: State) -> str:
    """The phrase with the name that goes on from the figure before, where only a year stands.

    公用经费由上年的9万元降至8万元; 公用经费2022年为9万元、2023年为8万元. The year of 上年的9万元
    ends with that figure; what follows and is not said to be what it became is of no sure year.
    """
    before = state.moved
    if before is not None:
        name, state.year = before.name, before.year
        if match := _TO.fullmatch(phrase):
            state.moved = None
            year = _NOW.sub("", match[1] or match[2] or match[4] or "")
            return f"{year}{name}{match[3] or match[5] or ''}"
    elif _NOW.search(phrase) and state.year == BEFORE:  # 上年9万元,今年8万元
        state.year = ""
    words = general().words
    is_against = has_any(phrase, (*words.change, *words.share, *words.rate))
    if not is_against and (match := _FROM.search(phrase)):
        name = phrase[: match.start()] or state.last
        state.moved = Moved(name, state.year, is_open=True)
        return phrase if name.endswith(_IS) else f"{match[1] or match[2]}{name}"
    if is_against or _NOW.search(phrase) or named(phrase).year:
        state.moved = None
    is_last = state.last and state.last != UNSURE and not state.brackets
    if is_last and (match := _OF_YEAR.fullmatch(phrase)):
        if named(phrase).year == BEFORE != state.year:  # 公用经费9万元,上年为8万元,接待费3万元
            state.moved = Moved(state.last, state.year, is_open=False)
        return f"{match[1]}{state.last}"
    return phrase


def item_of(name: str) -> str:
    """The item that a figure without a name is of, empty for the whole unit."""
    return "" if name in general().words.totals else name


def has_any(phrase: str, words: Collection[str]) -> bool:
    """Whether one of the words stands in a phrase."""
    return any(word in phrase for word in words)


def budgeted(phrase: str) -> str:
    """The phrase before an amount, what was added to a budget in the words of its basis.

    年中追加专项 and 预算调整增加 are 预算追加, 调整后 alone is 调整后预算, 县财政年初核定我社预算
    is 年初核定预算.
    """
    said = letters(phrase)
    if _ADDED.fullmatch(said):
        return "预算追加"
    if _TAKEN_OFF.fullmatch(said):
        return "调减预算"
    if first := _GENERAL_FIRST.fullmatch(said):
        return f"{first['year'] or ''}年初预算"
    if _ADJUSTED.fullmatch(said) or _GENERAL_FULL.fullmatch(said):
        return "调整后预算"
    return _BY.sub("", _FIRST_BY.sub("年初", _OF_US.sub("", phrase)))
