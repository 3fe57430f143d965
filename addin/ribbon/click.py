"""A click in LibreOffice arrives: `python -m addin.ribbon.click NAME PIPE`."""

import gc
import sys

import xlwings as xw

from addin.calc.engine import register
from addin.calc.program.documents import is_spreadsheet
from addin.calc.program.office import attach
from addin.ribbon.message_box import message_box
from addin.ribbon.press import GONE, NO_BOOK, press
from addin.ribbon.screen import TITLE, ProgramScreen

WAIT_SECONDS = 10.0


def main() -> None:
    """Do what the button says with the book in front.

    A failure on the way there goes to the log; LibreOffice then says that a click did not get
    through, for it watches how this process ends.
    """
    gc.disable()  # as a command does: its memory goes with the click
    try:
        _click(*sys.argv[1:])
    except Exception:  # noqa: BLE001 - the outermost shell: a clerk sees no traceback
        from workbook.files.log import write_down  # noqa: PLC0415 - only a failure pays

        write_down(" ".join(sys.argv[1:2]))
        sys.exit(1)
    finally:
        gc.freeze()


def _click(name: str, pipe: str) -> None:
    try:
        office = attach(pipe, wait_seconds=WAIT_SECONDS)
    except ConnectionError:
        message_box(GONE, TITLE)
        return
    register(office)
    in_front = office.desktop.getCurrentComponent()
    if (in_front is not None and not is_spreadsheet(in_front)) or not len(xw.books):
        ProgramScreen(xw.apps.active).say(NO_BOOK)
        return
    press(name, xw.books.active)


if __name__ == "__main__":
    main()
