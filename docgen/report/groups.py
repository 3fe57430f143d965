"""Rows brought together under a name, for tables whose first columns are merged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Group:
    """The rows that have the value `name` in one column, as they stand in the table."""

    name: Any
    rows: list[Row] = field(default_factory=list)


def groups(rows: Iterable[Row] | None, column: str) -> list[Group]:
    """A group for each value of `column`, in the order in which the values first appear.

    Unlike Jinja's `groupby`, which sorts. The name is the first row's own, with its cell.
    Raises ValueError for rows without that column.
    """
    found: dict[Any, Group] = {}
    for row in rows or ():
        if column not in row:
            raise ValueError(f"表里没有「{column}」这一列")
        name = row[column]
        found.setdefault(name, Group(name)).rows.append(row)
    return list(found.values())
