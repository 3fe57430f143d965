"""Figures found by the words around them, wherever in the report they stand.

The template's own lines come first. What they leave open is looked for by the phrases that the
kind's `import.toml` lists, and by the whole names of the figures that the report states.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from docgen.importing.matching.found import Found, Statement, years_of
from docgen.importing.matching.model import UNITS, Catch
from docgen.importing.said.asked import asked_of, quantities
from docgen.importing.said.sayings import kind_phrases
from docgen.importing.template.pieces import Hole, Target
from docgen.stated.outline import Line
from docgen.template.model.errors import Location
from workbook.catalogue import imports as told
from workbook.checking.kinds import Kind
from workbook.form.model import Form
from workbook.stated.folded import fold
from workbook.stated.model import Basis, Quantity
from workbook.stated.units import MONEY
from workbook.stated.whose import SUBORDINATE

MOST_TITLE_LINES: Final = 6
_YEAR: Final = re.compile(r"((?:19|20)\d\d)年")
_PLAIN: Final = re.compile(r"[\d.,]+\D{0,3}")  # a figure, with its unit or without
_CLAUSE: Final = re.compile(r"[,;。:]")
_YEAR_ALONE: Final = re.compile(r"(?:19|20)\d\d年度?")
_TITLE: Final = re.compile(r"(?:绩效|自评).{0,12}(?:报告|表)$|决算.{0,12}(?:说明|报告)$")
_COUNT: Final = re.compile(r"(?:共计|合计|一共|共)$")  # behind a list: 甲、乙共2个


def add_phrases(
    found: Found, kind: Kind, lines: Sequence[Line], topics: Mapping[Location, str]
) -> None:
    """Add figures that are found by the words around them.

    A field that has a value gets what states it anew only where that is another value, which is a
    contradiction to be told. `topics` are the headings above the lines.
    """
    lines = [line for line in lines if not line.is_long]
    own = frozenset(key for key, stated in found.fields.items() if stated)
    for pattern in kind_phrases(kind):
        for line in (one for one in lines if pattern.may_fit(one.folded.text)):
            for match in pattern.regex.finditer(line.folded.text):
                if SUBORDINATE.search(_CLAUSE.split(line.folded.text[: match.start()])[-1]):
                    continue  # 下属水利站内设办公室、财务室2个股室
                for catch in pattern.catches(match, line):
                    if not catch.text.endswith("等"):  # a list that is not whole
                        _take(found, match[0], _without_count(catch), own)
    units = [one.text for key in UNITS for one in found.fields.get(key, ())[:1]]
    years = years_of(found, kind.form)
    asked = asked_of(kind.form, years, bodies_of(found, kind.form), units)
    stated = [(*one, asked.keys(one[1])) for one in quantities(asked, lines, topics)]
    # An adjusted budget is an item's budget where no other is stated.
    own_budget = {key for _, one, keys in stated if one.basis is not Basis.FULL for key in keys}
    stated = [
        (line, one, [k for k in keys if one.basis is not Basis.FULL or k not in own_budget])
        for line, one, keys in stated
    ]
    meant: dict[tuple[Line, int], list[str]] = {}  # 65名,均为事业编制: two fields of one figure
    for line, quantity, keys in stated:
        meant.setdefault((line, quantity.start), []).extend(keys)
    for line, quantity, keys in stated:
        _add_contradicted(found, line, quantity, meant[line, quantity.start])
        for key in keys:
            _take(found, quantity.name or quantity.basis.value, _caught(line, quantity, key), own)
    _drop_others(found)


def _drop_others(found: Found) -> None:
    """Drop what the template took for a field and is another's, where the field's own is stated.

    The line is listed with what remains of it: the template has not understood it.
    """
    for key, stated in found.fields.items():
        own = [one for one in stated if not one.other]
        for line in {one.catches[0].line for one in stated if one.other} if own else ():
            found.used.discard(line)
            found.partly.setdefault(line, []).append(key)
        found.fields[key] = own or stated


def add_year(found: Found, form: Form, lines: Sequence[Line]) -> None:
    """Add the year of the title, where that is in no wording that is known and names one only."""
    keys = [key for key, field in form.fields.items() if field.type == "year"]
    for number, line in enumerate(lines[:MOST_TITLE_LINES]):
        years = list(_YEAR.finditer(line.folded.text))
        below = lines[number : number + 3] if _YEAR_ALONE.fullmatch(line.folded.text) else [line]
        is_title = any(_TITLE.search(one.folded.text) for one in below)
        if is_title and len(years) == 1 and keys and not found.fields.get(keys[0]):
            first = line.folded.origin[years[0].start(1)]
            last = line.folded.origin[years[0].end(1) - 1] + 1
            catch = Catch(Hole((Target("", keys[0]),)), years[0][1], line, first, last)
            _take(found, years[0][0], catch, frozenset())


def _without_count(catch: Catch) -> Catch:
    """What was caught, without the word that counts the names of a list."""
    text = _COUNT.sub("", catch.text)
    return replace(catch, text=text, end=catch.end - len(catch.text) + len(text))


def _caught(line: Line, quantity: Quantity, key: str) -> Catch:
    """A quantity as what a field's hole would have caught; what is taken off is negative."""
    origin = line.folded.origin
    first, last = origin[quantity.start], origin[quantity.end - 1] + 1
    said = line.text[first:last]
    is_nothing = not quantity.figure and _PLAIN.fullmatch(fold(said).text) is None  # 未购置车辆
    text = "0" if is_nothing else f"{'-' if quantity.sign else ''}{said}"
    unit = quantity.unit if quantity.unit in MONEY else ""
    return Catch(Hole((Target("", key),)), text, line, first, last, unit)


def _add_contradicted(found: Found, line: Line, quantity: Quantity, keys: Sequence[str]) -> None:
    """Mark what the template took a figure for, where its own words say that it is another's."""
    if not keys:
        return
    catch = _caught(line, quantity, keys[0])
    for key, stated in found.fields.items():
        for one in stated:
            first = one.catches[0]
            is_same = (catch.line, catch.start, catch.end) == (first.line, first.start, first.end)
            if key not in keys and is_same:
                one.other = keys[0]


def _take(found: Found, words: str, catch: Catch, own: frozenset[str]) -> None:
    """Add what was caught, unless the same letters gave the field its value already."""
    key = catch.hole.targets[0].key
    stated = found.fields.get(key, [])
    if any(_overlap(catch, other) for one in stated for other in one.catches):
        return
    if catch.line not in found.used:
        found.partly.setdefault(catch.line, []).append(key)
    if key in own and any(_says_same(catch, one) for one in stated):
        return
    shown = words if len(words) <= 30 else f"{words[:30]}…"
    found.add(key, Statement([catch], told.BY_WORDS.said(words=shown)))


def _overlap(catch: Catch, other: Catch) -> bool:
    return catch.line == other.line and catch.start < other.end and other.start < catch.end


def _says_same(catch: Catch, stated: Statement) -> bool:
    return (fold(catch.text).text, catch.unit) == (fold(stated.text).text, stated.unit)


def bodies_of(found: Found, form: Form) -> list[str]:
    """What the report calls its unit: the short texts of the form that were found."""
    keys = [key for key, field in form.fields.items() if field.type == "text"]
    return [s.text for key in keys for s in found.fields.get(key, ())[:1]]
