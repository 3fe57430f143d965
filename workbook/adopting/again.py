"""Next year's form beside the kind that was made of last year's: what came, went and moved."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from workbook.adopting.model import Asked, AskedTable, Found
from workbook.checking.rule_sheet import has_rule_sheet
from workbook.form.field import NUMERIC
from workbook.form.model import RULES_SHEET, Form
from workbook.form.table import Table
from workbook.reading.named_columns import column_name, named_columns
from workbook.reading.results import result_of
from workbook.reading.spots import Spot, referred
from workbook.saving.edited import Edited
from workbook.saving.sheets import add_sheet, drop_sheet
from workbook.viewing.words import bare_words
from workbook.xlsx.book import Book
from workbook.xlsx.package import MAIN, Package


@dataclass(frozen=True)
class Moves:
    """The names that a new form has and the kind does not, the other way round, and those moved.

    `changed` are formulas that say something else now, and units that are others, `known` how many
    names both have.

    `moved` says 「合同总数」:采购情况!C5 → 采购情况!C6 of a cell that is a row further down.
    """

    new: tuple[str, ...]
    gone: tuple[str, ...]
    moved: tuple[str, ...]
    changed: tuple[str, ...]
    known: int
    renamed: tuple[str, ...] = ()  # columns that have other heads in their old places


def kept_keys(form: Form, names: Mapping[str, str], found: Found) -> dict[Spot, str]:
    """The keys of cells that ask on the same sheet in the same words as in the kind's workbook.

    Without them a new sheet in front, with a label of the same words, would take their keys.
    """
    places = ((key, referred(names.get(key, ""))) for key in form.fields)
    before = {(spot.sheet, bare_words(form.fields[key].name)): key for key, spot in places if spot}
    single = [
        one
        for blocks in found.sheets.values()
        for block in blocks
        if isinstance(block, tuple)
        for one in block
        if not one.behind
    ]
    counts = Counter((one.spot.sheet, one.words) for one in single)
    return {
        one.spot: before[place]
        for one in single
        if counts[place := (one.spot.sheet, one.words)] == 1 and place in before
    }


def keep_columns(form: Form, found: Found) -> tuple[str, ...]:
    """Give columns with another head the key that the kind has for the column of their place.

    It is done where one column takes the same as the one that is gone, and to its totals; what was
    done is told.
    """
    _keep_labels(form, found)
    told: list[str] = []
    heads: dict[str, str] = {}  # the old key by the new one
    for name, blocks in found.sheets.items():
        found.sheets[name] = [
            _with_old_keys(block, form.tables[block.key], told, heads)
            if isinstance(block, AskedTable) and block.key in form.tables
            else block
            for block in blocks
        ]
    for name, blocks in found.sheets.items() if heads else ():
        found.sheets[name] = [
            tuple(_of_old_head(one, heads, form) for one in block)
            if isinstance(block, tuple)
            else block
            for block in blocks
        ]
    return tuple(told)


def _keep_labels(form: Form, found: Found) -> None:
    """Give what stands behind a label in its own cell the key that the kind has for that label."""
    said = [(sheet.name, one.behind) for sheet in form.sheet for one in sheet.fields if one.behind]
    asked = [(one.spot.sheet, one.behind) for one in found.asked() if one.behind]
    labels = {
        (sheet.name, field.behind): field.key
        for sheet in form.sheet
        for field in sheet.fields
        if said.count((sheet.name, field.behind)) == 1
    }
    taken = {one.key for one in found.asked()}

    def kept(one: Asked) -> Asked:
        place = one.spot.sheet, one.behind
        key = labels.get(place, one.key) if asked.count(place) == 1 else one.key
        return one if key in taken else replace(one, key=key)

    for name, blocks in found.sheets.items():
        found.sheets[name] = [
            tuple(map(kept, block)) if isinstance(block, tuple) else block for block in blocks
        ]


def _of_old_head(one: Asked, heads: Mapping[str, str], form: Form) -> Asked:
    """A total under the key that it had while its column had another head: 预算金额合计."""
    if one.key in form.fields:
        return one
    keys = (one.key.replace(new, old, 1) for new, old in heads.items() if one.key.startswith(new))
    return next((replace(one, key=key) for key in keys if key in form.fields), one)


def _with_old_keys(
    table: AskedTable, old: Table, told: list[str], heads: dict[str, str]
) -> AskedTable:
    known, there = [one.key for one in old.column], {one.key for one in table.columns}
    columns = list(table.columns)
    for at, one in enumerate(columns[: len(known)]):
        before = old.column[at]
        is_other = one.key not in known and before.key not in there
        if is_other and before.is_number == (one.type in NUMERIC):
            columns[at] = replace(one, key=before.key)
            heads[one.key] = before.key
            told.append(
                f"{one.spot.place}「{table.key}」的「{before.name}」现在叫「{one.words}」,仍作同一列"
            )
    return replace(table, columns=tuple(columns))


def moves(form: Form, names: Mapping[str, str], old: Found, found: Found) -> Moves:
    """What differs between a kind's form, its own workbook and the names in it, and the new one."""
    there = {one.key: str(one.spot.place) for one in found.asked()}
    for table in found.tables():
        for column in table.columns:
            there[column_name(table.key, column.key)] = str(column.spot.place)
    asked = [*form.fields]
    for table_key, own in form.tables.items():
        asked += [column_name(table_key, column.key) for column in own.column]
    before = dict(_places(form, names))
    return Moves(
        tuple(f"{place}「{key}」" for key, place in there.items() if key not in asked),
        tuple(f"「{key}」" for key in asked if key not in there),
        tuple(
            f"「{key}」:{before[key]} → {place}{_doubt(before[key], place)}"
            for key, place in there.items()
            if key in before and before[key] != place
        ),
        (*_changed(form, found), *_otherwise(form, old, found)),
        sum(key in there for key in asked),
    )


