"""What came of laying one file's data over another's, and the words that all such files share."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
from msgspec import Struct
from msgspec.structs import FieldInfo, fields

from workbook.form.faults.shape import shape_faults
from workbook.form.likely import likely

MERGED: Final = frozenset(("given", "compute", "cells", "scoring"))  # one by one, not as a whole
# What nobody changes: what a thing is known by, and what stands in it.
FIXED: Final = frozenset(("id", "key", "field", "column", "row", "block"))
_QUOTED: Final = re.compile("「([^」]*)」")
_ABSENT: Final = object()


@dataclass(frozen=True)
class Laid:
    """The data of the whole, what is wrong with the lines laid over, and which of them says what.

    `entries` holds, by the name of what is changed or added, the entries that do it.
    """

    data: dict[str, Any]
    faults: list[str] = field(default_factory=list)
    entries: dict[str, list[str]] = field(default_factory=dict)

    def told(self, faults: Sequence[str], otherwise: str) -> list[str]:
        """Faults of the whole, each with the entries that may be behind it, or `otherwise`."""
        return [f"{fault}({self._behind(fault) or otherwise})" for fault in faults]

    def _behind(self, fault: str) -> str:
        named = _QUOTED.findall(fault)
        entries = dict.fromkeys(
            entry
            for name, some in self.entries.items()
            if any(_is_of(name, one) for one in named)
            for entry in some
        )
        return f"见{'、'.join(entries)}" if entries else ""


def _is_of(name: str, named: str) -> bool:
    """Whether a fault that names one thing names another: a table's column, a grid's cell."""
    return (
        named == name
        or named.endswith((f".{name}", f"_{name}"))
        or named.startswith(f"{name}_")
    )  # fmt: skip


class Changes:
    """Properties that are set, each at most once and never to what it is already."""

    def __init__(self) -> None:
        self._set: dict[tuple[int, str], tuple[str, bool]] = {}

    def lay(
        self, target: dict[str, Any], own: Mapping[str, Any], shape: type[Struct], entry: str
    ) -> Iterator[str]:
        """Set what `own` names, take away what its `without` names; yields what is wrong."""
        known = {one.encode_name: one for one in fields(shape)}
        for name, value in own.items():
            if name == "without":
                yield from self._without(target, value, entry)
            elif name not in known:
                yield unknown(name, known)
            elif not (leaves := list(_leaves((name,), value))):
                yield f"{name} 里没有写要改什么"
            else:
                for path, leaf in leaves:
                    default = _default(known[name]) if len(path) == 1 else _ABSENT
                    if _at(target, path, default) == leaf:
                        yield f"{'.'.join(path)} 本来就是{_shown(leaf)},不用写"
                    yield from self._taken(target, path, (entry, True))
                    _put(target, path, leaf)

    def _without(self, target: dict[str, Any], names: Any, entry: str) -> Iterator[str]:
        if not is_names(names):
            yield 'without 要写成 without = ["min"] 的样子'
            return
        for name in names:
            path = tuple(name.split(".")) if name.split(".")[0] in MERGED else (name,)
            yield from self._taken(target, path, (entry, False))
            if _at(target, path, _ABSENT) is _ABSENT:
                yield f"without 写的 {name} 本来就没有"
            else:
                del _at(target, path[:-1], _ABSENT)[path[-1]]

    def _taken(
        self, whole: dict[str, Any], path: tuple[str, ...], how: tuple[str, bool]
    ) -> Iterator[str]:
        """That another entry has set or taken away the same, or this one does both."""
        before = self._set.setdefault((id(whole), ".".join(path)), how)
        if before != how:
            yield f"{'.'.join(path)} 已经改过一次({before[0]}),请并成一处"


def _leaves(path: tuple[str, ...], value: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """A property's value, or those inside it where it is changed one by one."""
    if path[0] in MERGED and isinstance(value, dict):
        for name, one in value.items():
            yield from _leaves((*path, name), one)
    else:
        yield path, value


def _at(data: Any, path: tuple[str, ...], default: Any) -> Any:
    """What stands in data under names inside each other."""
    for name in path:
        data = data.get(name, default) if isinstance(data, dict) else default
    return data


def _put(data: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for name in path[:-1]:
        if not isinstance(data.get(name), dict):
            data[name] = {}
        data = data[name]
    data[path[-1]] = value


def _default(one: FieldInfo) -> Any:
    """What a property is where nobody says it, as a data file would say it."""
    value = one.default
    return list(value) if isinstance(value, tuple) else _ABSENT if value is None else value


def numbered(word: str, entries: Sequence[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each entry of a list in a data file, and how a message calls it."""
    return ((f"第 {n} 个 [[{word}]]", one) for n, one in enumerate(entries, start=1))


def misshapen(data: Any, shape: Any) -> Iterator[str]:
    """Why data do not have a shape."""
    try:
        msgspec.convert(data, shape, strict=True)
    except msgspec.ValidationError as error:
        yield from shape_faults(data, shape) or [str(error)]


def is_names(value: Any) -> bool:
    """Whether a data file's value is a list of texts."""
    return isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)


def unknown(name: str, known: Collection[str]) -> str:
    """That there is no property of this name, and which it may be."""
    others = "、".join(one for one in known if one not in FIXED)
    return f"没有 {name} 这一项{likely(name, known) or f',能改的有 {others}'}"


def _shown(value: Any) -> str:
    return f"「{value}」" if isinstance(value, str) else f" {str(value).lower()}"
