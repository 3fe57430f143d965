"""Notes, which Excel's model calls comments."""

from typing import TYPE_CHECKING, Any, Final

from excel.com import Collection, ComObject, acts, asks, reads
from excel.errors import failed

if TYPE_CHECKING:
    from excel.worksheets import Worksheet

MOST_LETTERS: Final = 32_767


class Comment(ComObject):
    """The note at one cell."""

    def __init__(self, sheet: "Worksheet", note: Any) -> None:
        super().__init__(sheet._program)
        self._sheet = sheet
        self._note = note

    @acts
    def Text(self, Text: Any = None, Start: Any = None, Overwrite: Any = True) -> str:
        before = str(self._note.text)
        if Text is None:
            return before
        self._sheet._may_draw(failed(self._of, "Text"))
        made = (
            str(Text) if Overwrite and Start is None else _inserted(before, Text, Start, Overwrite)
        )
        if len(made) > MOST_LETTERS:
            raise failed(self._of, "Text")
        self._note.text = made
        return made

    @reads
    def Author(self) -> str:
        return str(self._note.author)

    @reads
    def Parent(self) -> Any:
        return self._sheet._range(self._note.location)

    @acts
    def Delete(self) -> None:
        self._sheet._may_draw(failed(self._of, "Delete"))
        self._note.delete()

    @reads
    def Visible(self) -> bool:
        return bool(self._note.api.IsVisible)

    @Visible.sets
    def _set_visible(self, value: Any) -> None:
        self._sheet._may_draw(failed(self._of, "Visible"))
        self._note.api.IsVisible = bool(value)

    @asks
    def Next(self) -> Any:
        return None


def _inserted(before: str, text: str, start: Any, overwrite: Any) -> str:
    place = int(start or 1) - 1
    return before[:place] + str(text) + ("" if overwrite else before[place:])


class Comments(Collection):
    """All notes of a sheet."""

    def __init__(self, sheet: "Worksheet") -> None:
        super().__init__(sheet._program)
        self._sheet = sheet

    def _list(self) -> list[Any]:
        return [Comment(self._sheet, note) for note in self._sheet._calc.notes]

    @reads
    def Parent(self) -> Any:
        return self._sheet


class Thread(ComObject):
    """A thread of comments at one cell; its first words show as a note, too."""

    def __init__(self, sheet: "Worksheet", cell: tuple[int, int]) -> None:
        super().__init__(sheet._program)
        self._sheet = sheet
        self._cell = cell

    @property
    def _of(self) -> str:
        return "CommentThreaded"

    @asks
    def Text(self, Text: Any = None, Start: Any = None, Overwrite: Any = None) -> str:
        return self._sheet._threads[self._cell]

    @reads
    def Parent(self) -> Any:
        return self._sheet._range(self._sheet._calc.block(*self._cell, 1, 1))


class CommentsThreaded(Collection):
    """The threads of a sheet."""

    def __init__(self, sheet: "Worksheet") -> None:
        super().__init__(sheet._program)
        self._sheet = sheet

    def _list(self) -> list[Any]:
        return [Thread(self._sheet, one) for one in sorted(self._sheet._threads)]
