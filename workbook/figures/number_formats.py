"""What a number format makes of a number: a percentage, a day, a figure in another unit."""

import operator
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Final

from msgspec import Struct

from workbook.figures.numbers import plain, round_half_up

TOKEN: Final = re.compile(
    r"""(?P<quoted>"[^"]*"?)|[\\!](?P<escaped>.)|(?P<room>[_*].)|\[(?P<bracket>[^\]]*)\]?"""
    r"""|(?P<general>General|G/通用格式)|(?P<half>AM/PM|A/P|上午/下午)|(?P<other>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_ELAPSED: Final = re.compile(r"h+|m+|s+", re.IGNORECASE)
_DIGITS, _SIGNS, _DAYS = "0#?", "0#?.,%@", "ymdhsegba"
_CONDITION: Final = re.compile(
    r"(<=|>=|<>|<|>|=)\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:E[-+]?\d{1,3})?)", re.IGNORECASE
)
_HOLDS: Final[Mapping[str, Callable[[Decimal, Decimal], bool]]] = {
    **{"<=": operator.le, ">=": operator.ge, "<>": operator.ne},
    **{"<": operator.lt, ">": operator.gt, "=": operator.eq},
}
_UNITS: Final = re.compile(r"[亿万千百]*元|[亿万千百]+|[%‰]")
_PAINTED: Final = "!"  # a point that is a word: it parts no decimals


class Shows(Enum):
    """What a number is shown as."""

    NUMBER = "number"
    PERCENT = "percent"
    DAY = "day"
    TIME = "time of day"
    ELAPSED = "time that has passed"
    TEXT = "text"


class NumberFormat(Struct, frozen=True):
    """The first part of a format code, which is the one for what is above zero.

    `words` are the characters that are shown as they are, `thousands` how often the number is
    divided by 1,000 before it is shown, `decimals` None where they are left open.

    `0.00"元"` shows a number, has the words 元 and two decimals.
    """

    shows: Shows
    words: str = ""
    thousands: int = 0
    decimals: int | None = None
    split: int = 0  # digits behind a point that is only painted

    @property
    def is_split(self) -> bool:
        """Whether a painted point makes the number look smaller than it is."""
        return self.split > 0


def literal_of(token: re.Match[str]) -> str:
    """What a token of a code shows as it is; of `[$元-804]` the sign of a currency."""
    bracket = token["bracket"] or ""
    currency = bracket[1:].partition("-")[0] if bracket.startswith("$") else ""
    return (token["quoted"] or "").strip('"') or token["escaped"] or currency


@cache
def number_format(code: str) -> NumberFormat:
    r"""A format code as Excel understands it.

    `0.00%` shows a percentage; `0.00"%"` and `0.00\%` a number with a sign behind it.
    """
    words, signs, letters, is_elapsed = "", "", "", False
    for token in TOKEN.finditer(code):
        other = token["other"] or ""
        if other == ";":
            break
        literal = literal_of(token)
        words += literal or (other if other in "%％‰元万千百亿" else "")
        signs += _PAINTED if literal == "." else other if other in _SIGNS else ""
        letters += other.lower() if other.lower() in _DAYS else ""
        is_elapsed |= bool(_ELAPSED.fullmatch(token["bracket"] or ""))
    return _format(words.strip(), signs, letters, is_elapsed=is_elapsed)


@cache
def shows(code: str) -> Shows:
    """What a format code shows a number as."""
    return number_format(code).shows


def part_for(code: str, number: Decimal) -> str:
    """The part of a format code by which a number is shown.

    Of `0.00;0.00%` the second for what is below zero; of `[>=10000]0.00,` none for 5, which is
    then shown as it is.
    """
    parts = parts_of(code)
    for condition, text in parts:
        if condition and _HOLDS[condition[0]](number, condition[1]):
            return text
    others = [text for condition, text in parts if not condition]
    if not others:
        return "General"
    is_third = number == 0 and len(others) > 2
    has_own = number < 0 and len(others) > 1
    return others[2] if is_third else others[1] if has_own else others[0]


@cache
def parts_of(code: str) -> list[tuple[tuple[str, Decimal] | None, str]]:
    """The parts for numbers, each with the condition that it names."""
    parts: list[tuple[tuple[str, Decimal] | None, str]] = []
    condition, text = None, ""
    for token in TOKEN.finditer(f"{code};"):
        if token["other"] == ";":
            parts.append((condition, text))
            condition, text = None, ""
            continue
        text += token[0]
        if found := _CONDITION.fullmatch(token["bracket"] or ""):
            condition = found[1], Decimal(found[2])
    return parts[:3]  # the fourth is for texts


def misleads(code: str, unit: str) -> bool:
    """Whether what a format shows is another figure than what is stored in a field of that unit.

    `0%` misleads everywhere, `0.0,` too; `0.00"元"` does in a field of 万元, and not in one of 元.
    """
    found = number_format(code)
    if found.shows is Shows.PERCENT or found.thousands or found.is_split:
        return True
    said = _UNITS.findall(found.words.replace("％", "%").replace(unit, "", 1))
    return bool(unit and said)


def shown_as(number: Decimal, code: str) -> str:
    """About what a person sees of a number: `71.40%` of 0.714 in the format `0.00%`."""
    found = number_format(code)
    factor = 100 if found.shows is Shows.PERCENT else Decimal(1).scaleb(-3 * found.thousands)
    scaled = number * factor
    if found.is_split:
        digits = str(abs(round(scaled))).zfill(found.split + 1)
        return f"{digits[: -found.split]}.{digits[-found.split :]}{found.words}"
    decimals = found.decimals
    seen = plain(scaled) if decimals is None else f"{round_half_up(scaled, decimals):f}"
    return f"{seen}%" if found.shows is Shows.PERCENT else f"{seen}{found.words}"


def _format(words: str, signs: str, letters: str, *, is_elapsed: bool) -> NumberFormat:
    has_digits = any(sign in _DIGITS for sign in signs)
    if is_elapsed:
        return NumberFormat(Shows.ELAPSED, words)
    # The e of 0.00E+00 is no year; without digits it is one, of an emperor's reign.
    if letters and not (has_digits and set(letters) <= {"e"}):
        is_time = bool(set(letters) & set("hs")) and not set(letters) & set("yd")
        return NumberFormat(Shows.TIME if is_time else Shows.DAY, words)
    if "@" in signs and not has_digits:
        return NumberFormat(Shows.TEXT, words)
    point, painted = re.search(r"\.([0#?]*)", signs), re.search(rf"[0#?]{_PAINTED}([0#?]+)", signs)
    return NumberFormat(
        Shows.PERCENT if "%" in signs else Shows.NUMBER,
        words.replace(".", "") if painted else words,
        thousands=_thousands(signs),
        decimals=None if letters or "0" not in signs else point[1].count("0") if point else 0,
        split=len(painted[1]) if painted else 0,
    )


def _thousands(signs: str) -> int:
    """The commas behind the last digit before the point, or at the end: each is a thousand."""
    found = re.search(r"[0#?](,+)(?![0#?,])", signs)
    return len(found[1]) if found else 0
