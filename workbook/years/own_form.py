"""A form that a bureau drew in Excel, handed out as it is: its own file with only some cells typed.

Names and tables lead to its cells; layout, drawings and printer settings stay byte for byte.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from difflib import get_close_matches
from typing import NamedTuple

from workbook.catalogue.years import NO_ROOM
from workbook.checking.data_files import BOOK, KindError
from workbook.checking.kinds import Kind
from workbook.checking.search import FORM
from workbook.findings.place import Place
from workbook.form.behind import base_of, parts, with_typed
from workbook.form.field import Field
from workbook.form.model import RULES_SHEET
from workbook.form.sample import NOTHING, Sample, SampleValue
from workbook.laying.areas import Area, area_of
from workbook.reading.results import shows_percent, text_at
from workbook.reading.snapshot import Identity, properties_of
from workbook.reading.spots import Spot, referred
from workbook.saving.edited import Edited
from workbook.saving.elements import Typed
from workbook.saving.sheets import drop_sheet
from workbook.xlsx.addresses import address_of
from workbook.xlsx.book import Book
from workbook.xlsx.package import Package, PackageError
from workbook.years.carry import Fate, Move


def own_workbook(kind: Kind, book: bytes, sample: Sample = NOTHING) -> bytes:
    """The kind's form.xlsx with its identity, and the sample typed in where one is given.

    Raises `KindError` where the file is broken, or has no place for what the sample types.
    """
    # With Jinja and openpyxl, slow to load; most kinds have no book of their own.
    from workbook.checking.rule_sheet import has_rule_sheet  # noqa: PLC0415
    from workbook.laying.lay import lay_over  # noqa: PLC0415

    identity = Identity(kind.name, kind.form.version, kind.fingerprint.text)
    try:
        edited = Edited(book)
        if faults := [*_faults(kind, edited.book, sample)]:
            raise KindError(faults)
        typed = {**dict(_typed(kind, edited.book, sample)), **_behind(kind, edited.book, sample)}
        if typed:
            own = set(_own_formulas(kind, edited.book))
            edited.put({spot: value for spot, value in typed.items() if spot not in own})
            edited.forget_results()  # of a form that its author has saved: those of a blank one
            edited.put_results({spot: typed[spot] for spot in own if spot in typed})
        edited.say(properties_of(identity))
        edited.calculate_on_opening()
        areas = {key: _area(kind, edited.book, key) for key in kind.form.tables}
        lay_over(edited, kind.form, kind.rules, areas)
        if has_rule_sheet(edited.book, kind.form):
            drop_sheet(edited, RULES_SHEET)
        return edited.data()
    except PackageError as error:
        raise KindError([f"{kind.file(BOOK)}:{error}"]) from error


class OwnCells(NamedTuple):
    """Where a bureau's own form has what it asks, and how many rows each of its tables has.

    `places` has the cell of 基本支出, and of 项目.金额 that of the table's first row; what the form
    leaves out is not among them. What shares its cell with labels, and may with other fields, is in
    `behind`.
    """

    places: Mapping[str, Place]
    behind: Mapping[str, Place]
    room: Mapping[str, int]


def own_cells(kind: Kind, file: bytes) -> OwnCells:
    """The cells of the kind's form.xlsx; raises `KindError` where it has not got a table."""
    book = Book(Package.of(file))
    fields = kind.form.fields
    spots = {key: referred(book.names.get(key, "")) for key in fields}
    areas = {key: _area(kind, book, key) for key in kind.form.tables}
    for key, area in areas.items():
        for column, number in area.columns.items():
            spots[f"{key}.{column}"] = Spot(area.sheet, area.top, number)
    places = {
        key: Place(spot.sheet, address_of(spot.row, spot.column))
        for key, spot in spots.items()
        if spot is not None
    }
    behind = {key: place for key, place in places.items() if key in fields and fields[key].behind}
    alone = {key: place for key, place in places.items() if key not in behind}
    return OwnCells(alone, behind, {key: one.bottom - one.top + 1 for key, one in areas.items()})


def fitting(made: Sequence[Move], kind: Kind) -> Iterator[Move]:
    """The moves, those into rows that a bureau's own form has not got as such as cannot be used.

    A clerk who needed more rows than the form has put them into last year's workbook.
    """
    room = {} if kind.book is None else own_cells(kind, kind.book).room
    filled: dict[str, dict[int, None]] = {}
    for move in made:
        if move.value not in (None, "") and move.table in room:
            filled.setdefault(move.table, {})[move.row] = None
    beyond = {(key, row) for key, rows in filled.items() for row in [*rows][room[key] :]}
    for move in made:
        if move.value is not None and (move.table, move.row) in beyond:
            why = NO_ROOM(kind.form.language, table=move.table, rows=room[move.table])
            yield replace(move, fate=Fate.UNUSABLE, value=None, why=why)
        else:
            yield move


