"""`rules.toml` checked against the form, before any data is seen."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from decimal import Decimal, InvalidOperation

from workbook.amounts.one_unit import must_be_of_one_unit
from workbook.catalogue.model import Language
from workbook.catalogue.rules import (
    DATE_ADVICE,
    DATE_MESSAGE,
    DATE_RULE,
    DATE_SOURCE,
    DEFAULT_ADVICE,
    DEFAULT_RULE,
    DEFAULT_SOURCE,
)
from workbook.catalogue.sheets import ROW_VERDICT
from workbook.form.model import Form
from workbook.form.scored_rules import score_rules
from workbook.language.comparison import Comparison, Pair
from workbook.language.expression import Expression, Term
from workbook.language.functions import Above, Year
from workbook.language.inputs import inputs_of
from workbook.language.mending import near
from workbook.language.model import ExpressionError, Leaf, Scope, Type
from workbook.language.names import Nothing
from workbook.language.operators import Relation
from workbook.language.own_functions import is_own
from workbook.language.parsing import parse
from workbook.language.row_functions import FigureWhere
from workbook.rules.computed import Computed
from workbook.rules.model import SLOT, Rule, RuleFile, RuleSet, RuleSpec, Tolerance
from workbook.rules.operands import dependents_of
from workbook.rules.prepare_computed import form_scope, prepare_computed, row_scope

ROUNDING = "rounding"


def prepare_rules(file: RuleFile, form: Form) -> tuple[RuleSet, list[str]]:
    """The rules that can be checked, and what is wrong with the others, for their author.

    [[rule]]
    id = "基本支出构成"
    claim = "基本支出 == 人员经费 + 工资"

    is no rule, and the fault 「规则「基本支出构成」:表单里没有「工资」」
    """
    rules: list[Rule] = []
    computed, faults = prepare_computed(form)
    # The author's rules first: of two that explain each other the earlier stays on top.
    for spec in (*file.rule, *(RuleSpec(**asdict(one)) for one in score_rules(form))):
        try:
            rules.append(_prepare(spec, form, {rule.spec.id.casefold() for rule in rules}))
        except ExpressionError as fault:
            faults.append(f"规则「{spec.id}」:{fault}")
    rules += _date_rules(rules, form)
    unheld = list(_unheld(computed, rules, form))
    rules += _default_rules([one for one in unheld if not _may_say_nothing(one)], rules, form)
    faults += [
        f"「{one.key}」的 default 可能什么也不给,请写一条规则,说另填的数应等于什么"
        for one in unheld
        if _may_say_nothing(one)
    ]
    return RuleSet(tuple(rules), computed, dependents_of(computed), form.language), faults


def _keys(form: Form) -> Iterator[str]:
    """The keys of all that is asked, columns under their table, in the form's order."""
    yield from form.fields
    for table in form.tables.values():
        yield from (f"{table.key}.{column.key}" for column in table.column)


def _date_rules(rules: list[Rule], form: Form) -> Iterator[Rule]:
    """A rule for each date that it lies in the reported year, unless the form or a rule says other.

    The reported year is the form's first single field of that type.
    """
    reported = next((key for key, field in form.fields.items() if field.type == "year"), "")
    told = {
        (rule.spec.each, part.arguments[0].leaf)
        for rule in rules
        for part in rule.claim.walk()
        if isinstance(part, Year)
    }
    taken = {rule.spec.id.casefold() for rule in rules}
    dates = [("", field) for field in form.fields.values()]
    dates += [(key, column) for key, table in form.tables.items() for column in table.column]
    for table, field in dates:
        if field.type != "date" or field.year == "any" or (table, Leaf(field)) in told:
            continue
        if reported:
            yield _prepare(_year_spec(table, field.key, reported, form.language), form, taken)


def _year_spec(table: str, date: str, reported: str, language: Language) -> RuleSpec:
    words = {"date": date, "reported": reported}
    return RuleSpec(
        id=DATE_RULE(language, table=table, date=date),
        each=table,
        claim=f"year({date}) - {reported} == 0",
        severity="warning",
        message=DATE_MESSAGE(language, **words),
        advice=DATE_ADVICE(language),
        source=DATE_SOURCE(language),
    )


def _may_say_nothing(cell: Computed) -> bool:
    return any(isinstance(part, Nothing | FigureWhere) for part in cell.tree.walk())


def _unheld(cells: Sequence[Computed], rules: list[Rule], form: Form) -> Iterator[Computed]:
    """The figures with a default that no equation of the author's reads, in the form's order."""
    told = {
        (leaf.table or rule.spec.each, leaf.field.key)
        for rule in rules
        if rule.equation and rule.equation.relation is Relation.EQUAL
        for leaf in rule.leaves
    }
    order = {key: n for n, key in enumerate(_keys(form))}
    for cell in sorted(cells, key=lambda cell: order[cell.key]):
        table = cell.table.key if cell.table else ""
        if cell.field.default and cell.field.is_number and (table, cell.field.key) not in told:
            yield cell


