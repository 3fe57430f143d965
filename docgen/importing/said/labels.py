"""Short values that a report gives beside their names, or in its title and signature.

填报单位：某某县林业局    填报日期：2024年3月5日
联系人 | 李某 | 联络电话 | 0730-6200018
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from docgen.importing.matching.align import Patterns
from docgen.importing.matching.found import Found, Statement
from docgen.importing.matching.model import BODY, UNITS, Catch
from docgen.importing.matching.own_names import OwnNames
from docgen.importing.matching.patterns import DATE, phrase_pattern
from docgen.importing.template.pieces import Hole, Piece, Target, Words
from docgen.stated.grids import cells_of
from docgen.stated.outline import Line
from workbook.catalogue import imports as told
from workbook.catalogue.model import Said
from workbook.form.model import Form
from workbook.stated.folded import PUNCTUATION, fold
from workbook.stated.words import general

MOST_LETTERS: Final = 40  # of a value beside its label
MOST_CELLS: Final = 6  # of a row of labels and values
_FULL: Final = "单位名称"
_MARKS: Final = PUNCTUATION + '()"'
_YEAR_IN: Final = re.compile(r"\d|报告|关于")
_PARTS: Final = re.compile(r"[((].*?[))]")
_ASIDE: Final = r"(?:\([^()]{1,8}\))?"  # (盖章)
_TITLE: Final = re.compile(
    r"(?:关于)?(?P<first>[^\d]{3,30}?)??(?:关于)?(?:19|20)\d\d年度?(?P<second>[^\d]{3,30}?)??"
    r"(?:部门|单位|本级)*(?:预算)?(?:整体|项目|绩效|决算|财政支出|专项资金).*"
)
_SIGNED: Final = re.compile(rf"\(?({DATE})\)?")


@dataclass(frozen=True, slots=True)
class Labels:
    """The fields that are known by a name beside their value, and all names of such fields."""

    form: Form
    open: Mapping[str, str]
    all: frozenset[str]
    own: OwnNames

    def parts(self, line: Line) -> Iterator[tuple[str, int, int]]:
        """The values of a paragraph with the names before them: `名称:甲 日期:2024-3-5`."""
        text = line.folded.text
        ways = "|".join(sorted(map(re.escape, self.all), key=len, reverse=True))
        marks = list(re.finditer(rf"({ways}){_ASIDE}:", text))
        if not marks or marks[0].start() != len(line.number):
            return
        ends = [*(mark.start() for mark in marks[1:]), len(text.rstrip("。;"))]
        for mark, end in zip(marks, ends, strict=True):
            if ":" not in text[mark.end() : end]:
                yield mark[1], mark.end(), end


def labels_of(found: Found, form: Form, own: OwnNames) -> Labels:
    """The names by which values are known; only fields without a value are open."""
    names: dict[str, str] = {}
    for key, field in form.fields.items():
        if field.type != "paragraphs":
            ways = (key, _PARTS.sub("", field.name), *general().label.get(key, ()))
            names |= {fold(way).text: key for way in ways}
    still = {way: key for way, key in names.items() if not found.fields.get(key)}
    return Labels(form, still, frozenset(names), own)


def add_labelled(found: Found, form: Form, lines: Sequence[Line], own: OwnNames) -> None:
    """Add what stands beside a name, in a paragraph or in a row of a table."""
    labels = labels_of(found, form, own)
    for line in lines:
        if line.is_long:
            continue
        parts = _beside(line, labels) if line.table is not None else labels.parts(line)
        for name, start, end in parts:
            if name in labels.open and start < end:
                _add(found, labels, line, (name, start, end))


def _beside(line: Line, labels: Labels) -> Iterator[tuple[str, int, int]]:
    """The cells behind those that hold a name, by their places in the folded row."""
    cells = [cell for cell in cells_of(line) if cell.words]
    if len(cells) > MOST_CELLS or len(cells) % 2:
        return
    texts = line.folded.text
    place = 0
    places: list[int] = []
    for cell in cells:
        place = texts.index(cell.text, place)
        places.append(place)
        place += len(cell.text)
    for number in range(0, len(cells) - 1, 2):
        label, value = (_PARTS.sub("", cells[n].text).rstrip(":") for n in (number, number + 1))
        is_date = _SIGNED.fullmatch(value) is not None
        if is_date or (value not in labels.all and not labels.own.has(cells[number + 1].text)):
            start = places[number + 1]
            yield label, start, start + len(cells[number + 1].text)


def _add(found: Found, labels: Labels, line: Line, part: tuple[str, int, int]) -> None:
    name, start, end = part
    field = labels.form.fields[labels.open[name]]
    words = line.folded.text[start:end]
    if found.fields.get(field.key) or len(words) > MOST_LETTERS:
        return
    if field.is_number and line.table is not None:
        return  # figures of tables are known by their heads too
    if field.key in UNITS and not BODY.search(words):
        return
    pieces: tuple[Piece, ...] = (
        Words("甲:"), Hole((Target("", field.key),)), Words(field.unit),
    )  # fmt: skip
    pattern = phrase_pattern(pieces, labels.form)
    match = pattern.regex.fullmatch(f"甲:{words}")
    if match is None:
        return
    (caught,) = (match.span(name) for name, _ in pattern.holes)
    first = line.folded.origin[start + caught[0] - 2]
    last = line.folded.origin[start + caught[1] - 3] + 1
    unit = next((one for key, one in match.groupdict().items() if key.endswith("u") and one), "")
    catch = Catch(pieces[1], line.text[first:last], line, first, last, unit)  # type: ignore[arg-type]
    found.add(field.key, Statement([catch], told.BY_NAME.said(name=name)))
    if line.table is None:
        found.used.add(line)
    else:
        found.partly.setdefault(line, []).append(field.key)


def add_unit_of_title(found: Found, form: Form, lines: Sequence[Line]) -> None:
    """Add the unit before or behind the year of a title in no wording that is known."""
    key = next((one for one in UNITS if one in form.fields), "")
    if not key or found.fields.get(key):
        return
    for line in lines:
        match = _TITLE.fullmatch(line.folded.text)
        for group in ("first", "second") if match else ():
            assert match is not None
            if match[group] and BODY.search(match[group]) and not found.fields.get(key):
                _put(found, key, line, match.span(group), told.FROM_TITLE.said())
                return


def add_unit_alone(found: Found, form: Form, lines: Sequence[Line]) -> None:
    """Add the full name of a unit that stands alone in a line of the title."""
    for line in lines:
        if line.number or line.heading_level is not None:
            return
        text = line.folded.text
        is_name = line.table is None and BODY.search(text) and not _YEAR_IN.search(text)
        if is_name and len(text) <= MOST_LETTERS and not any(mark in text for mark in _MARKS):
            if _FULL in form.fields and not found.fields.get(_FULL):
                _put(found, _FULL, line, (0, len(text)), told.FROM_TITLE.said())
            return


def add_signed(found: Found, patterns: Patterns, lines: Sequence[Line]) -> None:
    """Add the one date that stands alone in a paragraph, and the unit right above it."""
    alone = [
        (number, line, match)
        for number, line in enumerate(lines)
        if line.table is None and (match := _SIGNED.fullmatch(line.folded.text))
    ]
    ours = [n for n, (one, _) in enumerate(patterns) if _hole(one.pieces, "date") is not None]
    if len(alone) != 1 or not ours:
        return
    number, line, match = alone[0]
    date = _hole(patterns[ours[0]][0].pieces, "date")
    above = lines[number - 1] if number else None
    unit = _hole(patterns[ours[0] - 1][0].pieces, "value") if ours[0] else None
    if date is not None and not found.fields.get(date.targets[0].key):
        _put(found, date.targets[0].key, line, match.span(1), told.FROM_END.said())
    if unit is None or above is None or above.table is not None:
        return
    key, words = unit.targets[0].key, above.folded.text
    if not found.fields.get(key) and len(words) <= MOST_LETTERS and BODY.search(words):
        _put(found, key, above, (0, len(words)), told.FROM_END.said())


def _hole(pieces: Sequence[Piece], shape: str) -> Hole | None:
    """The value that is all of a template's line."""
    one = pieces[0] if len(pieces) == 1 else None
    return one if isinstance(one, Hole) and one.shape == shape else None


def _put(found: Found, key: str, line: Line, span: tuple[int, int], remark: Said) -> None:
    first, last = line.folded.origin[span[0]], line.folded.origin[span[1] - 1] + 1
    catch = Catch(Hole((Target("", key),)), line.text[first:last], line, first, last)
    found.add(key, Statement([catch], remark))
    if line.folded.text[slice(*span)] == line.folded.text:
        found.used.add(line)
    elif line not in found.used:
        found.partly.setdefault(line, []).append(key)
