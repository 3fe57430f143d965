"""What a workbook was made for: its form's fields and how its rules work, small enough to carry.

Two states of a form that bear the same version are told apart by it, and what differs is named.
"""

import base64
import json
import zlib
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Final

from msgspec import Struct

from workbook.catalogue.findings import (
    ADDED,
    CHANGED,
    CHANGED_OF,
    DECIMALS,
    DROPPED,
    NONE,
    OF_CHOICES,
    OF_FORMULA,
    OF_RULE,
    RENAMED,
    ROW_LABEL,
    TYPE,
    TYPES,
    UNIT,
)
from workbook.catalogue.model import Language, listed
from workbook.form.field import Field
from workbook.form.model import Form, with_labels
from workbook.form.table import Table
from workbook.rules.model import RuleSet, RuleSpec

_MOST_BYTES: Final = 1 << 20  # of a description, which a file may claim to be of any size


class Fingerprint(Struct, frozen=True):
    """The state of a form.

    `fields` are what the cells hold by key, columns as 项目.金额: the type, the unit, how many
    decimals. `workings` are what is made of them: rules, formulas and lists of choices by name,
    each as a short hash. `names` are the words beside a cell where they are not the field's key;
    None in a workbook that does not say them.

        Fingerprint({"基本支出": ("number", "万元", "2")}, {"规则 基本支出构成": "1f3a9c20"}, {})
    """

    fields: Mapping[str, tuple[str, str, str]]
    workings: Mapping[str, str]
    names: Mapping[str, str] | None

    @property
    def text(self) -> str:
        """All of it in the letters that a document property takes."""
        plain = json.dumps([self.fields, self.workings, self.names], ensure_ascii=False)
        return base64.b64encode(zlib.compress(plain.encode(), 9)).decode()


def fingerprint_of(form: Form, rules: RuleSet) -> Fingerprint:
    """The state of a form and its rules today."""
    language = form.language
    fields = {key: _said(field) for key, field in form.fields.items()}
    workings = {
        OF_FORMULA(language, key=key): _hash(f.formula)
        for key, f in form.fields.items()
        if f.formula
    }
    for table in form.tables.values():
        for key, field in _columns(table):
            fields[key] = _said(field)
            if formulas := _formulas(table, field):
                workings[OF_FORMULA(language, key=key)] = _hash(*formulas)
        for row in table.row:
            fields[
                ROW_LABEL(
                    language, table=table.key, row=row.given[table.row_name], column=""
                ).strip()
            ] = ("", "", "")
    workings |= dict(_choices(form))
    workings |= {
        OF_RULE(language, key=rule.spec.id): _hash(*_sense(rule.spec)) for rule in rules.rules
    }
    names = {key: field.name for key, field in form.fields.items() if field.name != key}
    for table in form.tables.values():
        heads = ((key, f"{table.key}.{field.name}") for key, field in _columns(table))
        names |= {key: head for key, head in heads if head != key}
    return Fingerprint(fields, workings, names)


def _choices(form: Form) -> Iterator[tuple[str, str]]:
    """What the drop-downs offer, which stands in the workbook too."""
    columns = (one for table in form.tables.values() for one in _columns(table))
    for key, field in (*form.fields.items(), *columns):
        if field.choices:
            yield OF_CHOICES(form.language, key=key), _hash(*field.choices)


def read_fingerprint(text: str) -> Fingerprint | None:
    """The state that a workbook carries; None where it carries none, or none that can be read."""
    try:
        unpacking = zlib.decompressobj()
        plain = unpacking.decompress(base64.b64decode(text, validate=True), _MOST_BYTES)
        fields, workings, *names = json.loads(plain)
        said = {key: tuple(one) for key, one in fields.items()}
        return Fingerprint(said, dict(workings), dict(names[0]) if names else None)
    except (ValueError, TypeError, AttributeError, zlib.error):
        return None


def form_as_made(form: Form, text: str) -> Form:
    """The form by which a workbook is read that carries a state: with the heads that it was given.

    A column has a new label from then on, and stands under the former one in the workbook.
    """
    made_for = read_fingerprint(text)
    if made_for is None or made_for.names is None:
        return form
    now = {key: f"{t.key}.{one.name}" for t in form.tables.values() for key, one in _columns(t)}
    others = {key: made_for.names[key] for key in now.keys() & made_for.names.keys()}
    labels = {key: said.partition(".")[2] for key, said in others.items() if said != now[key]}
    return with_labels(form, labels) if labels else form


def changed_fields(old: Fingerprint, new: Fingerprint, language: Language) -> Mapping[str, str]:
    """By key, what was changed about a field since, in words."""
    changes = _changes(old.fields, new.fields, language)
    return dict(changes) | dict(renamed(old, new, language))


def renamed(old: Fingerprint, new: Fingerprint, language: Language) -> Iterator[tuple[str, str]]:
    """The fields that bear now what was another's name, by key and in words.

    Nobody can see which of both a figure was typed for; any other new wording leaves it what it is.
    """
    if old.names is None or new.names is None:
        return
    was = {key: old.names.get(key, key) for key in old.fields}
    others = frozenset(was.values())
    for key in (one for one in was if one in new.fields):
        now = new.names.get(key, key)
        if now != was[key] and now in others:
            yield key, RENAMED(language, key=key, was=was[key], now=now)


def changed_workings(old: Fingerprint, new: Fingerprint) -> tuple[str, ...]:
    """The rules and formulas that were added, dropped or changed since."""
    names = dict.fromkeys((*old.workings, *new.workings))
    return tuple(one for one in names if old.workings.get(one) != new.workings.get(one))


def _changes(
    old: Mapping[str, tuple[str, str, str]],
    new: Mapping[str, tuple[str, str, str]],
    language: Language,
) -> Iterator[tuple[str, str]]:
    for key in dict.fromkeys((*old, *new)):
        if key not in new:
            yield key, DROPPED(language, key=key)
        elif key not in old:
            yield key, ADDED(language, key=key)
        elif old[key] != new[key]:
            parts = zip((TYPE, UNIT, DECIMALS), old[key], new[key], strict=True)
            told = (
                CHANGED(
                    language,
                    what=what(language),
                    was=_word(was, language),
                    now=_word(now, language),
                )
                for what, was, now in parts
                if was != now
            )
            yield key, CHANGED_OF(language, key=key, told=listed(language, told))


def _word(said: str, language: Language) -> str:
    return TYPES[said](language) if said in TYPES else said or NONE(language)


def _said(field: Field) -> tuple[str, str, str]:
    return field.type, field.unit, "" if field.places is None else str(field.places)


def _columns(table: Table) -> Iterator[tuple[str, Field]]:
    yield from ((f"{table.key}.{column.key}", column) for column in table.column)


def _formulas(table: Table, column: Field) -> list[str]:
    """What gives a column its values, in each of the given rows."""
    cells = [table.cell(column, number).formula for number in range(len(table.row))]
    return [one for one in (column.formula, *cells) if one]


def _sense(rule: RuleSpec) -> tuple[str, ...]:
    return rule.claim, rule.when, rule.each, rule.tolerance, rule.severity


def _hash(*texts: str) -> str:
    return sha256("\n".join(texts).encode()).hexdigest()[:8]
