"""The buttons that make a workbook: a blank one of a kind, next year's of the open one."""

from pathlib import Path
from typing import Final

import xlwings as xw

from addin.open_book.busy import patiently
from addin.open_book.live import LiveBook
from addin.open_book.place import home
from addin.ribbon.screen import Screen
from workbook.catalogue import buttons as said
from workbook.catalogue.files import NEW_FILE
from workbook.catalogue.model import Language
from workbook.catalogue.years import NOTE
from workbook.findings.model import Finding

MOST_LINES: Final = 30


def new_book(book: xw.Book, screen: Screen) -> None:
    """Make a workbook of a kind that the clerk chooses, beside the open one, and open it."""
    from workbook.checking.kinds import load_kind, rivals  # noqa: PLC0415 - a click pays for what it does
    from workbook.checking.search import kind_folders  # noqa: PLC0415 - the same
    from workbook.files.save import save_new  # noqa: PLC0415 - the same
    from workbook.years.beginning import new_workbook  # noqa: PLC0415 - the same

    for folder in kind_folders(None).values():
        kind = load_kind(folder)
        language = kind.form.language
        notices = "".join(f"\n{NOTE(language, sentence=one)}" for one in rivals(kind))
        if not screen.agrees(said.NEW_BOOK(language, title=kind.form.title, notices=notices)):
            continue
        path = screen.place_to_save(free(home(book) / f"{NEW_FILE(language)}.xlsx"))
        if path is not None:
            save_new(path, new_workbook(kind), language)
            _open(book, path)
        return


def roll_over(book: xw.Book, screen: Screen) -> None:
    """Make next year's workbook of the open one, beside it, open it, and say what was carried."""
    from workbook.years import rollover  # noqa: PLC0415 - the same
    from workbook.years.account import rollover_lines  # noqa: PLC0415 - a click pays for what it does
    from workbook.years.naming import next_path  # noqa: PLC0415 - the same

    live = LiveBook(book)
    made = patiently(lambda: rollover.roll_over(live, live.path))
    if isinstance(made, Finding):
        screen.say(str(made))
        return
    beside = next_path(live.path, made.following, made.kind.form.language)
    path: Path | None = beside
    if not beside.is_absolute() or beside.exists():
        path = screen.place_to_save(free(home(book) / beside.name))
    language = made.kind.form.language
    if path is None:
        screen.status(said.NOTHING_MADE(language))
        return
    made.save(path)
    _open(book, path)
    screen.say(_account(list(rollover_lines(made, path, live.path)), path, language))


def _open(book: xw.Book, path: Path) -> None:
    patiently(lambda: book.app.books.open(str(path)))


def _account(lines: list[str], path: Path, language: Language) -> str:
    """As many lines as a message box has room for; all of them then lie beside the workbook."""
    if len(lines) > MOST_LINES:
        from workbook.files.save import save_over  # noqa: PLC0415 - a click pays only for what it does

        whole = path.with_name(said.ACCOUNT_FILE(language, stem=path.stem))
        save_over(whole, "\n".join([*lines, ""]).encode("utf-8-sig"))
        lines = [*lines[:MOST_LINES], said.WHOLE_ACCOUNT(language, name=whole.name)]
    return "\n".join(lines)


def free(path: Path) -> Path:
    """`path`, or the first of its numbered neighbours that is not taken."""
    names = (path.with_name(f"{path.stem}{n}{path.suffix}") for n in range(2, 10_000))
    return path if not path.exists() else next(name for name in names if not name.exists())
