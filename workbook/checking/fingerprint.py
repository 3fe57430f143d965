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

from workbook.form.model import Field, Form, Table
from workbook.rules.model import RuleSet, RuleSpec

_TYPES: Final = {
    **{"text": "文字", "paragraphs": "长文字", "choice": "选项", "date": "日期"},
    **{"year": "年份", "integer": "整数", "number": "数字"},
}
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
    fields = {key: _said(field) for key, field in form.fields.items()}
    workings = {f"公式 {key}": _hash(f.formula) for key, f in form.fields.items() if f.formula}
    for table in form.tables.values():
        for key, field in _columns(table):
            fields[key] = _said(field)
            if formulas := _formulas(table, field):
                workings[f"公式 {key}"] = _hash(*formulas)
        for row in table.row:
            fields[f"{table.key}「{row.given[table.row_name]}」"] = ("", "", "")
    workings |= dict(_choices(form))
    workings |= {f"规则 {rule.spec.id}": _hash(*_sense(rule.spec)) for rule in rules.rules}
    names = {key: field.name for key, field in form.fields.items() if field.name != key}
    return Fingerprint(fields, workings, names)


def _choices(form: Form) -> Iterator[tuple[str, str]]:
    """What the drop-downs offer, which stands in the workbook too."""
    columns = (one for table in form.tables.values() for one in _columns(table))
    for key, field in (*form.fields.items(), *columns):
        if field.choices:
            yield f"选项 {key}", _hash(*field.choices)


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


def changed_fields(old: Fingerprint, new: Fingerprint) -> Mapping[str, str]:
    """By key, what was changed about a field since, in words."""
    return dict(_changes(old.fields, new.fields)) | dict(renamed(old, new))


def renamed(old: Fingerprint, new: Fingerprint) -> Iterator[tuple[str, str]]:
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
            yield key, f"“{key}”的名称由“{was[key]}”改为“{now}”"


def changed_workings(old: Fingerprint, new: Fingerprint) -> tuple[str, ...]:
    """The rules and formulas that were added, dropped or changed since."""
    names = dict.fromkeys((*old.workings, *new.workings))
    return tuple(one for one in names if old.workings.get(one) != new.workings.get(one))


def _changes(
    old: Mapping[str, tuple[str, str, str]], new: Mapping[str, tuple[str, str, str]]
) -> Iterator[tuple[str, str]]:
    for key in dict.fromkeys((*old, *new)):
        if key not in new:
            yield key, f"“{key}”已经去掉"
        elif key not in old:
            yield key, f"“{key}”是新增的"
        elif old[key] != new[key]:
            parts = zip(("类型", "单位", "小数位数"), old[key], new[key], strict=True)
            told = (
                f"{what}由“{_word(was)}”改为“{_word(now)}”"
                for what, was, now in parts
                if was != now
            )
            yield key, f"“{key}”的{'、'.join(told)}"


def _word(said: str) -> str:
    return _TYPES.get(said, said) or "无"


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
