"""openpyxl's `load_workbook` for files that many tests open: which are parsed twice."""

import copyreg
import io
import pickle
from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.table import Table, TableList

# What was seen once, and what is kept since it came again: keeping costs a third of parsing.
_seen: set[bytes] = set()
_kept: dict[bytes, bytes] = {}


def load_workbook(file: Path | str | IO[bytes], **how: Any) -> Workbook:
    """The workbook as openpyxl loads it: a fifth of the cost from the third time on."""
    data = file.read() if not isinstance(file, Path | str) else Path(file).read_bytes()
    key = blake2b(data + repr(sorted(how.items())).encode(), digest_size=16).digest()
    if key in _kept:
        return pickle.loads(_kept[key])
    book = openpyxl.load_workbook(io.BytesIO(data), **how)
    if key in _seen and not book.read_only and book.vba_archive is None:
        _kept[key] = pickle.dumps(book)
    _seen.add(key)
    return book


def _tables_again(tables: Sequence[Table]) -> TableList:
    made = TableList()
    for table in tables:
        made.add(table)
    return made


def _reduced(
    tables: TableList,
) -> tuple[Callable[[Sequence[Table]], TableList], tuple[list[Table]]]:
    return _tables_again, (list(tables.values()),)


# Its `items` gives the tables' areas, and pickle takes a dict's items for what is in it.
copyreg.pickle(TableList, _reduced)
