"""What an indicator's cell says: `≥266米` is a sign, a figure and a unit."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from workbook.stated.figures import NUMBER
from workbook.stated.folded import fold, letters
from workbook.stated.words import general

QUALITATIVE: Final = "定性"
_SIGNED: Final = re.compile(rf"(?P<sign>\D*?)(?P<figure>{NUMBER})(?P<unit>\D*)")
_DATED: Final = re.compile(r"[前后月日至约左余]|年底|年末")
_DAY: Final = re.compile(r"\d年|\d月|\d日|季度|年[初中末底]")
_NO_AIM: Final = frozenset(("无", "不适用"))


class Target(NamedTuple):
    """A cell's sign as the form writes it, its figure and its unit, each empty where it has none.

    `said` is the sign as it was written, where the form has only one that is near it.
    """

    sign: str = ""
    figure: str = ""
    unit: str = ""
    said: str = ""


@cache
def _signs() -> dict[str, str]:
    return {fold(way).text: sign for sign, ways in general().signs.items() for way in (sign, *ways)}


@cache
def _near() -> dict[str, str]:
    return {fold(way).text: sign for way, sign in general().near.items()}


def sign_of(text: str, choices: Sequence[str]) -> Target | None:
    """The choice that a sign says, None where the form has none; `＜` is near `≤`."""
    folded = fold(text).text
    sign = _signs().get(folded, "")
    if sign in choices:
        return Target(sign)
    near = _near().get(folded, "")
    return Target(near, said=text.strip()) if near in choices else None


def is_worded(text: str) -> bool:
    """Whether a target is no figure but words, 长期 or ≥良好, or a day by which it is due."""
    folded = fold(text).text
    if read_target(text, ()).figure or not letters(folded) or folded in _NO_AIM:
        return False
    return _DAY.search(folded) is not None or not any(one.isdigit() for one in folded)


def attained(text: str, words: Sequence[str], *, is_reached: bool = False) -> str:
    """The one of a form's grade words that a text says, 达成年度指标 of 达成预期指标; mostly none.

    `is_reached` says that the text is the aim itself.
    """
    said = letters(text)
    same = [word for word in words if letters(word) == said]
    grade = next((one for one, ways in general().attained.items() if said in ways), "")
    grade = grade or ("达成" if is_reached else "")
    near = [word for word in words if grade and word.startswith(grade)]
    found = same or near
    return found[0] if len(found) == 1 else ""


def unit_as_written(unit: str) -> str:
    """The sign of a unit that is written in words: % of 百分比."""
    return general().unit.get(unit, unit)


def read_target(text: str, choices: Sequence[str]) -> Target:
    """A cell's sign, figure and unit; words alone are 定性 where the form has that choice."""
    folded = fold(text).text
    match = _SIGNED.fullmatch(folded)
    if match is None:
        return Target(QUALITATIVE if QUALITATIVE in choices and folded else "")
    figure = str(Decimal(match["figure"].replace(",", "")))
    unit, bound = _without_bound(match["unit"])
    unit = unit_as_written(unit)
    if _DATED.search(unit) or (bound and match["sign"]):
        return Target()
    if not match["sign"]:
        return Target(bound if bound in choices else "", figure, unit)
    sign = sign_of(match["sign"], choices)
    if sign is None:  # words before the figure: nobody knows what they do to it
        return Target()
    return Target(sign.sign, figure, unit, sign.said)


def _without_bound(unit: str) -> tuple[str, str]:
    """The unit, and the sign that 以上 or 以内 behind it says."""
    for word, sign in general().bounds.items():
        if unit.endswith(word):
            return unit.removesuffix(word), sign
    return unit, ""
