"""What tests ask for: a strict Excel, with a book in front or in whatever state."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from excel.application import start
from excel.calls import Calls
from excel.open_book import OpenBook
from excel.program import Answers, Busy, Program, Refusal
from excel.windows import at_the_front
from excel.workbooks import Workbook


class Excel:
    """The strict Excel as a test handles it.

    >>> book = excel.open(sample_file)            # an xlwings book, as a click gets it
    >>> excel.refuse(Busy.REJECTED, times=1)
    >>> excel.calls.writes("Interior.Color")
    """

    def __init__(self, program: Program, module: Any) -> None:
        self.program = program
        self._module = module

    @property
    def calls(self) -> Calls:
        """Every call so far."""
        return self.program.calls

    @property
    def answers(self) -> Answers:
        """What the clerk answers to dialogs."""
        return self.program.answers

    @property
    def message_boxes(self) -> list[str]:
        """What stood in message boxes."""
        return self.program.message_boxes

    @property
    def app(self) -> xw.App:
        """The program as xlwings has it."""
        return xw.App(impl=self._module.App(xl=self.program.hwnd))

    def open(
        self,
        path: Path,
        *,
        read_only: bool = False,
        full_name: str | None = None,
        is_protected_view: bool = False,
    ) -> xw.Book:
        """A book in front; `full_name` is what Excel says instead of the path (OneDrive's URL)."""
        folder = None if full_name is None else full_name.rpartition("/")[0]
        made = self.program.open(
            path,
            full_name=full_name,
            folder=folder,
            is_read_only=read_only or is_protected_view,
            is_protected_view=is_protected_view,
        )
        return self.book(made)

    def never_saved(self, path: Path) -> xw.Book:
        """The book of a file as if it had just been made: it has a name and no place."""
        made = self.program.open(path, full_name="工作簿1", folder="")
        made.is_saved = False
        return self.book(made)

    def addin(self) -> xw.Book:
        """The add-in itself, which speaks for Excel where no book is open."""
        made = self.program.new_book()
        made.is_addin, self.program.active = True, None
        made.folder = str(self.program.folder / "XLSTART")
        made.full_name = f"{made.folder}/gouji.xlam"
        return self.book(made)

    def book(self, state: OpenBook) -> xw.Book:
        """An open book as xlwings gets it from a click on the ribbon."""
        wrapped = self._module.COMRetryObjectWrapper(Workbook(self.program, state))
        return xw.Book(impl=self._module.Book(xl=wrapped))

    def types(self, book: xw.Book, address: str, text: str) -> None:
        """The clerk types into the sheet in front, and so into every sheet of its group."""
        from excel.typing_in import type_into

        type_into(self.program, book.name, address, text)

    def thread(self, book: xw.Book, sheet: str, cell: tuple[int, int], text: str) -> None:
        """Somebody began a thread of comments at a cell."""
        (state,) = [one for one in self.program.books if one.name == book.name]
        state.threads.setdefault(sheet, {})[cell] = text
        state.calc.sheets(sheet).block(*cell, 1, 1).add_note(f"[线程批注]{text}")

    def called_from(self, state: OpenBook) -> None:
        """Let `xw.Book.caller()` be this book, as the UDF server hands it over: bare."""
        self._module.BOOK_CALLER = Workbook(self.program, state)

    def refuse(self, how: Busy, times: int | None) -> None:
        """Turn the next calls away; all of them, where no number is given."""
        self.program.refusal = Refusal(how, times)

    def refuse_at(self, member: str) -> None:
        """Turn away the next call of a member, once: `ListObjects.Item`."""
        self.program.refuses_at = member

    def answer_again(self) -> None:
        """The program is no longer busy, or closed."""
        self.program.refusal = self.program.closes_after = None
        self.program.is_closed = False
        self.program.verdict = ""

    def close_after(self, calls: int) -> None:
        """The clerk ends the program after so many more calls."""
        self.program.closes_after = self.calls.total + calls


@pytest.fixture
def excel(office: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Excel]:
    """A strict Excel without a book, the only program that xlwings knows."""
    from addin.calc.app import App
    from addin.calc.engine import Engine as CalcEngine

    before = xw.engines.active
    program = Program(App(CalcEngine().apps, office), tmp_path_factory.mktemp("excel"))
    start(program)
    with at_the_front(program) as module:
        engine = xw.main.Engine(impl=module.engine)
        xw.engines.add(engine)
        engine.activate()
        yield Excel(program, module)
        xw.engines.engines.remove(engine)
        del xw.engines.engines_by_name[engine.name]
        xw.engines.active = before
        for book in list(program.books):
            program.forget(book)
    if program.verdict:
        pytest.fail(program.verdict)


@pytest.fixture
def excel_book(excel: Excel, sample_file: Path) -> xw.Book:
    """The filled sample in front, protected as it was built."""
    return excel.open(sample_file)
