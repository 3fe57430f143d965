"""The figures of the sentences beside a change that it may be of, or from."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from workbook.proof.compared.comparison import Comparison
from workbook.proof.compared.naming import names_another, unsigned
from workbook.proof.compared.stated_bases import AGAINST_LAST, NO_BASE, YEAR
from workbook.stated.clauses import Said, Sentence, Way
from workbook.stated.model import Basis
from workbook.stated.words import named

# 比年初预算增加, 较上月减少: changes from what is no figure of the year before.
_OTHER_BASE: Final = re.compile(r"预算|追加|计划|目标|年初|期初|月初|上月|上季|环比")
_LAST_YEAR: Final = re.compile(r"(?:而|其)?(?:上年|去年|上一年)")
_ONLY_CHANGED: Final = re.compile(
    r",(?:同比|[比较](?:上年|去年)(?:同期)?|两年相比,?)?(?:增加|减少|增长|下降|增|减|上升|降低)(?:了)?"
)
# 一般公共预算收入 is the name of what came in, 预算执行数 what was spent.
_BUDGETED: Final = re.compile(r"(?<!公共)(?<!基金)(?<!经营)预算(?!执行|完成)|计划|目标")
_SPENT: Final = re.compile(r"决算|执行|实际")
_LIKE: Final = {Basis.NONE: Basis.OUTTURN, Basis.INITIAL: Basis.BUDGET}
_NAME: Final = 3  # letters that name a figure in full


def followed(lone: Said, follower: Said, sentence: Sentence) -> Said | None:
    """The one figure of the sentence before, where this one begins with what follows it."""
    is_next = follower is sentence.figures[0] and not names_another(follower, lone)
    return lone if is_next else None


def changed_before(before: Sequence[Said], first: Said, earlier: Sentence | None) -> Said | None:
    """The figure of the sentence before, where this one states 上年为9万元,增加3万元 alone."""
    if len(before) != 1 or earlier is None or not _ONLY_CHANGED.fullmatch(first.gap):
        return None
    now = lone_figure(earlier, before[0].kind)
    is_base = now is not None and _is_year_before(before[0], now, first.gap)
    return now if is_base else None


def with_base_behind(one: Comparison, after: Sentence | None) -> Comparison:
    """The comparison with the base of the next sentence: 增加3万元。上年9万元 and the like."""
    is_open = one.base is None and one.is_sure and after is not None
    base = lone_figure(after, one.now.kind) if is_open and after is not None else None
    changes = [said for said in (one.amount, one.rate) if said is not None]
    gap = min(changes, key=lambda said: said.start).gap if changes else ""
    return replace(one, base=base) if base and _is_year_before(base, one.now, gap) else one


def _is_year_before(base: Said, now: Said, change: str) -> bool:
    """Whether a figure of a neighbouring sentence is that of the year before, by its words.

    `change` are the words before the change, which may be from something else.
    """
    own, other = YEAR.findall(now.clause), YEAR.findall(base.clause)
    is_named = bool(_LAST_YEAR.match(base.clause))
    is_dated = bool(own and other) and int(other[-1]) == int(own[-1]) - 1
    words = NO_BASE.search(base.clause)
    if not (is_named or is_dated) or (words and words[0] not in now.clause):
        return False
    is_same = _is_like(base.clause, now.clause)
    return (
        base.is_exact and is_same and _is_from(change, base, now) and not names_another(base, now)
    )


def _is_like(*clauses: str) -> bool:
    """Whether figures are all budgeted or all spent: what says neither counts as spent."""
    budgeted = {bool(_BUDGETED.search(one)) and not _SPENT.search(one) for one in clauses}
    bases = {_LIKE.get(basis := named(one).basis, basis) for one in clauses} - {Basis.OUTTURN}
    return len(budgeted) == 1 and len(bases) <= 1


def _is_from(change: str, base: Said, now: Said) -> bool:
    """Whether a change may be from `base`, a figure of the year before that of `now`."""
    is_last = AGAINST_LAST.search(change) is not None
    if words := _OTHER_BASE.search(change):
        return is_last and words[0] in base.clause
    years, own, other = (YEAR.findall(text) for text in (change, now.clause, base.clause))
    due = other[-1] if other else str(int(own[-1]) - 1) if own else ""
    return is_last or not years or years[-1] == due


def lone_figure(sentence: Sentence, unit: str) -> Said | None:
    """The one figure of a sentence of this unit, 其中 and what follows it left out."""
    figures = [one for one in sentence.figures if one.unit != "%"]
    opened = next((at for at, one in enumerate(figures) if at and "其中" in one.gap), len(figures))
    figures = figures[:opened]
    lone = figures[0] if len(figures) == 1 else _as_one(figures)
    is_value = lone is not None and lone.way is Way.VALUE and lone.is_exact
    return lone if is_value and lone is not None and unit in ("", lone.kind) else None


def named_in_full(sentence: Sentence, change: Said) -> Said | None:
    """The one figure of a sentence of several that a change behind it names in full."""
    name = unsigned(change.clause)
    ones = [
        one for one in sentence.figures
        if one.way is Way.VALUE and one.kind == change.kind and one.clause.endswith(name)
    ]  # fmt: skip
    is_one = len(name) >= _NAME and len(ones) == 1
    return ones[0] if is_one and ones[0].is_exact and not ones[0].depth else None


def _as_one(figures: Sequence[Said]) -> Said | None:
    """收入总计9万元,支出总计9万元: one figure of both names."""
    is_same = len(figures) == 2 and len({(one.amount, one.way, one.depth) for one in figures}) == 1
    clause = "".join(one.clause for one in figures)
    return replace(figures[0], clause=clause) if is_same and figures[0].value else None
