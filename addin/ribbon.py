"""Where a click on the ribbon arrives: the outermost shell, which lets no traceback through."""

import xlwings as xw

from addin.screen import ProgramScreen, Screen


def press(name: str, book: xw.Book | None = None, screen: Screen | None = None) -> None:
    """Do what the button `name` says with `book`, by default the one that the click came from."""
    book = book or xw.Book.caller()
    screen = screen or ProgramScreen(book.app)
    try:
        _act(name, book, screen)
    except Exception:  # noqa: BLE001 - the outermost shell: a clerk never sees a traceback
        from docgen.log import write_down  # noqa: PLC0415 - only a failure pays

        screen.say(f"程序出了意外,没有做完。详情已记入 {write_down(name)},请发给维护人员。")


def _act(name: str, book: xw.Book, screen: Screen) -> None:
    """Do it, and say in the clerk's words what could be foreseen to fail."""
    from addin.actions import ACTIONS  # noqa: PLC0415 - the import is the cost of the click
    from docgen.errors import TemplateError  # noqa: PLC0415 - the same
    from workbook.kinds import KindError  # noqa: PLC0415 - the same
    from workbook.save import OutputError  # noqa: PLC0415 - the same

    try:
        ACTIONS[name](book, screen)
    except (OutputError, TemplateError, KindError) as error:
        screen.status("")
        screen.say(str(error))
