"""What of a report no cell holds, each passage with the reason where there is one to tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from docgen.importing.matching.found import Found
from docgen.importing.matching.model import Catch
from docgen.importing.sections.cut import Cut
from docgen.stated.outline import Line
from docgen.template.model.errors import Location
from workbook.catalogue import imports as told
from workbook.catalogue.model import Language, listed
from workbook.stated.clauses import sentences
from workbook.stated.units import MONEY, declared_units, is_contradicted


@dataclass(frozen=True, slots=True)
class Leftover:
    """A part of the report that no cell holds, with the reason where there is one to tell."""

    line: Line
    why: str = ""


@dataclass(slots=True)
class Recovered:
    """What was found, and all that was not understood."""

    found: Found
    leftovers: list[Leftover] = field(default_factory=list)
    headings: int = 0
    missing: list[str] = field(default_factory=list)


def rest_of(sections: Cut, found: Found) -> list[Line]:
    """The lines of a report of which nothing is understood so far."""
    lines = [line for section in sections.sections for line in section.lines]
    return [line for line in (*lines, *sections.strange) if line not in found.used]


def list_partly_read(found: Found) -> None:
    """Have the paragraphs listed of which an amount that a template's line left was not taken."""
    caught: dict[Line, list[Catch]] = {}
    rows = (row for places in found.tables.values() for rows in places.values() for row in rows)
    for statement in chain(*found.fields.values(), *(row.values() for row in rows)):
        for catch in statement.catches:
            caught.setdefault(catch.line, []).append(catch)
    for line, catches in caught.items():
        if line in found.used and line.table is None and not _is_all_of(catches, line):
            found.used.discard(line)
            found.partly.setdefault(line, []).extend(c.hole.targets[0].key for c in catches)


def _is_all_of(catches: Sequence[Catch], line: Line) -> bool:
    """Whether each amount of a paragraph was caught; one behind them may be of something else."""
    if line.is_long or "元" not in line.text:
        return True
    places = (
        line.folded.origin[one.start + said.start]
        for one in sentences(line.folded)
        for said in one.figures
        if said.unit in MONEY
    )
    return all(any(c.start <= place < c.end for c in catches) for place in places)


def recovered(
    sections: Cut, found: Found, order: Mapping[Location, int], language: Language
) -> Recovered:
    """What was found, and in the `order` of the report what no cell holds."""
    strange = set(sections.strange)
    alike = [
        Leftover(line, told.LIKE_HEADING(language, words=words)) for line, words in sections.alike
    ]
    left = [
        Leftover(line, _why(line, found, language, is_strange=line in strange))
        for line in rest_of(sections, found)
    ]
    untaken = [
        Leftover(line, why(language)) for line, whys in found.untaken.items() for why in whys
    ]
    made = sorted([*alike, *left, *untaken], key=lambda one: order[one.line.where])
    headings = sum(section.heading is not None for section in sections.sections)
    return Recovered(found, made, headings, sections.missing)


def _why(line: Line, found: Found, language: Language, *, is_strange: bool) -> str:
    if line in found.partly:
        words = listed(language, dict.fromkeys(found.partly[line]))
        return told.PARTLY(language, words=words)
    if line in found.calculated:
        return told.WORKED_OUT(language)
    if line.table is None and (both := _two_units(line, language)):
        return both
    return told.STRANGE(language) if is_strange else ""


def _two_units(line: Line, language: Language) -> str:
    """What is wrong with amounts in 元 that are declared to be in 万元, empty where nothing is."""
    declared = declared_units(line.folded.text)
    for said in (said for one in sentences(line.folded) for said in one.figures):
        if is_contradicted(said.unit, declared):
            units = listed(language, sorted(declared))
            return told.TWO_UNITS(language, unit=said.unit, declared=units)
    return ""
