"""What finds a template's line in a report, and what it finds there."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from docgen.importing.matching.own_names import OwnNames
from docgen.importing.template.pieces import Hole
from docgen.stated.outline import Line
from workbook.stated.folded import fold

LEAST_LETTERS: Final = 2  # by which a line is known without its number
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


@cache
def _ready(expression: str) -> re.Pattern[str]:
    return re.compile(expression)
