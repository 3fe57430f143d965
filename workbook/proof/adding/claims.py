"""All totals of a statement with what is said to be their parts."""

from dataclasses import replace
from itertools import pairwise
from typing import Final

from workbook.proof.adding.budgets import budgets
from workbook.proof.adding.claim import Claim
from workbook.proof.adding.columns import closed_columns
from workbook.proof.adding.opened import opened_claims, parts_of
from workbook.proof.adding.remaining import states_of
from workbook.proof.adding.times import closed_by_verb, quarters, years
from workbook.proof.adding.unopened import (
    among,
    beside,
    by_name,
    closed,
    states,
)
from workbook.proof.model import Statement
from workbook.proof.vocabulary import short_name, whole_of
from workbook.stated.clauses import Sentence

_FEWEST: Final = 2  # a total and a part


def claims_of(statement: Statement) -> list[Claim]:
    """Each total of the statement whose parts follow it, precede it, or make it up by name."""
    if sum(len(one.figures) for one in statement.sentences) < _FEWEST:
        return []
    made: list[Claim] = []
    before: Sentence | None = None
    for sentence, after in pairwise((*statement.sentences, None)):
        assert sentence is not None
        opened = tuple(_gone_on(one, after) for one in opened_claims(sentence, before))
        made += (*opened, *closed(sentence), *budgets(sentence), *states(sentence))
        known = {id(one.total) for one in made}
        made += [one for one in states_of(sentence, before) if id(one.total) not in known]
        made += quarters(sentence, before)
        made += closed_by_verb(sentence)
        made += years(sentence)
        made += among(sentence)
        made += closed_columns(sentence, before)
        made += () if opened else beside(sentence)
        before = sentence
    return [*made, *by_name(statement)]


def _gone_on(claim: Claim, after: Sentence | None) -> Claim:
    """其中:人员经费3万元,主要包括工资。公用经费1万元: the parts go on behind the full stop."""
    if after is None or len(claim.parts) != 1 or "。" not in claim.sentence.text:
        return claim
    parts = (*claim.parts, *parts_of(after.figures, 0, claim.total, claim.parts[0].depth))
    is_whole = len(whole_of([short_name(one.clause) for one in parts])) == len(parts) > 1
    return replace(claim, parts=parts) if is_whole else claim
