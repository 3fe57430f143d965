"""Dates as people type them into a cell or a report, where they can mean one day only."""

import re
import unicodedata
from datetime import date
from typing import Final

# The two signs are the same: 2023.3-15 is a slip of the finger.
_SEPARATED: Final = re.compile(r"(\d{4})([.\-/])(\d{1,2})\2(\d{1,2})")
_NAMED: Final = re.compile(r"(.{4})年(.{1,3})月([^日号]{1,3})[日号]?")
_RUN_TOGETHER: Final = re.compile(r"(\d{4})(\d\d)(\d\d)")
_DIGITS: Final = str.maketrans("〇零○OoΟ一二三四五六七八九", "000000123456789")
_TENS: Final = re.compile(r"([一二三]?)十([一二三四五六七八九]?)")
_UNSEEN: Final = re.compile(r"[\s\u200b-\u200d\ufeff\u2060]")
_DASHES: Final = str.maketrans("—–－−‐‑。", "------.")


def parse_date(text: str) -> date | None:
    """The day that a text names; None where it names none, or might name another.

    `2023.3.15`, `2023/3/15`, `20230315`, `2023年3月15日` and `二〇二三年三月十五日` are all
    the 15th of March; `3.15`, `15/3/2023` and `2023.3` are no dates.
    """
    words = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).translate(_DASHES)
    if match := _SEPARATED.fullmatch(words):
        return _day(match[1], match[3], match[4])
    if match := _RUN_TOGETHER.fullmatch(words) or _NAMED.fullmatch(words):
        return _day(match[1], match[2], match[3])
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year.translate(_DIGITS)), _count(month), _count(day))
    except ValueError:
        return None


def _count(words: str) -> int:
    """A month or a day, in figures or as `十五`."""
    if match := _TENS.fullmatch(words):
        words = f"{match[1] or '一'}{match[2] or '〇'}"
    return int(words.translate(_DIGITS))
