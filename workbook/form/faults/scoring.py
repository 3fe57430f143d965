"""What is wrong with scoring methods and the tables that they score, in words for the author."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from workbook.figures.numbers import decimals_of, plain
from workbook.form.field import Field
from workbook.form.model import Form
from workbook.form.scoring import (
    Aimed,
    Bands,
    Grades,
    Inverse,
    Method,
    Ratio,
    Scored,
    Scoring,
    Steps,
    Tiers,
)
from workbook.form.table import Table

# What ends or changes a text literal of the rule language, into which `scoring.quoted` puts words.
_UNQUOTABLE = frozenset('"\\\n')


def score_faults(form: Form) -> Iterator[str]:
    """What is wrong with scoring methods, grades and the columns that they name."""
    for sheet in form.sheet:
        for field in sheet.fields:
            yield from _grade_faults(field)
    for table in form.tables.values():
        for column in table.column:
            yield from _grade_faults(column)
        if table.scoring is None:
            if any(row.score for row in table.row):
                yield f"表「{table.key}」的行写了 score,表却没有 scoring"
            continue
        yield from (f"表「{table.key}」:{fault}" for fault in _table_faults(table, table.scoring))


def _grade_faults(field: Field) -> Iterator[str]:
    if field.grades is not None:
        if not field.compute:
            yield f"「{field.key}」:写了 grades 就要用 compute 写出总分"
        yield from (f"「{field.key}」:{fault}" for fault in grade_faults(field.grades))


def _table_faults(table: Table, scoring: Scoring) -> Iterator[str]:
    keys = {column.key for column in table.column}
    for key, name in scoring.columns.items():
        if name and name not in keys:
            yield f"scoring 的 {key} 写的列「{name}」不在表里"
    if not table.row and not (scoring.case and scoring.sort):
        yield "scoring 要写 sort 和 case,因为表里没有给定的行"
    methods = [(f"case「{c.of}」", c.score, None) for c in scoring.case]
    methods += [
        (str(row.given.get(table.row_name)), row.score, row.given.get(scoring.weight))
        for row in table.row
    ]
    for where, method, weight in methods:
        if method is None:
            continue
        yield from (
            f"{where}:{f}"
            for f in method_faults(method, None if weight is None else Decimal(weight))
        )
        if isinstance(method, Bands) and not scoring.entered:
            yield f"{where}:bands 要在 scoring 里写 entered"
        if isinstance(method, Bands) and not table.row and not scoring.word:
            yield f"{where}:bands 要在 scoring 里写 word"
        if isinstance(method, Aimed) and method.target is None and not scoring.target:
            yield f"{where}:没有 target"


def method_faults(method: Method, weight: Decimal | None = None) -> Iterator[str]:
    """What keeps a method from scoring from 0 to `weight`; None is a weight not yet known."""
    if weight is not None and not (weight.is_finite() and weight >= 0):
        yield "分值要是 0 或正数"
        return
    if isinstance(method, Scored) and weight is not None and decimals_of(weight) > method.decimals:
        yield f"分值 {plain(weight)} 的小数位数多于 decimals = {method.decimals}"
    match method:
        case Steps():
            yield from _steps(method, weight)
        case Tiers():
            yield from _tiers(method, weight)
        case Bands():
            yield from _bands(method)
        case _:
            yield from _aimed(method)


def grade_faults(grades: Grades) -> Iterator[str]:
    """What keeps grades from naming each total with one word."""
    if not grades.grade:
        yield "要有至少一个 grade"
    limits = [grade.least for grade in grades.grade]
    if not _finite(limits) or not _falls(limits):
        yield "grade 的 from 要是数,从高到低排列,不能重复"
    yield from _words(grades.words)


def _aimed(method: Aimed) -> Iterator[str]:
    target = method.target
    if target is None:
        return
    if not target.is_finite():
        yield "target 要是数"
    elif isinstance(method, Ratio) and target <= 0:
        yield 'method = "ratio" 的 target 要大于 0,否则没有比例可算'
    elif isinstance(method, Inverse) and target < 0:
        yield 'method = "inverse" 的 target 不能小于 0'


def _steps(method: Steps, weight: Decimal | None) -> Iterator[str]:
    if not method.bound.is_finite():
        yield "bound 要是数"
    for key, number in (("step", method.step), ("points", method.points)):
        if not (number.is_finite() and number > 0):
            yield f"{key} 要大于 0"
    if weight is not None and method.points > weight:
        yield f"每次扣 {plain(method.points)} 分,超过分值 {plain(weight)}"


def _tiers(method: Tiers, weight: Decimal | None) -> Iterator[str]:
    if not method.tier:
        yield "要有至少一个 tier"
        return
    limits = [tier.limit for tier in method.tier]
    points = [*(tier.points for tier in method.tier), method.otherwise]
    if not _finite((*limits, *points)):
        yield "limit、points、otherwise 都要是数"
        return
    if not _falls(limits[::-1] if method.compare == "<=" else limits):
        order = "从小到大" if method.compare == "<=" else "从大到小"
        yield f'compare = "{method.compare}" 的各档 limit 要{order}排列,不能重复'
    if not _falls(points) or points[-1] < 0:
        yield "各档 points 要从高到低排列,不能重复,otherwise 最低,都不小于 0"
    if weight is not None and points[0] != weight:
        yield f"第一档 {plain(points[0])} 分,与分值 {plain(weight)} 不同"


def _bands(method: Bands) -> Iterator[str]:
    if not method.band:
        yield "要有至少一个 band"
        return
    yield from _words(method.words)
    ends = [end for band in method.band for end in (band.top, band.bottom)]
    if not _finite(ends):
        yield "from、to 都要是数"
        return
    for band in method.band:
        if band.top <= band.bottom:
            yield f"「{band.word}」的 from 要大于 to"
    for upper, lower in pairwise(method.band):
        if upper.bottom != lower.top:
            kind = "有空档" if upper.bottom > lower.top else "重叠"
            yield f"「{upper.word}」与「{lower.word}」之间{kind}"
    if ends[0] != 100 or ends[-1] != 0:
        yield "各档要从 100 排到 0"


def _words(words: Sequence[str]) -> Iterator[str]:
    if len(set(words)) < len(words):
        yield f"等级「{'、'.join(words)}」有重复"
    for word in words:
        if not word or word != word.strip() or not _UNQUOTABLE.isdisjoint(word):
            yield f"等级「{word}」不能为空,首尾不能有空格,不能含引号、反斜杠和换行"


def _finite(numbers: Sequence[Decimal]) -> bool:
    return all(number.is_finite() for number in numbers)


def _falls(numbers: Sequence[Decimal]) -> bool:
    return all(first > second for first, second in pairwise(numbers))
