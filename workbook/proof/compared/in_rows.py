"""A rate of change whose two figures stand in the row of a table: 卫生健康支出51288万元,下降7.4%.

The sentence names its row in its own words, in those before it, or in its heading.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Final, NamedTuple

from workbook.proof.arithmetic import Fit, Term, rounded_to, significant, slipped, term
from workbook.proof.compared.changes import CHANGE, DIRECTION
from workbook.proof.compared.comparison import groups
from workbook.proof.model import Severity, Slip, Spot, Statement, Table, Words
from workbook.proof.percentages import percent, rate_fit
from workbook.proof.tables.grid import Grid, sections
from workbook.stated.clauses import Said, Sentence, Way

_YEAR: Final = re.compile(r"((?:19|20)\d\d)年?度?")
_KIND: Final = re.compile(r"决算|执行|预算|完成|实际|实绩|数|\([^()]*\)")
_LABEL: Final = re.compile(
    r"^[\d一二三四五六七八九十、.()]+(?=[、.)])|\([^()]*\)|人[数次]$|情况$|基金$|[台件]次$"
)
_OTHER_BASE: Final = re.compile(
    r"预算(?!执行)|计划|目标|任务|环比|年初|以来|年均|两年|同口径|可比|不变价|剔除|扣除|上月|季度|占"
)
_PLAIN: Final = re.compile(  # a change of the figure before it and of nothing else
    r"^[,(]?(?:[分也均都实净略微际]|仅|大幅)*(?:同比|[比较与])?(?:[^,;中]*(?:相比),?|"
    r"(?:上一?年|去年|(?:19|20)\d\d年)度?(?:同期|同比|[末底]|(?:决算|执行|完成|实际|实绩)*数?)的?)?"
    r"(?:[实净略微际也均都]|大幅)*(?:增|减|上[升涨浮]|下[降跌滑浮]|提[高升]|[降升涨跌]|回落)"
)
_REAL: Final = re.compile(r"可比|不变价|增加值|生产总值|总产值|GDP|实际增长")
_TELLING: Final = 3  # digits of a figure that is hardly another's by chance
_SHORTEST: Final = 2  # letters that name a row


class _Row(NamedTuple):
    """Two years of one row of a table."""

    label: str
    now: Term
    base: Term
    year: str  # of the base
    words: str


def changes_in_rows(
    statements: Sequence[Statement], tables: Sequence[Table]
) -> Iterator[tuple[str, Slip | None]]:
    """Each rate behind a figure that one row of a table prints with that of the year before."""
    rows: dict[str, list[_Row]] = defaultdict(list)
    for table in tables:
        for grid in sections(table):
            for row in _rows(grid):
                rows[f"{row.now.value.normalize():f}"].append(row)
    for statement in statements if rows else ():
        if statement.is_cell:
            continue
        for sentence in statement.sentences:
            for group in groups(sentence):
                rate = next((one for one in group if one.way is Way.CHANGE_RATE), None)
                now = _now(group[0], sentence)
                if rate is None or now is None or not rate.is_exact or not rate.value:
                    continue
                found = _named(now, group[0], rows, Spot(sentence, statement))
                if found is not None:
                    yield from _judged(rate, now, found, Spot(sentence, statement))


def _rows(grid: Grid) -> Iterator[_Row]:
    """The rows with a figure of a year and one of the year before under heads of one kind."""
    pairs = [
        (now, base, found[0]) for now, base in permutations(range(grid.width), 2)
        if (found := _years(grid.heads[now], grid.heads[base]))
    ]  # fmt: skip
    for row in grid.rows if pairs else ():
        if len(grid.cells[row]) != grid.width:
            continue
        for at, base_at, year in pairs:
            own, other = grid.terms[row][at], grid.terms[row][base_at]
            if own is not None and other is not None and other.value > 0:
                label = _LABEL.sub("", grid.label(row, at))
                yield _Row(label, own, other, year, grid.row_words(row))


def _years(now: str, base: str) -> list[str]:
    """The year of the base where two heads say the same of a year and of the one before."""
    own, other = _YEAR.findall(now), _YEAR.findall(base)
    if len(own) != 1 or len(other) != 1 or int(own[0]) != int(other[0]) + 1:
        return []
    bare = [_KIND.sub("", _YEAR.sub("", one)) for one in (now, base)]
    return other if bare[0] == bare[1] and "%" not in now and "率" not in now else []


def _now(first: Said, sentence: Sentence) -> Said | None:
    """The figure right before a change, if it is plain and nothing parts the two."""
    at = sentence.figures.index(first)
    one = sentence.figures[at - 1] if at else None
    if one is None or one.way is not Way.VALUE or not one.is_exact or one.depth != first.depth:
        return None
    is_open = bool(_OTHER_BASE.search(first.gap)) or not _PLAIN.match(first.gap)
    is_open = is_open or first.after.startswith("的")  # 增长7.8%的是游客人数
    is_telling = significant(term(one)) >= _TELLING and one.unit != "%"
    return one if is_telling and not is_open else None


def _named(now: Said, first: Said, rows: dict[str, list[_Row]], spot: Spot) -> _Row | None:
    """The one row that prints a figure and is named in the words before it."""
    ones = rows.get(f"{now.value.normalize():f}", ())
    years = _YEAR.findall(first.gap)
    before = spot.statement.folded.text[: spot.sentence.start + now.start]
    clause = re.sub(r"^(?:其中|全[年县市区省镇]|\d{4}年)+[:,]?", "", now.clause)
    held = [
        one for one in ones
        if len(one.label) >= _SHORTEST and (not years or years[-1] == one.year)
        and (one.label in before or clause[: max(_SHORTEST, len(clause) - 2)] == one.label)
    ]  # fmt: skip
    same = {(one.now.value, one.base.value) for one in held}
    return held[0] if len(same) == 1 else None


def _judged(rate: Said, now: Said, row: _Row, spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    off = row.now.value - row.base.value
    half, other = (one.half / one.factor for one in (row.now, row.base))
    shown = term(rate)._replace(value=abs(rate.value))
    how = rate_fit(shown, abs(off), row.base.value, (half + other, other))
    figures = (now, row.base.printed, rate)
    says = f"{rate.clause[-16:]}{rate}"
    if how is Fit.EXACT:
        if off and (off > 0) is not (rate.sign > 0):
            word, mark = ("增长", ">") if off > 0 else ("下降", "<")
            arithmetic = f"{row.now.printed} {mark} {row.base.printed}({row.label})"
            words = Words(says, f"{word}{rate}", arithmetic)
            yield DIRECTION, spot.slip(DIRECTION, Severity.ERROR, figures, words)
        else:
            yield CHANGE, None
        return
    due = percent(abs(off), row.base.value)
    near = rounded_to(due, rate.decimals)
    is_shifted = rate.value in (near * 10, near * 100) and near
    is_slip = slipped(shown, near) and significant(shown) >= _TELLING
    is_real = bool(_REAL.search(spot.statement.folded.text + row.label))
    if how is Fit.OFF and (off > 0) is (rate.sign > 0) and (is_shifted or is_slip) and not is_real:
        word = "增长" if off > 0 else "下降"
        arithmetic = f"{row.now.printed}、{row.base.printed}({row.label})"
        words = Words(says, f"{word}{rounded_to(due, max(rate.decimals, 2))}%", arithmetic)
        yield CHANGE, spot.slip(CHANGE, Severity.ERROR, figures, words)
