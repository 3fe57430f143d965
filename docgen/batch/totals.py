"""The workbook of a bureau's totals: sums by level, the units beside one another, who is not in."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from docgen.batch.consolidating import (
    Level,
    Part,
    added,
    levels,
    score_of,
    summed_fields,
)
from docgen.batch.ledger import Entry, Ledger
from docgen.batch.model import LEDGER, Status
from docgen.batch.sheets import HEAD_ROW, bytes_of, new_book, new_sheet, put_figure, put_text
from docgen.batch.units import Units, unit_key
from docgen.report.given_faults import DataError
from workbook.checking.kinds import find_kind
from workbook.form.model import Field
from workbook.making.styles import FIGURE, PLAIN, dress
from workbook.saving.book import FormBook

_WIDTH = 16.0
_NOT_LISTED = "不在名单里"


def consolidated(out: Path, units: Units, templates: Path | None) -> tuple[bytes, int, int]:
    """The file's bytes, how many workbooks are in the sums, and how many rows are not.

    Only workbooks that are 通过 or 有警告 and of a unit of the list are counted; the others are
    listed. Raises `DataError` where the batch in `out` is not done, `KindError` for a kind that is
    gone.
    """
    if not (out / LEDGER).is_file():
        raise DataError(f"「{out}」里没有台账。请先运行 gouji batch")
    ledger = Ledger(out / LEDGER)
    try:
        if not ledger.is_settled:
            raise DataError(f"「{out}」里的批量没有做完。请先再运行一次 gouji batch")
        return _book(ledger, units, templates)
    finally:
        ledger.close()


def _book(ledger: Ledger, units: Units, templates: Path | None) -> tuple[bytes, int, int]:
    book, groups, left_out = new_book(), _grouped(ledger, units), _left_out(ledger, units)
    for (kind, year), entries in sorted(groups.items()):
        fields = summed_fields(find_kind(kind, templates).form)
        parts = [Part(one, year, _sums(ledger, one, fields)) for one in entries]
        label = f"{kind} {year}".strip()
        used = [key for key in fields if any(key in part.sums for part in parts)]
        shown = {key: fields[key] for key in used}
        _write_levels(book, label, levels(parts, kind, units), shown, bool(left_out))
        _write_units(book, label, parts, shown, ledger)
    _write_left_out(book, left_out)
    return bytes_of(book), sum(map(len, groups.values())), len(left_out)


def _grouped(ledger: Ledger, units: Units) -> dict[tuple[str, str], list[Entry]]:
    """The workbooks that count, by kind and period: two of one unit are never added up."""
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry, year in ledger.entries():
        if entry.path and entry.status.is_fit and units.lists(entry.unit, entry.code):
            groups.setdefault((entry.kind, year), []).append(entry)
    return groups


def _left_out(ledger: Ledger, units: Units) -> list[Entry]:
    """The workbooks that do not count, and the units that have handed in none."""
    found = []
    for entry, _ in ledger.entries():
        if not entry.status.is_fit:
            found.append(entry)
        elif not units.lists(entry.unit, entry.code):
            message = "。".join(filter(None, (_NOT_LISTED, entry.message)))
            found.append(replace(entry, message=message))
    known = {unit_key(one.unit, one.code) for one, _ in ledger.entries()}
    found += [
        Entry(None, one.name, one.code, one.kind, Status.MISSING)
        for one in units.all
        if unit_key(one.name, one.code) not in known
    ]
    return found


def _sums(ledger: Ledger, entry: Entry, fields: Mapping[str, Field]) -> dict[str, Decimal]:
    """The amounts of a workbook; a column of a table added up."""
    numbers = ledger.numbers(entry.path or "")
    return dict(added({key: Decimal(text)} for key, text in numbers if key in fields))


def _heads(fields: Mapping[str, Field]) -> list[tuple[str, float]]:
    """The columns of the figures: a table's are called by the table too."""
    tables = [f"{key.partition('.')[0]}." if "." in key else "" for key in fields]
    names = zip(tables, fields.values(), strict=True)
    return [(f"{table}{one.name}({one.unit})", _WIDTH) for table, one in names]


def _write_levels(
    book: FormBook,
    label: str,
    found: Sequence[Level],
    fields: Mapping[str, Field],
    is_partial: bool,
) -> None:
    heads = [("单位", 30.0), ("层级", 7.0), ("应交", 7.0), ("计入", 7.0), *_heads(fields)]
    partial = ";有没有计入的,见“未计入”" if is_partial else ""
    told = f"逐级合计,只计入“通过”和“有警告”的{partial}"
    sheet = new_sheet(book, f"合计 {label}", told, heads)
    for row, one in enumerate(found, start=HEAD_ROW + 1):
        put_text(sheet, row, 1, "  " * one.depth + one.name, PLAIN)
        for column, count in enumerate((one.depth, one.due, one.counted), start=2):
            dress(sheet.cell(row, column, count), FIGURE)
        _put_sums(sheet, row, 5, one.sums, fields)


def _write_units(
    book: FormBook, label: str, parts: Sequence[Part], fields: Mapping[str, Field], ledger: Ledger
) -> None:
    """The units, those with the highest score first."""
    heads = [("单位", 30.0), ("单位代码", 14.0), ("得分", 9.0), ("名次", 7.0), *_heads(fields)]
    sheet = new_sheet(book, f"单位 {label}", "各单位的数,按得分从高到低", heads)
    scores = {part.entry.path: score_of(ledger.figures(part.entry.path or "")) for part in parts}
    known = [score for score in scores.values() if score is not None]
    ordered = sorted(parts, key=lambda part: place_of(scores[part.entry.path], known))
    for row, part in enumerate(ordered, start=HEAD_ROW + 1):
        score = scores[part.entry.path]
        put_text(sheet, row, 1, part.entry.unit, PLAIN)
        put_text(sheet, row, 2, part.entry.code, PLAIN)
        put_figure(sheet, row, 3, "" if score is None else str(score))
        place = None if score is None else place_of(score, known)
        dress(sheet.cell(row, 4, place), FIGURE)
        _put_sums(sheet, row, 5, part.sums, fields)


def place_of(score: Decimal | None, known: Sequence[Decimal]) -> int:
    """The place of a score among those known, 1 the highest; behind all where there is none."""
    return 1 + (len(known) if score is None else sum(other > score for other in known))


def _put_sums(
    sheet: Worksheet,
    row: int,
    first: int,
    sums: Mapping[str, Decimal],
    fields: Mapping[str, Field],
) -> None:
    for column, (key, field) in enumerate(fields.items(), start=first):
        put_figure(sheet, row, column, f"{sums[key]:f}" if key in sums else "", field.places)


def _write_left_out(book: FormBook, entries: Sequence[Entry]) -> None:
    columns = [
        *(("单位", 30.0), ("单位代码", 14.0), ("种类", 14.0), ("状态", 9.0)),
        *(("工作簿", 36.0), ("说明", 70.0)),
    ]
    sheet = new_sheet(book, "未计入", f"没有计入合计的,共 {len(entries)} 行", columns)
    for row, one in enumerate(entries, start=HEAD_ROW + 1):
        texts = (one.unit, one.code, one.kind, one.status, one.path or "", one.message)
        for column, text in enumerate(texts, start=1):
            put_text(sheet, row, column, text, PLAIN)
