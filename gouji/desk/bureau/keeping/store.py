"""The database of a desk: its tables, on SQLite or PostgreSQL, and one writer at a time."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import (
    DDL,
    URL,
    BigInteger,
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    event,
    insert,
    select,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from docgen.batch.units import Unit, Units
from docgen.report.given_faults import DataError

SCHEMA: Final = "1"
_METADATA: Final = MetaData()
_HASH: Final = String(64)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, default="")


def _count(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False, default=0)


ABOUT: Final = Table(
    "about", _METADATA, Column("key", String(40), primary_key=True), _text("value")
)
LINES: Final = Table(  # of the list of units
    "lines",
    _METADATA,
    Column("place", Integer, primary_key=True, autoincrement=False),
    *map(_text, ("name", "code", "above", "kind")),
)
LINKS: Final = Table(
    "links",
    _METADATA,
    Column("token_sha256", _HASH, primary_key=True),
    _text("account"),
    *map(_count, ("expires", "opened")),
)
SESSIONS: Final = Table(
    "sessions",
    _METADATA,
    Column("token_sha256", _HASH, primary_key=True),
    _text("account"),
    _count("expires"),
)
SUBMISSIONS: Final = Table(
    "submissions",
    _METADATA,
    Column("number", Integer, primary_key=True),
    Column("id", String(32), nullable=False, unique=True),
    *map(_text, ("unit", "duty_kind", "file", "sha256", "stage", "status", "message", "note")),
    *map(_text, ("kind", "name", "code", "year", "report", "copy", "decision", "remark")),
    *map(_count, ("size", "at", "errors", "warnings", "decided", "replaced")),
    *map(_text, ("findings", "figures")),  # JSON, read only where they are asked for
    Index("of_unit", "unit", "number"),
)
AUDIT: Final = Table(
    "audit",
    _METADATA,
    Column("number", Integer, primary_key=True),
    _count("at"),
    *map(_text, ("who", "address", "act", "about", "sha256")),
)
CHAIN: Final = Table(  # of each line of the log a hash of it and of all before it
    "chain",
    _METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("link", _HASH, nullable=False),
)
# What was written down of who did what is never written anew, whoever has the database open.
event.listen(
    AUDIT,
    "after_create",
    DDL(  # type: ignore[no-untyped-call]
        "CREATE TRIGGER audit_is_final BEFORE UPDATE ON audit"
        " BEGIN SELECT RAISE(ABORT, 'append only'); END"
    ).execute_if(dialect="sqlite"),
)
event.listen(
    AUDIT,
    "after_create",
    DDL(  # type: ignore[no-untyped-call]
        "CREATE RULE audit_is_final AS ON UPDATE TO audit DO INSTEAD NOTHING"
    ).execute_if(dialect="postgresql"),
)


class Store:
    """An open database."""

    def __init__(self, url: str | URL) -> None:
        """Open it and make its tables; raises `DataError` where it cannot be used."""
        try:
            self._engine = _engine(url)
            _METADATA.create_all(self._engine)
        except (SQLAlchemyError, ImportError, ValueError) as error:
            raise DataError(_fault(url, error)) from error
        self._one_at_a_time = threading.Lock()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that only reads."""
        with self._engine.connect() as base:
            yield base

    @contextmanager
    def step(self) -> Iterator[Connection]:
        """All that is written within happens, or nothing; nobody else writes in the meantime.

        That holds among threads. No two servers are on one database (`claimed`).
        """
        with self._one_at_a_time, self._engine.begin() as base:
            yield base

    def close(self) -> None:
        """Let it go."""
        self._engine.dispose()


def _engine(url: str | URL) -> Engine:
    """An engine; SQLite overwrites what is deleted, so that it is gone from the file too."""
    if make_url(url).get_backend_name() not in ("sqlite", "postgresql"):
        raise ValueError(str(url))
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _prepare(connection: Any, _record: Any) -> None:
            for said in ("secure_delete = ON", "busy_timeout = 30000", "synchronous = FULL"):
                connection.execute(f"PRAGMA {said}")

    return engine


def _fault(url: str | URL, error: Exception) -> str:
    if isinstance(error, ArgumentError | NoSuchModuleError | ValueError):
        return (
            "--database 要写成 postgresql+psycopg://用户:口令@主机/库名,或不写(用文件夹里的 SQLite)"
        )
    made = make_url(url)
    if made.get_backend_name() == "sqlite":
        return f"「{made.database}」打不开,可能已损坏,或没有权限。请用备份换下它,或换一个文件夹。"
    shown = made.render_as_string(hide_password=True)
    if isinstance(error, ImportError):
        return f"连接「{shown}」要另装驱动:pip install 'gouji[desk-postgresql]'"
    return f"数据库「{shown}」打不开。请看服务是否在运行,用户、口令、库名和权限对不对。"


def claimed(base: Connection, folder: str) -> None:
    """Hold the database against the folder that it belongs to; a new one is that folder's.

    Raises `DataError` for that of another folder, or of another state of the program.
    """
    said = dict(base.execute(select(ABOUT.c.key, ABOUT.c.value)).all())
    if not said:
        rows = [{"key": "schema", "value": SCHEMA}, {"key": "folder", "value": folder}]
        base.execute(insert(ABOUT), rows)
    elif said.get("folder") != folder:
        raise DataError("这个数据库是另一个文件夹的。请换一个数据库,或换回原来的文件夹。")
    elif said.get("schema") != SCHEMA:
        raise DataError("这个数据库是另一个版本的勾稽建的。请用那个版本打开,或换一个文件夹。")


def remember_url(base: Connection, url: str) -> None:
    """Keep what browsers call the desk, for links that are made beside the server."""
    base.execute(delete(ABOUT).where(ABOUT.c.key == "url"))
    base.execute(insert(ABOUT), [{"key": "url", "value": url}])


def remembered_url(base: Connection) -> str:
    """What browsers call the desk."""
    return str(base.execute(select(ABOUT.c.value).where(ABOUT.c.key == "url")).scalar_one())


def log_start(base: Connection) -> str:
    """The link before the first line of the log: of the last one that was let go, else ""."""
    asked = select(ABOUT.c.value).where(ABOUT.c.key == "log_start")
    return str(base.execute(asked).scalar_one_or_none() or "")


def start_log_after(base: Connection, link: str) -> None:
    """Keep the link of the last line that is let go."""
    base.execute(delete(ABOUT).where(ABOUT.c.key == "log_start"))
    base.execute(insert(ABOUT), [{"key": "log_start", "value": link}])


def listed(base: Connection) -> Units:
    """The list of units as it was read last."""
    columns = (LINES.c.name, LINES.c.code, LINES.c.above, LINES.c.kind)
    rows = base.execute(select(*columns).order_by(LINES.c.place))
    return Units([Unit(*row) for row in rows])


def list_anew(base: Connection, lines: Sequence[Unit]) -> None:
    """Put another list of units in the place of the one before."""
    base.execute(delete(LINES))
    rows = [
        {"place": place, "name": one.name, "code": one.code, "above": one.above, "kind": one.kind}
        for place, one in enumerate(lines)
    ]
    base.execute(insert(LINES), rows)
