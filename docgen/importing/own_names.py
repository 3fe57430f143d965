"""Names that the form itself has: no project is called 2023年项目支出, and no value 金额(万元)."""

import re
from dataclasses import dataclass
from typing import Final

from workbook.form.model import Form
from workbook.stated.folded import fold, letters
from workbook.stated.words import canonical, named

_BRACKETED: Final = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class OwnNames:
    """The names of a form's columns, and of its figures without year and budget."""

    columns: frozenset[str]
    figures: frozenset[str]

    def is_column(self, text: str) -> bool:
        """Whether a text is the head of a column, whatever unit it gives in brackets."""
        return letters(_BRACKETED.sub("", fold(text).text)) in self.columns

    def has(self, text: str) -> bool:
        """Whether a text names a column, a figure of the form, or nothing; or is no name at all."""
        if "。" in text:
            return True
        name = named(text).name
        return not name or self.is_column(text) or canonical(name) in self.figures


def own_names(form: Form) -> OwnNames:
    """The names of `form`."""
    columns = (c for table in form.tables.values() for c in table.column)
    plain = {_BRACKETED.sub("", fold(n).text) for c in columns for n in (c.key, c.name)}
    plain |= {f"{key}{t.row_name}" for key, t in form.tables.items() if t.row_name}
    figures = {
        canonical(name)
        for key, field in form.fields.items()
        for words in (key, field.name, *field.said)
        if (name := named(words).name)
    }
    return OwnNames(frozenset(map(letters, plain)), frozenset(figures))
