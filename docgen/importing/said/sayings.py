"""A kind's `import.toml`: phrases, names and headings that hand-made reports have.

A name may stand in two lines, or have its unit in a bracket below.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

import msgspec
from msgspec import Struct

from docgen.importing.matching.align import Fit, Patterns
from docgen.importing.matching.found import Found, collect
from docgen.importing.matching.model import Catch, Pattern
from docgen.importing.matching.patterns import compiled, line_patterns, phrase_pattern
from docgen.importing.template.inverse import words_lines
from docgen.importing.template.pieces import TemplateLine, Words
from docgen.stated.outline import Line
from workbook.checking.data_files import KindError
from workbook.checking.kinds import Kind
from workbook.stated.folded import PUNCTUATION, fold, letters, numbering

FILE: Final = "import.toml"
LEAST_LETTERS: Final = 2
_LINES: Final = 5  # of a report in which its name may stand
_MOST: Final = 40  # letters of a line of a name
_VALUES: Final = 2  # values that a name in two lines has: year and unit


class Offices(Struct, frozen=True, forbid_unknown_fields=True):
    """The fields of lists: of a unit's offices, and of the bodies below it."""

    inside: str = ""
    under: str = ""


class Moved(Struct, frozen=True, forbid_unknown_fields=True):
    """The field that a text belongs to in which one of the words stands."""

    to: str
    words: tuple[str, ...]


class SayingsFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of `import.toml`.

    With `{"项目概况": ("项目简介",)}` as `heading`, 一、项目简介 is read as the template's
    项目概况.
    """

    phrase: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    heading: dict[str, tuple[str, ...]] = {}
    text: dict[str, tuple[str, ...]] = {}
    lead: str = ""
    offices: Offices = Offices()
    moved: dict[str, Moved] = {}


def sayings(kind: Kind) -> SayingsFile:
    """A kind's `import.toml`, empty where it has none; raises `KindError` for a faulty one."""
    path = kind.file(FILE)
    if not path.exists():
        return SayingsFile()
    try:
        return _parsed(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise KindError([f"{path}:{error}"]) from error


@lru_cache(maxsize=8)  # one report asks for its kind's five times
def _parsed(text: str) -> SayingsFile:
    return msgspec.convert(tomllib.loads(text), SayingsFile)


def kind_names(kind: Kind) -> Patterns:
    """The patterns of a report's name: the form's own, and other ways to word it."""
    ways = (kind.form.report_name, *(way for way in sayings(kind).name if _is_asked(way, kind)))
    return [one for way in ways for one in compiled(words_lines(way, kind.form), kind.form)]


def with_headings(patterns: Patterns, kind: Kind) -> Patterns:
    """The template's lines, its headings with the other words that reports have for them."""
    ways = {letters(title): others for title, others in sayings(kind).heading.items()}
    made: list[tuple[TemplateLine, Sequence[Pattern]]] = []
    for line, found in patterns:
        words = fold(line.words()).text
        others = ways.get(letters(words[len(numbering(words)) :]), ()) if line.level else ()
        also = [replace(line, pieces=(Words(f"一、{other}"),)) for other in others]
        made.append((line, [*found, *(p for one in also for p in line_patterns(one, kind.form))]))
    return made


def kind_phrases(kind: Kind) -> list[Pattern]:
    """The patterns of a kind's phrases; raises `KindError` with all that is wrong with them."""
    path = kind.file(FILE)
    said = sayings(kind)
    phrases, keys = said.phrase, (said.lead, *said.text, said.offices.inside, said.offices.under)
    keys += (*said.moved, *(one.to for one in said.moved.values()))
    if path.parent != kind.folder:  # of the kind that it extends, which may ask for more
        phrases, keys = tuple(phrase for phrase in phrases if _is_asked(phrase, kind)), ()
    faults = [f"{path}:{fault}" for phrase in phrases for fault in _faults(phrase, kind)]
    unknown = (key for key in keys if key and key not in kind.form.fields)
    faults += [f"{path}:表单没有“{key}”这一栏" for key in unknown]
    if faults:
        raise KindError(faults)
    return [
        phrase_pattern(line.pieces, kind.form)
        for phrase in phrases
        for line in words_lines(phrase, kind.form)
    ]


def _is_asked(phrase: str, kind: Kind) -> bool:
    """Whether all that a phrase names is in the form."""
    lines = words_lines(phrase, kind.form)
    holes = sum(len(phrase_pattern(line.pieces, kind.form).holes) for line in lines)
    return holes == phrase.count("{{")


def _faults(phrase: str, kind: Kind) -> Iterator[str]:
    lines = words_lines(phrase, kind.form)
    if len(lines) != 1:
        yield f"「{phrase}」里没有字"
        return
    pattern = phrase_pattern(lines[0].pieces, kind.form)
    if pattern.letters < LEAST_LETTERS or not isinstance(lines[0].pieces[0], Words):
        yield f"「{phrase}」要以至少两个字开头,才认得出来"
    if len(pattern.holes) != phrase.count("{{"):
        yield f"「{phrase}」里有表单没有的名称"


def add_title(found: Found, named: Patterns, lines: Sequence[Line]) -> None:
    """Add what a name in two lines says, where no line alone said as much."""
    for one, other in pairwise(lines[:_LINES]):
        if not (_is_short(one) and _is_short(other)):
            continue
        for line in (Line(words, one.where) for words in _joined(one, other)):
            fits = [
                (pattern.letters, template, catches)
                for template, patterns in named for pattern in patterns
                if len(catches := pattern.find(line) or ()) >= _VALUES
                and not _is_known(found, catches)
            ]  # fmt: skip
            if fits:
                _, template, catches = max(fits, key=lambda one: one[0])
                collect(found, [(template, ())], [line], [Fit(0, 0, catches, 0)])
                found.used |= {one, other}
                return


def _is_short(line: Line) -> bool:
    text = line.folded.text
    return line.table is None and 0 < len(text) <= _MOST and not any(m in text for m in PUNCTUATION)


def _joined(one: Line, other: Line) -> Iterator[str]:
    """Both lines behind each other, and a bracketed unit before the name above it."""
    first, second = one.text.strip(), other.text.strip()
    yield first + second
    inner = fold(second).text
    if inner.startswith("(") and inner.endswith(")"):
        yield second[1:-1] + first


def _is_known(found: Found, catches: Sequence[Catch]) -> bool:
    """Whether each value was stated before."""
    return all(found.fields.get(catch.hole.targets[0].key) for catch in catches)
