"""Where a click on the ribbon arrives: the outermost shell, which lets no traceback through."""

from typing import Final

import xlwings as xw

from addin.open_book.busy import is_busy, is_gone, never_wait_without_end, patiently
from addin.open_book.place import full_name, in_protected_view, is_addin
from addin.ribbon.click_lock import one_at_a_time
from addin.ribbon.screen import ProgramScreen, Screen

BUSY: Final = (
    "程序正忙,或有单元格正在编辑,或有对话框没有关。请按 Enter 或 Esc 结束编辑,关掉对话框,再点一次。"
)
GONE: Final = "工作簿或表格程序在中途关闭了,没有做完。请重新打开工作簿,再点一次。"
NO_BOOK: Final = "没有打开的填报工作簿。请先打开它,再点一次。"
VIEWED: Final = "工作簿在“受保护的视图”里。请先按黄条上的“启用编辑”,再点一次。"
STILL_AT_IT: Final = "上一次点击还没有做完,请等它做完再点。"


def press(name: str, book: xw.Book | None = None, screen: Screen | None = None) -> None:
    """Do what the button `name` says with `book`, by default the one that the click came from."""
    try:
        never_wait_without_end()
        book = book or patiently(_calling_book)
        screen = screen or patiently(lambda: ProgramScreen(book.app))
        key = patiently(lambda: full_name(book))
        with one_at_a_time(key) as is_free:
            if is_free:
                _act(name, book, screen)
            else:
                screen.status(STILL_AT_IT)
    except Exception as error:  # noqa: BLE001 - the outermost shell: a clerk sees no traceback
        (screen or ProgramScreen(None)).say(_told(error, name, book))


def _calling_book() -> xw.Book:
    """The book of the click; the one in front where its name does not lead to it."""
    try:
        return xw.Book.caller()
    except KeyError:  # xlwings cuts a name at its `=`
        return xw.books.active


def _act(name: str, book: xw.Book, screen: Screen) -> None:
    """Do it, and say in the clerk's words what could be foreseen to fail."""
    from addin.ribbon.actions import (  # noqa: PLC0415 - the import is the cost of the click
        ACTIONS,
        IN_PROTECTED_VIEW,
        WITHOUT_BOOK,
    )

    if name not in WITHOUT_BOOK and is_addin(book):
        viewed = in_protected_view(book)
        if viewed is None or name not in IN_PROTECTED_VIEW:
            screen.say(NO_BOOK if viewed is None else VIEWED)
            return
    try:
        ACTIONS[name](book, screen)
    except Exception as error:
        if not _is_foreseen(error):
            raise
        screen.status("")
        screen.say(str(error))


def _is_foreseen(error: Exception) -> bool:
    from docgen.template.model.errors import TemplateError  # noqa: PLC0415 - only a failure pays
    from workbook.checking.data_files import KindError  # noqa: PLC0415 - the same
    from workbook.files.save import OutputError  # noqa: PLC0415 - the same

    return isinstance(error, OutputError | TemplateError | KindError)


def _told(error: Exception, name: str, book: xw.Book | None) -> str:
    """What the clerk reads of a failure: what to do, or where its trace is."""
    if is_busy(error):
        return BUSY
    if is_gone(error) or (book is not None and _is_closed(book)):
        return GONE
    from workbook.files.log import failure_told  # noqa: PLC0415 - only a failure pays

    return failure_told(name)


def _is_closed(book: xw.Book) -> bool:
    """Whether the book answers no more; programs say it in many ways when it is gone."""
    try:
        return not book.name
    except Exception as error:  # noqa: BLE001 - the same
        return not is_busy(error)
