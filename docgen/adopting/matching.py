"""The parts of a paragraph that are a cell's own: by the words before them, and what they print."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from docgen.adopting.naming import (
    DONE,
    HALF,
    Place,
    counted_in,
    direction_of,
    direction_word,
    is_akin,
    is_anothers,
    is_change,
    is_head_right_before,
    is_headed_as,
    is_meant,
    is_of_all_rows,
    is_of_list,
    is_of_title,
    is_of_total,
    is_told_around,
    name_score,
    row_of,
    turn_of,
)
from docgen.adopting.page import Paragraph, Span
from docgen.adopting.printing import Printed, Ways, is_converted, with_minus
from docgen.adopting.sentences import Rows, counted, sentence_loops
from docgen.adopting.times import is_said_to_be_prior, of_time
from workbook.adopting.model import AskedTable
from workbook.adopting.words import is_other_count

_UNIT: Final = re.compile(r"亿元|万元|千元|元|%|‰|个百分点|年")
_MEASURES: Final = ("亿元", "万元", "千元", "元", "%", "‰", "个百分点")
_YEAR: Final = "年"
_FIGURE: Final = re.compile(
    r"(?<!\d)(?<!\d[.,])(?:(?<![A-Za-z\d])[-−－])?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d.]*\d)"
)
_CODE: Final = re.compile(
    r"[A-Za-z][A-Za-z\d]*(?:[-_/]*[A-Za-z\d]+)*\d(?:\.?[A-Za-z\d])*"
)  # CH-2023-070, A4, PM2.5
_DATE: Final = re.compile(r"\d{4}年\d{1,2}月(?:\d{1,2}日)?|\d{4}-\d{1,2}-\d{1,2}")
_NOT_A_FIGURE: Final = re.compile(r"[年月日号条款章次]")
_NUMBER_OF: Final = re.compile(r"[月日号条款章]")  # what a figure before it only numbers
_HEADING_NUMBER: Final = re.compile(r"^\s*[(（]?\d+(?:[)）、]|[.．](?!\d))")
_SURE: Final = 4  # digits of a figure that two cells do not share by chance
_LEAST_TEXT: Final = 3  # letters of words that are taken for a cell's own
_TOLD: Final = 3  # digits of a figure that is named by its column and its unit alone
_CAPITALS: Final = re.compile(
    r"[壹贰叁肆伍陆柒捌玖][零壹贰叁肆伍陆柒捌玖拾佰仟万亿]*元(?:[零壹贰叁肆伍陆柒捌玖角分]+|[整正])?"
)
_RATE: Final = re.compile(r"[率幅%％]|比例")
_SAME: Final = re.compile(r"\d[\d,.]*[^\d，,；。]{0,3}[，,（(]?(?:折合|约合|合|即)(?:人民币)?$")
_SINCE: Final = re.compile(r"\d[^\d，,；。]{0,3}[，,（(][^，,；。\d]{2,8}$")  # 2315台次，去年同期为
_PERSONS: Final = "人口"
_THINGS: Final = tuple("人个名家户次批辆台项件天吨亩")  # that no amount is counted in
_APART: Final = {"天": "次人名元%", "次": "天人名元%", "人": "天次元%"}  # what is counted otherwise
_PEOPLE: Final = ("人", "名")
_YEARS: Final = range(1990, 2101)


Tables = Sequence[tuple[AskedTable, Rows]]


@dataclass(slots=True)
class Matched:
    """What was found in a paragraph: spans to be replaced, figures of no cell, of several."""

    spans: list[Span] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    literal: list[str] = field(default_factory=list)
    ambiguous: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)


def matched(paragraph: Paragraph, ways: Ways, tables: Tables = ()) -> Matched:
    """The spans of a paragraph that print what a cell holds."""
    text, made = paragraph.text, Matched()
    made.spans += sentence_loops(text, tables)
    taken = [(span.start, span.end) for span in made.spans]

    def take(start: int, end: int, way: Printed) -> None:
        word = direction_word(text[:start]) if way.direction else ""
        done = "" if text[:start].endswith(word) else DONE
        start -= len(word) + len(done)
        made.spans.append(
            Span(start, end, f"{_turned(word, way, ways)}{done}{{{{ {way.expression} }}}}")
        )
        made.keys.append(way.key)
        taken.append((start, end))

    for words, way in ways.texts:
        if len(words) >= _LEAST_TEXT or words == text.strip():
            for match in re.finditer(re.escape(words), text):
                if _is_free(match.start(), match.end(), taken):
                    take(match.start(), match.end(), way)
    made.literal += [text[one:end] for one, end in _codes(text) if _is_free(one, end, taken)]
    last: Printed | None = None
    for match in (*_DATE.finditer(text), *_amounts(text)):
        start, end = match.span()
        if not _is_free(start, end, taken) or _is_number_of_a_heading(text, start):
            continue
        found = ways.figures.get(with_minus(match[0]), ())
        place = Place(paragraph, text[:start], text[end:], ways, last)
        one, others = _chosen(match[0], found, place)
        others = tuple(key for key in others if "." not in key)  # those of rows are told elsewhere
        last = one or last
        if one is not None:
            take(start, end, one)
        elif table := counted(match[0], text, match.span(), tables):
            made.spans.append(Span(start, end, f"{{{{ {table}|count_items }}}}"))
        elif others and not _NUMBER_OF.match(text, end):
            made.ambiguous.append((match[0], others))
        elif not _NOT_A_FIGURE.match(text, end):
            made.literal.append(match[0])
    return made


def _codes(text: str) -> Iterator[tuple[int, int]]:
    """Where a number of a paper stands, such as CH-2023-070."""
    for match in _CODE.finditer(text):
        if sum(map(str.isdigit, match[0])) >= _SURE:
            yield match.span()


def _figures(text: str) -> Iterator[re.Match[str]]:
    """Every figure that is no part of a word such as A4."""
    words = [match.span() for match in _CODE.finditer(text)]
    for match in _FIGURE.finditer(text):
        if not any(start <= match.start() < end for start, end in words):
            yield match


def _amounts(text: str) -> Iterator[re.Match[str]]:
    """Every figure, and amounts written out in capitals, as they stand."""
    yield from sorted((*_figures(text), *_CAPITALS.finditer(text)), key=re.Match.start)


def _turned(word: str, way: Printed, ways: Ways) -> str:
    """The word before an amount, as its sign will ask for it: 增加 where it is no less than 0."""
    if not word:
        return ""
    turned = turn_of(word, ways.text)
    more, less = (word, turned) if way.direction > 0 else (turned, word)
    return f"{{{{ '{more}' if {way.subject or way.key} >= 0 else '{less}' }}}}"


def _is_free(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return all(end <= first or start >= last for first, last in taken)


def _is_number_of_a_heading(text: str, start: int) -> bool:
    match = _HEADING_NUMBER.match(text)
    return match is not None and start < match.end()


def _chosen(
    figure: str, found: Sequence[Printed], place: Place
) -> tuple[Printed | None, tuple[str, ...]]:
    """The one cell that a figure is; else the keys of those that it may be."""
    found = [way for way in found if _fits(way, place)]
    found = [way for way in found if not is_anothers(way, place)]
    if not found:
        return None, ()
    keys = tuple(dict.fromkeys(way.key for way in found))
    if _CAPITALS.fullmatch(figure) and place.last and place.last.key in keys:
        return next(way for way in found if way.key == place.last.key), ()
    if found[0].unit == _YEAR:
        return (found[0], ()) if len(keys) == 1 else (None, keys)
    found = found if _DATE.fullmatch(figure) else of_time(found, place)
    if not found:  # of another year, or of a plan
        return None, keys
    is_timed = len({way.key for way in found}) == 1 and (
        len(keys) > 1 or is_said_to_be_prior(place)
    )
    found = [way for way in found if not is_converted(way)] or found
    found = [way for way in found if not is_of_all_rows(way, found, place)] or found
    keys = tuple(dict.fromkeys(way.key for way in found))
    scores = {way: score for way in found if (score := name_score(way, place, is_timed))}
    best = max(scores.values(), default=0)
    winners = _first_of_alike([way for way, score in scores.items() if score == best])
    said = [way for way in winners if way.unit and place.after.startswith(way.unit)]
    winners = said or winners
    if len({way.key for way in winners}) > 1:
        winners = [way for way in winners if is_head_right_before(way, place)] or winners
    for is_worse in (is_converted, _is_of_row):
        winners = [way for way in winners if not is_worse(way)] or winners
    if place.last and len({way.key for way in winners}) > 1:  # under the head of the one before it
        heads = place.last.known_by[1:]
        winners = [way for way in winners if way.known_by[1:] == heads] or winners
    is_plain = best > HALF or (
        _is_sure(figure) and winners and winners[0].is_exact and is_meant(winners[0], place)
    )
    if is_plain and len({way.key for way in winners}) == 1:
        return winners[0], ()
    if (again := _of_the_last(found, place, is_timed)) is not None:
        return again, ()
    if len(keys) == 1 and _is_told(figure, found[0], place):
        return found[0], ()
    found = _first_of_alike(found)
    if not winners and (of_title := [way for way in found if is_of_title(way, place)]):
        found = of_title
    is_only = not winners and len({way.key for way in found}) == 1 and found[0].is_exact
    is_only = is_only and "." not in found[0].key  # a row is meant by its name alone
    is_date = _DATE.fullmatch(figure) is not None
    if is_only and _is_sure(figure) and (is_date or is_akin(found[0], place)):
        return found[0], ()
    return None, keys


def _is_of_row(way: Printed) -> bool:
    """Whether a way prints a row of a list, which next year may not be there."""
    return "." in way.key


def _of_the_last(found: Sequence[Printed], place: Place, is_timed: bool) -> Printed | None:
    """The cell that the words behind the last figure mean: 折合58.42万元, 去年同期为2098台次."""
    last = place.last
    if last is None:
        return None
    same = [way for way in found if way.key == last.key and _SAME.search(place.before)]
    row = [way for way in found if row_of(way) == row_of(last) and way.title == last.title]
    is_row = is_timed and _SINCE.search(place.before) is not None
    headed = [way for way in row if is_headed_as(way, place, last)]
    return next(iter(same or (row if is_row else headed)), None)


def _first_of_alike(ways: Sequence[Printed]) -> list[Printed]:
    """The ways without those of cells that only repeat another's of them."""
    keys = {way.key for way in ways}
    return [way for way in ways if way.same_as not in keys]


