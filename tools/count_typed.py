"""Counts the cells that somebody has to type, of a kind's filled example and of its least report.

usage: python tools/count_typed.py [KIND] [--templates DIR]

A cell counts that holds a value which the program would not have put there itself: neither given by
the form nor computed nor a default that nobody changed. The least report has every required cell,
one row in each table that must have one, one project, and three indicators where there are any.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from workbook.checking.intake import take_in  # noqa: E402 - the checkout's own packages
from workbook.checking.kinds import Kind, find_kind  # noqa: E402 - as above
from workbook.form.model import Form  # noqa: E402 - as above
from workbook.form.outline import ADDED  # noqa: E402 - as above
from workbook.form.table import Table  # noqa: E402 - as above
from workbook.making.build import build_workbook  # noqa: E402 - as above

INDICATORS = 3  # 产出, 效益, 满意度
OF_AN_INDICATOR = frozenset(("年度指标值", "度量单位", "实际完成值"))  # which a rule asks for


def typed_in_sample(kind: Kind, templates: Path | None) -> Counter[str]:
    """How many cells of the filled example were typed, by table; single fields under ""."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "样例.xlsx")
        build_workbook(kind.form, kind.rules, kind.sample).save(path)
        values = take_in(path, templates).checked.values
    count = Counter({"": sum(e.is_typed and not e.is_blank for e in values.fields.values())})
    for table in kind.form.tables.values():
        for number, row in enumerate(values.tables[table.key]):
            given = table.row[number].given if table.row else {}
            own = (entry for key, entry in row.items() if key not in given)
            count[table.key] += sum(entry.is_typed and not entry.is_blank for entry in own)
    return count


def least(form: Form) -> Counter[str]:
    """How many cells the least report asks for."""
    count = Counter({"": sum(f.required and f.is_asked for f in form.fields.values())})
    for table in form.tables.values():
        count[table.key] = _rows(table) * sum(1 for _ in _asked(table))
        # What goes from row to row is typed into the first row.
        count[table.key] += sum(one.follows for one in table.column if _rows(table))
    return count


def _rows(table: Table) -> int:
    if table.row:
        return 0
    return INDICATORS if table.scoring else max(1, table.min_rows) if _is_needed(table) else 0


def _is_needed(table: Table) -> bool:
    return table.min_rows > 0 or (table.quote_as is None and table.key != ADDED)


def _asked(table: Table) -> Iterator[str]:
    """The columns that somebody has to type into, those too whose default may leave them blank."""
    for column in table.typed:
        is_figure = table.scoring is not None and column.key in OF_AN_INDICATOR
        if (column.is_asked and (column.required or is_figure)) or (is_figure and column.is_number):
            yield column.key


def main() -> None:
    """Print both counts."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("kind", nargs="?", default="department")
    parser.add_argument("--templates", type=Path)
    options = parser.parse_args()
    kind = find_kind(options.kind, options.templates)
    counts = {
        "the filled example": typed_in_sample(kind, options.templates),
        "the least report": least(kind.form),
    }
    for what, count in counts.items():
        parts = ", ".join(f"{key or 'single fields'} {n}" for key, n in count.items() if n)
        print(f"{what}: {count.total()} typed cells ({parts})")


if __name__ == "__main__":
    main()
