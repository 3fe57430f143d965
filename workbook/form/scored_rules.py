"""The rules that come with a table whose rows are scored."""

from collections.abc import Iterator
from dataclasses import dataclass

from workbook.form.model import Form
from workbook.form.rubrics import rubric
from workbook.form.scoring import Bands, Method, Ratio, ScoreCase, Scoring, claim_expression, quoted
from workbook.form.table import Table


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """A rule that comes with a scoring table, with the fields of a rule in `rules.toml`.

    `ScoreRule(id="指标扣分有原因", each="指标", claim="得分 >= 分值 or given(扣分原因)", …)`
    """

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
    needed = scoring.needed(method)
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