def _is_told(figure: str, way: Printed, place: Place) -> bool:
    """Whether the one cell that a figure may be is named in another way than by its name."""
    digits = sum(map(str.isdigit, figure))
    if _CAPITALS.fullmatch(figure):
        return len(figure) > _SURE or (place.last is not None and place.last.key == way.key)
    if is_told_around(way, place):
        return True
    if digits >= _TOLD and (is_of_total(way, place) or is_change(way, place)):
        return True
    return digits >= _TOLD and (is_of_list(way, place) or _is_of_many_digits(figure, way, place))


def _is_of_many_digits(figure: str, way: Printed, place: Place) -> bool:
    """Whether a figure of five digits and more is counted as its cell is: 11234人 of 受益人口."""
    digits = figure.replace(",", "").replace(".", "").strip("0")
    counted = "".join(way.known_by)
    return (
        len(digits) > _SURE
        and place.after[:1] in _PERSONS
        and any(map(counted.__contains__, _PERSONS))
    )


def _fits(way: Printed, place: Place) -> bool:
    """Whether the unit behind a figure, and a word of more or less before it, are a cell's."""
    before, after = place.before, place.after
    is_in_table = place.paragraph.table is not None
    said = _UNIT.match(after)
    unit = said[0] if said else ""
    if unit == "个百分点" and way.unit == "%" and _is_of_points(way):
        unit, after = way.unit, way.unit
    if unit != way.unit and is_converted(way) and not is_in_table:
        return False
    if way.unit in _MEASURES and not way.is_exact and after[:1] in _THINGS:
        return False
    if not way.unit and counted_in(way) in _APART and after[:1] in _APART[counted_in(way)]:
        return False
    if _YEAR in (way.unit, unit):
        return way.unit == unit
    if is_other_count(way.unit, after):
        return False
    is_other = unit in _MEASURES and way.unit and unit != way.unit
    if is_other or (way.unit in _MEASURES and unit and unit != way.unit):
        return False
    if unit == "%" and direction_of(before) and not way.direction:
        return False  # 增长3.70% is no share, whatever its figure
    return direction_of(before) == way.direction or not (way.direction or way.has_direction)


def _is_of_points(way: Printed) -> bool:
    """Whether a cell says by how much a share has changed, and no rate: 比上年提高2.6个百分点."""
    return way.direction != 0 and not _RATE.search("".join(way.known_by[1:]))


def _is_sure(figure: str) -> bool:
    """Whether a figure is that of a cell by its digits alone: 8660 is, 8600 and 85.50 are not."""
    whole, _, decimals = figure.replace(",", "").lstrip("-0").partition(".")
    digits = f"{whole}{decimals}".strip("0") if decimals else whole
    is_year = figure.isdigit() and int(figure) in _YEARS
    return min(len(digits), len(digits.rstrip("0")) + 1) >= _SURE and not is_year
