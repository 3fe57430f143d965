"""Texts in which somebody wrote figures out, found without the reader of sentences."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from workbook.form.model import Form
from workbook.form.table import Table
from workbook.reading.values import Entry, Quote, Row, Values
from workbook.stated.counted import IN_WORDS
from workbook.stated.units import MONEY, UNITS

WRITTEN: Final = ("text", "paragraphs")  # types of fields whose words are somebody's own
_UNIT: Final = "|".join(sorted(map(re.escape, (*UNITS, "％")), key=len, reverse=True))
_FIGURE: Final = re.compile(
    r"(?<![0-9０-９.．,A-Za-z])[0-9０-９][0-9０-９,]*(?:[.．][0-9０-９]+)?"
    rf"[ \u3000]?(?:[万亿]?[余多])?(?:{_UNIT})|{IN_WORDS}[名个人家辆]"
)
_YEAR: Final = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}年度?")
_QUOTE: Final = re.compile(r"[{｛]{2}.*?[}｝]{2}", re.DOTALL)


class Text(Struct, frozen=True):
    """A text cell in which a figure is written out; `table` and `row` where it stands in one.

    `spots` are the first letter of each such figure and the one behind its unit.

    培训8名干部 has one spot, (2, 4), which is 8名.
    """

    entry: Entry
    words: str
    spots: tuple[tuple[int, int], ...]
    table: Table | None = None
    row: Row | None = None

    @property
    def is_of_item(self) -> bool:
        """Whether it stands in the row of an item that has amounts of its own."""
        columns = self.table.column if self.table and self.table.row_name else ()
        return any(column.is_number and column.unit in MONEY for column in columns)

    def says_any(self, words: Iterable[str]) -> bool:
        """Whether one of the words stands in it, whatever signs and blanks stand between."""
        said = "".join(letter for letter in self.words if letter.isalnum())
        return any(word in said for word in words)


def quotable(values: Values, form: Form) -> Iterator[str]:
    """The names of rows that a text may quote, their letters alone."""
    for table in (one for one in form.tables.values() if one.quote_as):
        assert table.quote_as is not None
        for row in values.tables[table.key]:
            name = row[table.quote_as.name].value
            if isinstance(name, str) and name:
                yield "".join(letter for letter in name if letter.isalnum())


def written(values: Values, form: Form) -> Iterator[Text]:
    """The texts that hold a figure with a unit which no quote gives; `values` are with quotes."""
    for entry in values.fields.values():
        if text := _text(entry):
            yield text
    for key, rows in values.tables.items():
        table = form.tables[key]
        names = {table.row_name, *table.given}
        columns = [c.key for c in table.column if c.type in WRITTEN and c.key not in names]
        found = (_text(row[column], table, row) for row in rows for column in columns)
        yield from filter(None, found)


def literal_figures(text: str) -> list[str]:
    """The figures and years of a text with its quotes unresolved, `2022年` and `8名`, each once."""
    bare = _QUOTE.sub("\n", text)
    found = [*_YEAR.finditer(bare), *_FIGURE.finditer(bare)]
    return list(dict.fromkeys(one[0] for one in sorted(found, key=lambda one: one.start())))


def _text(entry: Entry, table: Table | None = None, row: Row | None = None) -> Text | None:
    words = entry.value
    if not isinstance(words, str) or entry.field.type not in WRITTEN or not entry.is_typed:
        return None
    spots = tuple(
        one.span() for one in _FIGURE.finditer(words) if not _is_quoted(one.span(), entry.quotes)
    )
    return Text(entry, words, spots, table, row) if spots else None


def _is_quoted(span: tuple[int, int], quotes: tuple[Quote, ...]) -> bool:
    return any(span[0] < quote.end and quote.start < span[1] for quote in quotes)
