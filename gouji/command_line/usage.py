"""What is wrong with a command line, in Chinese; the library that reads it knows English alone."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import typer

from gouji.command_line.shell import stop

# `UsageError` has no public name in typer; every fault of a command line is one.
UsageError: Final[Any] = next(
    base for base in typer.BadParameter.__mro__ if base.__name__ == "UsageError"
)

_VALUE: Final = r"Invalid value for '(.+?)'"

# What the library says, whole, and what is said here; `\1` is what the user typed.
_WORDS: Final = (
    (r"No such command '(.*)'\. Did you mean '(.+?)'.*\?", r"没有“\1”这个命令,是不是 \2?"),
    (r"No such command '(.*)'\.", r"没有“\1”这个命令。"),
    (r"Missing command\.", "还没有写命令。"),
    (r"No such option: (\S+) \(Possible options: (.+)\)", r"没有 \1 这个选项,是不是 \2?"),
    (r"No such option: (\S+)", r"没有 \1 这个选项。"),
    (r"Missing argument '(.+?)'\..*", r"还缺 \1。"),
    (r"Missing option '(.+?)'\..*", r"还缺选项 \1。"),
    (r"Option '(.+)' does not take a value\.", r"选项 \1 后面不写值。"),
    (r"Option '(.+)' requires .+", r"选项 \1 后面还缺一个值。"),
    (r"Got unexpected extra argument\S* \((.+)\)", r"多写了 \1。"),
    (rf"{_VALUE}: '(.+)' is not a valid int.*\.", r"\1 要写整数,不是 \2。"),
    (rf"{_VALUE}: '(.+)' is not a valid float.*\.", r"\1 要写数,不是 \2。"),
    (rf"{_VALUE}: (.+) is not in the range (.+)\.", r"\1 要在 \3 之内,不是 \2。"),
    (rf"{_VALUE}: '(.+)' is not one of (.+)\.", r"\1 只能是 \3,不是 \2。"),
    (rf"{_VALUE}: \w+ '(.+)' does not exist\.", r"\1:没有 \2。"),
    (rf"{_VALUE}: \w+ '(.+)' is a file\.", r"\1:\2 是文件,要写文件夹。"),
    (rf"{_VALUE}: \w+ '(.+)' is a directory\.", r"\1:\2 是文件夹,要写文件。"),
    (rf"{_VALUE}: \w+ '(.+)' is not readable\.", r"\1:读不了 \2,请查看权限。"),
)


@contextmanager
def usage_in_chinese() -> Iterator[None]:
    """End with one message and the exit status for wrong usage; help that was asked for passes."""
    try:
        yield
    except UsageError as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            raise
        stop(_told(error))


def _told(error: Any) -> str:
    """The fault, and where help is; a fault that is not known here as the library says it."""
    english = error.format_message()
    said = next(
        (match.expand(said) for words, said in _WORDS if (match := re.fullmatch(words, english))),
        english,
    )
    command = error.ctx.command_path if error.ctx else "gouji"
    return f"{said}\n用法见:{command} -h"
