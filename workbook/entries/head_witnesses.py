"""A second witness for a table's columns: the head above each of them says whose it is."""

from collections.abc import Iterator, Mapping

from workbook.entries.labels import bare
from workbook.findings.model import Finding, finding
from workbook.form.model import Form
from workbook.form.table import Table
from workbook.reading.snapshot import RawCell, Snapshot
from workbook.xlsx.addresses import cell_at

_MOST_HEADS = 5  # rows above a table in which a head is looked for


def heads_astray(snapshot: Snapshot, form: Form) -> Iterator[Finding]:
    """A finding for each column above which another column's head stands."""
    for key, table in form.tables.items():
        raw = snapshot.tables.get(key)
        if raw is not None and raw.rows:
            yield from _astray(snapshot, table, raw.rows[0])


def _astray(snapshot: Snapshot, table: Table, row: Mapping[str, RawCell]) -> Iterator[Finding]:
    heads = {column.key: bare(column.name) for column in table.column}
    for key, cell in row.items():
        above = _above(snapshot, table, cell)
        is_own = not above or heads.get(key, above).endswith(above)
        others = [one for one, head in heads.items() if head.endswith(above)]
        if not is_own and others:
            label = next(one.name for one in table.column if one.key == key)
            yield finding("name-astray", cell.place, label, above, key=f"{table.key}_{key}")


def _above(snapshot: Snapshot, table: Table, cell: RawCell) -> str:
    """The nearest words above the table in a cell's column."""
    row, column = cell_at(cell.place.address) or (0, 0)
    top = cell_at(snapshot.tables[table.key].place.address)
    first = min(row, top[0]) if top else row
    texts = (
        snapshot.text(cell.place.sheet, above, column)
        for above in range(first - 1, max(first - 1 - _MOST_HEADS, 0), -1)
    )
    return next((said for one in texts if (said := bare(one))), "")
