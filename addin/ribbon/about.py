"""The buttons that tell of the program itself."""

from pathlib import Path
from typing import Final

import xlwings as xw

from addin.ribbon.screen import Screen

MANUAL: Final = Path(__file__).parent / "manual.html"


def manual(book: xw.Book, screen: Screen) -> None:
    """Open the manual that was installed with the program."""
    screen.show(MANUAL)


def doctor(book: xw.Book, screen: Screen) -> None:
    """Say what is installed and where the log is."""
    from addin.install.computer import ThisComputer  # noqa: PLC0415 - a click pays only for what it does
    from addin.install.doctor import examined  # noqa: PLC0415 - the same

    program = f"{book.app.engine.name} {book.app.version}"
    screen.say("\n".join(str(line) for line in examined(ThisComputer(), program)))


def about(book: xw.Book, screen: Screen) -> None:
    """Say what this is, its version and licence."""
    screen.say(about_text())


def about_text() -> str:
    """What this is, its version and licence."""
    from importlib.metadata import version  # noqa: PLC0415 - a click pays only for what it does

    what = "一本 Excel 填报,合计自动核对,一键生成官方格式的 Word 报告。"
    return f"勾稽 {version('gouji')}\n{what}\nApache-2.0 许可"
