"""Help and faults of a command line in Chinese; the library that reads it knows English alone."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import typer

from gouji.command_line.shell import stop
from workbook.figures.widths import width_of

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

# What it says in help beside our own words; headings stand alone in their lines.
_OF_HELP: Final = (
    (r"(?m)^Usage: ", "用法:"),
    (r"\[OPTIONS\]", "[选项]"),
    (r"COMMAND \[ARGS\]\.\.\.", "命令 [参数]…"),
    (r"(?m)^Arguments:$", "参数:"),
    (r"(?m)^Options:$", "选项:"),
    (r"(?m)^Commands:$", "命令:"),
    (r"\[required\]", "[必填]"),
    (r"\[default: (.+?)\]", r"[默认 \1]"),
    (r"<int(?:eger)?(?: range)?>", "整数"),
    (r"<float(?: range)?>", "数"),
    (r"<str>", "文字"),
    (r"Show this message and exit\.", "显示这段说明。"),
)

_LISTS: Final = ("参数:", "选项:", "命令:")
_ROW: Final = re.compile(r"  (\S.*?) {2,}(\S.*)")
_FURTHER: Final = " " * 6  # a description goes on in a further line


def in_chinese(help_text: str) -> str:
    """The help of a command with the library's own words in Chinese."""
    for words, said in _OF_HELP:
        help_text = re.sub(words, said, help_text)
    return "\n\n".join(map(_aligned, help_text.split("\n\n")))


def _aligned(block: str) -> str:
    """A list of options or commands whose descriptions stand in one column.

    The library takes a Chinese letter for as wide as a Latin one.
    """
    rows = [(line, _ROW.fullmatch(line)) for line in block.split("\n")]
    widths = [width_of(row[1]) for _, row in rows if row]
    if not block.startswith(_LISTS) or not widths:
        return block
    column = max(widths) + 4
    return "\n".join(_placed(line, row, column) for line, row in rows)


def _placed(line: str, row: re.Match[str] | None, column: int) -> str:
    """A line of a list with its description, or what goes on of one, at this column."""
    if row is not None:
        return f"  {row[1]}{' ' * (column - 2 - width_of(row[1]))}{row[2]}"
    return " " * column + line.lstrip() if line.startswith(_FURTHER) else line


def with_help_in_chinese(command: Any) -> Any:
    """The command, its help and that of the commands below it in Chinese."""
    in_english = command.get_help
    command.get_help = lambda context: in_chinese(in_english(context))
    for below in getattr(command, "commands", {}).values():
        with_help_in_chinese(below)
    return command


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
