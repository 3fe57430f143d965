"""What is written down of a failure of the program: where it happened and of which kind.

The log may be sent to whoever maintains the program, so it holds nothing of what stands in a cell.
An exception's message may quote a cell (`invalid literal for int(): '张三'`), and so may the name
of a file; neither is written down.

    2026-03-01 09:30:12 gouji 0.1.0, Python 3.11.9, win32: validate
      addin/ribbon/press.py:69 _act
      workbook/reading/entries.py:88 _number
    ValueError
"""

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from traceback import walk_tb

from workbook.files.state import log_file, open_log

MOST_FRAMES = 40  # of endless recursion, which has a thousand, the last ones tell enough
# The parts of an error that name a reason of the system's by number.
_NUMBERS = ("errno", "winerror", "hresult")
_PACKAGES = Path(__file__).parents[2]


def write_down(what: str) -> Path | None:
    """The log, to which the current exception has been added; None where no log can be opened.

    `what` is the command or the button, never a word that a clerk chose.
    """
    head = f"{datetime.now():%Y-%m-%d %H:%M:%S} {_program()}: {what}"
    text = "\n".join([head, *_account(sys.exception()), "", ""])
    try:
        with open_log() as log:
            log.write(text.encode(errors="backslashreplace"))
    except OSError:
        return None
    return log_file()


def failure_told(what: str) -> str:
    """What a person reads of the current exception: where it is written down, or where it was."""
    if log := write_down(what):
        return f"程序出了意外,没有做完。详情已记入 {log},请发给维护人员。"
    fault = ",".join(line.strip() for line in list(_account(sys.exception()))[-2:])
    return f"程序出了意外,没有做完,详情也没能记下({fault})。请把这句话发给维护人员。"


def _program() -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - only a failure pays

    try:
        ours = version("gouji")
    except PackageNotFoundError:  # a checkout that is only on the path
        ours = "?"
    return f"gouji {ours}, Python {sys.version.partition(' ')[0]}, {sys.platform}"


def _account(error: BaseException | None) -> Iterator[str]:
    """The places that an exception came through and its kind; before them those of its cause."""
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    for one in reversed(chain):
        frames = [(frame.f_code, line) for frame, line in walk_tb(one.__traceback__)]
        for code, line in frames[-MOST_FRAMES:]:
            yield f"  {_place(code.co_filename)}:{line} {code.co_name}"
        yield _kind(one)


def _place(file: str) -> str:
    """A source file as its package calls it; of one elsewhere the last folder and the name."""
    path = Path(file)
    if "site-packages" in path.parts:
        return file.replace("\\", "/").rpartition("/site-packages/")[2]
    if path.is_relative_to(_PACKAGES):
        return path.relative_to(_PACKAGES).as_posix()
    return "/".join(path.parts[-2:])


def _kind(error: BaseException) -> str:
    """The exception's type and the numbers that it bears; of a failed import what was not found."""
    numbers = [
        f"{name} {number & 0xFFFFFFFF:#x}" if name == "hresult" else f"{name} {number}"
        for name in _NUMBERS
        if isinstance(number := getattr(error, name, None), int)
    ]
    # An import fails over the name of a module, long before a cell is read.
    words = [" ".join(str(error).split())] if isinstance(error, ImportError) else []
    return ", ".join([type(error).__qualname__, *numbers, *words])
