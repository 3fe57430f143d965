"""Texts found by their own titles, wherever these stand, and the paragraphs before all headings.

一、部门职责
贯彻执行国家教育方针……                 the text of 主要职责, by the kind's `import.toml`
（三）改进建议。加大信息化投入……        and of 改进措施, in one paragraph with its title
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from docgen.importing.matching.found import Found, Statement
from docgen.importing.matching.model import Catch
from docgen.importing.matching.patterns import DATE
from docgen.importing.said.sayings import sayings
from docgen.importing.template.pieces import Hole, Target
from docgen.stated.outline import Line
from workbook.catalogue import imports as told
from workbook.checking.kinds import Kind
from workbook.stated.folded import letters

LEAST_LETTERS: Final = 20  # of a paragraph before all headings that is no title and no addressee
MOST_TITLE: Final = 20
MOST_SIGNED: Final = 20  # letters of a line that may be a signature
_TITLE: Final = re.compile(r"[^。:,;]+")
_INSIDE: Final = re.compile(
    r"(?:^|(?<=[。;]))(?:(?:19|20)\d\d年度?)?(?:其|本单位|我单位|本部门|我[局委院办镇乡校馆站所])?(?P<title>[^。,;:是为]{4,10}?)(?::|(?:是|为|包括|有):?)(?=[^。;]{6})"
)
_ENDS: Final = re.compile(r"。|[;,](?=[^。,;:]{2,12}:)")  # a sentence, or what has its own title
_LISTED: Final = re.compile(
    r"(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十])[)）、.]|[一首]是|首先|第一)"
)
_GOES_ON: Final = re.compile(r"[二三四]是|第二|其次|同时|此外|另外|还")
_FIGURE: Final = re.compile(r"\d|[一二三四五六七八九十百]+[名人个]|共|实有|现有")
_OF_FIGURES: Final = re.compile(r"编制|人数")  # titles that a sentence states figures of
_NUMERAL: Final = re.compile(r"[\d一二三四五六七八九十]+")
_OVER: Final = re.compile(rf"附[件表:]|\(?{DATE}\)?$")
_NOTHING: Final = frozenset(("", "无", "没有", "详见附件"))


def add_titled(found: Found, kind: Kind, lines: Sequence[Line]) -> None:
    """Add the texts that no line of the template fits, each by a title that the kind lists."""
    said = sayings(kind)
    titles = {
        letters(way): key
        for key, field in kind.form.fields.items()
        if field.type == "paragraphs" and not field.compute
        for way in (key, field.name, *said.text.get(key, ()))
    }
    for number, line in enumerate(lines):
        title, start = _title_of(line)
        key = titles.get(letters(title), "")
        if key and not found.fields.get(key):
            _add(found, key, title, _text(lines[number:], start, found))
            found.used.add(line)
    for line in lines:
        _add_inside(found, line, titles)
    if said.lead in kind.form.fields and not found.fields.get(said.lead):
        first = next((n for n, line in enumerate(lines) if line.number), len(lines))
        _add(found, said.lead, "", [(line, 0) for line in lines[:first] if _is_lead(line)])


def move_texts(found: Found, kind: Kind) -> None:
    """Move a text to the field that its words are of, where nothing else says that field."""
    for key, moved in sayings(kind).moved.items():
        stated = found.fields.get(key, [])
        is_free = moved.to in kind.form.fields and not found.fields.get(moved.to)
        if is_free and stated and any(word in stated[0].text for word in moved.words):
            found.fields[moved.to] = found.fields.pop(key)


def _title_of(line: Line) -> tuple[str, int]:
    """The title that a line is or begins with, and where the text behind it starts."""
    if line.table is not None or line.is_long or not (line.number or line.level):
        return "", 0
    match = _TITLE.match(line.title)
    if match is None or len(match[0]) > MOST_TITLE or line.title[match.end() :][:1] in (",", ";"):
        return "", 0
    return match[0], len(line.number) + match.end() + 1


def _add_inside(found: Found, line: Line, titles: Mapping[str, str]) -> None:
    """Add the sentence behind a title in the middle of a paragraph, as 主要职责是."""
    for match in _INSIDE.finditer(line.folded.text) if line.table is None else ():
        key = titles.get(letters(match["title"]), "")
        end = _end_of(line.folded.text, match) if key else 0
        if end and not found.fields.get(key) and line not in found.used:
            first, last = line.folded.origin[match.end()], line.folded.origin[end - 1] + 1
            catch = Catch(
                Hole((Target("", key),), "text"), line.text[first:last], line, first, last
            )
            found.add(key, Statement([catch], told.BY_TITLE.said(title=match["title"])))
            found.partly.setdefault(line, []).append(key)


def _end_of(text: str, title: re.Match[str]) -> int:
    """Where the sentence behind a title ends, at 。 or before the next title; 0 where it is none.

    人员编制为50名 is no text, and a list that goes on behind the sentence is not whole.
    """
    start = title.end()
    if _OF_FIGURES.search(title["title"]) or _FIGURE.match(text, start):
        return 0
    stop = _ENDS.search(text, start)
    end = len(text) if stop is None else stop.end() if stop[0] == "。" else stop.start()
    return 0 if _LISTED.match(text, start) or _GOES_ON.match(text, end) else end


def _text(lines: Sequence[Line], start: int, found: Found) -> list[tuple[Line, int]]:
    """The paragraphs of a title, each with where its text starts: up to the next title beside it.

    Where a part of them is understood as something else there is none.
    """
    first, *others = lines
    text = [(first, start)] if start < len(first.folded.text) else []
    for line in others:
        if line.table is not None or line.is_long or _is_beside(first, line) or _is_over(line):
            break
        text.append((line, 0))
    return [] if any(line in found.used for line, _ in text) else text


def _is_beside(title: Line, line: Line) -> bool:
    """Whether a line is the next title of the same list, or one of a higher."""
    if title.heading_level is not None and line.heading_level is not None:
        return line.heading_level <= title.heading_level
    if title.heading_level is None and line.heading_level is not None:
        return True
    return bool(line.number) and _form(line.number) == _form(title.number)


def _form(number: str) -> str:
    return _NUMERAL.sub("", number)


def _is_over(line: Line) -> bool:
    """Whether a line is an annex, a date or a signature, with which a text is over."""
    text = line.folded.text
    is_signed = not line.number and len(text) <= MOST_SIGNED and text[-1:] not in "。;:!"
    return is_signed or _OVER.match(text) is not None


def _is_lead(line: Line) -> bool:
    text = line.folded.text
    return line.table is None and len(text) >= LEAST_LETTERS and text[-1:] in "。:;"


def _add(found: Found, key: str, title: str, text: Sequence[tuple[Line, int]]) -> None:
    hole = Hole((Target("", key),), "text")
    if letters("".join(line.folded.text[start:] for line, start in text)) in _NOTHING:
        return
    catches = []
    for line, start in text:
        first = line.folded.origin[start]
        catches.append(Catch(hole, line.text[first:], line, first, len(line.text)))
        found.used.add(line)
    found.add(
        key,
        Statement(
            catches, told.BY_TITLE.said(title=title) if title else told.FROM_BEGINNING.said()
        ),
    )
