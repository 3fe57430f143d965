"""Figures that stand far from those of the other units: few, in words, and never an error.

Far is measured by the median and the median deviation from it (MAD), which a single wrong figure
cannot move (Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993). Amounts are compared by
their logarithms, and less the unit's own size: a large unit's figures are all large.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import log10
from statistics import median
from typing import Final

from docgen.consolidate.comparing import Compared
from docgen.consolidate.model import Group, Part, named
from workbook.reading.values import shown

LEAST_UNITS: Final = 8  # of which a middle can be told
MOST_OF_UNIT, MOST_OF_GROUP = 3, 20
_FAR: Final = 6.0  # standard deviations, as MAD * 1.4826 estimates them
_OF_MAD: Final = 1.4826
_LEAST_SCALE: Final = 0.02  # of a logarithm: where all are alike, 5% more is not yet far
_LEAST_STEP: Final = log10(3)  # less than three times as much is nothing to ask about
_WHOLE_STEP: Final = 3.0  # a thousand times: nobody is so much larger in all figures
_LEAST_POINTS: Final = 20.0  # of a rate
_SLIPS: Final = (
    (4.0, "像是按元填了"),
    (-4.0, "像是多除了一次 10000"),
    (2.0, "像是小数点错了两位"),
    (-2.0, "像是小数点错了两位"),
    (1.0, "像是小数点错了一位"),
    (-1.0, "像是小数点错了一位"),
)
_NEAR: Final = 0.1  # of a logarithm, to call it such a slip
_Logs = dict[str, dict[int, float]]  # by field, of each part by its place


@dataclass(frozen=True, slots=True)
class Outlier:
    """A figure worth a look; `far` says how far it is from the others, for the order alone.

    `Outlier(part, "支出", "1800000 万元", "照单位规模折算,是其他单位的约 10,000 倍…", 60.5)` is of
    a unit that typed 元.
    """

    part: Part
    name: str
    value: str
    words: str
    far: float


def outliers(group: Group, beside: Compared | None) -> list[Outlier]:
    """The figures of a group that stand out most, of each unit and in all not many."""
    found = sorted(
        (*_amounts(group), *_rates(group), *(_against_own(group, beside) if beside else ())),
        key=lambda one: -one.far,
    )
    kept: list[Outlier] = []
    told: dict[tuple[str, str], int] = {}
    for one in found:
        key = one.part.key
        is_new = (key, one.name) not in told
        told[key, one.name] = 1
        if is_new and sum(other.part.key == key for other in kept) < MOST_OF_UNIT:
            kept.append(one)
    return kept[:MOST_OF_GROUP]


def _amounts(group: Group) -> Iterator[Outlier]:
    """Amounts that are far from what other units have, each unit's size reckoned with."""
    logs: _Logs = {}
    for key in group.fields:
        values = {n: one.sums[key] for n, one in enumerate(group.parts) if key in one.sums}
        known = {n: log10(value) for n, value in values.items() if value > 0}
        if len(known) >= LEAST_UNITS:
            middle = median(known.values())
            logs[key] = {n: value - middle for n, value in known.items()}
    sizes = _sizes(logs)
    yield from _whole_books(group, sizes)
    for key, known in logs.items():
        rest = {n: value - sizes[n] for n, value in known.items()}
        for n, step, far in _far_ones(rest):
            part = group.parts[n]
            others = median(one.sums[key] for one in group.parts if key in one.sums)
            yield _outlier(
                group,
                key,
                part,
                far,
                f"照单位规模折算,是其他单位的{_times(step)}(中位数 {shown(others)}){_slip(step)}",
            )


def _sizes(logs: _Logs) -> Mapping[int, float]:
    """By how much each unit is larger than the middle one, in the middle of its figures."""
    steps: dict[int, list[float]] = {}
    for known in logs.values():
        for n, value in known.items():
            steps.setdefault(n, []).append(value)
    return {n: median(values) for n, values in steps.items()}


def _whole_books(group: Group, sizes: Mapping[int, float]) -> Iterator[Outlier]:
    """Units all of whose amounts are a thousand times those of the others."""
    if len(sizes) < LEAST_UNITS:
        return
    for n, step in sizes.items():
        if abs(step) >= _WHOLE_STEP:
            words = f"各项数一般是其他单位的{_times(step)}{_slip(step)}。请核对,属实的不用改"
            yield Outlier(group.parts[n], "各项数", "", words, abs(step) * 100)


def _far_ones(steps: Mapping[int, float]) -> Iterator[tuple[int, float, float]]:
    """Which are far from the middle, by which step, and how far by the measure of the others."""
    middle = median(steps.values())
    scale = max(_OF_MAD * median(abs(one - middle) for one in steps.values()), _LEAST_SCALE)
    for n, value in steps.items():
        step = value - middle
        if abs(step) >= _LEAST_STEP and abs(step) / scale >= _FAR:
            yield n, step, abs(step) / scale


def _against_own(group: Group, beside: Compared) -> Iterator[Outlier]:
    """Amounts that changed otherwise than those of the other units since a year before."""
    for key in beside.fields:
        steps = {
            n: log10(now[key] / before[key])
            for n, (_, now, before) in enumerate(beside.pairs)
            if now.get(key, Decimal(0)) > 0 and before.get(key, Decimal(0)) > 0
        }
        if len(steps) < LEAST_UNITS:
            continue
        for n, _, far in _far_ones(steps):
            part, _, before = beside.pairs[n]
            own = f"是本单位上年 {shown(before[key])} 的{_times(steps[n])}{_slip(steps[n])}"
            usual = f",其他单位一般是{_times(median(steps.values()))}"
            yield _outlier(group, key, part, far, own + usual)


def _rates(group: Group) -> Iterator[Outlier]:
    """Rates far from those of the other units."""
    for key, one in group.kind.form.fields.items():
        if one.unit != "%":
            continue
        known = [(part, float(part.others[key])) for part in group.parts if key in part.others]
        if len(known) < LEAST_UNITS:
            continue
        middle = median(value for _, value in known)
        scale = max(_OF_MAD * median(abs(value - middle) for _, value in known), 1.0)
        for part, value in known:
            gap = abs(value - middle)
            if gap >= _LEAST_POINTS and gap / scale >= _FAR:
                words = f"其他单位一般在 {middle:g}% 左右。请核对,属实的不用改"
                yield Outlier(part, one.name, f"{part.others[key]:f}%", words, gap / scale)


def _outlier(group: Group, key: str, part: Part, far: float, words: str) -> Outlier:
    field = group.fields[key]
    value = f"{shown(part.sums[key])} {field.unit}".strip()
    return Outlier(part, named(key, field), value, f"{words}。请核对,属实的不用改", far)


def _times(step: float) -> str:
    """How many times as much, of a step in logarithms: 约 3.4 倍, 约 1/12."""
    times = 10 ** abs(step)
    said = f"{times:,.0f}" if times >= 10 else f"{times:.1f}"
    return f"约 1/{said}" if step < 0 and times >= 1.05 else f"约 {said} 倍"


def _slip(step: float) -> str:
    """The slip that such a step looks like, behind a comma; nothing where it looks like none."""
    return next((f",{words}" for at, words in _SLIPS if abs(step - at) < _NEAR), "")