def _changed(form: Form, found: Found) -> Iterator[str]:
    """Cells whose formula in the new form is not what `compute` says."""
    fields = dict(form.fields)
    for table in form.tables.values():
        fields |= {f"{table.key}.{column.key}": column for column in table.column}
    for name, one in _all(found):
        field = fields.get(name)
        if field is not None and field.compute != one.compute:
            old = field.compute or "要填的数"
            new = one.compute or f"看不懂的公式 {one.formula}" * one.is_own_formula or "要填的数"
            yield f"{one.spot.place}「{name}」:form.toml 里是 {old},新表是 {new}"


def _otherwise(form: Form, old: Found, found: Found) -> Iterator[str]:
    """Cells of both workbooks that have another unit now, or another formula nobody understands."""
    before = dict(_all(old))
    for key, one in _all(found):
        was, field = before.get(key), form.fields.get(key)
        if was is None:  # a blank cell of the kind's workbook may show nothing of what it asks
            if field is not None and one.unit and field.unit not in ("", one.unit):
                yield f"{one.spot.place}「{key}」:form.toml 里是 {field.unit},新表是 {one.unit}"
            continue
        if _unit(was) != _unit(one):
            yield f"{one.spot.place}「{key}」:单位原来是 {_unit(was)},新表是 {_unit(one)}"
        is_unread = was.is_own_formula and one.is_own_formula
        if is_unread and was.spot == one.spot and was.formula != one.formula:
            yield f"{one.spot.place}「{key}」:公式原来是 {was.formula},新表是 {one.formula}"


def _all(found: Found) -> Iterator[tuple[str, Asked]]:
    yield from ((one.key, one) for one in found.asked())
    for table in found.tables():
        yield from ((f"{table.key}.{one.key}", one) for one in table.columns)


def _unit(one: Asked) -> str:
    return f"{one.unit}(按百分比显示)" if one.is_percent else one.unit or "(没有)"


def _doubt(before: str, now: str) -> str:
    """What is to be asked where a name has gone to another sheet: two may ask alike."""
    is_same = before.rpartition("!")[0] == now.rpartition("!")[0]
    return "" if is_same else ",换了工作表,请核对是不是同一项"


def _places(form: Form, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key in form.fields:
        if spot := referred(names.get(key, "")):
            yield key, str(spot.place)
    for key, table in form.tables.items():
        led = named_columns(table, names)
        if led is None:
            continue
        for column, number in led.columns.items():
            yield column_name(key, column), str(Spot(led.sheet, led.top, number).place)


def with_rules_of(old: bytes, new: bytes, form: Form) -> bytes:
    """Next year's workbook with the rules that an author has written into last year's."""
    source, edited = Book(Package.of(old)), Edited(new)
    if not has_rule_sheet(source, form):
        return new
    if RULES_SHEET in edited.book.parts:
        drop_sheet(edited, RULES_SHEET)
    sheet = etree.Element(f"{MAIN}worksheet", nsmap={None: MAIN.strip("{}")})  # type: ignore[dict-item]
    etree.SubElement(sheet, f"{MAIN}sheetData")
    add_sheet(edited, RULES_SHEET, sheet)
    made = Edited(edited.data())
    made.put(
        {
            Spot(RULES_SHEET, row, column): str(value)
            for (row, column), cell in source.sheet(RULES_SHEET).cells.items()
            if (value := result_of(cell, source).value) not in (None, "")
        }
    )
    return made.data()
