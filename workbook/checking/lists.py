"""Lists that hold something else than their items: counted texts, and rows that add up others."""

import re
from collections.abc import Iterator
from typing import Final

from workbook.findings.model import Finding, finding
from workbook.form.model import Form
from workbook.language.names import FieldName
from workbook.language.text_functions import CountItems, count_items
from workbook.reading.below import says_total
from workbook.reading.values import Values, shown
from workbook.rules.model import RuleSet

_IN_BRACKETS: Final = re.compile("[(（][^()（）]*[)）]")
# Marks that part items too, blanks between words, and a list that ends with 等 or 等3个.
_UNCLEAR: Final = re.compile(r"[，,;；/／､\n|]|\S[ 　]+\S|等(?:\d|[一二三四五六七八九十]|$)")


def total_rows(values: Values, form: Form) -> Iterator[Finding]:
    """An error for each row of a growing table that says of itself that it adds up the others."""
    for table in (one for one in form.tables.values() if one.row_name and not one.row):
        for name in (row[table.row_name] for row in values.tables[table.key]):
            if says_total(name.value):
                yield finding("row-is-total", name.place, table.title, str(name.value))


def unclear_lists(values: Values, rules: RuleSet) -> Iterator[Finding]:
    """A warning for each list that a cell counts, in which something else than 、 parts items."""
    told: set[str] = set()
    for cell in rules.computed:
        entry = values.fields.get(cell.key)
        if cell.table or entry is None or entry.is_typed:
            continue
        for call in cell.tree.walk():
            names = call.arguments if isinstance(call, CountItems) else ()
            for one in names:
                if isinstance(one, FieldName) and one.leaf.field.key not in told:
                    told.add(one.leaf.field.key)
                    yield from _unclear(values, one.leaf.field.key)


def _unclear(values: Values, key: str) -> Iterator[Finding]:
    entry = values.fields[key]
    text = entry.value if isinstance(entry.value, str) else ""
    if _UNCLEAR.search(_IN_BRACKETS.sub("", text.strip())):
        counted = shown(count_items(text))
        yield finding("list-unclear", entry.place, entry.label, text, counted)
