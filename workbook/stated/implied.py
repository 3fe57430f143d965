"""What a sentence states without saying it again: the base of a change, the sort of a whole count.

较上年22.10万元减少3.64万元    the year before had 22.10
比年初预算7万元减少1.7万元     the budget was 7
编制134人,均为事业编制         of the sort named are 134, too
退休人员17人                  and no 离休 in the report: so many 离退休人员
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final, NamedTuple

from workbook.stated.model import Basis, Quantity, Relation
from workbook.stated.phrases import UNSURE
from workbook.stated.units import MONEY, UNITS
from workbook.stated.whose import WHOLES
from workbook.stated.words import canonical, general, is_known, named

_UNIT: Final = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_BASE: Final = re.compile(
    rf"(?:{_UNIT}),?(?:同比|相比)?(?:有所|略有|大幅|明显)?"
    r"(?:[少多超](?=\d)|超支|超出|增加|减少|增长|下降|上升|降低|节约|节省|压减|压缩|增|减|降)(?!到|至)"
)
_COMPARED: Final = re.compile(r"(?:比|较|与|同)(?P<base>[^,;:。]{2,14}?)(?:相比|的|数)?$")
_DONE: Final = re.compile(rf"(?:{_UNIT}),?(?:完成|执行|占|为|是)(?P<base>[^,;:。\d]{{2,8}})")
_SHARE: Final = re.compile(rf"(?:{_UNIT})的\d")
_ALL: Final = re.compile(
    r",?(?:其中)?(?:均|全部|都|全)(?:属于|为|是|系|属)(?P<sort>[^,;:。()、\d]{2,16})(?=[,;。)]|$)"
)
_SOLE: Final = (Relation.PLAIN, Relation.TOTAL)  # a part of something is nobody's whole
_BASES: Final = (Basis.INITIAL, Basis.BUDGET, Basis.FULL)
_OWN: Final = (*_SOLE, Relation.PART)
_OF_YEAR: Final = (Basis.INITIAL, Basis.FULL)
_FISCAL: Final = re.compile(
    r"(?:本年|当年)?(?:一般公共预算|公共预算|公共财政预算|公共财政|财政)(?:当年|本年)?(?:财政)?"
    r"(?:补助|拨款|资金)?(?:收入|安排|预算)?"
)
_OTHER_FUNDS: Final = (
    "政府性基金", "国有资本", "社会保险基金", "专户", "其他资金", "其他收入", "事业收入",
    "经营收入", "单位资金", "自有资金", "非财政", "上级补助", "结转",
)  # fmt: skip
_BY_TREASURY: Final = re.compile("财政|公共预算")
_ALL_FUNDS: Final = "全部资金"
_OWN_FUNDS: Final = "资金"  # 单位资金, whose first word says only whose they are
_ADJUSTED: Final = "调整预算"
_RATES: Final = ("%", "个百分点")
_MOST_LETTERS: Final = 400  # of a sentence that says who is there
_NOBODY: Final = re.compile(r"(?:没有|无)离休(?:人员|干部)?(?=[,。;、)]|$)")
_STOP: Final = re.compile(r"[;。!?]")
_CLAUSE: Final = re.compile(r"[,;:。()、]")
_STAFF: Final = re.compile(r"编制|在职|在编|实有")  # beside which the retired are a stock
_STOCK: Final = re.compile(r"(?:现|共|另)?有?(?P<name>.+?)(?:共有|共计|共|有|为)?")
_COMPARES: Final = re.compile(r"[比较]|[增减少多]\d")
_MOVES: Final = re.compile(
    r"新[增进聘招]|增加|减少|调[入出]|招[聘录考]|录用|去世|离职|办理|到龄|"
    r"慰问|走访|帮扶|培训|参加|组织|发放|[年期][中内间]|[本当今全]年"
)


def alone(texts: Iterable[str]) -> frozenset[str]:
    """The parts that are the whole in a report that does not speak of the other part."""
    only = general().only
    found = {
        name
        for text in texts
        for name, one in only.items()
        if one.is_in(text) and one.is_in(_NOBODY.sub("", text))
    }
    return frozenset(only) - found


def with_implied(
    text: str,
    quantities: Iterable[Quantity],
    lone: Collection[str] = (),
    *,
    is_all: bool = False,
) -> Iterator[Quantity]:
    """The quantities of a folded paragraph, each followed by what it implies.

    `lone` are the parts that are the whole in this report, see `alone`; `is_all` tells that the
    budgets below this heading are of all funds, see `of_several_funds`.
    """
    made = _of_named(text, _of_own_funds(text, list(quantities), is_all))
    made = [_only_sort(text, made, number, lone) for number in range(len(made))]
    for number, one in enumerate(made):
        yield _base(text, made, number) or one
        if (sort := _sort(text, made, number)) is not None:
            yield sort


def of_several_funds(made: Sequence[Quantity]) -> bool:
    """Whether a budget without a name is that of all funds together in this paragraph.

    预算收入90万元,实际收入90万元,其中一般公共预算80万元,政府性基金10万元
    """
    return any(_funds(made, number).is_all for number in range(len(made)))


def _of_own_funds(text: str, made: list[Quantity], is_all: bool) -> list[Quantity]:
    """年初预算90万元,其中财政补助80万元: 80 is the budget, 90 that of all funds together.

    So is every budget without a name that stands before or behind it; `is_all` tells that one
    stands in another paragraph below the same heading.
    """
    is_all = is_all or of_several_funds(made)
    if not is_all:
        return made
    kept = [
        replace(one, name=_ALL_FUNDS) if _is_nameless(one) or _is_added(text, made, number) else one
        for number, one in enumerate(made)
    ]
    for number in range(len(made)):
        if (own := _funds(made, number).own) is not None:
            kept[own] = replace(made[own], name="", of="", relation=Relation.PLAIN)
    return kept


class _Funds(NamedTuple):
    """What the funds behind a budget say of it: whether it is of all, and which is the general."""

    is_all: bool = False
    own: int | None = None


def _funds(made: Sequence[Quantity], number: int) -> _Funds:
    one = made[number]
    if not _is_nameless(one):
        return _Funds()
    behind = takewhile(
        lambda place: made[place].sentence == one.sentence and not _is_nameless(made[place]),
        range(number + 1, len(made)),
    )
    funds = [place for place in behind if _is_fund(made[place]) and made[place].figure]
    if sum(made[place].figure for place in funds) != one.figure:  # else they are all its parts
        funds = [place for place in funds if made[place].relation is Relation.PART]
    general_ones = [place for place in funds if _FISCAL.fullmatch(made[place].name)]
    own = [place for place in general_ones if made[place].basis is one.basis]
    own = [place for place in own if made[place].figure != one.figure]  # else they are the same
    others = [place for place in funds if place not in general_ones]
    is_all = bool(own) or any(made[place].basis is not one.basis for place in others)
    return _Funds(is_all, own[0] if len(own) == 1 else None)


def _is_nameless(one: Quantity) -> bool:
    is_budget = one.basis in _OF_YEAR and one.relation in _OWN and one.unit in MONEY
    return is_budget and not one.name + one.subject


def _is_added(text: str, made: Sequence[Quantity], number: int) -> bool:
    """Whether an amount was added to the budget, and not by the treasury: 年中追加预算12万元."""
    one, start = made[number], made[number - 1].end if number else 0
    is_plain = one.basis is Basis.ADDED and one.relation in _SOLE and one.unit in MONEY
    return (
        is_plain and not one.name + one.subject and not _BY_TREASURY.search(text, start, one.start)
    )


def _is_fund(one: Quantity) -> bool:
    is_other = one.name == _OWN_FUNDS or any(hint in one.name for hint in _OTHER_FUNDS)
    is_money = one.unit in MONEY and one.relation in _OWN
    return is_money and (is_other or _FISCAL.fullmatch(one.name) is not None)


def _of_named(text: str, made: list[Quantity]) -> list[Quantity]:
    """What a budget or a year without a name is of: 三公经费3万元,预算4万元,上年5万元.

    Of 人员经费30万元,公用经费3万元,预算35万元 nobody can tell.
    """
    owner: Quantity | None = None
    names: set[str] = set()
    for number, one in enumerate(made):
        before = made[number - 1] if number else None
        if before is None or _STOP.search(text, before.end, one.start):
            owner, names = None, set()
        if one.name and one.unit in MONEY and one.relation in _SOLE:
            names.add(canonical(one.name))
            owner = one
        elif one.name and one.unit not in _RATES and not _is_change(one):
            owner = None
        if owner is None or one is owner or one.name or one.subject != UNSURE:
            continue
        name = canonical(owner.name)
        # Of a sum whose year is said the next one may be another year's.
        is_one = not owner.year and names - {name} <= general().sorts.get(name, frozenset())
        if is_one and is_known(name) and name not in WHOLES and owner.prefix == one.prefix:
            made[number] = replace(one, subject=name)
    return made


def _is_change(one: Quantity) -> bool:
    return one.relation is Relation.CHANGE or one.name in ("少", "多")


def _only_sort(text: str, made: Sequence[Quantity], number: int, lone: Collection[str]) -> Quantity:
    """退休人员17人 as 离退休人员, where nobody is said to be 离休 and nobody to come or go."""
    one = made[number]
    name = canonical(one.name)
    is_short = len(one.sentence) <= _MOST_LETTERS
    if name not in lone or one.relation not in _SOLE or not is_short or _MOVES.search(one.sentence):
        return one
    start = made[number - 1].end if number else 0
    clause = _CLAUSE.split(text[start : one.start])[-1]
    stock = _STOCK.fullmatch(clause)
    is_first = number == 0 or made[number - 1].sentence != one.sentence
    is_stock = stock is not None and canonical(stock["name"]) == name
    if stock is not None and stock["name"] == "退休" and _COMPARES.search(one.sentence):
        return one  # 比上年少2人,退休2人
    is_stock = is_stock and (is_first or _STAFF.search(one.sentence) is not None)
    return replace(one, name=general().only[name].whole) if is_stock else one


def _base(text: str, made: Sequence[Quantity], number: int) -> Quantity | None:
    """An amount that stands between 比 with a basis or a year and the word for a change.

    It is of the body, and as exact, as the one amount before it, whose change is told.
    """
    one = made[number]
    if one.relation is Relation.RATE and one.unit in MONEY:
        return _of_done(text, made, number)
    if one.relation is not Relation.CHANGE or one.unit not in MONEY:
        return None
    if one.name:
        return _named_base(text, made, number)
    match = _COMPARED.search(text, made[number - 1].end if number else 0, one.start)
    if match is None or _BASE.match(text, one.end) is None:
        return None
    if (changed := _changed(text, made, number)) is None:
        return None
    name, basis, year = named(match["base"])
    of = canonical(one.subject)
    is_own = canonical(changed.name or changed.subject) == of and canonical(name) in ("", of)
    is_of_year = bool(year) and basis in (Basis.NONE, Basis.OUTTURN)
    if not is_own or not (is_of_year or (basis in _BASES and not year)):
        return None
    own = basis if basis is not Basis.NONE else Basis.OUTTURN
    return replace(
        one, relation=Relation.PLAIN, basis=own, year=year, of="", sign="", prefix=changed.prefix,
        is_exact=one.is_exact and changed.is_exact,
    )  # fmt: skip


def _of_done(text: str, made: Sequence[Quantity], number: int) -> Quantity | None:
    """公务接待费支出2万元,完成年初预算5万元的40%: the 5 is the budget of what the 2 is of."""
    one, before = made[number], made[number - 1] if number else None
    words = text[before.end if before else 0 : one.start]
    match = _DONE.fullmatch(words)
    if match is None or before is None or _SHARE.match(text, one.end) is None:
        return None
    basis = named(match["base"]).basis
    if basis is Basis.BUDGET and _ADJUSTED in match["base"]:
        basis = Basis.FULL  # what is fulfilled is no sum that was added
    is_sole = before.relation in _OWN and before.unit in MONEY and is_known(canonical(before.name))
    if basis not in _BASES or not is_sole or canonical(before.name) in WHOLES:
        return None
    return replace(
        one, relation=Relation.PLAIN, basis=basis, of="", sign="", name="", subject=before.name,
        prefix=before.prefix, year=before.year, is_exact=one.is_exact and before.is_exact,
    )  # fmt: skip


def _named_base(text: str, made: Sequence[Quantity], number: int) -> Quantity | None:
    """公用经费较2021年的9万元减少1万元: the 9 is what the year before had of just that."""
    one = made[number]
    start = made[number - 1].end if number else 0
    clause = _CLAUSE.split(text[start : one.start])[-1]
    match = _COMPARED.search(clause)
    if match is None or _BASE.match(text, one.end) is None or not is_known(canonical(one.name)):
        return None
    name, basis, year = named(match["base"])
    is_plain = canonical(named(clause[: match.start()]).name) == canonical(one.name)
    if not is_plain or name or not year or basis not in (Basis.NONE, Basis.OUTTURN):
        return None
    return replace(one, relation=Relation.PLAIN, basis=Basis.OUTTURN, year=year, of="", sign="")


def _changed(text: str, made: Sequence[Quantity], number: int) -> Quantity | None:
    """The amount whose change is told, where it is the only one of its clauses.

    Behind 人员经费30万元,公用经费3万元 nobody can tell whether the change is of both.
    """
    run: list[Quantity] = []
    stop = max(text.rfind(mark, 0, made[number].start) for mark in ";。!?")
    for other in reversed(made[:number]):
        if other.end <= stop:
            break
        if other.relation in _OWN:
            run.append(other)
        elif run:
            break
    return run[0] if len(run) == 1 else None


def _sort(text: str, made: Sequence[Quantity], number: int) -> Quantity | None:
    """The sort that 均为 says of the only figure of a sentence, if it is a sort of just that."""
    one = made[number]
    following = made[number + 1].start if number + 1 < len(made) else len(text)
    match = _ALL.search(text, one.end, following)
    if match is None or _STOP.search(text, one.end, match.start()):
        return None
    stops = [stop.end() for stop in _STOP.finditer(text, 0, one.start)]
    after = _STOP.search(text, one.end)
    start, end = stops[-1] if stops else 0, after.start() if after else len(text)
    said = [other for other in made if start <= other.start < end and other.unit not in _RATES]
    wholes = [other for other in said if other.start <= one.start]
    # Behind 预算9万元,实际支出8万元,全部为… the sort is of what was spent.
    if len(wholes) == 1 and wholes[0].subject in ("", UNSURE) and not wholes[0].name:
        wholes = said = _same_figure(made[:number], wholes[0])  # 7.20万元全部为…
    names = {canonical(other.name or other.subject) for other in said}
    is_one = len({other.basis for other in wholes}) == len(wholes)
    if len(names) != 1 or not is_one or not wholes or wholes[-1].relation not in _SOLE:
        return None
    whole = replace(wholes[-1], name=wholes[-1].name or wholes[-1].subject, subject="")
    of = canonical(whole.name)
    sort = named(match["sort"]).name
    name = canonical(general().part.get(of, {}).get(sort, sort))
    is_sort = name in general().sorts.get(of, ())
    return replace(whole, name=name, relation=Relation.PLAIN) if is_sort else None


def _same_figure(made: Sequence[Quantity], one: Quantity) -> list[Quantity]:
    """The last quantity before that has a name and just the figure of `one`, or none."""
    same = [
        other
        for other in made
        if (other.figure, other.unit) == (one.figure, one.unit) and other.relation in _OWN
    ]
    return [replace(same[-1], relation=Relation.PLAIN)] if same and same[-1].name else []
