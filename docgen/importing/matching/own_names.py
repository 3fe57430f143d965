"""Words that name no row: what the form itself calls its figures, and what amounts are called.

No project is called 2023年项目支出 or 防汛经费计划, and no value is 金额(万元).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from docgen.importing.template.pieces import Target
from workbook.form.field import Field
from workbook.form.model import Form
from workbook.stated.folded import fold, letters
from workbook.stated.item_names import is_head, is_item
from workbook.stated.units import MONEY
from workbook.stated.words import canonical, general, named

BRACKETED: Final = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class OwnNames:
    """The names of a form's columns, and of its figures without year and budget.

    `rows` are the columns that name what an amount beside them was spent on.
    """

    columns: frozenset[str]
    figures: frozenset[str]
    rows: frozenset[Target]

    def is_column(self, text: str) -> bool:
        """Whether a text is the head of a column, whatever unit it gives in brackets."""
        return letters(BRACKETED.sub("", fold(text).text)) in self.columns

    def is_head(self, target: Target, text: str) -> bool:
        """Whether a text beside a label is the head of a column, and no value: 预算金额."""
        return self.is_column(text) or (target in self.rows and is_head(text))

    def refuses(self, target: Target, text: str) -> bool:
        """Whether a text cannot be what a row's column says: a name that is none."""
        return self.has(text) or (target in self.rows and not is_item(text))

    def has(self, text: str) -> bool:
        """Whether a text names a column, a figure of the form, or nothing; or is no name at all."""
        if "。" in text:
            return True
        name = named(text).name
        return not name or self.is_column(text) or canonical(name) in self.figures


def own_ways(column: Field) -> Iterator[str]:
    """All words that stand for a column above or beside its values, as they are compared."""
    for name in (column.key, column.name, *column.said, *general().head.get(column.key, ())):
        text = BRACKETED.sub("", fold(name).text)
        yield text
        if ":" in text:
            yield text.partition(":")[2]


def own_names(form: Form) -> OwnNames:
    """The names of `form`."""
    columns = (c for table in form.tables.values() for c in table.column)
    plain = {way for column in columns for way in own_ways(column)}
    plain |= {f"{key}{t.row_name}" for key, t in form.tables.items() if t.row_name}
    figures = {
        canonical(name)
        for key, field in form.fields.items()
        for words in (key, field.name, *field.said)
        if (name := named(words).name)
    }
    rows = (
        Target(table.key, table.row_name)
        for table in form.tables.values()
        if table.row_name and not table.scoring and any(c.unit in MONEY for c in table.column)
    )
    return OwnNames(frozenset(map(letters, plain)), frozenset(figures), frozenset(rows))
