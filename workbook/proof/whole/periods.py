"""Years that are one off, judged by the year and the kind of the document."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from workbook.proof.model import Severity, Slip, Statement
from workbook.proof.whole.facts import document_year
from workbook.proof.whole.years import year_slip

_TITLES: Final = 3  # statements that may be the title
_SEEN: Final = 3  # times that a year stands in a text which is of that year
_KINDS: Final = re.compile(r"决算|自评|绩效评价|预算")
_ON_A_PART: Final = re.compile(r"半年|季度|\d月|中期|监控|执行情况|调整")
_ANY: Final = re.compile(r"((?:19|20)\d\d)年(?!\d{1,2}月)")
_UNTIL_END: Final = re.compile(r"截[至止]到?((?:19|20)\d\d)年(?:12月(?:31日|末|底)?|年?[底末])")
_SPENT: Final = (
    r"(?:支出决算|[收支][入出][总合]计|机关运行经费支出|政府采购支出|财政拨款支出|决算数)"
)
_OUTTURN: Final = re.compile(rf"((?:19|20)\d\d)年度?[^,;。:()\d]{{0,24}}?{_SPENT}")
_SUBJECT: Final = re.compile(rf"((?:19|20)\d\d)年度?,?[^,;。:()\d]{{0,24}}?{_SPENT}")
_BASE: Final = re.compile(r"(?:[比较]|[与同](?=[^,;。]{0,12}相比))((?:19|20)\d\d)年(?!\d)")
_PLANNED: Final = re.compile(r"计划|预计|力争|目标|拟|将|预算|安排")
_OTHER_YEAR: Final = re.compile(r"上年|去年|本年|今年|当年|同期")


class _Report(NamedTuple):
    """The year that a document is of, and whether it looks back on it."""

    year: int
    is_past: bool
    is_account: bool


def odd_periods(statements: Sequence[Statement]) -> Iterator[Slip | None]:
    """Each year that a report of another one cannot mean."""
    prose = [one for one in statements if not one.is_cell]
    yield from _title(prose, statements)
    report = _report(statements)
    if report is None:
        return
    bases = Counter(year for one in prose for year in _BASE.findall(one.folded.text))
    for one in prose:
        if report.is_account or not report.is_past:  # 绩效评价 may be of an earlier year's money
            yield from _ends(one, report)
        yield from _outturns(one, report) if report.is_account else ()
        yield from _bases(one, report, bases)


def _report(statements: Sequence[Statement]) -> _Report | None:
    year = document_year(statements)
    title = "".join(one.folded.text for one in statements[:_TITLES] if "。" not in one.text)
    if not year or not _KINDS.search(title) or _ON_A_PART.search(title):
        return None
    is_past = bool(re.search(r"决算|自评|绩效评价", title))
    return _Report(int(year), is_past, "决算" in title and "预算" not in title)


def _title(prose: Sequence[Statement], statements: Sequence[Statement]) -> Iterator[Slip | None]:
    """A title of a year that the text never speaks of, where it often speaks of the next one."""
    head = next((one for one in prose[:_TITLES] if _ANY.search(one.folded.text)), None)
    if head is None or not _KINDS.search(head.folded.text):
        return
    years = _ANY.findall(head.folded.text)
    rest = Counter(
        year for one in statements if one is not head for year in _ANY.findall(one.folded.text)
    )
    if len(set(years)) != 1 or rest[years[0]] or not rest:
        return
    (common, times), *_ = rest.most_common()
    if times >= _SEEN and abs(int(common) - int(years[0])) == 1:
        match = _ANY.search(head.folded.text)
        assert match is not None
        yield year_slip(head, match, f"{common}年(正文是{common}年)")


def _ends(one: Statement, report: _Report) -> Iterator[Slip | None]:
    """截至…年12月31日 of a year that had not ended: of a budget its own, of others the next."""
    for match in _UNTIL_END.finditer(one.folded.text):
        last = report.year if report.is_past else report.year - 1
        if int(match[1]) <= last:
            yield None
        elif not re.search(r"预计|计划|力争|将|拟", one.folded.text):
            yield year_slip(one, match, f"{last}年(这是{report.year}年度的)", Severity.HINT)


def _outturns(one: Statement, report: _Report) -> Iterator[Slip | None]:
    """2024年度…支出决算 in the account of 2023; 2022年度…支出总额 where no other year is named."""
    text = one.folded.text
    for match in _OUTTURN.finditer(text):
        is_base = _BASE.search(text[max(match.start() - 1, 0) : match.end()])
        if int(match[1]) == report.year + 1 and not (is_base or _PLANNED.search(match[0])):
            yield year_slip(one, match, f"{report.year}年(这是{report.year}年度的决算)")
    first = _SUBJECT.match(text)
    is_alone = first and not _OTHER_YEAR.search(text) and f"{report.year}年" not in text
    if first and is_alone and int(first[1]) == report.year - 1 and text.endswith("。"):
        yield year_slip(one, first, f"{report.year}年(这是{report.year}年度的决算)", Severity.HINT)


def _bases(one: Statement, report: _Report, bases: Counter[str]) -> Iterator[Slip | None]:
    """A comparison with a year to come, or with one before the last where no other does so."""
    for match in _BASE.finditer(one.folded.text):
        year = int(match[1])
        is_lone = bases[match[1]] == 1 and bases[str(report.year - 1)] >= _SEEN
        is_own = f"{report.year}年" in one.folded.text[: match.start()]
        is_late = year == report.year + 1 and "预算" not in one.folded.text[match.end() :][:3]
        if is_late or (is_own and is_lone and year == report.year - 2):
            severity = Severity.ERROR if is_late else Severity.HINT
            yield year_slip(one, match, f"{report.year - 1}年(与上一年比)", severity)
