"""What a report template can name: the form's values under the clerk's own words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from docgen.template.model.sourced import (
    MINUS,
    Amount,
    Prose,
    Source,
    SourcedText,
    Span,
    raw_of,
)
from docgen.template.model.stand_in import StandIn
from workbook.catalogue.model import Language
from workbook.catalogue.reports import ROUNDING_NOTE, TO_FILL
from workbook.catalogue.verdicts import NOT_APPLICABLE
from workbook.figures.numbers import round_half_up
from workbook.form.field import CONVERSIONS, Field
from workbook.form.model import Form
from workbook.form.outline import PAGES, SECTIONS
from workbook.reading.values import Entry, Quote, Values

_QUOTED = re.compile(r"'[^']*'")
_NAME = re.compile(r"(?<![\w.])([^\W\d]\w*)(?:\.(\w+))?")  # of a field, or of a table's column
SECTION_KEYS = ("级别", "编号", "标题", "正文", "内容", "表格", "是末节")


class ToFill(StandIn):
    """What a draft prints for a required cell that is blank."""

    def __new__(cls, language: Language = "zh") -> "ToFill":
        """The words that show the gap."""
        return super().__new__(cls, TO_FILL(language))


def report_context(values: Values, *, draft: bool = False) -> dict[str, Any]:
    """Fields by key, tables as lists of rows by column.

    Figures are `Decimal` with their declared decimals, dates are `date`, quotes are resolved. All
    but dates know their cell. A blank cell is None, which prints as nothing; in a draft a required
    one shows that it is due, and so does a figure that is worked out of one.
    """

    def printed(entry: Entry, row: Mapping[str, Entry], path: str, key: str = "") -> Any:
        if entry.is_absent:
            return StandIn(NOT_APPLICABLE(values.language))
        is_due = draft and _is_due(entry, values, row)
        return (
            ToFill(values.language)
            if is_due
            else _sourced(entry, Source(path, str(entry.place or ""), key), values)
        )

    fields = {key: printed(entry, {}, key) for key, entry in values.fields.items()}
    tables = {
        key: [
            {name: printed(entry, row, f"{key}[*].{name}", known) for name, entry in row.items()}
            for row, known in zip(rows, row_keys(rows), strict=True)
        ]
        for key, rows in values.tables.items()
    }
    return fields | tables


def _is_due(entry: Entry, values: Values, row: Mapping[str, Entry]) -> bool:
    """Whether a required cell is blank, or one out of which this cell's figure is worked out.

    `row` are the entries of its own row in a table.
    """
    if entry.value is not None or entry.is_absent:
        return False
    if entry.field.required or not entry.readable:
        return True
    read = _read(entry.field.formula, values, row)
    return any(one is not entry and _is_due(one, values, row) for one in read)


def _read(formula: str, values: Values, row: Mapping[str, Entry]) -> Iterator[Entry]:
    """The entries that a formula reads: of its own row, single ones, and whole columns."""
    for table, column in {*_NAME.findall(_QUOTED.sub("", formula))}:
        if column:
            rows = values.tables.get(table, ())
            yield from (one[column] for one in rows if column in one)
        elif one := row.get(table) or values.fields.get(table):
            yield one


def row_keys(rows: Sequence[Mapping[str, Entry]]) -> list[str]:
    """What each row of a table is known by: its texts up to the first that no other row has.

    Rows that say the same have their number among those behind it.
    """
    said = [[str(one.value) for one in row.values() if isinstance(one.value, str)] for row in rows]
    for length in range(1, max(map(len, said), default=0) + 1):
        keys = ["/".join(words[:length]) for words in said]
        if len(set(keys)) == len(keys):
            return keys
    seen: Counter[str] = Counter()
    numbered = []
    for key in ("/".join(words) for words in said):
        seen[key] += 1
        numbered.append(f"{key}#{seen[key]}" if seen[key] > 1 else key)
    return numbered


def _sourced(entry: Entry, source: Source, values: Values) -> Any:
    """The value with its cell; a long text is the clerk's own, only its quotes have cells."""
    value = entry.value
    if isinstance(value, Decimal):
        return _amount(value, entry.field, source)
    if not isinstance(value, str):
        return value
    if entry.quotes or entry.field.type == "paragraphs":
        quotes = [
            Span(one.start, one.end, _quoted(one, value[one.start : one.end], values))
            for one in entry.quotes
        ]
        return Prose(_with_minus(value, entry.quotes), quotes)
    return SourcedText(value, source)


def _quoted(quote: Quote, text: str, values: Values) -> Source:
    """Where a quoted figure comes from, with its value where the text does not say it."""
    entry = values.fields.get(quote.name)
    raw = raw_of(entry.value) if entry else None
    raw = "" if raw is None or raw == text else raw
    return Source(quote.name, str(quote.place or ""), raw=raw)


def _with_minus(text: str, quotes: Iterable[Quote]) -> str:
    """A text whose quoted negative figures have a minus, as all printed ones."""
    for quote in quotes:
        if re.fullmatch(r"-\d[\d.,]*", text[quote.start : quote.end]):
            text = f"{text[: quote.start]}{MINUS}{text[quote.start + 1 :]}"
    return text


def _amount(value: Decimal, field: Field, source: Source) -> Amount:
    """The figure in the unit and with the decimals that are printed."""
    converted, places = _converted(value, field), field.printed_decimals
    if converted != value or (places is not None and round_half_up(converted, places) != converted):
        source = source._replace(raw=f"{value:f}")
    return Amount(converted, source, places)


def _converted(value: Decimal, field: Field) -> Decimal:
    if not field.printed_unit:
        return value
    return value.scaleb(-CONVERSIONS[field.unit, field.printed_unit])


def printed_amount(value: Decimal, field: Field) -> Decimal:
    """The figure that a report prints for a value: its unit changed, its decimals cut."""
    converted = _converted(value, field)
    places = field.printed_decimals
    return converted if places is None else round_half_up(converted, places)


def report_names(form: Form) -> list[str]:
    """Every path that a template for `form` may use: `基本支出`, `项目[*].金额`."""
    columns = (
        f"{key}[*].{column.key}" for key, table in form.tables.items() for column in table.column
    )
    lists = (SECTIONS, PAGES) if form.section else ()
    sections = (f"{name}[*].{key}" for name in lists for key in SECTION_KEYS)
    return [*form.fields, *columns, *sections, ROUNDING_NOTE(form.language)]


def figure_sources(values: Values) -> dict[str, str]:
    """The cell behind each path: `预算收支!C17`, for a column its filled rows `项目支出!C6:C12`."""
    sources = {key: str(entry.place) for key, entry in values.fields.items() if entry.place}
    for table, rows in values.tables.items():
        for column in rows[0] if rows else ():
            places = [row[column].place for row in rows]
            first, last = places[0], places[-1]
            if first is not None and last is not None:
                sources[f"{table}[*].{column}"] = f"{first}:{last.address}"
    return sources
