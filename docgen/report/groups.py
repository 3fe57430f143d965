"""Rows brought together under a name, for tables whose first columns are merged."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Group:
    """The rows that have the value `name` in one column, as they stand in the table.

    Of a long group that was parted, `part` counts on from 0, and `all_rows` are those of all parts.
    """

    name: Any
    rows: list[Row] = field(default_factory=list)
    part: int = 0
    all_rows: list[Row] = field(default_factory=list)


def groups(rows: Iterable[Row] | None, column: str, most: int | None = None) -> list[Group]:
    """A group for each value of `column`, in the order in which the values first appear.

    Unlike Jinja's `groupby`, which sorts. The name is the first row's own, with its cell. A group
    of more than `most` rows is parted into several, so that each fits on a page.
    Raises ValueError for rows without that column.
    """
    found: dict[Any, list[Row]] = {}
    for row in rows or ():
        if column not in row:
            raise ValueError(f"表里没有「{column}」这一列")
        name = row[column]
        found.setdefault(name, []).append(row)
    return [part for rows in found.values() for part in _parts(rows, column, most or len(rows))]


def _parts(rows: list[Row], column: str, most: int) -> Iterator[Group]:
    for number, start in enumerate(range(0, len(rows), most)):
        yield Group(rows[0][column], rows[start : start + most], number, rows)
