"""The program for computers without Python: a button's name does what the button does.

Excel calls it as `gouji validate --wb=… --from_xl=1 …`, LibreOffice's extension as if it were a
Python, `gouji -m addin.ribbon.click validate PIPE` or `gouji -m addin.functions.answers`; any other
words are the command line's.
"""

import sys
from typing import Final

from addin.commands import COMMANDS

CLICK: Final = ["-m", "addin.ribbon.click"]
ANSWERS: Final = ["-m", "addin.functions.answers"]


def main() -> None:
    """Press the button that the first word names, or run the command line."""
    if "--multiprocessing-fork" in sys.argv:  # a process that a batch has started
        from multiprocessing import freeze_support  # noqa: PLC0415 - only these pay

        freeze_support()
    if len(sys.argv) > 1 and sys.argv[1] in {command.name for command in COMMANDS}:
        from addin.ribbon.press import press  # noqa: PLC0415 - the command line starts without xlwings

        press(sys.argv[1])  # which finds the book in the rest of the words
        return
    if sys.argv[1:3] == CLICK:
        from addin.ribbon.click import main as click  # noqa: PLC0415 - only LibreOffice's clicks pay

        del sys.argv[1:3]
        click()
        return
    if sys.argv[1:3] == ANSWERS:
        from addin.functions.answers import main as answer  # noqa: PLC0415 - only LibreOffice's cells pay

        answer()
        return
    from gouji.__main__ import main as run  # noqa: PLC0415 - and the button without the command line

    run()


if __name__ == "__main__":
    main()