def _default_rules(cells: Sequence[Computed], rules: list[Rule], form: Form) -> Iterator[Rule]:
    """A rule for each of these figures: what is typed over a default is compared with it."""
    taken = {rule.spec.id.casefold() for rule in rules}
    for cell in cells:
        table, key = cell.table.key if cell.table else "", cell.field.key
        spec = RuleSpec(
            id=DEFAULT_RULE(form.language, table=table, key=key),
            each=table,
            claim=f"{key} == ({cell.field.default})",
            severity="warning",
            tolerance=ROUNDING if cell.tree.terms() else "0",
            advice=DEFAULT_ADVICE(form.language),
            source=DEFAULT_SOURCE(form.language),
        )
        yield _prepare(spec, form, taken)


def _prepare(spec: RuleSpec, form: Form, taken: set[str]) -> Rule:
    if not spec.id.isidentifier() or spec.id.casefold() in taken:
        raise ExpressionError("id 不能重复,且只能用汉字、字母、数字和下划线")
    scope = _scope(spec, form)
    if spec.each and spec.id.casefold() in {
        ROW_VERDICT(form.language),
        *(one.casefold() for c in form.tables[spec.each].column for one in (c.key, c.name)),
    }:
        raise ExpressionError("id 与表里的列同名,而它自己也要占一列")
    claim, when = _flag(spec.claim, scope), _flag(spec.when, scope) if spec.when else None
    if any(isinstance(part, Above) for tree in (claim, when) if tree for part in tree.walk()):
        raise ExpressionError("above 只写在一列的 default 里")
    equation = _equation(claim)
    for tree in (claim, when):
        if tree is not None:
            must_be_of_one_unit(tree)
    inputs = inputs_of([tree for tree in (claim, when) if tree])
    if not inputs.leaves and not inputs.tables:
        raise ExpressionError("没有用到表单里的任何一项")
    return Rule(
        spec,
        inputs,
        claim,
        when,
        equation,
        _tolerance(spec, equation),
        tuple(_message(spec.message, scope)),
        form.tables[spec.each] if spec.each else None,
        form.language,
        is_own(claim, when),
    )


def _scope(spec: RuleSpec, form: Form) -> Scope:
    if not spec.each:
        return form_scope(form)
    if spec.each not in form.tables:
        hint = near(spec.each, form.tables)
        raise ExpressionError(f"each 写的表「{spec.each}」不在表单里{hint}")
    return row_scope(form, form.tables[spec.each])


def _flag(text: str, scope: Scope) -> Expression:
    tree = parse(text, scope)
    if tree.type is not Type.FLAG:
        raise ExpressionError(f"「{text}」要是一个能判断对错的式子,如 甲 == 乙 + 丙")
    return tree


def _equation(claim: Expression) -> Pair | None:
    if not isinstance(claim, Comparison) or len(claim.pairs) != 1:
        return None
    (pair,) = claim.pairs
    return pair if pair.left.type is Type.NUMBER else None


def _tolerance(spec: RuleSpec, equation: Pair | None) -> Tolerance:
    if spec.tolerance != ROUNDING:
        try:
            fixed = Decimal(spec.tolerance)
        except InvalidOperation:
            fixed = Decimal(-1)
        if not fixed.is_finite() or fixed < 0:
            raise ExpressionError(f'tolerance 要写数,或 "{ROUNDING}"')
        return Tolerance(fixed)
    if equation is None:
        raise ExpressionError(f'tolerance = "{ROUNDING}" 只用于一个等式或不等式')
    shares = [
        (term.leaf, share)
        for side in equation.sides
        for term in _summed(side)
        if term.leaf and (share := abs(term.factor) * _half_unit(term.leaf))
    ]
    return Tolerance(per_figure=tuple(shares))


def _summed(side: Expression) -> tuple[Term, ...]:
    """What a side adds up; only sums and fixed multiples carry rounding on."""
    terms = side.terms()
    if terms is None:
        raise ExpressionError(f'tolerance = "{ROUNDING}" 只能推算加、减和乘以常数')
    return terms


def _half_unit(leaf: Leaf) -> Decimal:
    """Half a unit of the last declared decimal; a count, or a figure as typed, is not rounded."""
    places = leaf.field.places
    return Decimal("0.5").scaleb(-places) if places else Decimal(0)


def _printable(text: str, scope: Scope) -> Expression:
    tree = parse(text, scope)
    if tree.type not in (Type.NUMBER, Type.TEXT, Type.DATE):
        raise ExpressionError(f"message 里的「{text}」要是数、文字或日期")
    must_be_of_one_unit(tree)
    return tree


def _message(text: str, scope: Scope) -> Iterator[str | Expression]:
    """A message's words and the expressions between its braces, checked."""
    for i, piece in enumerate(SLOT.split(text)):
        if i % 2:
            yield _printable(piece.strip(), scope)
        elif piece:
            yield piece
