"""All rules with their names, and what they find in statements and tables."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Final, NamedTuple

from workbook.proof import capitals, counts, marks, numbered, residue, unitless
from workbook.proof.accounts import assets, balances, funds, surpluses
from workbook.proof.adding import sums
from workbook.proof.adding.claim import SUM
from workbook.proof.compared import bases, between, changes, far_bases, in_rows
from workbook.proof.divided import nets, sections
from workbook.proof.divided import structures as shares_of_hundred
from workbook.proof.echoed import cells, rows
from workbook.proof.model import Place, Severity, Slip, Statement, Table, Verdict
from workbook.proof.multiplied import daily, made, monthly, products
from workbook.proof.ratios import (
    earlier,
    grades,
    listed,
    points,
    proportions,
    quoted,
    quotients,
    rates,
    saved,
    share_lists,
    shares,
)
from workbook.proof.tables import grand, means, parts, scores, standards, structures, totals
from workbook.proof.tables import rates as table_rates
from workbook.proof.whole import (
    across,
    elsewhere,
    evens,
    indicators,
    named_changes,
    names,
    periods,
    repeats,
    shares_elsewhere,
    years,
)
from workbook.proof.whole.facts import all_facts


class Rule(NamedTuple):
    """What a rule is called on the page and how its relations are counted."""

    title: str
    counted: str  # 核对了 103 处…


RULES: Final = {
    SUM: Rule("文字里的合计", "合计"),
    structures.RULE: Rule("表格里的合计", "表内合计"),
    structures.CODES: Rule("按功能分类科目的合计", "科目合计"),
    grand.BALANCE: Rule("收支总计", "收支总计"),
    repeats.RULE: Rule("同一个数前后不一致", "重复出现的数"),
    repeats.MIXED: Rule("元和万元混用", "单位"),
    changes.CHANGE: Rule("增减额和增减率", "增减"),
    changes.DIRECTION: Rule("增减方向", "方向"),
    changes.ZERO_BASE: Rule("基数为 0", "基数"),
    rates.COMPLETION: Rule("完成率", "完成率"),
    share_lists.SHARE: Rule("占比", "占比"),
    table_rates.RULE: Rule("表格里的比率", "表内比率"),
    scores.RULE: Rule("分值和得分", "分值和得分"),
    made.RULE: Rule("数量乘单价", "数量乘单价"),
    capitals.RULE: Rule("大写金额", "大写金额"),
    bases.OWN_YEAR: Rule("和自己比的年度", "比较的年度"),
    bases.BASE_WORDS: Rule("比较的说法", "比较的说法"),
    counts.COUNT: Rule("个数和列出的不一致", "个数"),
    numbered.NUMBERING: Rule("序号", "序号"),
    years.RULE: Rule("年份", "年份"),
    names.RULE: Rule("名称写法不一", "名称"),
    residue.RULE: Rule("模板里留下的字", "残留"),
    marks.PUNCTUATION: Rule("标点重复", "标点"),
    marks.PAIRS: Rule("引号和括号不成对", "引号和括号"),
    marks.DOUBLED: Rule("重复的字", "重复的字"),
    marks.DOCUMENT_NUMBER: Rule("发文字号的括号", "发文字号"),
}  # fmt: skip

_FIGURE_ALONE: Final = re.compile(r"-?\d+(?:,\d{3})*(?:\.\d+)?%?")  # a cell with nothing to read
_LEAST: Final = 9  # letters in which two figures can be related


def _sums(statement: Statement) -> Iterable[Slip | None]:
    return (*sums.stated_sums(statement), *nets.nets(statement))


def _of_each(statement: Statement) -> Iterable[Slip | None]:
    return (*products.products(statement), *monthly.monthly(statement), *daily.daily(statement))


_ALONE: Final[dict[str, Callable[[Statement], Iterable[Slip | None]]]] = {
    SUM: _sums,
    share_lists.SHARE: shares_of_hundred.structures,
    bases.OWN_YEAR: bases.own_year_bases,
    counts.COUNT: counts.counts,
    made.RULE: _of_each,
    capitals.RULE: capitals.capitals,
    numbered.NUMBERING: numbered.numbering_within,
}
_OF_WRITING: Final[dict[str, Callable[[Statement], Iterable[Slip | None]]]] = {
    residue.RULE: residue.residue,
    marks.PUNCTUATION: marks.punctuation,
    marks.DOUBLED: marks.doubled_words,
    marks.DOCUMENT_NUMBER: marks.document_numbers,
}
_OF_TABLES: Final[tuple[tuple[str, Callable[[Table], Iterable[Slip | None]]], ...]] = (
    (table_rates.RULE, table_rates.table_rates),
    (table_rates.RULE, parts.table_shares),
    (table_rates.RULE, means.table_means),
    (made.RULE, standards.table_standards),
    (scores.RULE, scores.scores),
)
_TOGETHER: Final[tuple[Callable[[Statement], Iterable[tuple[str, Slip | None]]], ...]] = (
    changes.stated_changes,
    points.changed_points,
    between.between,
    rates.completion_rates,
    quotients.stated_quotients,
    quoted.quoted,
    proportions.proportions,
    saved.saved,
    grades.grades,
    shares.shares,
    bases.base_words,
    evens.evens,
    unitless.unitless,
)


def judged(
    statements: Sequence[Statement], tables: Sequence[Table] = (), off: Collection[str] = ()
) -> Verdict:
    """What all rules but those in `off` find, in the order of the statements.

    The text of one cell is judged by `judged([Statement(text, place)])`: the verdict has its slips
    and, by rule, how many relations are in order.
    """
    verdict = Verdict()
    for statement in statements:
        if statement.is_cell and _FIGURE_ALONE.fullmatch(statement.text):
            continue
        for rule, single in _OF_WRITING.items():
            verdict.add(rule, single(statement))
        if statement.is_cell and len(statement.text) < _LEAST:
            continue
        for rule, single in _ALONE.items():
            verdict.add(rule, single(statement))
        for several in _TOGETHER:
            _take(verdict, several(statement))
    verdict.add(marks.PAIRS, marks.all_pairs(statements))
    _of_paragraphs(verdict, [one for one in statements if not one.is_cell])
    for table in tables:
        _take(verdict, totals.table_sums(table))
        for name, of_table in _OF_TABLES:
            verdict.add(name, of_table(table))
    if len(statements) + len(tables) > 1:
        _of_document(verdict, statements, tables)
    return without(verdict, off)


def _of_document(
    verdict: Verdict, statements: Sequence[Statement], tables: Sequence[Table]
) -> None:
    """Add what is stated in several places of the document."""
    facts = all_facts(statements, tables)
    _take(verdict, repeats.repeated(facts))
    _take(verdict, elsewhere.changes_elsewhere(statements, facts))
    known = [one for one in verdict.slips if one.rule in (changes.CHANGE, changes.DIRECTION)]
    found = far_bases.far_bases(statements)
    _take(verdict, [one for one in found if not _is_told(one[1], known)])
    _take(verdict, named_changes.named_changes(statements, facts))
    known = [one for one in verdict.slips if one.rule in (changes.CHANGE, changes.DIRECTION)]
    told_by_rows = in_rows.changes_in_rows(statements, tables)
    _take(verdict, [one for one in told_by_rows if not _is_told(one[1], known)])
    balanced = [one for one in verdict.slips if one.rule == grand.BALANCE]
    of_rows = funds.figures_of_rows(statements, tables)
    verdict.add(repeats.RULE, [one for one in of_rows if not _is_balanced(one, balanced)])
    _take(verdict, shares_elsewhere.shares_elsewhere(statements, facts))
    verdict.add(repeats.RULE, indicators.indicators(statements, tables))
    verdict.add(repeats.RULE, rows.repeated_rows(statements, tables))
    known = [*verdict.slips]
    of_cells = cells.repeated_cells(statements, tables)
    _take(verdict, [one for one in of_cells if not _is_named(one[1], known)])
    told = set(map(_figures_of, verdict.slips))  # in the same sentence
    across_all = across.sums_across(facts, statements)
    verdict.add(SUM, [one for one in across_all if one is None or _figures_of(one) not in told])
    verdict.add(repeats.RULE, across.grand_totals(statements, tables))
    verdict.add(scores.RULE, across.stated_scores(statements, tables))
    verdict.add(years.RULE, years.odd_years(statements))
    verdict.add(years.RULE, periods.odd_periods(statements))
    verdict.add(names.RULE, names.spellings(statements))


def _is_told(slip: Slip | None, known: Sequence[Slip]) -> bool:
    """Whether another slip of the same sentence speaks of the same change."""
    return slip is not None and any(
        one.place == slip.place
        and one.text == slip.text
        and set(one.figures) & set(slip.figures[2:])
        for one in known
    )


def _is_named(slip: Slip | None, known: Sequence[Slip]) -> bool:
    """Whether another error of the same paragraph or cell speaks of the same figure."""
    return slip is not None and any(
        one.place == slip.place and slip.figures[0] in one.figures
        for one in known
        if one.severity is Severity.ERROR
    )


def _is_balanced(slip: Slip | None, known: Sequence[Slip]) -> bool:
    """Whether a figure is told as what is off in its account already."""
    return slip is not None and any(
        one.place == slip.place and one.says.endswith(slip.figures[0]) for one in known
    )


def _figures_of(one: Slip) -> tuple[str, Place, frozenset[str]]:
    return one.rule, one.place, frozenset(one.figures)


def _of_paragraphs(verdict: Verdict, prose: Sequence[Statement]) -> None:
    """Add what is stated in one paragraph and in others behind it."""
    verdict.add(SUM, sums.carried_sums(prose))
    verdict.add(SUM, sections.sectioned(prose))
    verdict.add(counts.COUNT, counts.counted_lists(prose))
    verdict.add(grand.BALANCE, balances.balances(prose))
    verdict.add(grand.BALANCE, surpluses.surpluses(prose))
    verdict.add(grand.BALANCE, assets.assets(prose))
    verdict.add(rates.COMPLETION, earlier.earlier_budgets(prose))
    verdict.add(share_lists.SHARE, listed.listed_shares(prose))


def without(verdict: Verdict, off: Collection[str]) -> Verdict:
    """The verdict without the rules that are switched off."""
    return Verdict(
        list(dict.fromkeys(slip for slip in verdict.slips if slip.rule not in off)),
        type(verdict.in_order)({k: n for k, n in verdict.in_order.items() if k not in off}),
    )


def _take(verdict: Verdict, found: Iterable[tuple[str, Slip | None]]) -> None:
    for rule, slip in found:
        verdict.add(rule if slip is None else slip.rule, [slip])
