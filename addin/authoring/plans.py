"""What a button of the group 制表 would do, to be agreed to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import xlwings as xw

from workbook.reading.spots import Spot
from workbook.xlsx.addresses import column_letters, quoted_sheet


@dataclass(frozen=True, slots=True)
class Plan:
    """The question to the author, and what does it; it gives the sentence for the status bar."""

    question: str
    do: Callable[[], str]


def reference(first: Spot, last: Spot) -> str:
    """What a name refers to: `='收支'!$C$9` of one cell, `='收支'!$C$9:$C$12` of several."""
    ends = [f"${column_letters(one.column)}${one.row}" for one in dict.fromkeys((first, last))]
    return f"={quoted_sheet(first.sheet)}!{':'.join(ends)}"


def give_names(book: xw.Book, names: Mapping[str, tuple[Spot, Spot]]) -> None:
    """Give cells their names, from a first to a last one."""
    for name, (first, last) in names.items():
        book.names.add(name, reference(first, last))
