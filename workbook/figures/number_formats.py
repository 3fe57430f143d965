"""What a number format makes of a number: a percentage, a day, a figure in another unit."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Final

_TOKEN: Final = re.compile(
    r"""(?P<quoted>"[^"]*"?)|[\\!](?P<escaped>.)|(?P<room>[_*].)|\[(?P<bracket>[^\]]*)\]?"""
    r"""|(?P<general>General|G/通用格式)|(?P<half>AM/PM|A/P|上午/下午)|(?P<other>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_ELAPSED: Final = re.compile(r"h+|m+|s+", re.IGNORECASE)
_DIGITS, _SIGNS, _DAYS = "0#?", "0#?.,%@", "ymdhsegb"
_PAINTED: Final = "!"  # a point that is a word: it parts no decimals


class Shows(Enum):
    """What a number is shown as."""

    NUMBER = "number"
    PERCENT = "percent"
    DAY = "day"
    TIME = "time"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """The first part of a format code, which is the one for what is above zero.

    `words` are the characters that are shown as they are, `thousands` how often the number is
    divided by 1,000 before it is shown, `decimals` None where they are left open.

    `0.00"元"` shows a number, has the words 元 and two decimals.
    """

    shows: Shows
    words: str = ""
    thousands: int = 0
    decimals: int | None = None
    is_split: bool = False  # a point that is only painted stands among the digits
    is_permille: bool = False


@cache
def number_format(code: str) -> NumberFormat:
    r"""A format code as Excel understands it.

    `0.00%` shows a percentage; `0.00"%"` and `0.00\%` a number with a sign behind it.
    """
    words, signs, letters, is_elapsed = "", "", "", False
    for token in _TOKEN.finditer(code):
        other = token["other"] or ""
        if other == ";":
            break
        literal = (token["quoted"] or "").strip('"') or token["escaped"] or ""
        words += literal or (other if other in "%％‰元万千百亿" else "")
        signs += _PAINTED if literal == "." else other if other in _SIGNS else ""
        letters += other.lower() if other.lower() in _DAYS else ""
        is_elapsed |= bool(_ELAPSED.fullmatch(token["bracket"] or ""))
    return _format(words.strip(), signs, letters, is_elapsed=is_elapsed)


def _format(words: str, signs: str, letters: str, *, is_elapsed: bool) -> NumberFormat:
    has_digits = any(sign in _DIGITS for sign in signs)
    if is_elapsed:
        return NumberFormat(Shows.TIME, words)
    if letters and not (has_digits and set(letters) <= {"e"}):
        is_time = bool(set(letters) & set("hs")) and not set(letters) & set("yd")
        return NumberFormat(Shows.TIME if is_time else Shows.DAY, words)
    if "@" in signs and not has_digits:
        return NumberFormat(Shows.TEXT, words)
    point = re.search(r"\.([0#?]*)", signs)
    return NumberFormat(
        Shows.PERCENT if "%" in signs else Shows.NUMBER,
        words,
        thousands=_thousands(signs),
        decimals=(point[1].count("0") if point else 0) if "0" in signs else None,
        is_split="!" in signs.strip("!"),
        is_permille="‰" in signs or "‰" in words,
    )


def _thousands(signs: str) -> int:
    """The commas behind the last digit before the point, or at the end: each is a thousand."""
    found = re.search(r"[0#?](,+)(?![0#?,])", signs)
    return len(found[1]) if found else 0
