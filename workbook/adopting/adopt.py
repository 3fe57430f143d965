"""A bureau's workbook adopted: the files of a kind, as bytes and texts by name."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from workbook.adopting.calculating import differing, taken_back
from workbook.adopting.model import Asked, AskedTable, Found
from workbook.adopting.periods import settle_periods
from workbook.adopting.proposing import Proposal
from workbook.adopting.suspects import suspects
from workbook.adopting.units import unit_of_all
from workbook.adopting.writing import form_text, rules_text, sample_text
from workbook.checking.data_files import BOOK, RULES, SAMPLE
from workbook.checking.rule_sheet import CLAIM, NAME
from workbook.checking.search import FORM
from workbook.files.archive import archive_fault
from workbook.form.behind import with_typed
from workbook.form.model import RULES_SHEET
from workbook.reading.named_columns import column_name
from workbook.reading.results import text_at
from workbook.reading.spots import Spot, referred
from workbook.saving.edited import Edited
from workbook.viewing.formulas import cells_read, is_arithmetic
from workbook.viewing.views import SheetView, names_of, views
from workbook.viewing.words import labels_inside
from workbook.xlsx.addresses import column_letters, quoted_sheet
from workbook.xlsx.package import PackageError

OPEN: Final = "待定.md"
_MOST_SUSPECTS: Final = 100
Keys = Callable[[Found], Mapping[Spot, str]]


@dataclass(frozen=True)
class Adopted:
    """What a workbook is found to ask, and the files of the kind that it makes."""

    found: Found
    files: Mapping[str, bytes]

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        found = self.found
        return {
            "fields": [_told(one) for one in found.asked()],
            "tables": [
                {
                    "key": table.key,
                    "sheet": table.sheet,
                    "rows": [table.top, table.bottom],
                    "columns": [_told(one) for one in table.columns],
                }
                for table in found.tables()
            ],
            "rules": [
                {"cell": str(one.spot.place), "claim": f"{one.key} == {one.compute}"}
                for one in (*found.asked(), *(c for t in found.tables() for c in t.columns))
                if one.compute
            ],
            "suspects": [
                {"cell": str(one.spot.place), "formula": one.formula, "says": one.says}
                for one in found.suspects
            ],
            "open": list(found.open),
        }


def readable(path: Path) -> str:
    """Why a file may not be opened, "" where it may."""
    try:
        return "不是能打开的 .xlsx 文件。" if archive_fault(path) else ""
    except OSError as error:
        return f"读不了({error.strerror})。"


def adopt(kind: str, file: bytes, keys: Keys | None = None) -> Adopted:
    """The workbook as a kind called `kind`; raises `PackageError` for a broken one.

    `keys` tell of what was found at first the keys of single cells that are known already.
    """
    given = {spot: name for name, text in names_of(file).items() if (spot := referred(text))}
    sheets = {sheet.name: sheet for sheet in _views(file) if not _is_of_rules(sheet)}
    given = {spot: name for spot, name in given.items() if not _has_labels(sheets, spot)}
    found = _proposed(sheets, given, {})
    if keys is not None:
        found = _proposed(sheets, given, keys(found))
    _follow_the_book(kind, found, file)
    settle_periods(found)
    texts = {
        FORM: form_text(kind, found),
        RULES: rules_text(),
        SAMPLE: sample_text(found),
    }
    files = {name: text.encode() for name, text in texts.items() if text}
    return Adopted(found, {**files, BOOK: named_book(file, found)})


def requiring(adopted: Adopted, kind: str, keys: Collection[str]) -> Adopted:
    """The same with words that nobody had to type required, as a report without them has a gap."""
    if not keys:
        return adopted
    found = adopted.found
    for name, blocks in found.sheets.items():
        found.sheets[name] = [
            tuple(replace(one, is_required=one.is_required or one.key in keys) for one in block)
            if isinstance(block, tuple)
            else block
            for block in blocks
        ]
    return replace(adopted, files={**adopted.files, FORM: form_text(kind, found).encode()})


def _proposed(
    sheets: Mapping[str, SheetView], given: Mapping[Spot, str], keys: Mapping[Spot, str]
) -> Found:
    proposal = Proposal(given, keys, set(_read(sheets.values())), unit_of_all(sheets.values()))
    for sheet in sheets.values():
        proposal.sheet(sheet)
    found = proposal.found
    seen = list(suspects(sheets))
    found.suspects += seen[:_MOST_SUSPECTS]
    if len(seen) > _MOST_SUSPECTS:
        found.open.append(f"可疑的合计一共 {len(seen)} 处,只列了前 {_MOST_SUSPECTS} 处")
    proposal.settle()
    return found


def _follow_the_book(kind: str, found: Found, file: bytes) -> None:
    """Propose no expression that gives another figure than the book has in the formula's cell.

    The first ones wrong are taken back before those that read them, which may be right then.
    """
    while told := differing(form_text(kind, found), _with_names(Edited(file), found).data()):
        for name, blocks in found.sheets.items():
            found.sheets[name] = [taken_back(block, told) for block in blocks]
        found.open += told.values()


def _has_labels(sheets: Mapping[str, SheetView], spot: Spot) -> bool:
    """Whether labels stand in a cell, with what is typed: their words are its names."""
    sheet = sheets.get(spot.sheet)
    box = sheet.boxes.get((spot.row, spot.column)) if sheet else None
    return box is not None and bool(labels_inside(box.text))


def _is_of_rules(sheet: SheetView) -> bool:
    """Whether an author has written rules into a sheet, which stays as it is and asks nothing."""
    rows: dict[int, set[str]] = {}
    for unit in sheet.each() if sheet.name == RULES_SHEET else ():
        rows.setdefault(unit.row, set()).add(unit.text)
    return any({NAME, CLAIM} & words for words in rows.values())


def _read(sheets: Iterable[SheetView]) -> Iterator[Spot]:
    """Cells read by formulas without words: one with words may only be asking for a name."""
    for sheet in sheets:
        for unit in sheet.each():
            if unit.formula and '"' not in unit.formula:
                yield from cells_read(unit.formula, sheet.name)


def _views(file: bytes) -> list[SheetView]:
    """The sheets; whatever openpyxl makes of a bent file is that it cannot be read."""
    try:
        return views(file)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError) as error:
        raise PackageError(str(error)[:100]) from error


def named_book(file: bytes, found: Found) -> bytes:
    """The same workbook with names for what is asked, and nothing typed into it."""
    edited = _with_names(Edited(file), found)
    blank: dict[Spot, str | None] = {one.spot: None for one in found.asked() if not one.formula}
    blank |= _labels_alone(edited, found)
    for table in found.tables():
        for column in table.columns:
            for row in range(table.top, table.bottom + 1):
                spot = Spot(table.sheet, row, column.spot.column)
                formula = edited.book.sheet(table.sheet).formula(row, column.spot.column)
                if edited.is_typed(spot) or is_arithmetic(f"={formula.lstrip('=')}"):
                    blank[spot] = None
    edited.put(blank)
    edited.forget_results()
    edited.calculate_on_opening()
    edited.forget_people()
    return edited.data()


def _labels_alone(edited: Edited, found: Found) -> dict[Spot, str | None]:
    """Cells that have labels in them, without what was typed behind these."""
    labels: dict[Spot, dict[str, str]] = {}
    for one in found.asked():
        if one.behind:
            labels.setdefault(one.spot, {})[one.behind] = ""
    return {spot: with_typed(text_at(edited.book, spot), some) for spot, some in labels.items()}


def _with_names(edited: Edited, found: Found) -> Edited:
    names = {one.key: _reference(one.spot) for one in found.asked()}
    for table in found.tables():
        for column in table.columns:
            names[column_name(table.key, column.key)] = _area(table, column)
    edited.name(names)
    return edited


def _reference(spot: Spot) -> str:
    return f"{quoted_sheet(spot.sheet)}!${column_letters(spot.column)}${spot.row}"


def _area(table: AskedTable, column: Asked) -> str:
    letters = column_letters(column.spot.column)
    return f"{quoted_sheet(table.sheet)}!${letters}${table.top}:${letters}${table.bottom}"


def _told(one: Asked) -> dict[str, Any]:
    return {
        "key": one.key,
        "label": one.words,
        "type": one.type,
        "unit": one.unit,
        "decimals": one.decimals,
        "cell": str(one.spot.place),
        "compute": one.compute,
    }
