"""The ledger of a batch, 台账.sqlite: what came of each workbook, and every figure in it.

    workbooks   one row a workbook, and one without a path for each unit that handed in nothing
    figures     one row a value; the row number of what stands in no table is 0
    remembered  what a later run has to know to do only what has changed

Each workbook is written down as soon as it is done, in one step with its figures, so that who is
killed loses none that was done.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from docgen.batch.model import Done, Status
from workbook.files.save import OutputError

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS workbooks (
    path TEXT UNIQUE, sha256 TEXT, unit TEXT, code TEXT, kind TEXT, status TEXT NOT NULL,
    errors INTEGER, warnings INTEGER, report TEXT, annotated TEXT, message TEXT, attempts INTEGER);
CREATE TABLE IF NOT EXISTS figures (
    path TEXT NOT NULL, field TEXT NOT NULL, row INTEGER NOT NULL, value REAL, text TEXT NOT NULL,
    PRIMARY KEY (path, field, row)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS remembered (
    path TEXT PRIMARY KEY, key TEXT NOT NULL, status TEXT NOT NULL, message TEXT NOT NULL,
    name TEXT NOT NULL, code TEXT NOT NULL, year TEXT NOT NULL,
    report_sha256 TEXT NOT NULL, annotated_sha256 TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS summary (sha256 TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of `workbooks`; `path` is None of a unit that handed in nothing.

    `Entry("河口县/一中.xlsx", "河口县一中", "201001", "department", Status.WRONG, errors=2)` is a
    workbook with two errors.
    """

    path: str | None
    unit: str
    code: str
    kind: str
    status: Status
    errors: int = 0
    warnings: int = 0
    report: str = ""
    annotated: str = ""
    message: str = ""
    attempts: int = 0


