"""The open book read and checked, marked or left as it is; one in Protected View from its file."""

import xlwings as xw

from addin.marking.showing import Shown, show_in_book, show_in_file
from addin.open_book.busy import patiently
from addin.open_book.identity import spoken
from addin.open_book.live import LiveBook
from addin.open_book.place import in_protected_view
from addin.ribbon.screen import Screen
from workbook.catalogue import buttons as said
from workbook.checking.intake import Intake, examine, take_in


def examined(book: xw.Book) -> Intake:
    """What the book holds now, checked."""
    viewed = in_protected_view(book)
    return take_in(viewed) if viewed else patiently(lambda: _examined(book))


def checked(book: xw.Book, screen: Screen) -> tuple[Intake, Shown]:
    """The book checked and marked; what is no form of ours is said and left alone."""
    screen.status(said.CHECKING(spoken(book)))
    intake = examined(book)
    if is_foreign(intake, screen):
        return intake, Shown()
    if viewed := in_protected_view(book):
        return intake, show_in_file(intake, viewed.parent, said.IN_PROTECTED_VIEW.said())
    return intake, show_in_book(book, intake)


def is_foreign(intake: Intake, screen: Screen) -> bool:
    """Whether it is no form of ours; the clerk is told why."""
    if intake.kind is None:
        screen.status("")
        screen.say("\n".join(str(one) for one in intake.checked.findings))
    return intake.kind is None


def _examined(book: xw.Book) -> Intake:
    live = LiveBook(book)
    return examine(live.path, live)
