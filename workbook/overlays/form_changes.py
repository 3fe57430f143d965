"""The few lines of an overlay's form.toml laid over the form that it extends."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import fields

from workbook.form.field import Fields
from workbook.form.grid import GridRow
from workbook.overlays.additions import Additions
from workbook.overlays.laid import FIXED, Changes, Laid, is_names, misshapen, numbered, unknown
from workbook.overlays.spots import UNTOLD, Data, Sort, Spot, find, spots

_PLAIN: Final = ("title", "report_name", "guide")
_WHERE: Final = ("at", "what")


class FormChanges(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole of an overlay's `form.toml`; `version` counts its own changes.

    kind = "部门_醴陵"
    extends = "department"
    [[drop]]
    at = "所属单位数"
    """

    kind: str
    extends: str
    version: Annotated[int, Meta(ge=1)] | None = None
    title: str | None = None
    report_name: str | None = None
    guide: tuple[str, ...] | None = None
    change: tuple[dict[str, Any], ...] = ()
    drop: tuple[dict[str, Any], ...] = ()
    add: tuple[dict[str, Any], ...] = ()
    function: tuple[dict[str, Any], ...] = ()


def lay_form(base: Data, own: Data) -> Laid:
    """A form's data with an overlay's changes; `own` has the shape of `FormChanges`."""
    form = _Form(deepcopy(base), msgspec.convert(own, FormChanges))
    return Laid(form.data, list(form.laid()), form.entries)


class _Form:
    """A form that is being changed. Every name is that of the base, whatever was changed before."""

    def __init__(self, data: Data, own: FormChanges) -> None:
        self.data = data
        self._own = own
        self._spots = spots(data)
        self._changes = Changes()
        self._gone: dict[int, str] = {}
        self.entries: dict[str, list[str]] = {}

    def laid(self) -> Iterator[str]:
        """Change everything; yields what is wrong."""
        yield from self._plain()
        drops = list(self._drops())  # known first, done last: what is dropped still names a place
        yield from (fault for fault in drops if isinstance(fault, str))
        yield from self._changed()
        additions = Additions(self._spots, self._gone, self.entries)
        for entry, one in numbered("add", self._own.add):
            yield from (f"{entry}:{f}" for f in additions.add(one, self.data, entry))
        for spot in drops:
            if isinstance(spot, Spot):
                _take_out(spot)
        yield from self._emptied()

    def _emptied(self) -> Iterator[str]:
        """The blocks of which everything was dropped, and not they themselves."""
        for spot in self._spots:
            if spot.sort is Sort.BLOCK and not self._lost(spot):
                held = ("field",) if spot.shape is Fields else ("column", "row")
                if any(spot.data.get(name) == [] for name in held):
                    yield f"{spot}里什么也不剩,请把它整个写进 [[drop]]"

    def _plain(self) -> Iterator[str]:
        own = self._own
        self.data["kind"] = own.kind
        self.data["version"] += own.version or 0
        if own.function:  # beside those of the base
            self.data["function"] = [*self.data.get("function", ()), *own.function]
        for name in _PLAIN:
            value = getattr(own, name)
            if value is not None and self.data.get(name) == value:
                yield f"{name} 和「{own.extends}」的一样,不用写"
            elif value is not None:
                self.data[name] = value

    def _drops(self) -> Iterator[Spot | str]:
        for entry, one in numbered("drop", self._own.drop):
            yield from (f"{entry}:[[drop]] 里没有 {key} 这一项" for key in one.keys() - {*_WHERE})
            for spot in self._found(entry, one):
                if isinstance(spot, str):
                    yield spot
                elif spot.sort is Sort.CELL:
                    yield f"{entry}:{spot}不能单独去掉,请改它那一行的 only"
                elif fault := self._lost(spot):
                    yield f"{entry}:{fault}"
                else:
                    self._gone[id(spot)] = entry
                    self._noted(spot, entry)
                    yield spot

    def _changed(self) -> Iterator[str]:
        for entry, one in numbered("change", self._own.change):
            own = {name: value for name, value in one.items() if name not in _WHERE}
            if not own:
                yield f"{entry}:没有写要改什么"
            for spot in self._found(entry, one):
                if isinstance(spot, str):
                    yield spot
                elif fault := self._lost(spot):
                    yield f"{entry}:{fault}"
                else:
                    self._noted(spot, entry)
                    yield from (f"{entry}:{spot}:{f}" for f in self._change(spot, own, entry))

    def _change(self, spot: Spot, own: Data, entry: str) -> Iterator[str]:
        fixed = FIXED | ({"type"} if spot.sort is Sort.BLOCK else set())
        away = own.get("without", [])
        named = [*own, *away] if is_names(away) else own
        if wrong := [name for name in named if name in fixed]:
            yield f"{wrong[0]} 不能这样改,请用 [[drop]] 去掉、用 [[add]] 加上"
            return
        if spot.sort is not Sort.CELL:
            yield from self._changes.lay(spot.data, own, spot.shape, entry)
            yield from misshapen(spot.data, spot.shape)
        else:
            yield from self._change_cell(spot, own, entry)

    def _change_cell(self, spot: Spot, own: Data, entry: str) -> Iterator[str]:
        known = [one.encode_name for one in fields(spot.shape)]
        for name in sorted(own.keys() - {*known, "without"}):
            yield unknown(name, known)
        inner = {name: value for name, value in own.items() if name in known}
        cell: Data = {"cells": {spot.column: inner}} if inner else {}
        if is_names(names := own.get("without", [])):
            cell["without"] = [f"cells.{spot.column}.{name}" for name in names]
        yield from self._changes.lay(spot.data, cell, GridRow, entry)
        yield from misshapen(spot.data, GridRow)

    def _found(self, entry: str, one: Data) -> Iterator[Spot | str]:
        """What an entry's `at` names, or what is wrong with it."""
        at, what = one.get("at"), one.get("what")
        names = [at] if isinstance(at, str) else at
        if not names or not is_names(names):
            yield f'{entry}:at 要写名称,如 at = "基本情况.联系电话"'
            return
        if what is not None and what not in list(Sort):
            yield f"{entry}:what 只能是 {'、'.join(Sort)}"
            return
        for name in names:
            found = find(self._spots, name, UNTOLD if what is None else [Sort(what)])
            yield f"{entry}:{found}" if isinstance(found, str) else found

    def _lost(self, spot: Spot) -> str:
        """Why there is nothing left to be changed."""
        gone = (self._gone.get(id(one)) for one in (spot, *spot.above))
        return next((f"{spot}已经去掉了({entry})" for entry in gone if entry), "")

    def _noted(self, spot: Spot, entry: str) -> None:
        for name in (spot.names[0], *(one.names[0] for one in spot.above)):
            self.entries.setdefault(name, []).append(entry)


def _take_out(spot: Spot) -> None:
    """Remove it, and from the rows beside it what they say of a column that goes."""
    spot.among[:] = [one for one in spot.among if one is not spot.data]
    if spot.sort is not Sort.COLUMN:
        return
    key = spot.data["key"]
    for row in spot.above[-1].data.get("row", ()):
        for name in ("cells", "given", "compute"):
            if isinstance(row.get(name), dict):
                row[name].pop(key, None)
        if len(row.get("only", ())) > 1:
            row["only"] = [name for name in row["only"] if name != key]
