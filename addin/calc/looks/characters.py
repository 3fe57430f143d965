"""Parts of a cell's or a shape's text."""

from typing import Any

from xlwings import base_classes

from addin.calc.looks.fonts import Font


class Characters(base_classes.Characters):
    """The characters from `start` to before `stop`; all of them where neither is given."""

    api: Any = None  # a property of the base class, a plain attribute here

    def __init__(self, owner: Any, start: int = 0, stop: int | None = None) -> None:
        self.api = owner
        self._start = start
        self._stop = stop

    @property
    def text(self) -> str:
        """The characters."""
        return str(self.api.getString())[self._start : self._stop]

    @property
    def font(self) -> Font:
        """Their font."""
        if self._start == 0 and self._stop is None:
            return Font(self.api)
        cursor = self.api.createTextCursor()
        cursor.gotoStart(False)
        cursor.goRight(self._start, False)
        cursor.goRight(len(self.text), True)
        return Font(cursor)

    def __getitem__(self, item: int | slice) -> "Characters":
        length = len(self.text)
        if isinstance(item, int):
            if not -length <= item < length:
                raise IndexError("The text has no such character.")
            item = slice(item, item + 1 if item != -1 else None)
        start, stop, _ = item.indices(length)
        return Characters(self.api, self._start + start, self._start + max(start, stop))
