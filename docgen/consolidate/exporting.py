"""The tables of a ledger written as Parquet files, and as one DuckDB database.

Both are written beside what is there and put in its place when they are whole; a file that is none
of ours is kept under a dated name. Parquet files of the same ledger are the same bytes with one
version of pyarrow; of a DuckDB file only the rows are.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.parquet as pq

from docgen.consolidate.tables import (
    OF_LEDGER,
    KindTable,
    Source,
    filled,
    kind_tables,
    ledger_tables,
)
from workbook.files.save import OutputError, set_aside

if TYPE_CHECKING:
    import duckdb

_OURS: Final = {"gouji": "consolidate"}  # what our Parquet files say of themselves


def write_parquet(source: Source, folder: Path) -> None:
    """A file for each table, in `folder`; raises `OutputError` where one cannot be written."""
    tables = [*ledger_tables(source), *(filled(source, one) for one in kind_tables(source))]
    for table in tables:
        path = folder / f"{table.name}.parquet"
        with (
            _in_place(path, _is_our_parquet) as beside,
            pq.ParquetWriter(beside, table.schema, compression="zstd") as file,
        ):
            file.add_key_value_metadata(_OURS)
            for batch in table.batches():
                file.write_batch(batch)


def write_duckdb(source: Source, path: Path) -> None:
    """The ledger's tables in a database, with a view for each kind and each of its tables.

    Raises `OutputError` where it cannot be written.
    """
    import duckdb  # noqa: PLC0415 - who writes Parquet alone needs none

    with _in_place(path, _is_our_database) as beside:
        try:
            with duckdb.connect(str(beside), config={"threads": 1}) as base:
                _fill(base, source)
        except duckdb.Error as error:
            raise OutputError(f"「{path}」写不进去:{error}。请看磁盘是否已满。") from error


def _fill(base: "duckdb.DuckDBPyConnection", source: Source) -> None:
    for table in ledger_tables(source):
        base.register("given", table.schema.empty_table())
        base.execute(f"CREATE TABLE {table.name} AS FROM given")
        # In pieces and not as a stream, which DuckDB reads in a thread of its own: SQLite refuses.
        for batch in table.batches():
            base.register("given", pa.Table.from_batches([batch]))
            base.execute(f"INSERT INTO {table.name} FROM given")
        base.unregister("given")
    for one in kind_tables(source):
        base.execute(_view(one))


def _is_our_parquet(path: Path) -> bool:
    with suppress(OSError, pa.ArrowException):
        said = pq.read_metadata(path).metadata or {}
        return said.get(b"gouji") == b"consolidate"
    return False


def _is_our_database(path: Path) -> bool:
    """Whether a database holds our tables and nobody else's."""
    import duckdb  # noqa: PLC0415 - as above

    with suppress(duckdb.Error), duckdb.connect(str(path), read_only=True) as base:
        found = base.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()
        return [name for (name,) in found] == sorted(OF_LEDGER)
    return False


def _view(table: KindTable) -> str:
    """What makes a view: the figures of each workbook, or of each row of a table, side by side.

    A workbook of which nothing was read has a row of nothing but itself.
    """
    which, join, number = "row = 0", "LEFT JOIN", ""
    if table.table:
        which = f"row > 0 AND starts_with(field, {_text(f'{table.table}.')})"
        join, number = "JOIN", "f.row, "
    columns = ", ".join(
        f"{_value(at, type_)} AS {_quoted(name)}" for name, (at, type_) in table.columns.items()
    )
    whose = "w.path, w.unit, w.code, w.kind, w.period, w.status"
    return (  # names and words are quoted
        f"CREATE VIEW {_quoted(table.name)} AS SELECT {whose}, {number}{columns}"  # noqa: S608
        f" FROM workbooks w {join} (FROM figures WHERE {which}) f ON f.path = w.path"
        f" WHERE w.kind = {_text(table.kind)} AND w.path IS NOT NULL"
        f" GROUP BY {number}{whose} ORDER BY w.path{', f.row' if number else ''}"
    )


def _value(field: str, type_: pa.DataType) -> str:
    """The value of a field among the figures of a row, as its column's type."""
    source = "number" if pa.types.is_decimal(type_) else "text"
    value = f"max(f.{source}) FILTER (WHERE f.field = {_text(field)})"
    if pa.types.is_decimal(type_):
        return f"CAST({value} AS DECIMAL({type_.precision}, {type_.scale}))"
    return f"CAST({value} AS DATE)" if pa.types.is_date(type_) else value


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _text(words: str) -> str:
    doubled = words.replace("'", "''")
    return f"'{doubled}'"


@contextmanager
def _in_place(path: Path, is_ours: Callable[[Path], bool]) -> Iterator[Path]:
    """Where to write a file that is put in its place when it is whole."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield beside
        if path.is_dir():
            raise IsADirectoryError(path)
        if path.exists() and not is_ours(path):
            set_aside(path)
        beside.replace(path)
    except OSError as error:
        raise OutputError(f"「{path}」写不进去。请看有没有权限,是否正被别的程序打开。") from error
    finally:
        with suppress(OSError):
            beside.unlink()
