"""Defined names."""

from typing import TYPE_CHECKING, Any

from excel.com import Collection, ComObject, acts, reads
from excel.errors import ComError, failed, not_gettable, refused

if TYPE_CHECKING:
    from excel.workbooks import Workbook


class Name(ComObject):
    """One defined name."""

    def __init__(self, book: "Workbook", named: Any) -> None:
        super().__init__(book._program)
        self._book = book
        self._named = named

    @property
    def _name(self) -> str:
        return str(self._named.name)

    @reads
    def Name(self) -> str:
        return self._name

    @reads
    def NameLocal(self) -> str:
        return self._name

    @reads
    def Parent(self) -> Any:
        return self._book

    @reads
    def RefersTo(self) -> str:
        return str(self._named.refers_to)

    @RefersTo.sets
    def _set_refers_to(self, value: Any) -> None:
        self._book._state.changes()
        self._named.refers_to = str(value)

    @reads
    def RefersToRange(self) -> Any:
        try:
            return self._book._around(self._named.refers_to_range)
        except ValueError as problem:
            raise not_gettable(self._of, "RefersToRange") from problem

    @reads
    def Visible(self) -> bool:
        return True

    @acts
    def Delete(self) -> None:
        self._book._state.changes(failed(self._of, "Delete"))
        self._named.delete()


class Names(Collection):
    """The names of a book; the calls are Excel's, one for each name."""

    def __init__(self, book: "Workbook", calc: Any) -> None:
        super().__init__(book._program)
        self._book = book
        self._calc = calc

    def _list(self) -> list[Any]:
        return [Name(self._book, one) for one in self._calc]

    def _item(self, *arguments: Any) -> Any:
        key = next(one for one in arguments if one is not None)
        try:
            return Name(self._book, self._kept(key))
        except (KeyError, IndexError) as problem:
            raise self._missing(key) from problem

    def _kept(self, key: Any) -> Any:
        """A name of the book, brought once: that takes ten times as long as to ask it something."""
        kept, ours = self._book._state.names, self._calc.book.named_ranges
        if self._calc.sheet is not None or not isinstance(key, str):
            return self._calc(key)
        if key not in kept or not ours.hasByName(key):
            kept[key] = self._calc(key)
        return kept[key]

    def _missing(self, key: Any) -> ComError:
        return refused()

    @acts
    def Add(self, Name: Any = None, RefersTo: Any = None, Visible: Any = True) -> Any:
        self._book._state.changes(failed(self._of, "Add"))
        try:
            return _made(self._book, self._calc.add(str(Name), str(RefersTo)))
        except ValueError as problem:
            raise refused("该名称的语法不正确。") from problem


def _made(book: "Workbook", named: Any) -> Name:
    return Name(book, named)
