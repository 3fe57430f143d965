"""Of the cells that a figure may be those whose names are said best."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from docgen.naming.akin import is_named_right_before
from docgen.naming.heads import is_aim, is_aim_behind, is_head_right_before
from docgen.naming.model import Printed
from docgen.naming.place import Place
from docgen.naming.printing import is_converted
from docgen.naming.scores import HALF, name_score

_ACTUAL: Final = (  # heads of what was really done, the plainest first
    re.compile(r"决算|执行|完成|实际|实收|实支|发生|^实"),
    re.compile(r"^本[年月期季](?!.*[预计])|支出数"),
)
_OF_PERIOD: Final = re.compile(r"^本[月季期](?!.*累计)")
_SO_FAR: Final = re.compile(r"累计|截至|以来")


def keys_of(ways: Sequence[Printed]) -> tuple[str, ...]:
    """The keys of the cells that ways print, each once."""
    return tuple(dict.fromkeys(way.key for way in ways))


def winners_by_name(
    found: Sequence[Printed], place: Place, is_timed: bool
) -> tuple[list[Printed], int]:
    """The cells whose names are said best, and how well."""
    scores = {way: score for way in found if (score := name_score(way, place, is_timed))}
    best = max(scores.values(), default=0)
    winners = first_of_alike([way for way, score in scores.items() if score == best])
    winners = [w for w in winners if w.unit and place.after.startswith(w.unit)] or winners
    if len(keys_of(winners)) > 1:
        winners = [way for way in winners if is_head_right_before(way, place)] or winners
    winners = [way for way in winners if not is_converted(way)] or winners
    winners = [way for way in winners if not is_of_row(way)] or winners
    if place.last and len(keys_of(winners)) > 1:  # under the head of the one before it
        heads = place.last.known_by[1:]
        winners = [way for way in winners if way.known_by[1:] == heads] or winners
    if len(keys_of(winners)) == 2:
        winners = _of_the_period(winners, place)
    if (usual := _usual(found, place)) is not None:
        return [usual], max(best, HALF + 1)
    return winners, best


def _of_the_period(ways: Sequence[Printed], place: Place) -> list[Printed]:
    """Of a row's cells of one quarter and of the year so far, which is one in the first, this."""
    alone = [way for way in ways if _OF_PERIOD.match(way.known_by[-1])]
    so_far = [way for way in ways if _SO_FAR.search(way.known_by[-1])]
    is_pair = len({way.known_by[0] for way in ways}) == 1 and alone and so_far
    if not is_pair:
        return [*ways]
    return so_far if _SO_FAR.search(place.clause) else alone


def _usual(found: Sequence[Printed], place: Place) -> Printed | None:
    """Of cells of a row that is named alone the one whose head the paragraph's others have.

    Else the one of what was really done: 人员经费1186.75万元 is 决算数, and no 调整预算数.
    """
    own = [way for way in found if len(way.known_by) > 1 and is_named_right_before(way, place)]
    if len(keys_of(own)) < 2 or len({way.known_by[0] for way in own}) > 1:
        return None
    heads = Counter(one.known_by[1:] for one, _, is_named in place.told if is_named)
    most = max((heads[way.known_by[1:]] for way in own), default=0)
    usual = [way for way in own if most and heads[way.known_by[1:]] == most]
    if is_aim_behind(place):  # 改造6座的年度计划
        own = [way for way in own if is_aim(way)]
        return own[0] if len(keys_of(own)) == 1 else None
    for actual in _ACTUAL:
        usual = usual or [way for way in own if actual.search(way.known_by[1])]
    return usual[0] if len(keys_of(usual)) == 1 else None


def is_of_row(way: Printed) -> bool:
    """Whether a way prints a row of a list, which next year may not be there."""
    return "." in way.key


def first_of_alike(ways: Sequence[Printed]) -> list[Printed]:
    """The ways without those of cells that only repeat another's of them."""
    keys = {way.key for way in ways}
    return [way for way in ways if way.same_as not in keys]
