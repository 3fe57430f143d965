"""A click in LibreOffice arrives: `python -m addin.click NAME PIPE`."""

import sys

import xlwings as xw

from addin.calc.engine import register
from addin.calc.office import attach
from addin.ribbon import press

WAIT_SECONDS = 10.0


def main() -> None:
    """Do what the button says with the book in front."""
    name, pipe = sys.argv[1:]
    register(attach(pipe, wait_seconds=WAIT_SECONDS))
    press(name, xw.books.active)


if __name__ == "__main__":
    main()
