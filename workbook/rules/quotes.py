"""Texts that quote figures: `捐款捐物{{ 捐款捐物 }}万元` prints what stands in that cell.

A quote is a name, `{{ 基本支出 }}`, or a row's name and a column, `{{ 党外委员.占比 }}`: no more
than that, because a cell is typed by anybody.
"""

import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from workbook.catalogue.model import Language
from workbook.catalogue.rules import SUGGESTION
from workbook.findings.model import Finding, finding
from workbook.findings.place import Place
from workbook.form.field import TEXTUAL
from workbook.form.model import Form
from workbook.reading.values import Entry, Quote, Row, Values, shown

_FULL_WIDTH = str.maketrans("｛｝．", "{}.")
_QUOTE = re.compile(r"[{｛]{2}(.*?)[}｝]{2}", re.DOTALL)
_STRAY = re.compile(r"[{｛]{2}|[}｝]{2}|\{%|%\}")


def resolve_quotes(
    values: Values, form: Form, told: Collection[Place] = ()
) -> tuple[Values, list[Finding]]:
    """The values with every quote replaced by its figure, and what could not be quoted.

    Nothing is said of a quoted cell of which it is `told` already that it is blank.

    `捐款捐物{{ 捐款捐物 }}万元` becomes `捐款捐物348.57万元`, with a quote of letters 4 to 10.
    """
    names, findings = _names(values, form)

    def resolve(entry: Entry, *, given: bool = False) -> Entry:
        if not isinstance(entry.value, str) or not _STRAY.search(entry.value):
            return entry
        quoting, faults = _resolve_text(entry, entry.value, names, told, form.language)
        findings.extend(() if given else faults)  # nobody typed what the form gives
        return quoting

    fields = {
        key: resolve(entry) if entry.field.type in TEXTUAL else entry
        for key, entry in values.fields.items()
    }

    def resolved(row: Row, columns: Mapping[str, bool]) -> Row:
        found = {key: resolve(row[key], given=given) for key, given in columns.items()}
        return {**row, **found} if any(found[key] is not row[key] for key in columns) else row

    tables = {}
    for key, rows in values.tables.items():
        table = form.tables[key]
        columns = {c.key: c.key in table.given for c in table.column if c.type in TEXTUAL}
        tables[key] = tuple(resolved(row, columns) for row in rows)
    return replace(values, fields=fields, tables=tables), findings


def _names(values: Values, form: Form) -> tuple[dict[str, Entry], list[Finding]]:
    """Everything a text may quote: fields, and the rows that the clerk named."""
    names = dict(values.fields)
    findings: list[Finding] = []
    for table in form.tables.values():
        if table.quote_as is None:
            continue
        for row in values.tables[table.key]:
            entry = row[table.quote_as.name]
            if not isinstance(entry.value, str):
                continue
            if fault := _name_fault(entry, entry.value, names, form):
                findings.append(fault)
                continue
            names |= _quotable(entry.value, table.quote_as.value, row)
    return names, findings


def _name_fault(entry: Entry, name: str, names: Mapping[str, Entry], form: Form) -> Finding | None:
    if not name.isidentifier():
        return finding("quote-name", entry.place, entry.label, name)
    if name in names or name in form.tables:
        return finding("quote-taken", entry.place, entry.label, name)
    return None


def _quotable(name: str, value: str, row: Row) -> dict[str, Entry]:
    columns = {f"{name}.{column}": entry for column, entry in row.items()}
    return {name: row[value], **columns}


def _resolve_text(
    entry: Entry,
    text: str,
    names: Mapping[str, Entry],
    told: Collection[Place],
    language: Language,
) -> tuple[Entry, list[Finding]]:
    faults: list[Finding] = []
    quotes: list[Quote] = []
    resolved, done = "", 0
    for match in _QUOTE.finditer(text):
        resolved += text[done : match.start()]
        done = match.end()
        name = match[1].translate(_FULL_WIDTH).strip()
        if fault := _quote_fault(entry, name, names, language):
            is_told = fault.code == "quote-blank" and names[name].place in told
            faults += [] if is_told else [fault]
        if fault or not names[name].readable:
            resolved += match[0]
            continue
        figure = _printed(names[name], language)
        quotes.append(Quote(len(resolved), len(resolved) + len(figure), name, names[name].place))
        resolved += figure
    if stray := _STRAY.search(_QUOTE.sub(lambda match: "□" * len(match[0]), text)):
        excerpt = text[max(0, stray.start() - 4) : stray.start() + 12]
        faults.append(finding("quote-faulty", entry.place, entry.label, excerpt))
    return replace(entry, value=resolved + text[done:], quotes=tuple(quotes)), faults


def _printed(quoted: Entry, language: Language) -> str:
    """A quoted value as a sentence has it; in English `11,331.30` and `2026-04-10`."""
    is_amount = isinstance(quoted.value, Decimal) and quoted.field.type != "year"
    if language == "en" and is_amount:
        return f"{Decimal(shown(quoted.value)):,f}"
    if language == "en" and isinstance(quoted.value, date):
        return quoted.value.isoformat()
    return shown(quoted.value)


def _quote_fault(
    entry: Entry, name: str, names: Mapping[str, Entry], language: Language
) -> Finding | None:
    quoted = names.get(name)
    if quoted is None:
        from difflib import get_close_matches  # noqa: PLC0415 - only a fault pays for it

        near = get_close_matches(name, names)
        suggestion = SUGGESTION(language, name=near[0]) if near else ""
        return finding("quote-unknown", entry.place, entry.label, name, suggestion=suggestion)
    if quoted.is_blank:
        return finding("quote-blank", entry.place, entry.label, name)
    if isinstance(quoted.value, str) and _STRAY.search(quoted.value):
        return finding("quote-nested", entry.place, entry.label, name)
    return None
