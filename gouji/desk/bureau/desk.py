"""A bureau's desk that is open: its folder, database and processes, and what is done with them."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from secrets import token_hex
from shutil import disk_usage
from typing import Final

from sqlalchemy import URL, Connection

from docgen.batch.batch import units_of
from docgen.batch.model import Done
from docgen.batch.units import Unit, Units, unit_key
from docgen.batch.workers import Lost
from docgen.report.given_faults import DataError
from gouji.desk.bureau import owning
from gouji.desk.bureau.crew import Crew
from gouji.desk.bureau.keeping import accounts, audit, submissions
from gouji.desk.bureau.keeping.audit import Act, write_down
from gouji.desk.bureau.keeping.model import BUREAU, DAY, MEGABYTE, Account, Asker, Options, Role
from gouji.desk.bureau.keeping.places import Places, id_of
from gouji.desk.bureau.keeping.store import Store, claimed, list_anew, listed, remember_url
from gouji.desk.bureau.keeping.submissions import Sent
from gouji.desk.bureau.owning import by_duty
from gouji.desk.bureau.settling import against_earlier, columns_of, duty_of, verdict
from workbook.checking.data_files import KindError
from workbook.checking.kinds import find_kind
from workbook.files.log import write_down as log_failure

HERE: Final = Asker("本机")  # what the server does by itself
DATABASE: Final = "desk.sqlite"
_LEAST_FREE: Final = 500 * MEGABYTE  # of the disk
_MOST_NEWS: Final = 50  # addresses in a minute


class Desk:
    """One that is open; `clock` tells the seconds of the epoch."""

    def __init__(self, options: Options, clock: Callable[[], float] = time.time) -> None:
        """Open it; raises `DataError` for a folder, list or database that cannot be used."""
        self.options, self._clock = options, clock
        self._turned_away: tuple[int, set[str]] = (0, set())
        self._coming: Counter[str] = Counter()
        self._titles: dict[str, str] = {"": ""}
        lines = units_of(options.units, options.templates) if options.units else None
        with ExitStack() as undone:
            self.places = Places(options.folder, options.templates)
            undone.callback(self.places.close)
            self.store = store_of(options)
            undone.callback(self.store.close)
            self.units = self._ready(lines)
            self.accounts = accounts_of(self.units)
            self.clean()
            undone.pop_all()  # all is well: it stays open
        self._crew = Crew(options.jobs, options.timeout, self._settle)
        self._go_on()

    @property
    def now(self) -> int:
        """The moment, in seconds of the epoch."""
        return int(self._clock())

    @property
    def today(self) -> date:
        """The day, where the server stands."""
        return date.fromtimestamp(self._clock())

    def close(self) -> None:
        """Close it; what is not checked yet is checked when it is opened again."""
        self._crew.close()
        self.store.close()
        self.places.close()

    @property
    def is_full(self) -> bool:
        """Whether so much waits that no more should come, or the disk has no room for it."""
        return self._crew.is_full or disk_usage(self.places.root).free < _LEAST_FREE

    @contextmanager
    def receiving(self, unit: str) -> Iterator[int]:
        """While a unit sends a workbook; gives how many others of it are being sent already.

        All of this is done in the server's own thread.
        """
        self._coming[unit] += 1
        try:
            yield self._coming[unit] - 1
        finally:
            self._coming[unit] -= 1

    def is_news(self, asker: Asker) -> bool:
        """Whether to write down of an address once more that it was not let in.

        Who has no account could fill the log with that: it is done once in a minute.
        """
        minute = self.now // 60
        if self._turned_away[0] != minute:
            self._turned_away = (minute, set())
        is_new = asker.where not in self._turned_away[1] and len(self._turned_away[1]) < _MOST_NEWS
        self._turned_away[1].add(asker.where)
        return is_new

    def _ready(self, lines: Units | None) -> Units:
        self.places.clear_incoming()
        with self.store.step() as base:
            claimed(base, id_of(self.places.root))
            remember_url(base, self.options.url)
            before = listed(base)
            if lines:
                list_anew(base, lines.all)
            units = listed(base)
            if not units.all:
                raise DataError("第一次启动要用 --units 名单.xlsx 说明有哪些单位。")
            accounts.turn_out_all_but(base, {BUREAU, *accounts_of(units)})
            write_down(base, self.now, HERE, Act.STARTED, about=f"名单 {len(units.all)} 行")
            if units.all != before.all:
                self._move_along(base, units, before)
        return units

    def _move_along(self, base: Connection, units: Units, before: Units) -> None:
        """Let each workbook go with its unit in the list of now, or be nobody's."""
        for one in submissions.everything(base):
            duty = owning.duty_of(one, units, before)
            if duty == one.duty:
                continue
            submissions.move(base, one.id, duty)
            if one.is_current:
                lines = units.lines_of(duty.unit)
                about = (
                    f"{one.name} {one.file}:归「{lines[0].name}」"
                    if lines
                    else (f"{one.name} {one.file}:未定")
                )
                write_down(base, self.now, HERE, Act.MOVED, about=about, sha256=one.sha256)

    def _go_on(self) -> None:
        """Check what the server before this one had no time for."""
        with self.store.read() as base:
            waiting = submissions.being_checked(base)
        for one in waiting:
            if work := self.places.work(one):
                self._crew.take(one, work)
            else:
                self._settle(one, Lost.GONE)

    def take(self, incoming: Path, sent: Sent, ending: str, asker: Asker) -> "Future[None]":
        """Take what has been sent, and have it checked; the future is done when that is known."""
        with self.store.step() as base:
            submissions.take(base, sent, self.now)
            write_down(base, self.now, asker, Act.SENT, about=sent.file, sha256=sent.sha256)
        self.places.put(incoming, sent.id, ending)  # after its row: what has none is cleared away
        work = self.places.work(sent.id)
        assert work is not None
        return self._crew.take(sent.id, work)

    def _settle(self, submission: str, done: Done | Lost) -> None:
        """Let a workbook count, or refuse it; whatever happens, the next one has its turn."""
        try:
            self._settled(submission, done)
        except Exception:  # noqa: BLE001 - it is checked again when the server starts again
            log_failure("desk settle")

    def _settled(self, submission: str, done: Done | Lost) -> None:
        with self.store.step() as base:
            sent = submissions.of_id(base, submission)
            if sent is None:
                return
            said = verdict(sent, done, self.units)
            if isinstance(done, Done):
                duty = duty_of(sent, said)
                earlier = by_duty(submissions.current(base, duty)).get(duty)
                said = against_earlier(said, done, earlier)
            submissions.settle(base, submission, columns_of(said, done, sent.file))
            if said.is_kept:
                kept = replace(sent, duty=duty_of(sent, said))
                submissions.replace_earlier(base, kept, self.now)
            asker = replace(HERE, account=Account(Role.UNIT, sent.duty.unit))
            act = Act.KEPT if said.is_kept else Act.REFUSED
            write_down(base, self.now, asker, act, about=sent.file, sha256=sent.sha256)
        if not said.is_kept:
            self.places.remove(submission)

    def clean(self) -> None:
        """Let go of whatever is older than asked for, and of files that nothing leads to."""
        now, there = self.now, set(self.places.there())
        with self.store.read() as base:
            old = submissions.older_than(base, now - self.options.keep_days * DAY)
            known = submissions.ids(base)
        gone = []
        for one in old:
            with suppress(OSError):  # somebody reads in it: the next time
                self.places.remove(one.id)
                gone.append(one)
        with self.store.step() as base:
            accounts.forget_expired(base, now)  # the log comes last, where links are made beside us
            submissions.forget(base, [one.id for one in gone])
            for one in gone:
                write_down(base, now, HERE, Act.DELETED, about=one.file, sha256=one.sha256)
            audit.forget_old(base, self.options.keep_days, now)
        for stray in there - known:
            with suppress(OSError):
                self.places.remove(stray)

    def name_of(self, account: Account) -> str:
        """What people call an account; "" for a unit that is not on the list."""
        unit = self.accounts.get(account)
        return "主管部门" if account.is_bureau else unit.name if unit else ""

    @property
    def names(self) -> dict[str, str]:
        """What people call the accounts of the list, by how tables name them."""
        accounts_too = (BUREAU, *self.accounts)
        return {str(one): self.name_of(one) for one in accounts_too}

    def title_of(self, kind: str) -> str:
        """What a kind of report is called; where it is gone, its own name."""
        if kind not in self._titles:
            try:
                self._titles[kind] = find_kind(kind, self.options.templates).form.title
            except KindError:
                return kind
        return self._titles[kind]


def accounts_of(units: Units) -> dict[Account, Unit]:
    """The accounts of the units of a list, in its order, each with its first line."""
    found: dict[Account, Unit] = {}
    for one in units.all:
        found.setdefault(Account(Role.UNIT, unit_key(one.name, one.code)), one)
    return found


def store_of(options: Options) -> Store:
    """The database of a desk, open; raises `DataError`."""
    path = str(options.folder.resolve() / DATABASE)  # whose signs would mean something in a text
    return Store(options.database or URL.create("sqlite", database=path))


def new_id() -> str:
    """A name of our own for what is sent."""
    return token_hex(16)
