"""A figure that no cell holds, but that two known cells give: 比上年增加12.5万元, 占总收入的66.8%.

Nothing is guessed: the words say what was calculated, the two cells are told in the sentence or
stand in one row, the result is the figure to its last decimal, and no other two cells give it.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from docgen.adopting.choosing.operands import (
    PRIOR,
    SENTENCE,
    SURE,
    Pair,
    are_of_two_times,
    by_name,
    digits_of,
    in_rows,
    in_sentence,
    told,
)
from docgen.naming.counted import OTHER_UNITS, is_same_unit, units_behind
from docgen.naming.directions import direction_of
from docgen.naming.heads import TOTALS
from docgen.naming.model import Cell
from docgen.naming.place import Place
from workbook.figures.numbers import round_half_up
from workbook.viewing.words import bare_words

_SHARE: Final = re.compile(
    r"(?P<part>[^，,。；;：:、（(\d]*?)占(?P<whole>[^，,。；;、\d]{0,14}?)的?(?:比[例重])?[为是达]?$"
)
_ALL: Final = re.compile(r"^(?:全部|全年|全|总|本)|(?:总额|总量|总数|合计|总计)$")
_RATE: Final = re.compile(r"率[为是达]?到?$")
_EACH: Final = re.compile(r"(?:[人台户]均|平均每[人台户个])[^，,。；;\d]*$")
_BLANK: Final = "＿＿＿"
_LEAST: Final = 2  # digits of a figure that is no mere ordinal
_PART_NAME: Final = 3  # letters by which a part is named
_PERCENT: Final = "%"
_POINTS: Final = "个百分点"


class Calculated(NamedTuple):
    """What prints a figure: its expression, how it is put into words, by what 增加 is told."""

    expression: str
    formula: str
    is_more: str = ""  # the condition for 增加, of a change


def calculated(figure: str, place: Place) -> Calculated | None:
    """How a figure is calculated from two cells, None where that is not certain."""
    if place.paragraph.table is not None or digits_of(figure) < _LEAST:
        return None
    for found in (_change, _share, _rate):
        if (made := found(figure, place)) is not None:
            return made
    return None


def _change(figure: str, place: Place) -> Calculated | None:
    """By how much, or by what rate, a cell is more or less than another."""
    direction = direction_of(place.before)
    if not direction:
        return None
    cells = told(place)
    for pairs in (in_sentence(cells), in_rows(cells, place, figure), by_name(cells, place, figure)):
        fit = {
            (now.key, then.key): made
            for now, then in pairs
            if now.unit == then.unit and (now.value - then.value) * direction > 0
            if digits_of(figure) > SURE or are_of_two_times(now, then, place)
            if (made := _changed(figure, now, then, place.after)) is not None
        }
        if fit:
            return next(iter(fit.values())) if len(fit) == 1 else None
    return None


def _changed(figure: str, now: Cell, then: Cell, after: str) -> Calculated | None:
    unit, gap, more = _unit(after), abs(now.value - then.value), f"{now.key} >= {then.key}"
    difference, said = f"({now.key} - {then.key})|abs", f"{now.key} - {then.key}"
    if unit == _PERCENT:
        if now.unit == _PERCENT or then.value <= 0:
            return None
        if not _is_printed(figure, gap / then.value * 100):
            return None
        shown = _shown(figure, f"({difference} / {then.key} * 100)")
        return Calculated(_guarded(shown, then), f"({said}) / {then.key}", more)
    if unit == _POINTS:
        is_own = now.unit == _PERCENT and _is_printed(figure, gap)
        return Calculated(_shown(figure, f"({difference} / 1)"), said, more) if is_own else None
    for factor in _factors(now.unit, unit):
        if _is_printed(figure, _by(gap, factor)):
            return Calculated(_shown(figure, f"({difference} {factor})"), said, more)
    return None


def _share(figure: str, place: Place) -> Calculated | None:
    """What share of a cell another one is: 963.41万元，占合同总额的75.05%."""
    match = _SHARE.search(SENTENCE.split(place.before)[-1])
    if match is None or _unit(place.after) != _PERCENT or digits_of(figure) < SURE:
        return None
    parts, said = [*_parts(bare_words(match["part"]), place)], bare_words(match["whole"])
    wholes = [one for one in place.ways.cells if not said or _is_whole(one, said)]
    fit = {
        (part.key, whole.key): (part, whole)
        for part in parts
        for whole in wholes
        if part.key != whole.key and whole.value > 0 and _are_of_one_time(part, whole)
        if said or _is_total_of(whole, part)
        if part.unit == whole.unit and _is_printed(figure, part.value / whole.value * 100)
    }
    own = [one for one in fit.values() if one[0].known_by[1:] == one[1].known_by[1:]]
    chosen = own or [*fit.values()]
    if len(chosen) != 1:
        return None
    return _quotient(figure, Pair(*chosen[0]), "* 100")


def _parts(said: str, place: Place) -> Iterator[Cell]:
    """The cells that may be the part: the last one told, or those that are named before 占."""
    cells = told(place)
    said = said.removeprefix("其中")
    if not said:
        yield from cells[-1:]
        return
    for one in place.ways.cells:
        name = one.known_by[0]
        if name == said or (len(said) >= _PART_NAME and name.startswith(said)):
            yield one


def _is_whole(one: Cell, said: str) -> bool:
    """Whether a cell is called so: 合同总额 of 合同金额合计, 总收入 of 收入小计, 全公司."""
    name = "".join(one.known_by)
    if said in name:
        return True
    stem = _ALL.sub("", _ALL.sub("", said))
    is_total = TOTALS.search(one.known_by[0]) is not None or TOTALS.search(name) is not None
    return len(stem) > 1 and stem in name and (is_total or stem != said)


def _is_total_of(whole: Cell, part: Cell) -> bool:
    """Whether a cell is the total of another one's column: 其中专用设备6453.55万元，占68.4%."""
    is_column = (whole.title, whole.known_by[1:]) == (part.title, part.known_by[1:])
    return is_column and TOTALS.fullmatch(whole.known_by[0]) is not None


