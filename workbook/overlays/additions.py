"""What an overlay adds to a form, and the place that it says."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from msgspec import Struct

from workbook.form.card import Card
from workbook.form.field import Field, Fields
from workbook.form.grid import Grid, GridRow
from workbook.form.model import Sheet
from workbook.form.sections import Section
from workbook.form.table import GivenRow, Table
from workbook.overlays.laid import misshapen
from workbook.overlays.spots import Data, Sort, Spot, find, of_block, of_section, of_sheet, single

_ADDED: Final = tuple(sort for sort in Sort if sort is not Sort.CELL)
_PLACES: Final = ("after", "before", "in")
_HOLDERS: Final[dict[Sort, tuple[type[Struct], ...]]] = {
    Sort.BLOCK: (Sheet,), Sort.FIELD: (Fields,), Sort.COLUMN: (Grid, Table), Sort.ROW: (Grid, Table)
}  # fmt: skip
_IN_WORDS: Final = {
    Sort.BLOCK: "工作表", Sort.FIELD: ' type = "fields" 的块',
    Sort.COLUMN: ' type = "table" 或 "grid" 的块', Sort.ROW: ' type = "table" 或 "grid" 的块',
}  # fmt: skip


@dataclass(frozen=True)
class Slot:
    """Where to add: a list of neighbours, in what they stand, and the one to stand beside."""

    among: list[Data]
    holder: Spot | None = None
    beside: Spot | None = None
    is_after: bool = False


class Additions:
    """Adds to a form's data what entries say. A place is named as it is in the base."""

    def __init__(
        self, among: Collection[Spot], gone: Mapping[int, str], entries: dict[str, list[str]]
    ) -> None:
        self._spots = among
        self._gone = gone
        self._entries = entries
        self._last: dict[int, Data] = {}  # what was added last behind something
        here = (spot for spot in among if not self._is_gone(spot))
        self._taken = {key: spot for spot in here if (key := _key(spot))}

    def add(self, one: Data, form: Data, entry: str) -> Iterator[str]:
        """Do what an entry says; yields what is wrong with it."""
        sorts = [sort for sort in _ADDED if sort in one]
        for name in sorted(one.keys() - {*_PLACES, *_ADDED}):
            yield f"[[add]] 里没有 {name} 这一项"
        if len(sorts) != 1:
            yield f"要写加什么,只写一种:{'、'.join(f'[[add.{sort}]]' for sort in _ADDED)}"
            return
        slot = self._slot(sorts[0], one, form)
        if isinstance(slot, str):
            yield slot
            return
        news = one[sorts[0]]
        for new in news if isinstance(news, list) else [news]:
            yield from self._put(new, sorts[0], slot, entry)

    def _slot(self, sort: Sort, one: Data, form: Data) -> Slot | str:
        """The place that an entry says, or what is wrong with it."""
        places = [name for name in _PLACES if name in one]
        is_highest = sort in (Sort.SHEET, Sort.SECTION)
        if is_highest and not places:
            return Slot(form[str(sort)])
        if len(places) != 1 or (is_highest and places == ["in"]):
            choice = "after、before" if is_highest else "after、before、in"
            return f"要写加在哪里:{choice} 选一个写"
        (place,) = places
        holds = Sort.SHEET if sort is Sort.BLOCK else Sort.BLOCK
        anchor = find(self._spots, str(one[place]), [holds if place == "in" else sort])
        if isinstance(anchor, str):
            return f"{place}:{anchor}"
        return self._beside(sort, anchor, place)

    def _beside(self, sort: Sort, anchor: Spot, place: str) -> Slot | str:
        holder = anchor if place == "in" else next(reversed(anchor.above), None)
        if holder is not None and holder.shape not in _HOLDERS[sort]:
            return f"{place}:{holder}里放不了{sort.word},{sort.word}要放进{_IN_WORDS[sort]}"
        if holder is not None and self._is_gone(holder):
            return f"{place}:{holder}已经去掉了"
        if place == "in":
            return Slot(anchor.data.setdefault(str(sort), []), holder)
        return Slot(anchor.among, holder, anchor, place == "after")

    def _put(self, new: Any, sort: Sort, slot: Slot, entry: str) -> Iterator[str]:
        if faults := list(misshapen(new, _shape(sort, slot.holder))):
            yield from faults
            return
        inside = list(_inside(sort, new, slot))
        for spot in inside:
            if (key := _key(spot)) in self._taken:
                yield f"「{spot.names[0]}」已经有了({self._taken[key]}),要改它请写 [[change]]"
        self._taken |= {key: spot for spot in inside if (key := _key(spot))}
        for name in (spot.names[0] for spot in inside):
            self._entries.setdefault(name, []).append(entry)
        slot.among.insert(self._index(slot), new)
        if slot.beside is not None and slot.is_after:
            self._last[id(slot.beside)] = new

    def _index(self, slot: Slot) -> int:
        """Where in the list: right before, or behind all that was added there already."""
        if slot.beside is None:
            return len(slot.among)
        anchor = slot.beside.data
        beside = self._last.get(id(slot.beside), anchor) if slot.is_after else anchor
        return next(n for n, one in enumerate(slot.among) if one is beside) + slot.is_after

    def _is_gone(self, spot: Spot) -> bool:
        return any(id(one) in self._gone for one in (spot, *spot.above))


def _shape(sort: Sort, holder: Spot | None) -> Any:
    """What a thing has to be that stands in a holder."""
    if sort is Sort.ROW:
        return GridRow if holder is not None and holder.shape is Grid else GivenRow
    shapes: dict[Sort, Any] = {
        Sort.SHEET: Sheet,
        Sort.BLOCK: Fields | Grid | Table | Card,
        Sort.SECTION: Section,
    }
    return shapes.get(sort, Field)


def _inside(sort: Sort, new: Data, slot: Slot) -> Iterator[Spot]:
    """What is added and all that stands in it, where it will stand."""
    if sort is Sort.SECTION:
        yield of_section(new, slot.among)
    elif slot.holder is None:
        yield from of_sheet(new, slot.among)
    elif sort is Sort.BLOCK:
        yield from of_block(new, slot.holder)
    else:
        yield single(sort, new, (*slot.holder.above, slot.holder))


def _key(spot: Spot) -> tuple[object, str] | None:
    """A name that nothing else may have: of a sheet, of fields and tables, or in one block."""
    name = spot.names[0].casefold() if spot.names else ""
    match spot.sort:
        case Sort.SHEET | Sort.SECTION:
            return spot.sort, name
        case Sort.COLUMN | Sort.ROW:
            return (spot.sort, id(spot.above[-1].data)), name
        case Sort.BLOCK if spot.shape is not Table:
            return None
    return "", name
