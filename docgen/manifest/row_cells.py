"""The cells of figures that a loop has worked out, by those that stand beside them in their row.

`{{ 行.甲 - 行.乙 }}` knows the columns of both, `表!C6:C9`, and no row; another figure of the row
says which it is, or one in a row above where the table is all of one item.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from docgen.manifest.blocks import NO_TABLE, Trace
from docgen.manifest.reading import Printed
from docgen.template.write.marks import tag_name

_OF_MAIN: Final = re.compile(r"_gj\d")
_OWNER: Final = r"[\w.)\]]*"  # what stands before the name of a column: a name, or more than one
_TEXT: Final = re.compile(r"""'[^']*'|"[^"]*\"""")
_CELL: Final = re.compile(r".*![A-Z]+(\d+)")
_COLUMN: Final = re.compile(r"(.*![A-Z]+)(\d+):[A-Z]+(\d+)")


def with_cells(figures: Sequence[Printed], traces: Sequence[Trace]) -> tuple[Printed, ...]:
    """The figures, those that a loop has worked out with the cells of their own row."""
    known, last = _Rows(), NO_TABLE
    told: list[Printed] = []
    for table, group in _blocks(figures, traces):
        if table == NO_TABLE or table != last:
            known, last = _Rows(), table
        known.read(group)
        told += map(known.told, group)
    return tuple(told)


def _blocks(
    figures: Sequence[Printed], traces: Sequence[Trace]
) -> Iterator[tuple[int, list[Printed]]]:
    """The figures of each row or paragraph with its table; of what is no block, one by one."""
    tables = {trace.mark: trace.table for trace in traces if trace.mark}
    group: list[Printed] = []
    table, is_known = NO_TABLE, False
    for figure in figures:
        is_known = is_known and _OF_MAIN.match(figure.mark) is not None
        if figure.mark in tables or not is_known:
            yield table, group
            group = []
            table, is_known = tables.get(figure.mark, NO_TABLE), figure.mark in tables
        group.append(figure)
    yield table, group


@dataclass(slots=True)
class _Rows:
    """The row of the workbook that is printed, by its table, and the tags that printed of it.

    Of a table several rows may be printed side by side, by loops and names of their own:
    `{"表": {"行": {7}, "首": {6}}}`.
    """

    rows: dict[str, dict[str, set[int]]] = field(default_factory=dict)
    seen: dict[str, set[str]] = field(default_factory=dict)

    def read(self, block: Sequence[Printed]) -> None:
        """Go on with a block: what it says of rows holds until another does."""
        found: dict[str, dict[str, set[int]]] = {}
        for one in block:
            if len(one.paths) == 1 and (cell := _CELL.fullmatch(one.cell)):
                rows = found.setdefault(_table(one.paths[0]), {})
                if name := _name_of_row(one.tag, one.paths[0]):
                    rows.setdefault(name, set()).add(int(cell[1]))
        self.rows |= found
        self.seen |= {table: set() for table in found}

    def told(self, figure: Printed) -> Printed:
        """A figure with the cells of its own row, where these are known."""
        cells = figure.cell.split("、")
        tables = {_table(path) for path in figure.paths}
        name, is_again = tag_name(figure.mark), False
        for table in tables:
            seen = self.seen.setdefault(table, set())
            is_again = is_again or name in seen  # of the next row, which says nothing of itself
            seen.add(name)
        if ":" not in figure.cell or is_again or len(cells) != len(figure.paths):
            return figure
        own = [self._own(figure.tag, *one) for one in zip(figure.paths, cells, strict=True)]
        return replace(figure, cell="、".join(own))

    def _own(self, tag: str, path: str, cell: str) -> str:
        """A cell of a figure: of a column that of the row, if it is known and was asked for."""
        column, name = _COLUMN.fullmatch(cell), _name_of_row(tag, path)
        known = self.rows.get(_table(path), {}).get(name, ())
        if column is None or len(known) != 1:
            return cell
        row = next(iter(known))
        return f"{column[1]}{row}" if int(column[2]) <= row <= int(column[3]) else cell


def _table(path: str) -> str:
    return path.rpartition("[*].")[0]


def _name_of_row(tag: str, path: str) -> str:
    """What a tag calls the one row whose column it names: `行` in `行.金额`.

    Nothing where it names the column of more than one row, `行.金额 - loop.previtem.金额`, or where
    it may mean that of all of them, `行.金额 / 表|sum(attribute='金额')`.
    """
    column = re.escape(path.rpartition("[*].")[2])
    names = set(re.findall(rf"({_OWNER})\s*\.\s*{column}(?!\w)", tag))
    is_quoted = any(re.search(rf"(?<!\w){column}(?!\w)", text) for text in _TEXT.findall(tag))
    name = names.pop() if len(names) == 1 and not is_quoted else ""
    return name if name.isidentifier() else ""
