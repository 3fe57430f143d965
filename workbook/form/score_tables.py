"""Tables whose rows are scored: their methods written into them as computed cells and rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from msgspec.structs import replace

from workbook.form.model import (
    Field,
    Fields,
    Form,
    GivenRow,
    Grid,
    ScoreCase,
    Scoring,
    Sheet,
    Table,
)
from workbook.form.rubrics import rubric
from workbook.form.scoring import (
    Aimed,
    Bands,
    Method,
    Ratio,
    claim_expression,
    grade_expression,
    quoted,
    score_expression,
)
from workbook.form.scoring_faults import faults, grade_faults

CaseText = Callable[[ScoreCase, Scoring], str]


def with_scores(form: Form) -> Form:
    """The form with every score, grade and rubric as a computed or given cell.

    `score_faults` must have found nothing.
    """
    return replace(form, sheet=tuple(_sheet(sheet) for sheet in form.sheet))


def _sheet(sheet: Sheet) -> Sheet:
    return replace(sheet, block=tuple(_block(block) for block in sheet.block))


def _block(block: Fields | Grid | Table) -> Fields | Grid | Table:
    if isinstance(block, Fields):
        return replace(block, field=tuple(map(_graded, block.field)))
    if isinstance(block, Grid):
        return replace(block, column=tuple(map(_graded, block.column)))
    table = replace(block, column=tuple(map(_graded, block.column)))
    if table.scoring is None:
        return table
    if table.row:
        return replace(table, row=tuple(_scored_row(row, table.scoring) for row in table.row))
    columns = (_scored_column(column, table.scoring) for column in table.column)
    return replace(table, column=tuple(columns))


def _graded(field: Field) -> Field:
    if field.grades is None:
        return field
    return replace(field, compute=grade_expression(field.grades, field.compute))


def _scored_row(row: GivenRow, scoring: Scoring) -> GivenRow:
    method = row.score
    if method is None:
        return row
    score = _score(method, scoring)
    if row.absent == "full":
        score = f"{scoring.weight} if absent({scoring.value}) else {score}"
    given = dict(row.given)
    if scoring.rubric:
        weight, unit = given[scoring.weight], given.get(scoring.unit, "")
        given[scoring.rubric] = rubric(method, Decimal(weight), unit)
    return replace(row, given=given, compute={**row.compute, scoring.score: score})


def _score(method: Method, scoring: Scoring) -> str:
    """The score of one row; a qualitative one is what somebody entered."""
    if isinstance(method, Bands):
        return scoring.entered
    target = scoring.target if isinstance(method, Aimed) and method.target is None else ""
    return score_expression(method, scoring.value, scoring.weight, target)


def _scored_column(column: Field, scoring: Scoring) -> Field:
    if column.key == scoring.score:
        return replace(column, compute=_case_by_case(scoring, _case_score))
    if column.key == scoring.rubric:
        return replace(column, compute=_case_by_case(scoring, _case_rubric))
    if column.key == scoring.sort:
        return replace(column, choices=tuple(case.of for case in scoring.case))
    if column.key == scoring.word:
        words = (case.score.words for case in scoring.case if isinstance(case.score, Bands))
        return replace(column, choices=tuple(word for each in words for word in each))
    return column


def _case_by_case(scoring: Scoring, value: CaseText) -> str:
    """The value of the case whose word stands in the row, 不适用 for any other."""
    text = "none"
    for case in reversed(scoring.case):
        text = f"({value(case, scoring)} if {scoring.sort} == {quoted(case.of)} else {text})"
    return text


def _case_score(case: ScoreCase, scoring: Scoring) -> str:
    if case.score is None:
        return "none"
    needs = " and ".join(f"given({key})" for key in _needed(case.score, scoring))
    return f"({_score(case.score, scoring)} if {needs} else none)"


def _case_rubric(case: ScoreCase, scoring: Scoring) -> str:
    return quoted(rubric(case.score)) if case.score is not None else "none"


def _needed(method: Method, scoring: Scoring) -> tuple[str, ...]:
    """The columns that must be filled for a row to be scored."""
    if isinstance(method, Bands):
        return (scoring.word, scoring.entered)
    is_aimed = isinstance(method, Aimed) and method.target is None
    return (scoring.value, scoring.target) if is_aimed else (scoring.value,)


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """A rule that comes with a scoring table: what `rules.RuleSpec` is made from."""

    id: str
    each: str
    claim: str
    message: str
    advice: str
    source: str = "绩效自评评分标准"


def score_rules(form: Form) -> Iterator[ScoreRule]:
    """The rules of every scoring table.

    A qualitative score lies in its band, an entered one is the computed one, a lost point has its
    reason, a row of a sort that is scored has what its method needs, a target that must be reached
    in part is more than 0, and no other row is scored.
    """
    for table in form.tables.values():
        if table.scoring is not None:
            yield from _rules(table, table.scoring)


def _rules(table: Table, scoring: Scoring) -> Iterator[ScoreRule]:
    for number, case in enumerate(scoring.case, start=1):
        if case.score is not None:
            yield _filled_rule(table.key, number, case, case.score, scoring)
        if isinstance(case.score, Ratio) and case.score.target is None:
            yield _target_rule(table.key, number, case, scoring)
        if isinstance(case.score, Bands):
            yield _band_rule(table.key, case, case.score, scoring)
    if scoring.entered:
        yield from _entered_rules(table.key, scoring)
    if scoring.reason:
        score, weight = scoring.score, scoring.weight
        yield ScoreRule(
            id=f"{table.key}扣分有原因",
            each=table.key,
            claim=f"{score} >= {weight} or given({scoring.reason})",
            message=f"得 {{{{ {score} }}}} 分,分值 {{{{ {weight} }}}},扣了分但没有写原因",
            advice=f"请填写“{scoring.reason}”",
        )


def _band_rule(table: str, case: ScoreCase, bands: Bands, scoring: Scoring) -> ScoreRule:
    claim = claim_expression(bands, scoring.word, scoring.entered, scoring.weight)
    return ScoreRule(
        id=f"{table}得分在档内",
        each=table,
        claim=f"{scoring.sort} != {quoted(case.of)} or {claim}",
        message=f"{{{{ {scoring.entered} }}}} 分不在“{{{{ {scoring.word} }}}}”这一档"
        f"(分值 {{{{ {scoring.weight} }}}};{rubric(bands)})",
        advice="请改得分或等次",
    )


def _entered_rules(table: str, scoring: Scoring) -> Iterator[ScoreRule]:
    """A score that somebody entered is the computed one, and there is none where none is due."""
    score, entered = scoring.score, scoring.entered
    yield ScoreRule(
        id=f"{table}得分一致",
        each=table,
        claim=f"{entered} == {score}",
        message=f"{{{{ {entered} }}}} 分,按评分标准应为 {{{{ {score} }}}} 分",
        advice=f"请按评分标准改得分,或核对{scoring.value}",
    )
    if applies := _applies(scoring):
        yield ScoreRule(
            id=f"{table}不适用不打分",
            each=table,
            claim=f"not given({entered}) or {applies}",
            message=f"指标不适用,不计分,却填了 {{{{ {entered} }}}} 分",
            advice=f"请删去“{entered}”,或核对指标是否适用",
        )


def _applies(scoring: Scoring) -> str:
    """The claim that a row is scored, by its sort, or for a given row by its score.

    Empty where rows of every sort are.
    """
    if not scoring.case:
        return f"not absent({scoring.score})"
    unscored = (case.of for case in scoring.case if case.score is None)
    return " and ".join(f"{scoring.sort} != {quoted(word)}" for word in unscored)


def _filled_rule(
    table: str, number: int, case: ScoreCase, method: Method, scoring: Scoring
) -> ScoreRule:
    needed = _needed(method, scoring)
    filled = " and ".join(f"given({key})" for key in needed)
    return ScoreRule(
        id=f"{table}填齐{number}",
        each=table,
        claim=f"{scoring.sort} != {quoted(case.of)} or ({filled})",
        message=f"{scoring.sort}是“{case.of}”,但{'或'.join(needed)}没有填",
        advice=f"请填写{'和'.join(needed)}",
    )


def _target_rule(table: str, number: int, case: ScoreCase, scoring: Scoring) -> ScoreRule:
    """Of a target of 0 there is no part, and the row would drop out unnoticed."""
    target = scoring.target
    return ScoreRule(
        id=f"{table}可算比例{number}",
        each=table,
        claim=f"{scoring.sort} != {quoted(case.of)} or not given({target}) or {target} > 0",
        message=f"{scoring.sort}是“{case.of}”,{target}却是 {{{{ {target} }}}},算不出完成的比例",
        advice=f"请核对{target},要大于 0",
    )


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
            f"{where}:{f}" for f in faults(method, None if weight is None else Decimal(weight))
        )
        if isinstance(method, Bands) and not scoring.entered:
            yield f"{where}:bands 要在 scoring 里写 entered"
        if isinstance(method, Bands) and not table.row and not scoring.word:
            yield f"{where}:bands 要在 scoring 里写 word"
        if isinstance(method, Aimed) and method.target is None and not scoring.target:
            yield f"{where}:没有 target"
