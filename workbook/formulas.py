"""A rule written as a native Excel formula, so that the sheet checks itself with no add-in at all.

The same tree that `evaluation` walks is written out here; the verdicts are `judge.Verdict`'s words
in the same order of precedence. A figure typed as text is the one thing a formula cannot read: the
sheet then says 非数值 where the program reads on.
"""

from collections.abc import Callable

from jinja2 import nodes

from workbook.expressions import ARITHMETIC, Leaf, comparisons, constant, decimals, type_of
from workbook.form import TEXTUAL, Table
from workbook.functions import LIST_MARK
from workbook.judge import Verdict, equation_decimals
from workbook.numbers import MOST_DECIMALS, plain
from workbook.rules import Rule

ROW_BLANK = "—"
_COMPARISONS = {"==": "=", "!=": "<>"}
Reference = Callable[[Leaf], str]


def named(leaf: Leaf) -> str:
    """The defined name of a field, the structured reference of a column."""
    return f"{leaf.table}[{leaf.field.key}]" if leaf.table else leaf.field.key


def verdict_formula(
    rule: Rule, reference: Reference = named, blank_word: str = Verdict.BLANK
) -> str:
    """The formula (without `=`) whose value is the rule's verdict."""
    holds = _holds(rule, reference)
    text = f'IF({holds},"{Verdict.TIES}",{_missed(rule, reference)})'
    if rule.when is not None:
        when = _write(rule.when, rule, reference)
        text = f'IF({when},{text},"{Verdict.NOT_APPLICABLE}")'
    text = f'IFERROR({text},"{Verdict.UNCOMPUTABLE}")'
    if blank := _any_blank(rule, reference):
        text = f'IF({blank},"{blank_word}",{text})'
    return f'IF(IFERROR({_any_unreadable(rule, reference)},TRUE),"{Verdict.UNREADABLE}",{text})'


def row_formula(rule: Rule, table: Table, reference: Reference) -> str:
    """The verdict on one row of a table; nothing for a row not in use."""
    in_use = "+".join(f"LEN(TRIM({reference(Leaf(column))}))" for column in table.column)
    verdict = verdict_formula(rule, reference, ROW_BLANK)
    return f'IF(IFERROR({in_use},1)=0,"",{verdict})'


def rows_verdict_formula(rule: Rule) -> str:
    """The verdict on all rows of a rule that is checked on each: the worst of them."""
    column = f"{rule.spec.each}[{rule.spec.id}]"
    text = f'"{Verdict.BLANK}"'
    worst_last = (
        Verdict.NOT_APPLICABLE,
        Verdict.TIES,
        Verdict.ROUNDING,
        Verdict.UNCOMPUTABLE,
        Verdict.FAILS,
        Verdict.UNREADABLE,
    )
    for verdict in worst_last:
        text = f'IF(COUNTIF({column},"{verdict}")>0,"{verdict}",{text})'
    return text


def side_formulas(rule: Rule) -> tuple[str, str, str] | None:
    """Left side, right side and rounded difference of an equation, None for any other claim."""
    if rule.equation is None or rule.spec.each:
        return None
    left = _write(rule.equation.left, rule, named)
    right = _write(rule.equation.right, rule, named)
    return left, right, _difference(rule, named)


def tolerance_formula(rule: Rule, reference: Reference = named) -> str:
    """What the difference may be."""
    shares: dict[str, list[str]] = {}
    for leaf, share in rule.tolerance.per_figure:
        shares.setdefault(plain(share), []).append(reference(leaf))
    parts = [f"{share}*COUNT({','.join(cells)})" for share, cells in shares.items()]
    if rule.tolerance.fixed or not parts:
        parts.insert(0, plain(rule.tolerance.fixed))
    return "+".join(parts)


def _holds(rule: Rule, reference: Reference) -> str:
    if rule.equation is None:
        return _write(rule.claim, rule, reference)
    operator = rule.equation.operator
    return f"{_difference(rule, reference)}{_COMPARISONS.get(operator, operator)}0"


def _missed(rule: Rule, reference: Reference) -> str:
    """What to say when the claim does not hold: 尾差 inside the tolerance, else 不符."""
    tolerance = tolerance_formula(rule, reference)
    if rule.equation is None or tolerance == "0" or rule.equation.operator == "!=":
        return f'"{Verdict.FAILS}"'
    inside = f"ROUND(ABS({_difference(rule, reference)})-({tolerance}),{MOST_DECIMALS})<=0"
    return f'IF({inside},"{Verdict.ROUNDING}","{Verdict.FAILS}")'


def _difference(rule: Rule, reference: Reference) -> str:
    assert rule.equation is not None
    left = _write(rule.equation.left, rule, reference)
    right = _write(rule.equation.right, rule, reference)
    return _rounded(f"({left})-({right})", equation_decimals(rule))


def _rounded(text: str, places: int) -> str:
    """Rounded as `numbers.rounded` does: a half that a double falls just short of is a half."""
    exact = f"ROUND({text},{MOST_DECIMALS})"
    return exact if places == MOST_DECIMALS else f"ROUND({exact},{places})"


