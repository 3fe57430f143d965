"""A click in LibreOffice arrives: `python -m addin.ribbon.click NAME PIPE`."""

import gc
import sys

WAIT_SECONDS = 10.0


def main() -> None:
    """Do what the button says with the book in front.

    A failure on the way there goes to the log; LibreOffice then says that a click did not get
    through, for it watches how this process ends.
    """
    gc.disable()  # as a command does: its memory goes with the click
    # xlwings loads its paid part and cryptography wherever they can be loaded, a third of its time.
    # We use neither, and it goes without.
    sys.modules["xlwings.pro"] = None  # type: ignore[assignment]
    try:
        _click(*sys.argv[1:])
    except Exception:  # noqa: BLE001 - the outermost shell: a clerk sees no traceback
        from workbook.files.log import write_down  # noqa: PLC0415 - only a failure pays

        write_down(" ".join(sys.argv[1:2]))
        sys.exit(1)
    finally:
        gc.freeze()


def _click(name: str, pipe: str) -> None:
    import xlwings as xw  # noqa: PLC0415 - without its paid part

    from addin.calc.engine import register  # noqa: PLC0415 - the same, as all below
    from addin.calc.program.documents import is_spreadsheet  # noqa: PLC0415
    from addin.calc.program.office import attach  # noqa: PLC0415
    from addin.ribbon.message_box import message_box  # noqa: PLC0415
    from addin.ribbon.press import GONE, NO_BOOK, press  # noqa: PLC0415
    from addin.ribbon.screen import TITLE, ProgramScreen  # noqa: PLC0415

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
