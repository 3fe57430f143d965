"""What an indicator's cell says: `≥266米` is a sign, a figure and a unit."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from workbook.stated.figures import NUMBER
from workbook.stated.folded import fold
from workbook.stated.words import general

QUALITATIVE: Final = "定性"
_SIGNED: Final = re.compile(rf"(?P<sign>\D*?)(?P<figure>{NUMBER})(?P<unit>\D*)")
_DATED: Final = re.compile(r"[前后月日至约左余]|年底|年末")


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


def read_target(text: str, choices: Sequence[str]) -> Target:
    """A cell's sign, figure and unit; words alone are 定性 where the form has that choice."""
    folded = fold(text).text
    match = _SIGNED.fullmatch(folded)
    if match is None:
        return Target(QUALITATIVE if QUALITATIVE in choices and folded else "")
    figure = str(Decimal(match["figure"].replace(",", "")))
    unit, bound = _without_bound(match["unit"])
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