def _any_unreadable(rule: Rule, reference: Reference) -> str:
    """TRUE (or an error) when a cell that should hold a figure or a date holds something else."""
    cells = [leaf for leaf in rule.leaves if not leaf.table]
    tests = [
        f"({_filled(reference(leaf))})*(COUNT({reference(leaf)})=0)"
        for leaf in cells
        if _is_figure(leaf)
    ]
    tests += [f"ISERROR({reference(leaf)})" for leaf in cells if not _is_figure(leaf)]
    tests += [
        f"({_filled_rows(reference(leaf))}>COUNT({reference(leaf)}))"
        for leaf in rule.leaves
        if leaf.table
    ]
    # An error anywhere in a table that is read makes its count of rows an error too.
    tests += [f"0*{_rows_in_use(rule.scope.tables[table])}" for table in rule.tables]
    return f"{'+'.join(tests)}>0"


def _any_blank(rule: Rule, reference: Reference) -> str:
    """TRUE when a cell without a meaning for blank is blank; empty text where none can be."""
    tests = []
    for leaf in rule.leaves:
        if leaf.field.empty == "zero":
            continue
        if leaf.table:
            table = rule.scope.tables[leaf.table]
            tests.append(f"({_filled_rows(reference(leaf))}<{_rows_in_use(table)})")
        else:
            tests.append(f"(LEN(TRIM({reference(leaf)}))=0)")
    return f"{'+'.join(tests)}>0" if tests else ""


def _is_figure(leaf: Leaf) -> bool:
    return leaf.field.is_number or leaf.field.type == "date"


def _filled(reference: str) -> str:
    return f"LEN(TRIM({reference}))>0"


def _filled_rows(reference: str) -> str:
    return f"SUMPRODUCT(--(LEN(TRIM({reference}))>0))"


def _rows_in_use(table: Table) -> str:
    lengths = "+".join(f"LEN(TRIM({table.key}[{column.key}]))" for column in table.column)
    return f"SUMPRODUCT(--(({lengths})>0))"


def _write(node: nodes.Node, rule: Rule, reference: Reference) -> str:
    literal = constant(node)
    if literal is not None:
        text = literal.replace('"', '""') if isinstance(literal, str) else ""
        return f'"{text}"' if isinstance(literal, str) else plain(literal)
    match node:
        case nodes.Name():
            return _cell(Leaf(rule.scope.fields[node.name]), reference)
        case nodes.Call(node=nodes.Name() as function):
            return _call(function.name, node.args, rule, reference)
        case nodes.Neg():
            return f"(-({_write(node.node, rule, reference)}))"
        case nodes.Not():
            return f"NOT({_write(node.node, rule, reference)})"
        case nodes.And() | nodes.Or():
            both = f"{_write(node.left, rule, reference)},{_write(node.right, rule, reference)}"
            return f"{'AND' if isinstance(node, nodes.And) else 'OR'}({both})"
        case nodes.CondExpr():
            branches = (node.test, node.expr1, node.expr2)
            return f"IF({','.join(_write(n, rule, reference) for n in branches if n)})"
        case nodes.Compare():
            pairs = [_compare(*pair, rule, reference) for pair in comparisons(node)]
            return pairs[0] if len(pairs) == 1 else f"AND({','.join(pairs)})"
        case nodes.BinExpr():
            return _calculation(node, rule, reference)
    raise AssertionError(node)


def _cell(leaf: Leaf, reference: Reference) -> str:
    """A single cell as Python reads it: text without its margins, days without their hours."""
    text = reference(leaf)
    if leaf.field.empty == "zero":
        return f"N({text})"  # a cell of nothing but spaces is blank, and counts as 0
    if leaf.field.type in TEXTUAL:
        return f"TRIM({text})"
    return f"INT({text})" if leaf.field.type == "date" else text


def _calculation(node: nodes.BinExpr, rule: Rule, reference: Reference) -> str:
    left, right = (_write(side, rule, reference) for side in (node.left, node.right))
    if isinstance(node, nodes.Add):
        return f"{left}+{right}"
    right = f"({right})" if isinstance(node.right, nodes.BinExpr) else right
    if not isinstance(node, nodes.Sub) and isinstance(node.left, nodes.Add | nodes.Sub):
        left = f"({left})"
    return f"{left}{ARITHMETIC[type(node)]}{right}"


def _compare(
    left: nodes.Expr, operator: str, right: nodes.Expr, rule: Rule, reference: Reference
) -> str:
    first, second = _write(left, rule, reference), _write(right, rule, reference)
    if type_of(left, rule.scope) == "text":
        same = f"EXACT({first},{second})"
        return same if operator == "==" else f"NOT({same})"
    places = max(decimals(left, rule.scope), decimals(right, rule.scope))
    difference = _rounded(f"({first})-({second})", places)
    return f"{difference}{_COMPARISONS.get(operator, operator)}0"


def _call(name: str, args: list[nodes.Expr], rule: Rule, reference: Reference) -> str:
    if name == "count":
        assert isinstance(args[0], nodes.Name)
        return _rows_in_use(rule.scope.tables[args[0].name])
    if name == "sum":
        (leaf,) = (leaf for leaf in rule.leaves if leaf.key == _column_key(args[0]))
        return f"SUM({reference(leaf)})"
    written = [_write(argument, rule, reference) for argument in args]
    if name == "count_items":
        return f'(LEN({written[0]})-LEN(SUBSTITUTE({written[0]},"{LIST_MARK}",""))+1)'
    if name == "round":
        return _rounded(written[0], int(written[1]))
    if name == "floor":
        return f"INT({_rounded(written[0], MOST_DECIMALS)})"
    return f"{name.upper()}({','.join(written)})"


def _column_key(node: nodes.Expr) -> str:
    assert isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name)
    return f"{node.node.name}.{node.attr}"
