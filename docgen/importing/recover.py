"""A report's values found through its kind's template, and what was not understood."""

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace as replaced

from docgen.importing.laying import add_strays, read_section, with_title
from docgen.importing.leftovers import Recovered, list_partly_read, recovered, rest_of
from docgen.importing.matching.align import Patterns
from docgen.importing.matching.found import Found, resolve_either
from docgen.importing.matching.own_names import own_names
from docgen.importing.matching.patterns import compiled
from docgen.importing.said.headed import add_headed
from docgen.importing.said.items import add_items, add_listed, add_numbered, retract_gaps
from docgen.importing.said.labels import add_labelled, add_signed, add_unit_alone, add_unit_of_title
from docgen.importing.said.offices import add_offices
from docgen.importing.said.phrases import MOST_TITLE_LINES, add_phrases, add_year, bodies_of
from docgen.importing.said.sayings import add_title, kind_names, sayings, with_headings
from docgen.importing.said.sorts import add_sorts
from docgen.importing.said.spoken import add_spoken
from docgen.importing.said.titled import add_titled, move_texts
from docgen.importing.sections.cut import cut
from docgen.importing.tables.cards import retract, retract_nameless
from docgen.importing.tables.funds import add_cards
from docgen.importing.tables.rows import add_tables, retract_sorts
from docgen.importing.template.inverse import template_lines
from docgen.importing.template.pieces import TemplateLine
from docgen.importing.topics import by_topic, in_order_of, titles_of, topics_of
from docgen.stated.guessed import with_guessed_units
from docgen.stated.outline import Line, read_lines
from workbook.checking.kinds import Kind
from workbook.files.cache import keep, key_of, recall
from workbook.form.model import Form


def recover(path: Path, kind: Kind) -> Recovered:
    """What the report at `path` states of `kind`'s form; raises `TemplateError`."""
    lines = with_guessed_units(read_lines(path))
    moved = replaced(kind.form, section=in_order_of(lines, kind.form.section))
    patterns = with_headings(compiled(_lines_of(kind, moved), kind.form), kind)
    named = kind_names(kind)
    sections = cut(patterns, lines)
    has_headings = any(line.level is not None for line, _ in patterns)
    sections.sections[0] = with_title(sections.sections[0], named, has_headings=has_headings)
    found = Found(lines=lines)
    own = own_names(kind.form)
    for section in sections.sections:
        read_section(found, section, own)
    add_title(found, named, sections.sections[0].lines)
    resolve_either(found)
    move_texts(found, kind)
    add_year(found, kind.form, [line for line in lines if not line.is_long])
    whole = [line for s in sections.sections for line in s.lines] + sections.strange
    retract(found, kind.form, whole, own)
    retract_nameless(found, kind.form)
    retract_sorts(found, kind.form)
    for section in sections.sections:
        retract_gaps(found, section, own)
    rest = rest_of(sections, found)
    add_strays(found, patterns, rest)
    add_cards(found, kind.form, rest)
    topics = topics_of(lines)
    add_tables(found, kind.form, rest, titles_of(lines, topics))
    retract_sorts(found, kind.form)
    add_spoken(found, kind.form, whole, own)
    add_numbered(found, patterns, rest)
    for section in sections.sections:
        add_items(found, kind.form, section, own)
    add_listed(found, kind.form, own, by_topic(lines, topics))
    _add_said(found, kind, lines, whole, patterns)
    list_partly_read(found)
    order = {line.where: number for number, line in enumerate(lines)}
    return recovered(sections, found, order, kind.form.language)


def _add_said(
    found: Found, kind: Kind, lines: Sequence[Line], whole: Sequence[Line], patterns: Patterns
) -> None:
    """Add what sentences, labels and titles say; `whole` are the lines without headings."""
    own, topics = own_names(kind.form), topics_of(lines)
    add_unit_of_title(found, kind.form, lines[:MOST_TITLE_LINES])
    add_labelled(found, kind.form, [line for line in whole if line not in found.used], own)
    add_signed(found, patterns, lines)
    add_unit_alone(found, kind.form, lines[:MOST_TITLE_LINES])
    add_phrases(found, kind, whole, topics)
    add_headed(found, kind.form, own, by_topic(lines, topics))
    add_sorts(found, kind.form, lines, bodies_of(found, kind.form))
    add_offices(found, kind.form, sayings(kind).offices, lines, bodies_of(found, kind.form))
    add_titled(found, kind, lines)


def _lines_of(kind: Kind, form: Form) -> list[TemplateLine]:
    """The template's lines with the sections in the order of `form`, kept till its files change."""
    order = ",".join(section.key for section in form.section)
    key = key_of(kind.key("template lines"), kind.template.read_bytes(), order)
    kept: list[TemplateLine] | None = recall(key) if kind.key("") else None
    if kept is None:
        kept = template_lines(kind.template, form)
        if kind.key(""):
            keep(key, kept)
    return kept