def _are_of_one_time(one: Cell, other: Cell) -> bool:
    is_prior = [PRIOR.search("".join(cell.known_by[1:])) is not None for cell in (one, other)]
    return is_prior[0] == is_prior[1]


def _rate(figure: str, place: Place) -> Calculated | None:
    """A rate, or what falls to each, of two cells that the sentence told before it."""
    cells, piece = told(place), SENTENCE.split(place.before)[-1]
    if digits_of(figure) < SURE or len(cells) < _LEAST:
        return None
    is_rate = _RATE.search(piece) is not None and _unit(place.after) == _PERCENT
    is_each = _EACH.search(piece) is not None
    if not (is_rate or is_each):
        return None
    fit = {}
    for one, other in in_sentence(cells):
        if cells[-1] not in (one, other):
            continue
        if other.value <= 0 or (is_rate and one.unit != other.unit):
            continue
        factors = ["* 100"] if is_rate else _factors(one.unit, units_behind(place.after))
        for factor in factors:
            if _is_printed(figure, _by(one.value / other.value, factor)):
                fit[one.key, other.key] = (one, other, factor)
    if len(fit) != 1:
        return None
    one, other, factor = next(iter(fit.values()))
    return _quotient(figure, Pair(one, other), factor)


def _quotient(figure: str, pair: Pair, factor: str) -> Calculated:
    one, other = pair
    shown = _shown(figure, f"({one.key} / {other.key} {factor})")
    return Calculated(_guarded(shown, other), f"{one.key} / {other.key}")


def _unit(after: str) -> str:
    return _POINTS if after.startswith(_POINTS) else units_behind(after)


def _factors(own: str, said: str) -> list[str]:
    """How a cell's figure becomes one in the unit that is said."""
    if said in (own, "") or not own or is_same_unit(own, said):
        return ["/ 1"]
    return [factor for unit, factor in OTHER_UNITS.get(own, ()) if unit == said]


def _by(number: Decimal, factor: str) -> Decimal:
    sign, by = factor.split()
    return number / int(by) if sign == "/" else number * int(by)


def _is_printed(figure: str, number: Decimal) -> bool:
    """Whether a number is this figure, rounded to the decimals that it has."""
    return round_half_up(number, _places(figure)) == Decimal(figure.replace(",", ""))


def _places(figure: str) -> int:
    return len(figure.partition(".")[2])


def _shown(figure: str, expression: str) -> str:
    made = f"{expression}|round({_places(figure)})"
    return f"'{{:,}}'.format({made})" if "," in figure else made


def _guarded(expression: str, divisor: Cell) -> str:
    """An expression that leaves a blank where nothing can be divided by."""
    return f"{expression} if {divisor.key} else '{_BLANK}'"
