"""A template's line as a pattern that finds the same line in a report that was typed by hand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from docgen.importing.matching.model import Pattern
from docgen.importing.matching.own_names import own_names
from docgen.importing.template.pieces import (
    Choice,
    Gap,
    Hole,
    Piece,
    Repeat,
    Target,
    TemplateLine,
    Words,
)
from workbook.form.field import Field
from workbook.form.model import Form
from workbook.stated.folded import BRACKETS, CELL, NUMBERING, PUNCTUATION, fold, numbering
from workbook.stated.units import MONEY

NUMBER: Final = r"[-+]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
UNIT: Final = "|".join(sorted(MONEY, key=len, reverse=True))
AMOUNT: Final = re.compile(rf"({NUMBER})({UNIT})?")  # with the unit beside it
CONNECT: Final = "[,:]?(?:共计|合计|总计|为|是|共|计|达|达到)?:?"
_CHINESE_YEAR: Final = "[〇零○OoΟ一二三四五六七八九]{4}"
DATE: Final = (
    rf"(?:\d{{4}}|{_CHINESE_YEAR})年(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})日"
    r"|\d{4}[-./]\d{1,2}[-./]\d{1,2}"
)
MOST_LETTERS: Final = 200  # of a short text
_SIGNS: Final = re.escape(PUNCTUATION + BRACKETS)
_RUNS: Final = re.compile(rf"[{_SIGNS}]+|[^{_SIGNS}]+")
_AFTER_NUMBER: Final = re.compile(r"[、.,)]")


def field_of(form: Form, target: Target) -> Field:
    """The field or column that a target names."""
    if not target.table:
        return form.fields[target.key]
    return next(c for c in form.tables[target.table].column if c.key == target.key)


@dataclass(slots=True)
class _Writer:
    """Writes the regular expression of one line.

    Behind `人员经费{{ 人员经费 }}万元,公用经费{{ 公用经费 }}万元` it has counted 8 letters and 2
    figures, and has the holes `h0` and `h1`.
    """

    form: Form
    is_row: bool = False
    prefix: str = "h"
    stops: str = CELL  # what a value does not go beyond
    is_loose: bool = False
    holes: list[tuple[str, Hole]] = field(default_factory=list)
    repeats: list[tuple[str, Pattern]] = field(default_factory=list)
    letters: int = 0
    figures: int = 0
    needed: list[str] = field(default_factory=list)
    branches: int = 0  # of choices in which what is being written stands

    def pieces(self, pieces: Sequence[Piece]) -> str:
        made: list[str] = []
        eaten = 0  # letters of the next words that stood for a unit
        for index, piece in enumerate(pieces):
            before = pieces[index - 1] if index else None
            after = pieces[index + 1] if index + 1 < len(pieces) else None
            if isinstance(piece, Words):
                text = fold(piece.text).text[eaten:]
                made.append(self._words(text, self._is_text(before), self._is_text(after)))
            eaten = 0
            if isinstance(piece, Hole):
                regex, eaten = self._hole(piece, before, after)
                made.append(regex)
            elif isinstance(piece, Gap):
                made.append(r"\d+" if piece.is_number else f"[^{self.stops}]*?")
            elif isinstance(piece, Choice):
                self.branches += 1
                made.append(f"(?:{'|'.join(self.pieces(way) for way in piece.ways)})")
                self.branches -= 1
            elif isinstance(piece, Repeat):
                made.append(self._repeat(piece))
        return "".join(made)

    def _is_text(self, piece: Piece | None) -> bool:
        if not isinstance(piece, Hole):
            return False
        field = field_of(self.form, piece.targets[0])
        return piece.shape != "date" and field.type in ("text", "paragraphs")

    def _words(self, text: str, before: bool, after: bool) -> str:
        runs = _RUNS.findall(text)
        made = []
        for index, run in enumerate(runs):
            if run[0] not in PUNCTUATION + BRACKETS:
                self.letters += sum(letter.isalnum() for letter in run)
                made.append(re.escape(run))
                if not self.branches:
                    self.needed.append(run)
                continue
            if before and after and len(runs) == 1:  # all that tells one text from the other
                made.append(re.escape(run))
                continue
            parts = after and index == len(runs) - 1
            parts |= before and index == 0 and len(runs) > 1
            made.append("".join(_sign(sign, needed=parts) for sign in run))
        return "".join(made)

    def _hole(self, hole: Hole, before: Piece | None, after: Piece | None) -> tuple[str, int]:
        """The expression of a value, and how many of the letters behind it are its unit."""
        field = field_of(self.form, hole.targets[0])
        name = f"{self.prefix}{len(self.holes)}"
        self.holes.append((name, hole))
        # A cell may be blank, and so may what a form asks for as `名称:`.
        may_be_blank = self.is_row or (
            isinstance(before, Words) and fold(before.text).text.endswith(":")
        )
        if not field.is_number or hole.shape == "date":
            made = self._other(field, hole, name)
            return (f"(?:{made})?" if may_be_blank else made), 0
        self.figures += 1
        connect = CONNECT if isinstance(before, Words) else ""
        number = r"(?:19|20)\d\d" if field.type == "year" else NUMBER
        # 内设12个 is no 内设1 of 2: a figure is whole.
        made = rf"{connect}(?P<{name}>(?<!\d){number})(?!\d)"
        eaten = 0
        if field.unit in MONEY:
            text = fold(after.text).text if isinstance(after, Words) else ""
            unit = next((u for u in UNIT.split("|") if text.startswith(u)), "")
            made += f"(?P<{name}u>{UNIT})" + ("" if unit else "?")
            eaten = len(unit)
        return (f"(?:{made})?" if may_be_blank else made), eaten

    def _other(self, field: Field, hole: Hole, name: str) -> str:
        if field.type == "date" or hole.shape == "date":
            self.figures += 1
            made = DATE
        elif field.type == "choice":
            made = "|".join(re.escape(fold(choice).text) for choice in field.choices)
        elif hole.shape == "text":
            made = f"[^{self.stops}]" + ("+" if self.is_row else "+?")
        else:
            made = f"[^{self.stops}]{{1,{MOST_LETTERS}}}?"
        return f"(?P<{name}>{made})"

    def _repeat(self, repeat: Repeat) -> str:
        body, numbered = _unnumbered(repeat.body)
        is_loose = self.is_loose or not numbered
        stops = CELL + PUNCTUATION if is_loose else self.stops
        writer = _Writer(self.form, prefix="r", stops=re.escape(stops))
        expression = writer.pieces(body)
        start = "" if is_loose else f"(?:{NUMBERING})"
        made = writer.finish(start + expression, is_numbered=numbered)
        made = replace(made, is_loose=is_loose, own=own_names(self.form))
        name = f"{self.prefix}l{len(self.repeats)}"
        self.repeats.append((name, made))
        # Each round is taken as short as can be and never tried again, so that a long line that
        # does not match costs no more than one that does.
        plain = re.sub(r"\(\?P<\w+>", "(?:", start + expression)
        return f"(?P<{name}>(?>{plain})++)"

    def finish(self, expression: str, *, is_numbered: bool, is_title: bool = False) -> Pattern:
        """The pattern of what was written."""
        return Pattern(
            expression, frozenset(self.needed), tuple(self.holes), tuple(self.repeats),
            self.letters, self.figures, is_numbered, self.is_row, is_title,
        )  # fmt: skip


def _sign(sign: str, *, needed: bool) -> str:
    if sign in BRACKETS:
        return f"[{re.escape(BRACKETS)}]?"
    return f"[{re.escape(PUNCTUATION)}]" + ("" if needed else "?")


def line_patterns(line: TemplateLine, form: Form) -> list[Pattern]:
    """The patterns of a line: the whole, and for one that opens a text its heading alone.

    A loop whose rounds are numbered may stand in a report without the numbers: its names are then
    told from other words by having no signs in them, and by being no names of the form.
    """
    is_row = line.table is not None
    pieces, numbered = (line.pieces, False) if is_row else _unnumbered(line.pieces)
    made = [_pattern(pieces, form, is_row=is_row, is_numbered=numbered)]
    if made[0].repeats:
        loose = _pattern(pieces, form, is_row=is_row, is_numbered=numbered, is_loose=True)
        made.append(loose)
    if line.opens:
        title = tuple(p for p in pieces if not (isinstance(p, Hole) and p.shape == "text"))
        alone = _pattern(title, form, is_row=False, is_numbered=numbered)
        made.append(replace(alone, is_title=True))
    return made


def _pattern(
    pieces: Sequence[Piece], form: Form, *, is_row: bool, is_numbered: bool, is_loose: bool = False
) -> Pattern:
    writer = _Writer(form, is_row, is_loose=is_loose)
    expression = writer.pieces(pieces)
    last = pieces[-1] if pieces else None
    takes_all = isinstance(last, Hole) and last.shape == "text"
    return writer.finish(expression + ("" if takes_all else "[,;。.:]?"), is_numbered=is_numbered)


def phrase_pattern(pieces: Sequence[Piece], form: Form) -> Pattern:
    """The pattern of a phrase that may stand anywhere in a sentence; a sign at its end ends it."""
    writer = _Writer(form, stops=f"{CELL}。;")
    last = pieces[-1]
    end = fold(last.text).text if isinstance(last, Words) else ""
    if not end or end.strip(PUNCTUATION):
        return writer.finish(writer.pieces(pieces), is_numbered=False)
    sign = f"[{re.escape(PUNCTUATION.replace('、', ''))}]"
    return writer.finish(writer.pieces(pieces[:-1]) + sign, is_numbered=False)


def _unnumbered(pieces: tuple[Piece, ...]) -> tuple[tuple[Piece, ...], bool]:
    """The pieces without the number at their start, and whether there was one."""
    rest = [piece for piece in pieces if piece != Words("")]
    if rest and isinstance(rest[0], Words) and fold(rest[0].text).text == "(":
        inner, numbered = _counted(rest[1:])
        return (inner, True) if numbered else (pieces, False)
    if rest and isinstance(rest[0], Words):
        text = fold(rest[0].text).text
        # A year may follow: `1.{{ 年度 }}年` begins with a number, and so does `1.`.
        number = numbering(f"{text}□")
        if number and CELL not in text[: len(number)]:
            return (Words(text[len(number) :]), *rest[1:]), True
        return pieces, False
    inner, numbered = _counted(rest)
    return (inner, True) if numbered else (pieces, False)


def _counted(rest: list[Piece]) -> tuple[tuple[Piece, ...], bool]:
    if len(rest) < 2 or rest[0] != Gap(is_number=True) or not isinstance(rest[1], Words):
        return (), False
    text = fold(rest[1].text).text
    if not _AFTER_NUMBER.match(text):
        return (), False
    return (Words(text[1:]), *rest[2:]), True


def compiled(lines: Sequence[TemplateLine], form: Form) -> list[tuple[TemplateLine, list[Pattern]]]:
    """Each line with its patterns."""
    return [(line, line_patterns(line, form)) for line in lines]
