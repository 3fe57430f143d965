"""Figures found by the words right before them, wherever in the report they stand.

The template's own lines come first. What they leave open is looked for by the template's words
before a figure, by the form's names, and by the phrases that the kind's `import.toml` lists.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from docgen.importing.align import Patterns
from docgen.importing.folded import BRACKETS, CELL, PUNCTUATION, fold
from docgen.importing.found import Found, Statement
from docgen.importing.outline import Line
from docgen.importing.patterns import MONEY, Catch, Pattern, field_of, phrase_pattern
from docgen.importing.pieces import Hole, Piece, Repeat, Target, Words
from docgen.importing.sayings import kind_phrases
from workbook.checking.kinds import Kind
from workbook.form.model import Field, Form

# Words that may stand before a figure's name and change nothing of what it means.
NEUTRAL: Final = tuple(
    word
    for words in (
        "其中、全年、本年、当年、年末、年度",
        "单位、部门、本级、人员",
        "实有、现有、核定、共有、有、共",
        "和、及、与、且",
    )
    for word in words.split("、")
)
# Words by which a clause speaks of another year, or of a difference.
ELSEWHERE: Final = re.compile(r"上年|上一年|去年|前年|往年|同比|增加|减少|增长|下降|较|比")
LEAST_LETTERS: Final = 2  # of a name that the form gives
LEAST_OWN: Final = 4  # of the template's words: `购置费` alone may be of anything
MOST_BEFORE: Final = 100  # letters of a clause that are looked at
REMARK: Final = "从叙述文字中按“{words}”认出"
_DATED: Final = re.compile(r"\d(?:年度?|月末?|日)$")
_YEAR: Final = re.compile(r"((?:19|20)\d\d)年")
_TAIL: Final = re.compile(rf"[^{re.escape(PUNCTUATION + BRACKETS + CELL)}]*$")
_PARTS: Final = re.compile(r"[((].*?[))]")


class _Named(NamedTuple):
    """A figure's name and the pattern of both; a phrase of the kind's own has no name."""

    words: str
    pattern: Pattern


def add_phrases(found: Found, kind: Kind, patterns: Patterns, lines: Sequence[Line]) -> None:
    """Add figures that are found by the words before them.

    A field that has a value gets what states it anew only where that is another value, which is a
    contradiction to be told.
    """
    form = kind.form
    lines = [line for line in lines if not line.is_long]
    years = _years(found, form)
    own = frozenset(key for key, stated in found.fields.items() if stated)
    phrases = [_Named("", pattern) for pattern in kind_phrases(kind)]
    for named in (*phrases, *_named(form, patterns)):
        for line in lines:
            for match in named.pattern.regex.finditer(line.folded.text):
                if not named.words or _is_own(line.folded.text, match.start(), years):
                    _take(found, named, match, line, own)
    _add_labelled(found, form, [line for line in lines if line not in found.used])


def _take(
    found: Found, named: _Named, match: re.Match[str], line: Line, own: frozenset[str]
) -> None:
    """Add what a phrase caught, unless the same letters gave the field its value already."""
    words = named.words or match[0]
    for catch in named.pattern.catches(match, line):
        key = catch.hole.targets[0].key
        stated = found.fields.get(key, [])
        if any(_overlap(catch, other) for one in stated for other in one.catches):
            continue
        if line not in found.used:
            found.partly.setdefault(line, []).append(key)
        if key in own and any(_says_same(catch, one) for one in stated):
            continue
        shown = words if len(words) <= 30 else f"{words[:30]}…"
        found.add(key, Statement([catch], REMARK.format(words=shown)))


def _overlap(catch: Catch, other: Catch) -> bool:
    return catch.line == other.line and catch.start < other.end and other.start < catch.end


def _says_same(catch: Catch, stated: Statement) -> bool:
    return (fold(catch.text).text, catch.unit) == (fold(stated.text).text, stated.unit)


def _named(form: Form, patterns: Patterns) -> Iterator[_Named]:
    """The names of each figure with a unit: the template's words before it, and the form's."""
    made: set[tuple[str, str]] = set()
    for key, words in (*_template_names(form, patterns), *_form_names(form)):
        field = form.fields[key]
        if (key, words) in made or len(words) < LEAST_LETTERS:
            continue
        made.add((key, words))
        pieces: tuple[Piece, ...] = (Words(words), Hole((Target("", key),)), Words(field.unit))
        yield _Named(words, phrase_pattern(pieces, form))


def _is_figure(field: Field) -> bool:
    """Whether a field can be known by its unit."""
    return field.is_number and bool(field.unit)


def _form_names(form: Form) -> Iterator[tuple[str, str]]:
    for key, field in form.fields.items():
        if _is_figure(field):
            yield key, fold(key).text
            yield key, fold(_PARTS.sub("", field.name)).text


def _template_names(form: Form, patterns: Patterns) -> Iterator[tuple[str, str]]:
    for line, _ in patterns:
        if not line.loops:
            yield from _before_figures(form, line.pieces)


def _before_figures(form: Form, pieces: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    for index, piece in enumerate(pieces):
        before = pieces[index - 1] if index else None
        if isinstance(piece, Hole) and isinstance(before, Words) and len(piece.targets) == 1:
            target = piece.targets[0]
            if not target.table and _is_figure(field_of(form, target)):
                words = _own_words(before.text)
                if len(words) >= LEAST_OWN:
                    yield target.key, words
        elif not isinstance(piece, Words | Hole | Repeat):
            for way in getattr(piece, "ways", ()):
                yield from _before_figures(form, way)


def _own_words(text: str) -> str:
    """The words right before a figure, without the unit or the year of the one before."""
    match = _TAIL.search(fold(text).text)
    words = match[0] if match else ""
    for start in ("年度", "年", *MONEY):
        words = words.removeprefix(start)
    return words


def _is_own(text: str, start: int, years: frozenset[str]) -> bool:
    """Whether a name that begins at `start` is a name of its own, and of the report's year."""
    before = text[max(0, start - MOST_BEFORE) : start]
    tail = _TAIL.search(before)
    clause = tail[0] if tail else ""
    stated = set(_YEAR.findall(clause))
    if ELSEWHERE.search(clause) or (stated and years and not stated <= years):
        return False
    return not clause or clause.endswith(NEUTRAL) or _DATED.search(clause) is not None


def _years(found: Found, form: Form) -> frozenset[str]:
    keys = [key for key, field in form.fields.items() if field.type == "year"]
    return frozenset(fold(s.text).text for key in keys for s in found.fields.get(key, ())[:1])


def _add_labelled(found: Found, form: Form, lines: Sequence[Line]) -> None:
    """Add what a paragraph gives as `name:value`, by the form's names."""
    names = {
        name: key
        for key, field in form.fields.items()
        if not found.fields.get(key) and field.type != "paragraphs"
        for name in (fold(key).text, fold(_PARTS.sub("", field.name)).text)
    }
    for line in lines:
        name, colon, value = line.title.partition(":")
        is_one = colon and value and ":" not in value  # of several names, none can be told apart
        if not is_one or name not in names or line.table is not None:
            continue
        field = form.fields[names[name]]
        pieces: tuple[Piece, ...] = (
            Words(f"{name}:"), Hole((Target("", field.key),)), Words(field.unit),
        )  # fmt: skip
        pattern = phrase_pattern(pieces, form)
        match = pattern.regex.fullmatch(line.folded.text.rstrip("。;"), len(line.number))
        if match:
            found.used.add(line)
            for catch in pattern.catches(match, line):
                found.add(field.key, Statement([catch], f"按“{name}”认出"))
