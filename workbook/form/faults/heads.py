"""Labels of a table's columns that cannot be the heads of an Excel table.

A bureau's own form.xlsx has heads of its own, whatever the labels say: it is not asked for these.
"""

import re
from collections import Counter
from collections.abc import Iterator

from workbook.catalogue.model import Language
from workbook.catalogue.sheets import ROW_ORDER, ROW_USED, ROW_VERDICT
from workbook.form.model import Form
from workbook.form.table import Table

MOST_HEAD = 120  # letters of a column's head; Excel ends at 255, and formulas repeat it
_REFUSED = re.compile(r"[\x00-\x1f\[\]@]|^\s|\s$")


def head_faults(form: Form) -> Iterator[str]:
    """What is wrong with the labels of columns as heads."""
    for table in form.tables.values():
        yield from _of_table(table, form.language)


def _of_table(table: Table, language: Language) -> Iterator[str]:
    """Excel's tables ignore case: each head once, in whatever letters."""
    taken = Counter(one.casefold() for c in table.column for one in {c.key, c.name})
    own = {one(language).casefold() for one in (ROW_VERDICT, ROW_ORDER, ROW_USED)}
    for column in (one for one in table.column if one.name != one.key):
        label = column.name
        where = f"表「{table.key}」的列「{column.key}」:label「{label}」"
        if taken[label.casefold()] > 1:
            yield f"{where}和这张表里另一列的 key 或 label 相同"
        if label.casefold() in own:
            yield f"{where}是程序自己要用的名字"
        if len(label) > MOST_HEAD or _REFUSED.search(label):
            yield f"{where}要作列头:最多 {MOST_HEAD} 个字,没有 [ ] @,不换行,前后不空格"