def _typed(kind: Kind, book: Book, sample: Sample) -> Iterator[tuple[Spot, Typed]]:
    for key, value in sample.fields.items():
        spot = referred(book.names.get(key, ""))
        if spot is not None and not kind.form.fields[key].behind:
            yield spot, _held(book, spot, kind.form.fields[key], value)
    for key, rows in sample.tables.items():
        area = _area(kind, book, key)
        if len(rows) > (most := area.bottom - area.top + 1):
            raise KindError([f"{kind.file(BOOK)}:表「{key}」只有 {most} 行"])
        fields = {one.key: one for one in kind.form.tables[key].column}
        for number, row in enumerate(rows, start=area.top):
            for column, value in row.items():
                spot = Spot(area.sheet, number, area.columns[column])
                if spot[1:] not in book.sheet(area.sheet).swallowed:
                    yield spot, _held(book, spot, fields[column], value)


def _faults(kind: Kind, book: Book, sample: Sample) -> Iterator[str]:
    """What of a form has no cell in the workbook, or no label in its cell."""
    lost: set[str] = set()  # sheets that were told
    for key, field in kind.form.fields.items():
        if key not in sample.fields and not field.behind:
            continue
        spot = referred(book.names.get(key, ""))
        if spot is None:
            yield (
                f"{kind.file(BOOK)}:没有叫「{key}」的单元格。请打开它,选中那一格,"
                "用“公式 > 名称管理器”加上这个名称;不要这一项了,就从 form.toml 里去掉"
            )
        elif spot.sheet in lost:
            continue
        elif spot.sheet not in book.parts:
            lost.add(spot.sheet)
            near = next(iter(get_close_matches(spot.sheet, book.parts, 1, 0.5)), "")
            meant = f",是不是「{near}」" if near else ""
            yield (
                f"{kind.file(BOOK)}:名称「{key}」指着工作表「{spot.sheet}」,没有这张表{meant}。"
                "请把表名改回来,或在“公式 > 名称管理器”里改"
            )
        elif field.behind:
            yield from _label_faults(kind, field, book, spot)


def _label_faults(kind: Kind, field: Field, book: Book, spot: Spot) -> Iterator[str]:
    """What is wrong with a field that is typed behind a label in its own cell."""
    alike = [
        key
        for key, one in kind.form.fields.items()
        if one.behind and referred(book.names.get(key, "")) == spot
    ]
    at = alike.index(field.key)
    asked = [kind.form.fields[key].behind for key in alike]
    others = [one for number, one in enumerate(asked) if number != at]
    labels = [one.label for one in parts(text_at(book, spot), {field.behind, *others})]
    again = [one for one in labels if base_of(one) == base_of(field.behind)]
    begins = f"{kind.file(FORM)}:「{field.key}」的 behind 写的是「{field.behind}」,{spot.place} "
    if field.type != "text":
        yield f'{kind.file(FORM)}:「{field.key}」的 behind 只写在 type = "text" 的字段里'
    elif field.behind not in labels:
        there = "、".join(f"「{one}」" for one in labels)
        meant = f"里有的是{there}" if there else "里没有标签和冒号"
        yield f"{begins}{meant}"
    elif field.behind in others[:at]:
        yield f"{begins}的另一个字段也是这样写的"
    elif unasked := [one for one in again if one not in (field.behind, *others)]:
        numbered = "、".join(f'behind = "{one}"' for one in unasked)
        yield f"{begins}里这个标签有 {len(again)} 处,另外的也要有字段,写 {numbered}"
    elif len(again) > 1 and asked != [one for one in labels if one in asked]:
        yield f"{begins}里的标签依次是{'、'.join(labels)},字段也要按这个顺序写"


def _behind(kind: Kind, book: Book, sample: Sample) -> dict[Spot, Typed]:
    """The cells that have labels in them, with what the sample types behind these."""
    typed: dict[Spot, dict[str, str]] = {}
    for key, value in sample.fields.items():
        spot = referred(book.names.get(key, ""))
        if spot is not None and (label := kind.form.fields[key].behind):
            typed.setdefault(spot, {})[label] = str(value)
    known = {one.behind for one in kind.form.fields.values() if one.behind}
    return {spot: with_typed(text_at(book, spot), words, known) for spot, words in typed.items()}


def _own_formulas(kind: Kind, book: Book) -> Iterator[Spot]:
    """The cells with a formula of the bureau's own, which no sample takes away."""
    fields = kind.form.fields.items()
    spots = [referred(book.names.get(key, "")) for key, field in fields if field.own_formula]
    for key, table in kind.form.tables.items():
        for column in (one.key for one in table.column if one.own_formula):
            area = _area(kind, book, key)
            rows = range(area.top, area.bottom + 1)
            spots += [Spot(area.sheet, row, area.columns[column]) for row in rows]
    for spot in spots:
        if spot and book.sheet(spot.sheet).formula(spot.row, spot.column):
            yield spot


def _held(book: Book, spot: Spot, field: Field, value: SampleValue) -> Typed:
    """What the cell of a field holds: a share where it shows a percentage."""
    is_share = field.as_share and shows_percent(book, spot)
    if is_share and isinstance(value, int | Decimal):
        return Decimal(value) / 100
    return value


def _area(kind: Kind, book: Book, key: str) -> Area:
    """Where a table of the form stands."""
    found = area_of(kind.form.tables[key], book)
    if found is None:
        raise KindError([f"{kind.file(BOOK)}:没有表「{key}」"])
    return found
