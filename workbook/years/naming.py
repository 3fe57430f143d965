"""The name of the next year's, quarter's or month's file, from the name of the one before."""

import re
from pathlib import Path
from typing import Final, NamedTuple

from workbook.catalogue.model import Language
from workbook.catalogue.years import (
    DATED_PERIOD,
    NEXT_FILE,
    NEXT_PERIOD_FILE,
    PERIOD_FILE,
    YEAR_FILE,
)
from workbook.files.names import file_name

_DIGITS: Final = str.maketrans(
    "０１２３４５６７８９〇○零一二三四五六七八九", "0123456789000123456789"
)
_NARROW: Final = str.maketrans("０１２３４５６７８９", "0123456789")
_WORDS: Final = "〇一二三四五六七八九"
_LETTER: Final = "A-Za-z\u00c0-\u024f"
_NUMERAL: Final = "〇○零一二三四五六七八九十百"
_WITH_ONE: Final = "统单同唯专划归合逐之"  # 统一月报 is no report of 一月


class Following(NamedTuple):
    """The time that a new workbook is of, beside the one before.

    `period` is what the month or the quarter was called and is called now, None in a form of years:
    `Following(2026, 2025, ("12月", "1月"), "month")`.
    """

    year: int | None
    last_year: int | None
    period: tuple[str, str] | None = None
    of: str = "year"


def in_digits(text: str) -> str:
    """A text with 0 to 9 for digits of any width and single numerals: `二〇二五` is 2025."""
    return text.translate(_DIGITS)


def next_path(path: Path, following: Following, language: Language = "zh") -> Path:
    """Where next year's workbook goes: beside last year's, with the next year in its name.

    Of a month or a quarter it is the next one: `2025年12月` is made `2026年1月`, and the year is
    added where the name had none and the months begin anew, or next January would have the name of
    the last.
    """
    name = _next_name(path.stem, following, language).strip()
    return path.with_name(f"{name}.xlsx")


def _next_name(stem: str, following: Following, language: Language) -> str:
    year, last = str(following.year), str(following.last_year)
    if following.period is None and following.year is None:
        text = NEXT_FILE if following.of == "year" else NEXT_PERIOD_FILE
        return text(language, stem=stem)
    if following.period is None:
        return _next_year(stem, last, year) or _with_year(stem, year, language)
    old, new = (file_name(one, "") for one in following.period)
    if following.year is None or last == year:
        return _instead(stem, old, new) or PERIOD_FILE(language, stem=stem.rstrip(), period=new)
    if year in in_digits(new) or "年" in new:  # the period names its year itself
        begun = _instead(stem, old, new)
        return _next_year(begun, last, year) or begun or f"{_parted(stem, language)}{new}"
    if _next_year(stem, last, year) or _has_number(stem, year):
        dated = _next_year(stem, last, year) or stem
        return _instead(dated, old, new) or PERIOD_FILE(language, stem=dated, period=new)
    dated = DATED_PERIOD(language, year=year, period=new)
    return _instead(stem, old, dated) or f"{_parted(stem, language)}{dated}"


def _with_year(stem: str, year: str, language: Language) -> str:
    return YEAR_FILE(language, stem=stem.rstrip(), year=year)


def _parted(stem: str, language: Language) -> str:
    """A name to which a period is to be added, with what parts the two."""
    return PERIOD_FILE(language, stem=stem.rstrip(), period="")


def _next_year(stem: str, last: str, year: str) -> str:
    """A file's name with the next year, in the digits of the last; "" where this is not in it."""
    found = list(_number(last).finditer(stem.translate(_NARROW)))
    for match in reversed(found):  # from behind, as places move
        said = _written(year, like=stem[match.start() : match.end()])
        stem = f"{stem[: match.start()]}{said}{stem[match.end() :]}"
    return stem if found else ""


def _has_number(stem: str, number: str) -> bool:
    return _number(number).search(stem.translate(_NARROW)) is not None


def _number(year: str) -> re.Pattern[str]:
    """A year in digits, which stand in no longer number, or in numerals: 2025, 二〇二五."""
    words = "".join("[〇○零]" if one == "0" else _WORDS[int(one)] for one in year if one.isdigit())
    return re.compile(rf"(?<![0-9]){year}(?![0-9])|(?<![{_NUMERAL}]){words or year}")


def _written(year: str, like: str) -> str:
    """A year in the digits of another: 2026 like `二○二五` is `二○二六`."""
    if like.isascii():
        return year
    if like.translate(_NARROW).isascii():
        return "".join(chr(ord(one) + 0xFEE0) for one in year)  # in full width
    zero = next((one for one in like if one in "○零"), _WORDS[0])
    return "".join(_WORDS[int(one)] for one in year).replace(_WORDS[0], zero)


def _instead(stem: str, old: str, new: str) -> str:
    """A file's name with new words for the old ones; "" where these are not in it, as a whole.

    `May` is not in `Mayor`, `3月` not in `13月`, `一月` neither in `十一月` nor in `统一月报`, and
    the month 1 of `2025年1月1号` is the one before 月.
    """
    found = list(_whole(old).finditer(stem.translate(_NARROW))) if old else []
    if len(found) > 1 and _is_bare(old):
        before_unit = [one for one in found if stem[one.end() :].lstrip()[:1] in ("月", "季")]
        found = before_unit or found[-1:]
    for match in reversed(found):  # from behind, as places move
        stem = f"{stem[: match.start()]}{new}{stem[match.end() :]}"
    return stem if found else ""


def _is_bare(old: str) -> bool:
    """Whether words are a number and nothing more, as `12` and `四`."""
    return old.isdecimal() or all(one in _NUMERAL for one in old)


def _whole(old: str) -> re.Pattern[str]:
    """The old words where they are not a part of longer ones."""
    before, behind = "", ""
    if old[0].isdecimal():
        before = "(?<![0-9])"
    elif re.match(f"[{_LETTER}]", old):
        before = f"(?<![{_LETTER}])"
    elif old[0] in _NUMERAL:
        before = f"(?<![{_NUMERAL}{_WITH_ONE if old[0] == '一' else ''}])"
    if old[-1].isdecimal():
        behind = "(?![0-9])"
    elif re.search(f"[{_LETTER}]$", old):
        behind = f"(?![{_LETTER}])"
    elif old[-1] in _NUMERAL:  # 四 of 第四季度 and not of 四川
        behind = r"(?=\s*[月季期]|[^\u3400-\u9fff]|$)"
    return re.compile(f"{before}{re.escape(old.translate(_NARROW))}{behind}", re.IGNORECASE)
