"""What a sentence states without saying it again: the base of a change, the sort of a whole count.

较上年22.10万元减少3.64万元    the year before had 22.10
比年初预算7万元减少1.7万元     the budget was 7
编制134人,均为事业编制         of the sort named are 134, too
退休人员17人                  and no 离休 beside them: so many 离退休人员
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from workbook.stated.model import Basis, Quantity, Relation
from workbook.stated.units import MONEY, UNITS
from workbook.stated.words import canonical, general, is_known, named

_UNIT: Final = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_BASE: Final = re.compile(
    rf"(?:{_UNIT}),?(?:同比|相比)?"
    r"(?:增加|减少|增长|下降|上升|降低|节约|节省|压减|压缩|增|减|降)(?!到|至)"
)
_COMPARED: Final = re.compile(r"(?:比|较|与|同)(?P<base>[^,;:。]{2,14}?)(?:相比|的|数)?$")
_ALL: Final = re.compile(
    r",(?:其中)?(?:均|全部|都|全)(?:属于|为|是|系|属)(?P<sort>[^,;:。()、\d]{2,16})(?=[,;。)]|$)"
)
_WHOLE: Final = (Relation.PLAIN, Relation.PART, Relation.TOTAL)
_BASES: Final = (Basis.INITIAL, Basis.BUDGET, Basis.FULL)


def with_implied(text: str, quantities: Iterable[Quantity]) -> Iterator[Quantity]:
    """The quantities of a folded paragraph, each followed by what it implies."""
    made = [_only_sort(text, one) for one in quantities]
    for number, one in enumerate(made):
        start = made[number - 1].end if number else 0
        if (base := _base(text, one, start)) is not None:
            yield base
            continue
        yield one
        following = made[number + 1].start if number + 1 < len(made) else len(text)
        if (whole := _whole_before(made, number)) is not None:
            match = _ALL.search(text, one.end, following)
            if match and "。" not in text[one.end : match.start()]:
                name = named(match["sort"]).name
                if is_known(name):
                    yield replace(whole, name=name, subject="", relation=Relation.PLAIN)


def _only_sort(text: str, one: Quantity) -> Quantity:
    """退休人员 17 as 离退休人员, where nobody is said to be 离休."""
    only = general().only.get(canonical(one.name))
    is_whole = only is not None and only.unless not in text and one.relation in _WHOLE
    return replace(one, name=only.whole) if only is not None and is_whole else one


def _base(text: str, one: Quantity, start: int) -> Quantity | None:
    """An amount that stands between 比 with a basis or a year and the word for a change."""
    if one.relation is not Relation.CHANGE or one.unit not in MONEY or one.name:
        return None
    match = _COMPARED.search(text, start, one.start)
    if match is None or _BASE.match(text, one.end) is None:
        return None
    name, basis, year = named(match["base"])
    is_own = not name or canonical(name) == canonical(one.subject)
    is_of_year = bool(year) and basis is Basis.NONE
    if not is_own or not (is_of_year or (basis in _BASES and not year)):
        return None
    own = basis if basis is not Basis.NONE else Basis.OUTTURN
    return replace(one, relation=Relation.PLAIN, basis=own, year=year, of="", sign="")


def _whole_before(quantities: Sequence[Quantity], number: int) -> Quantity | None:
    """The last amount or count that is no rate of it and no change, of which 均为 is said."""
    while number > 0 and quantities[number].unit in ("%", "个百分点"):
        if quantities[number - 1].sentence != quantities[number].sentence:
            return None
        number -= 1
    whole = quantities[number]
    return whole if whole.relation in _WHOLE else None
