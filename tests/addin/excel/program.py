"""One running Excel: whether it answers, what was asked of it, what the clerk answers."""

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import pytest

from excel.calls import Calls
from excel.com import Kind
from excel.errors import EXCEPTION, IGNORED, REJECTED, UNAVAILABLE, ComError, WindowError, failed

if TYPE_CHECKING:
    from addin.calc.app import App
    from excel.open_book import OpenBook

HWND: Final = 4_711
PATIENCE_SECONDS: Final = 20.0  # a clerk has long reached for the task manager
ATTEMPT_SECONDS: Final = 0.001  # what a call that is turned away costs
MOST_MISSES: Final = 50
YES, OK, NO, CANCEL = 6, 1, 7, 2


class Busy(Enum):
    """How a program that is busy turns a call away."""

    REJECTED = "0x80010001"
    IGNORED = "0x800AC472"


@dataclass
class Refusal:
    """The next calls are turned away: so many, or (None) all of them."""

    how: Busy
    times: int | None
    since: float | None = None


@dataclass
class Answers:
    """What the clerk answers when Excel asks; a dialog without an answer ends the test."""

    button: int | None = None
    save_as: Path | None = None
    opens: Path | None = None


@dataclass
class Program:
    """The state of one Excel, and the door through which every call goes."""

    calc: "App"
    folder: Path
    calls: Calls = field(default_factory=Calls)
    answers: Answers = field(default_factory=Answers)
    message_boxes: list[str] = field(default_factory=list)
    refusal: Refusal | None = None
    refuses_at: str = ""
    closes_after: int | None = None
    is_closed: bool = False
    verdict: str = ""
    application: Any = None
    settings: dict[str, Any] = field(default_factory=dict)
    books: "list[OpenBook]" = field(default_factory=list)
    active: "OpenBook | None" = None
    asked: list[str] = field(default_factory=list)
    hwnd: int = HWND
    _misses: dict[str, int] = field(default_factory=dict)
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    @property
    def pid(self) -> int:
        """The process id."""
        return int(self.calc.pid)

    @property
    def is_rejecting(self) -> bool:
        """Whether a call would be turned away with RPC_E_CALL_REJECTED just now."""
        return self.refusal is not None and self.refusal.how is Busy.REJECTED

    def arrive(self, member: str, kind: Kind, *, is_property: bool = False) -> None:
        """A call has come: it is counted, or turned away with what pywin32 makes of that."""
        if self.verdict:
            pytest.fail(self.verdict)
        if self.closes_after is not None and self.calls.total >= self.closes_after:
            self.is_closed = True
        if self.is_closed:
            raise ComError(UNAVAILABLE, "RPC 服务器不可用。", None, None)
        if member == self.refuses_at:
            self.refuses_at, self.refusal = "", Refusal(Busy.IGNORED, 1)
        if self.refusal is not None and member not in _ANSWERED_ALWAYS:
            self._turn_away(self.refusal, is_set=kind == "write" and is_property)
        self.calls.note(member, kind)

    def _turn_away(self, refusal: Refusal, *, is_set: bool) -> None:
        if refusal.times == 0:
            self.refusal = None
            return
        now = time.monotonic()
        refusal.since = refusal.since or now
        if refusal.times is None and now - refusal.since > PATIENCE_SECONDS:
            self.give_up(f"Excel was busy for {PATIENCE_SECONDS:.0f} s and was still being called.")
        if refusal.times is not None:
            refusal.times -= 1
        self.calls.refused += 1
        time.sleep(ATTEMPT_SECONDS)
        if refusal.how is Busy.REJECTED:
            raise ComError(REJECTED, "被呼叫方拒绝接收呼叫。", None, None)
        if is_set:
            raise ComError(EXCEPTION, "发生意外。", (0, None, None, None, 0, IGNORED), None)
        raise ComError(IGNORED, "OLE error 0x800ac472", None, None)

    def give_up(self, why: str) -> NoReturn:
        """End the test, whatever our code catches on the way."""
        self.verdict = why
        pytest.fail(why)

    def misses(self, member: str) -> NoReturn:
        """There is no such property to set, and xlwings repeats that for ever."""
        self._misses[member] = self._misses.get(member, 0) + 1
        if self._misses[member] > MOST_MISSES:
            self.give_up(f"Excel has no {member} that could be set; xlwings tries it for ever.")
        raise AttributeError(f"Property '{member}' can not be set.")

    def dialog(self, what: str) -> NoReturn:
        """Excel would show a dialog and wait: nobody is there to answer."""
        self.give_up(f"Excel shows a dialog that nobody answers: {what}")

    def message_box(self, text: str, title: str, style: int) -> int:
        """The button that the clerk presses; yes or OK, if nothing else was said."""
        if self.is_closed:
            raise WindowError(1400, "MessageBox", "无效的窗口句柄。")
        self.message_boxes.append(f"{title}: {text}")
        if self.answers.button is not None:
            return self.answers.button
        return YES if style & 0xF in (3, 4) else OK

    def counted(self) -> "list[OpenBook]":
        """The books that `Workbooks` counts."""
        return [one for one in self.books if not one.is_addin and not one.is_protected_view]

    def open(self, path: Path, **state: Any) -> "OpenBook":
        """A file opened by the clerk or by us; it is in front then, but not in Protected View."""
        from excel.workbooks import open_book

        made = open_book(self, path, state.pop("full_name", None), state.pop("folder", None))
        for name, value in state.items():
            setattr(made, name, value)
        self.books.append(made)
        self.active = None if made.is_protected_view or made.is_addin else made
        return made

    def new_book(self) -> "OpenBook":
        """An empty book that was never saved."""
        from excel.book_file import Told
        from excel.open_book import opened

        name = f"工作簿{next(self._numbers)}"
        place = self.copy_of(Path(f"{name}.xlsx"))
        calc = self.calc.books.add()
        said = Told({}, {}, (), has_money=False, active=calc.sheets.active.name)
        made = opened(lambda: calc, place, name, "", said)
        self.books.append(made)
        self.active = made
        return made

    def forget(self, book: "OpenBook") -> None:
        """A book is closed."""
        if book in self.books:
            self.books.remove(book)
            if book.is_in_calc:
                book.calc.close()
        if self.active is book:
            left = self.counted()
            self.active = left[-1] if left else None

    def copy_of(self, path: Path) -> Path:
        """A place for LibreOffice's own copy of a file."""
        place = self.folder / f"{next(self._numbers)}"
        place.mkdir(parents=True)
        return place / path.name

    def changes(self, what: Callable[[], Any], of: str, member: str) -> Any:
        """Do something in LibreOffice; what it cannot do, Excel says it cannot."""
        from addin.calc.program.bridge import UnoError

        try:
            return what()
        except (UnoError, ValueError, KeyError) as problem:
            raise failed(of, member) from problem


_ANSWERED_ALWAYS: Final = frozenset(("Application.Ready", "Application.Interactive"))