class Ledger:
    """An open ledger, which this run alone may write to."""

    def __init__(self, path: Path) -> None:
        try:
            self._base = sqlite3.connect(path, timeout=0, isolation_level=None)
            self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
            # One wait for the disk in a hundred workbooks, not two in each. Who is killed loses
            # nothing; where the power fails the last few workbooks are done again.
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = NORMAL")
            self._base.execute("BEGIN EXCLUSIVE")
            for statement in _TABLES.split(";"):
                self._base.execute(statement)
            self._base.execute("COMMIT")
        except sqlite3.Error as error:
            raise OutputError(_fault(path, error)) from error

    def close(self) -> None:
        """Let it go, all in one file, as who may only read it needs it."""
        with suppress(sqlite3.Error):
            self._base.execute("PRAGMA journal_mode = DELETE")
        self._base.close()

    @contextmanager
    def _step(self) -> Iterator[sqlite3.Connection]:
        """All that is written within happens, or nothing."""
        try:
            self._base.execute("BEGIN")
            try:
                yield self._base
            except BaseException:
                self._base.execute("ROLLBACK")
                raise
            self._base.execute("COMMIT")
        except sqlite3.Error as error:
            raise OutputError(f"台账写不进去:{error}。请看磁盘是否已满。") from error

    def write(self, done: Done, sha256: str, key: str, attempts: int) -> None:
        """Write down what came of a workbook, in place of what came of it before."""
        with self._step() as base:
            _forget(base, done.path)
            base.execute(
                "INSERT INTO workbooks VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                (
                    *(done.path, sha256, done.name, done.code, done.kind, done.status),
                    *(done.errors, done.warnings, done.report, done.copy, done.message, attempts),
                ),
            )
            base.executemany(
                "INSERT INTO figures VALUES (?,?,?,?,?)",
                ((done.path, one.field, one.row, one.number, one.text) for one in done.figures),
            )
            words = (key, done.status, done.message, done.name, done.code, done.year)
            base.execute(
                "INSERT INTO remembered VALUES (?,?,?,?,?,?,?,?,?)", (done.path, *words, *done.made)
            )

    def forget(self, path: str) -> None:
        """Strike a workbook that is not there any more."""
        with self._step() as base:
            _forget(base, path)

    def remembered(self) -> dict[str, tuple[str, Done, int]]:
        """By path the key, what came of it (its figures aside), and how often it was tried."""
        rows = self._base.execute(
            "SELECT path, r.key, r.status, r.message, kind, r.name, r.code, r.year, errors,"
            " warnings, report, annotated, report_sha256, annotated_sha256, attempts"
            " FROM workbooks JOIN remembered r USING (path) ORDER BY path"
        )
        return {
            path: (key, replace(Done(path, Status(status), *rest), made=(first, second)), attempts)
            for path, key, status, *rest, first, second, attempts in rows
        }

    @property
    def is_settled(self) -> bool:
        """Whether nothing was done since the statuses of all were settled."""
        ((said,),) = self._base.execute("PRAGMA user_version")
        return bool(said)

    def unsettle(self) -> None:
        """Say that what follows is not settled yet."""
        self._base.execute("PRAGMA user_version = 0")

    def settle(self, entries: Sequence[Entry]) -> None:
        """Write down whose each workbook is, which are one too many, and who handed in none."""
        with self._step() as base:
            base.execute("DELETE FROM workbooks WHERE path IS NULL")
            for one in entries:
                if one.path is None:
                    base.execute(
                        "INSERT INTO workbooks VALUES (NULL,'',?,?,?,?,0,0,'','',?,0)",
                        (one.unit, one.code, one.kind, one.status, one.message),
                    )
                else:
                    base.execute(
                        "UPDATE workbooks SET unit=?, code=?, status=?, message=? WHERE path=?",
                        (one.unit, one.code, one.status, one.message, one.path),
                    )
            base.execute("PRAGMA user_version = 1")

    @property
    def summary(self) -> str:
        """The hash of the summary that was written last, "" where none was."""
        return "".join(one for (one,) in self._base.execute("SELECT sha256 FROM summary"))

    @summary.setter
    def summary(self, sha256: str) -> None:
        with self._step() as base:
            base.execute("DELETE FROM summary")
            base.execute("INSERT INTO summary VALUES (?)", (sha256,))

    def entries(self) -> list[tuple[Entry, str]]:
        """The rows of `workbooks` by path, those without one last; each with its year."""
        rows = self._base.execute(
            "SELECT path, unit, w.code, kind, w.status, errors, warnings, report, annotated,"
            " w.message, attempts, coalesce(year, '')"
            " FROM workbooks w LEFT JOIN remembered USING (path)"
            " ORDER BY path IS NULL, path, unit, w.code, kind"
        )
        return [
            (Entry(path, unit, code, kind, Status(status), *rest), year)
            for path, unit, code, kind, status, *rest, year in rows
        ]

    def numbers(self, path: str) -> list[tuple[str, str]]:
        """Each figure of a workbook that is a number, with all its digits; of tables row by row."""
        return self._base.execute(
            "SELECT field, text FROM figures WHERE path = ? AND value IS NOT NULL", (path,)
        ).fetchall()

    def figures(self, path: str) -> dict[str, str]:
        """The values of a workbook that stand in no table, by field."""
        rows = self._base.execute(
            "SELECT field, text FROM figures WHERE path = ? AND row = 0", (path,)
        )
        return dict(rows)

    def rows(self, path: str, table: str) -> list[dict[str, str]]:
        """The rows of a table in a workbook, by column; one in which all is blank is {}."""
        found: list[dict[str, str]] = []
        for field, row, text in self._base.execute(
            "SELECT field, row, text FROM figures WHERE path = ? AND field > ? AND field < ?",
            (path, f"{table}.", f"{table}/"),  # the sign behind the point
        ):
            found += ({} for _ in range(row - len(found)))
            found[row - 1][field.partition(".")[2]] = text
        return found

    def every_workbook(self) -> Iterator[tuple[str | int | None, ...]]:
        """The rows of `workbooks` as they stand, each with its year behind it, in order."""
        return self._base.execute(
            "SELECT w.*, coalesce(year, '') FROM workbooks w LEFT JOIN remembered USING (path)"
            " ORDER BY path IS NULL, path, unit, w.code, w.kind"
        )

    def every_figure(self) -> Iterator[tuple[str, str, int, float | None, str]]:
        """The rows of `figures` as they stand, by path, field and row."""
        return self._base.execute("SELECT * FROM figures ORDER BY path, field, row")

    def lengths(self) -> list[tuple[str, str, int, int]]:
        """By kind and field, the most digits of its figures before the point, and behind it."""
        return self._base.execute(
            "SELECT kind, field, max(point - 1), max(max(0, length(digits) - point))"
            " FROM (SELECT kind, field, ltrim(text, '-') AS digits,"
            " instr(ltrim(text, '-') || '.', '.') AS point"
            " FROM figures JOIN workbooks USING (path) WHERE value IS NOT NULL)"
            " GROUP BY kind, field ORDER BY kind, field"
        ).fetchall()


def _forget(base: sqlite3.Connection, path: str) -> None:
    for table in ("workbooks", "figures", "remembered"):
        base.execute(f"DELETE FROM {table} WHERE path = ?", (path,))  # noqa: S608 - names of ours


def _fault(path: Path, error: sqlite3.Error) -> str:
    if "locked" in str(error):
        return f"「{path.parent}」里另一次批量正在做。请等它做完再试。"
    if "not a database" in str(error):
        return f"「{path}」不是台账。请把它移走,或换一个输出文件夹。"
    return f"台账「{path}」写不进去:{error}。请看有没有权限,磁盘是否已满。"
