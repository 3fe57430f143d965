"""汇总.xlsx: how each unit stands, who has handed in none or too many, and the main figures."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec.structs import replace
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from docgen.batch.ledger import Entry
from docgen.batch.model import Status
from docgen.batch.settling import Settled
from docgen.batch.sheets import (
    HEAD_ROW,
    bytes_of,
    fill_later,
    new_book,
    new_sheet,
    put_figure,
    put_message,
    put_text,
)
from docgen.batch.units import Units, folded
from workbook.across.summing import ranked_or_none
from workbook.checking.data_files import KindError
from workbook.checking.kinds import find_kind
from workbook.form.field import Field
from workbook.making.styles import CENTRED, FIGURE, LINK, PLAIN, dress
from workbook.saving.book import FormBook

_MOST_LINKS: Final = 65_000  # of a sheet; Excel takes 65,530
_UNITS: Final = ("万元", "元", "分", "%")
_MOST_FIGURES: Final = 24  # of a kind
_COLUMNS: Final = (
    *(("单位", 28.0), ("单位代码", 14.0), ("上级", 18.0), ("种类", 14.0), ("状态", 9.0)),
    *(("错误", 7.0), ("提醒", 7.0), ("得分", 9.0), ("报告", 9.0), ("退回", 9.0)),
    *(("工作簿", 36.0), ("说明", 70.0)),
)
_FILLS: Final = {
    **dict.fromkeys((Status.WRONG, Status.UNREADABLE, Status.LATE), "FFF8CBAD"),
    **dict.fromkeys((Status.DOUBLE, Status.MISSING), "FFFFE699"),
}
Figures = Callable[[str], Mapping[str, str]]  # the single values of the workbook at a path


def summary(settled: Settled, units: Units, figures: Figures, templates: Path | None) -> bytes:
    """The file's bytes; the same entries and figures give the same."""
    book = new_book()
    entries = settled.entries
    above = {(folded(one.name), folded(one.code)): one.above for one in units.all}
    scores = {kind: _score(kind, templates) for kind in {one.kind for one in entries if one.kind}}
    sheets: dict[str, Sequence[Entry]] = {
        "汇总": entries,
        "未交": [one for one in entries if one.status is Status.MISSING],
        "重复": [one for one in entries if one.status is Status.DOUBLE],
        "未定": [one for one in entries if one.path in settled.doubts],
    }
    for title, listed in sheets.items():
        sheet = new_sheet(book, title, _counts(listed), _COLUMNS)
        rows = _listed(sheet, listed, above, scores, figures)
        fill_later(book, sheet, len(listed), len(_COLUMNS), rows)
    for kind in sorted({one.kind for one in entries if one.path and one.kind}):
        _main_figures(book, kind, entries, figures, templates)
    return bytes_of(book)


def _listed(
    sheet: Worksheet,
    entries: Iterable[Entry],
    above: Mapping[tuple[str, str], str],
    scores: Mapping[str, str],
    figures: Figures,
) -> Iterator[int]:
    """Put the entries into the sheet, a row each."""
    for row, one in enumerate(entries, start=HEAD_ROW + 1):
        said = figures(one.path) if one.path else {}
        _list(sheet, row, one, above, said.get(scores.get(one.kind, ""), ""))
        yield row


def _counts(entries: Sequence[Entry]) -> str:
    found = ((word, sum(one.status is word for one in entries)) for word in Status)
    return f"共 {len(entries)} 行:" + "、".join(f"{word} {n}" for word, n in found if n)


def _score(kind: str, templates: Path | None) -> str:
    """The figure by which units are ranked first; "" of a kind that has none, or is gone."""
    return next((one.key for one in ranked_or_none(kind, templates)), "")


def _list(
    sheet: Worksheet,
    row: int,
    one: Entry,
    above: Mapping[tuple[str, str], str],
    score: str,
) -> None:
    texts = (one.unit, one.code, above.get((folded(one.unit), folded(one.code)), ""), one.kind)
    for column, text in enumerate(texts, start=1):
        put_text(sheet, row, column, text, PLAIN)
    fill = _FILLS.get(one.status)
    put_text(sheet, row, 5, one.status, replace(CENTRED, fill=fill))
    for column, count in ((6, one.errors), (7, one.warnings)):
        dress(sheet.cell(row, column, count if one.path else None), FIGURE)
    put_figure(sheet, row, 8, score)
    for column, path, word in ((9, one.report, "报告"), (10, one.annotated, "退回")):
        is_linked = row * 2 < _MOST_LINKS
        put_text(sheet, row, column, (word if is_linked else path) if path else "", LINK)
        if path and is_linked:
            sheet.cell(row, column).hyperlink = Hyperlink(
                sheet.cell(row, column).coordinate, target=_address(path)
            )
    put_text(sheet, row, 11, one.path or "", PLAIN)
    put_message(sheet, row, 12, one.message)


def _address(path: str) -> str:
    """A path beside the file as a link has it: these signs mean something else in links."""
    for sign in "% #?":
        path = path.replace(sign, f"%{ord(sign):02X}")
    return path


def main_fields(kind: str, templates: Path | None) -> list[Field]:
    """The single figures of a kind that a summary lists; none where the kind is gone."""
    try:
        form = find_kind(kind, templates).form
    except KindError:
        return []
    return [one for one in form.fields.values() if one.is_number and one.unit in _UNITS]


def _main_figures(
    book: FormBook, kind: str, entries: Iterable[Entry], figures: Figures, templates: Path | None
) -> None:
    fields = main_fields(kind, templates)[:_MOST_FIGURES]
    if not fields:
        return
    heads = [("单位", 28.0), ("单位代码", 14.0), ("状态", 9.0)]
    heads += [(f"{one.name}({one.unit})", 16.0) for one in fields]
    sheet = new_sheet(book, f"数据 {kind}", f"{kind} 的主要数据,全部数据在台账里", heads)
    of_kind = [one for one in entries if one.path and one.kind == kind]
    fill_later(book, sheet, len(of_kind), len(heads), _figures(sheet, of_kind, fields, figures))


def _figures(
    sheet: Worksheet, entries: Iterable[Entry], fields: Sequence[Field], figures: Figures
) -> Iterator[int]:
    """Put the main figures of workbooks into the sheet, a row each."""
    for row, one in enumerate(entries, start=HEAD_ROW + 1):
        said = figures(one.path or "")
        for column, text in enumerate((one.unit, one.code, one.status), start=1):
            put_text(sheet, row, column, text, PLAIN)
        for column, field in enumerate(fields, start=4):
            put_figure(sheet, row, column, said.get(field.key, ""))
        yield row
