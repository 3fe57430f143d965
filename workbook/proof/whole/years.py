"""Years that cannot be: of no calendar, of another year than the report's, after its date."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from typing import Final

from workbook.proof.model import Severity, Slip, Statement
from workbook.proof.whole.facts import document_year
from workbook.stated.folded import sentence

RULE: Final = "year"
_ODD: Final = re.compile(
    r"(?<!\d)(?:2[1-9]\d\d|20[7-9]\d|2[02]\d{3,4}|0\d{3})年(?!\d)"
    r"|(?<![\d近约已满达共用逾])20[1-3]年(?!\d|历史|以[上前来]|[的之]?久|[的之]前)"
)
_CAPTION: Final = re.compile(r"\(?((?:19|20)\d\d)年(?:度)?\)?")
_HEADING: Final = re.compile(
    r"((?:19|20)\d\d)年(?:度)?.{0,8}(?:整体支出|绩效目标|项目支出|决算|自评)"
)
_UNTIL: Final = re.compile(r"截[至止](?:到)?((?:19|20)\d\d)年(?:(\d{1,2})月)?")
_DATE: Final = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")
_DAY: Final = re.compile(r"(?<!\d)(?:((?:19|20)\d\d)年)?(\d{1,2})月(\d{1,2})[日号](?!\d)")
_ON_THE_PAST: Final = re.compile(r"自评|决算|绩效评价")
_ON_A_PART: Final = re.compile(r"半年|季度|\d月|中期|监控|预算|计划")
_PLANNED: Final = re.compile(r"计划|预计|力争|目标|拟|将")


def odd_years(statements: Sequence[Statement]) -> Iterator[Slip | None]:
    """Each year of the document that cannot be meant."""
    year = document_year(statements)
    date = _date(statements)
    yield from _too_early(statements, year)
    for one in statements:
        text = one.folded.text
        for match in _DAY.finditer(text):
            if not _is_day(match):
                yield year_slip(one, match, "一个有的日期")
        for match in _ODD.finditer(text):
            if re.search(r"\s", one.words(*match.span())):
                continue  # 附表2 2023年: the blank parts two numbers
            is_whole = year and len(match[0]) > len("201年")
            yield year_slip(one, match, f"{year}年" if is_whole else "一个四位的年份")
        if one.is_cell or not year:
            continue
        due = f"{year}年(全文是{year}年度的报告)"
        if caption := _CAPTION.fullmatch(text):
            yield None if caption[1] == year else year_slip(one, caption, due)
        heading = _HEADING.search(text) if one.topic and text.endswith(one.topic) else None
        if heading and heading[1] != year:
            yield year_slip(one, heading, due, Severity.HINT)
        for match in _UNTIL.finditer(text):
            is_later = date is not None and (int(match[1]), int(match[2] or 1)) > date
            if date and is_later and not _PLANNED.search(text):
                yield year_slip(one, match, f"{date[0]}年{date[1]}月以前(报告的日期)")
    yield from _siblings(statements, year)


def _is_day(match: re.Match[str]) -> bool:
    """Whether a month has that day; without a year February has 29."""
    month, day = int(match[2]), int(match[3])
    year = int(match[1]) if match[1] else 2000
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _too_early(statements: Sequence[Statement], year: str) -> Iterator[Slip]:
    """A report on a year that is dated before that year ended."""
    lines = [one.folded.text for one in statements[:3] if not one.is_cell]
    title = "".join(one for one in lines if not (_DATE.fullmatch(one) or "。" in one))
    for one in reversed(statements):
        match = None if one.is_cell or one.place.part else _DATE.fullmatch(one.folded.text)
        if match is None:
            continue
        is_whole = _ON_THE_PAST.search(title) and not _ON_A_PART.search(title)
        if year and is_whole and (match[1], int(match[2])) < (year, 12):
            yield year_slip(one, match, f"{year}年度结束以后的日期")
        return


def _date(statements: Sequence[Statement]) -> tuple[int, int] | None:
    """Year and month of the line that is a date alone, the report's own."""
    for one in reversed(statements):
        match = None if one.is_cell or one.place.part else _DATE.fullmatch(one.folded.text)
        if match:
            return int(match[1]), int(match[2])
    return None


def _siblings(statements: Sequence[Statement], year: str) -> Iterator[Slip | None]:
    """Of 1.2022年…, 2.2022年…, 3.2023年… in a row the last is of another year than the report."""
    row: list[tuple[Statement, re.Match[str]]] = []
    for one in (*statements, Statement("")):
        match = re.match(r"\d{1,2}[.、]((?:19|20)\d\d)年", one.folded.text)
        if match and not one.is_cell:
            row.append((one, match))
            continue
        odd = [pair for pair in row if pair[1][1] != year]
        if len(row) > 2 and len(odd) == 1 and year:
            yield year_slip(odd[0][0], odd[0][1], f"{year}年(前后各项都是{year}年)", Severity.HINT)
        row = []


def year_slip(
    one: Statement, match: re.Match[str], due: str, severity: Severity = Severity.ERROR
) -> Slip:
    """What is wrong about a year in a statement, and which it should be."""
    start, end = match.span()
    origin = one.folded.origin
    text = sentence(one.text, origin[start], origin[end - 1] + 1)
    return Slip(RULE, severity, one.place, text, (), one.words(start, end), due)
