"""Sums whose total and parts stand in different places of a document."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from workbook.proof.arithmetic import Fit, Term, best_sum, is_slip, significant, term
from workbook.proof.model import Place, Severity, Slip, Statement
from workbook.proof.vocabulary import vocabulary
from workbook.proof.whole.facts import Fact
from workbook.stated.clauses import Said, Way
from workbook.stated.model import Basis
from workbook.stated.words import canonical

RULE: Final = "sum"
_NUMBERED: Final = re.compile(r"(?:\d{1,2}[.、)]|\(\d{1,2}\)|[①-⑳])")
_LEAST: Final = 3  # items of a list


def sums_across(facts: Sequence[Fact], statements: Sequence[Statement]) -> Iterator[Slip | None]:
    """Lists under a heading that names their total, and posts by kind against all posts."""
    values: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.basis is Basis.OUTTURN:
            values[fact.name].append(fact)
    for statement in statements:
        if not statement.is_cell and statement.topic:
            yield from _listed(statement, values)
    for total, parts in vocabulary().posts.items():
        yield from _posts(total, parts, values)


def _listed(statement: Statement, values: dict[str, list[Fact]]) -> Iterator[Slip | None]:
    """1.甲3万元;2.乙4万元;3.丙5万元 under 项目支出情况 are 项目支出."""
    items = _items(statement)
    if len(items) < _LEAST:
        return
    name = canonical(re.sub(r"(?:使用|安排|支出)?情况(?:说明)?$", "", statement.topic))
    names = [name, canonical(f"{name}支出")]
    totals = [
        fact for one in names for fact in values.get(one, ())
        if fact.kind == "元" and fact.place != statement.place
    ]  # fmt: skip
    if not totals:
        return
    parts = [term(one) for one in items]
    for fact in totals:
        found = best_sum(fact.term, parts)
        if found is not None and found.fit is Fit.EXACT and len(found.parts) == len(parts):
            yield None
            return
    is_one = len({fact.term.amount for fact in totals}) == 1
    is_telling = sum(significant(one) >= 3 for one in parts) * 2 >= len(parts)
    if is_one and is_telling and is_slip(totals[0].term, parts):
        yield _slip(totals[0], parts, statement.place, statement.text[:200])


def _items(statement: Statement) -> list[Said]:
    """The figures of the numbered items of a statement that says nothing else."""
    figures = [one for sentence in statement.sentences for one in sentence.figures]
    values = [one for one in figures if one.way is Way.VALUE and one.kind == "元" and one.is_exact]
    if len(values) != len(figures):
        return []
    numbered = sum(bool(_NUMBERED.search(one.gap)) for one in values[1:])
    return values if numbered == len(values) - 1 else []


def _posts(
    total: str, parts: Sequence[str], values: dict[str, list[Fact]]
) -> Iterator[Slip | None]:
    """编制数 is 行政编制 and 事业编制, where each is stated with one value alone."""
    whole = values.get(total, [])
    held = [values[part] for part in parts if values.get(part)]
    is_plain = len({fact.term.amount for fact in whole}) == 1 and len(held) > 1
    if not is_plain or any(len({fact.term.amount for fact in one}) > 1 for one in held):
        return
    terms = [one[0].term for one in held]
    added = sum((one.amount for one in terms), Decimal(0))
    if added == whole[0].term.amount:
        yield None
    elif is_slip(whole[0].term, terms):
        yield _slip(whole[0], terms, whole[0].place, whole[0].text)


def _slip(total: Fact, parts: Sequence[Term], place: Place, text: str) -> Slip:
    due = sum((one.amount for one in parts), Decimal(0)) / total.term.factor
    return Slip(
        RULE, Severity.ERROR, place, text,
        (total.term.printed, *(one.printed for one in parts)),
        f"{total.name} {total.term.printed}", f"{due.normalize():f}(各项之和)",
        f"{' + '.join(one.printed for one in parts)} = {due.normalize():f}",
    )  # fmt: skip
