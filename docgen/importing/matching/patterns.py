"""A template's line as a pattern that finds the same line in a report that was typed by hand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from docgen.importing.matching.own_names import OwnNames, own_names
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
from docgen.stated.outline import Line
from workbook.form.model import Field, Form
from workbook.stated.folded import BRACKETS, CELL, NUMBERING, PUNCTUATION, fold, numbering
from workbook.stated.units import MONEY

NUMBER: Final = r"[-+]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
UNIT: Final = "|".join(sorted(MONEY, key=len, reverse=True))
CONNECT: Final = "[,:]?(?:共计|合计|总计|为|是|共|计|达|达到)?:?"
_CHINESE_YEAR: Final = "[〇零○OoΟ一二三四五六七八九]{4}"
DATE: Final = (
    rf"(?:\d{{4}}|{_CHINESE_YEAR})年(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})日"
    r"|\d{4}[-./]\d{1,2}[-./]\d{1,2}"
)
MOST_LETTERS: Final = 200  # of a short text
LEAST_LETTERS: Final = 2  # by which a line is known without its number
_SIGNS: Final = re.escape(PUNCTUATION + BRACKETS)
_RUNS: Final = re.compile(rf"[{_SIGNS}]+|[^{_SIGNS}]+")
_REPORT: Final = re.compile(r"(?:自评|绩效评价|绩效)(?:情况)?(?:的)?(?:报告|总结|说明|表)$")
UNITS: Final = ("单位简称", "单位名称", "部门名称")
_WORK: Final = re.compile(
    r"(?:养护|建设|改造|修缮|整治|购置|维护|治理|普查|补助|补贴|经费|资金|工程|项目|部门)$"
)
# Behind a year and before 项目 stands a unit or a project: 某某县水利局, 公共厕所.
BODY: Final = re.compile(
    r"(?:局|委|办|厅|政府|法院|检察院|[镇乡]|街道|办事处|[中小大]学|学校|学院|公司|[总支大]队|单位|联合会|工会)$"
    r"|(?:省|市|州|县|旗|(?<![城园社景山库小灾市片校厂])区).*(?:中心|[部院馆会处所站园社场队])$"
)
_YEAR_BEFORE: Final = re.compile(r"\d年度?$")
_AFTER_NUMBER: Final = re.compile(r"[、.,)]")


@dataclass(frozen=True, slots=True)
class Catch:
    """A value found in a report: its words, the unit beside them, and where they stand.

    `start` and `end` are places in the line's text; `round` counts the rows of a loop in a line.

    `Catch(hole, "195.49", line, 4, 10, "万元")` is what `基本支出{{ 基本支出 }}万元` finds in
    基本支出195.49万元.
    """

    hole: Hole
    text: str
    line: Line
    start: int
    end: int
    unit: str = ""
    round: int | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a line is found by; `letters` is how many letters of it are the template's own.

    `words` are those that stand in every line which it fits: to look for them is quicker than to
    make the regular expression of a line that a report has not got. `is_title` is the heading
    alone of a line that has its heading and its text together. Rounds of a loop are `is_loose`
    where they have no numbers; a name that is one of `own` is no row's.

    Of `基本支出{{ 基本支出 }}万元`: `words` are 基本支出 alone, `letters` 4, `figures` 1, and there
    is one hole, `h0`.
    """

    expression: str
    words: frozenset[str]
    holes: tuple[tuple[str, Hole], ...]
    repeats: tuple[tuple[str, "Pattern"], ...]
    letters: int
    figures: int
    is_numbered: bool
    is_row: bool
    is_title: bool = False
    is_loose: bool = False
    own: OwnNames | None = None

    @property
    def regex(self) -> re.Pattern[str]:
        """The expression, ready to be used."""
        return _ready(self.expression)

    def may_fit(self, text: str) -> bool:
        """Whether all its words stand somewhere in a text."""
        return all(word in text for word in self.words)

    @property
    def is_bare(self) -> bool:
        """Whether the pattern is a short text and nothing by which to know it."""
        return not (self.letters or self.figures or self.repeats or self.is_row or self.is_numbered)

    @property
    def weight(self) -> int:
        """How much a match tells."""
        return 10 + 2 * self.letters + 3 * self.figures - self.is_title

    def find(self, line: Line) -> list[Catch] | None:
        """What the pattern catches in `line`, None where it does not match the whole of it."""
        if self.is_row != (line.table is not None) or line.is_long:
            return None
        if not self.may_fit(line.folded.text):
            return None
        for offset in self._offsets(line):
            match = self.regex.fullmatch(line.folded.text, offset)
            if match and not (self.is_title and "。" in match[0][:-1]):
                catches = self.catches(match, line)
                if self._refuses(catches):
                    return None
                if not (self.is_row and self.holes and not catches and not self.letters):
                    return catches
        return None

    def _refuses(self, catches: Sequence[Catch]) -> bool:
        if any(c.hole.shape != "text" and _is_no_name(c) for c in catches):
            return True
        own = next((body.own for _, body in self.repeats if body.own), None)
        return own is not None and any(own.refuses(c.hole.targets[0], c.text) for c in catches)

    def _offsets(self, line: Line) -> list[int]:
        behind = len(line.number)
        known = self.letters >= LEAST_LETTERS
        if self.is_numbered:
            return [behind] if behind else [0] * known
        return [0, behind] if behind and known else [0]

    def catches(self, match: re.Match[str], line: Line) -> list[Catch]:
        """The values in `match`, in order."""
        made = list(_caught(self, match, line, None))
        for name, body in self.repeats:
            start, end = match.span(name)
            made += body.rounds(line, start, end)
        return made

    def rounds(self, line: Line, start: int, end: int) -> list[Catch]:
        """The values of a loop's rounds between two folded letters."""
        made: list[Catch] = []
        number = 0
        while 0 <= start < end and (match := self.regex.match(line.folded.text, start, end)):
            if match.end() == start:
                break
            made += _caught(self, match, line, number)
            start, number = match.end(), number + 1
        return made


def _is_no_name(catch: Catch) -> bool:
    """Whether a text is called 某某局绩效自评报告, or a unit 农村公路养护: nobody is.

    What stands between the year and 项目 is a unit only where it is called like one.
    """
    text = re.sub(r"\([^()]*\)$", "", fold(catch.text).text)
    if _REPORT.search(text):
        return True
    if not any(target.key in UNITS for target in catch.hole.targets):
        return False
    before, after = catch.line.text[: catch.start], catch.line.text[catch.end :]
    is_between = _YEAR_BEFORE.search(fold(before).text) is not None
    if is_between and fold(after).text.startswith("项目") and not BODY.search(text):
        return True
    return text == "度" or _WORK.search(text) is not None


def _caught(
    pattern: Pattern, match: re.Match[str], line: Line, number: int | None
) -> Iterator[Catch]:
    for name, hole in pattern.holes:
        start, end = match.span(name)
        if start < 0 or start == end:
            continue
        origin = line.folded.origin
        unit = match.groupdict().get(f"{name}u") or ""
        first, last = origin[start], origin[end - 1] + 1
        yield Catch(hole, line.text[first:last], line, first, last, unit, number)


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


@cache
def _ready(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


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
