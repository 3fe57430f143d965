"""A checked expression written as native Excel text, and what to ask of the cells that it reads."""

from collections.abc import Callable, Iterator

from jinja2 import nodes

from workbook.figures.numbers import MOST_DECIMALS, plain
from workbook.form.model import TEXTUAL, Table
from workbook.language.expressions import ARITHMETIC, Leaf, comparisons, constant, decimals, type_of
from workbook.language.functions import ASKING, LIST_MARK
from workbook.language.inputs import Inputs
from workbook.reading.values import ABSENT, UNREADABLE

_COMPARISONS = {"==": "=", "!=": "<>"}
Reference = Callable[[Leaf], str]


def named(leaf: Leaf) -> str:
    """The defined name of a field, the structured reference of a column."""
    return f"{leaf.table}[{leaf.field.key}]" if leaf.table else leaf.field.key


def own_row(table: Table) -> Reference:
    """How a formula in a row of `table` names the cells of its row, and all others."""
    own = {column.key for column in table.column}

    def reference(leaf: Leaf) -> str:
        is_own = not leaf.table and leaf.field.key in own
        return f"{table.key}[[#This Row],[{leaf.field.key}]]" if is_own else named(leaf)

    return reference


def compared(operator: str) -> str:
    """A comparison as Excel writes it."""
    return _COMPARISONS.get(operator, operator)


def rounded_text(text: str, places: int) -> str:
    """Rounded as `numbers.rounded` does: a half that a double falls just short of is a half."""
    exact = f"ROUND({text},{MOST_DECIMALS})"
    return exact if places == MOST_DECIMALS else f"ROUND({exact},{places})"


def any_unreadable(inputs: Inputs, reference: Reference) -> str:
    """TRUE (or an error) when a cell that should hold a figure or a date holds something else."""
    tests = [_unreadable(leaf, reference(leaf)) for leaf in inputs.leaves]
    # An error anywhere in a table that is read makes its count of rows an error too.
    tests += [f"0*{rows_in_use(inputs.scope.tables[table])}" for table in inputs.tables]
    return f"{'+'.join(tests)}>0"


def any_blank(inputs: Inputs, reference: Reference) -> str:
    """TRUE when a cell without a meaning for blank is blank; empty text where none can be."""
    tests = []
    for leaf in inputs.needed:
        if leaf.table:
            table = inputs.scope.tables[leaf.table]
            tests.append(f"({_filled_rows(reference(leaf))}<{rows_in_use(table)})")
        else:
            tests.append(f"(LEN(TRIM({reference(leaf)}))=0)")
    return f"{'+'.join(tests)}>0" if tests else ""


def any_absent(inputs: Inputs, reference: Reference) -> str:
    """TRUE when a cell without which there is no result is 不适用; empty text where none can be."""
    tests = [f'({reference(leaf)}="{ABSENT}")' for leaf in inputs.applying]
    return f"{'+'.join(tests)}>0" if tests else ""


def _unreadable(leaf: Leaf, cell: str) -> str:
    is_computed = bool(leaf.field.compute)
    if not _is_figure(leaf) and leaf.table:
        return f'COUNTIF({cell},"{UNREADABLE}")' if is_computed else "0"
    if not _is_figure(leaf):
        spoiled = f'+({cell}="{UNREADABLE}")' if is_computed else ""
        return f"ISERROR({cell}){spoiled}"
    if leaf.table:
        absent = f'-COUNTIF({cell},"{ABSENT}")' if is_computed else ""
        return f"({_filled_rows(cell)}{absent}>COUNT({cell}))"
    absent = f'*({cell}<>"{ABSENT}")' if is_computed else ""
    return f"({_filled(cell)})*(COUNT({cell})=0){absent}"


def _is_figure(leaf: Leaf) -> bool:
    return leaf.field.is_number or leaf.field.type == "date"


def _filled(reference: str) -> str:
    return f"LEN(TRIM({reference}))>0"


def _filled_rows(reference: str) -> str:
    return f"SUMPRODUCT(--(LEN(TRIM({reference}))>0))"


def row_in_use(table: Table, reference: Reference) -> str:
    """How many letters somebody typed into a row: 0 in one that is not in use."""
    return "+".join(f"LEN(TRIM({reference(Leaf(column))}))" for column in table.typed)


def rows_in_use(table: Table) -> str:
    """How many rows of a table are in use; rows that are given always are."""
    if table.row:
        return str(len(table.row))
    lengths = "+".join(f"LEN(TRIM({table.key}[{column.key}]))" for column in table.typed)
    return f"SUMPRODUCT(--(({lengths})>0))"


def write_native(node: nodes.Node, inputs: Inputs, reference: Reference) -> str:
    """The formula's text of a checked tree; `reference` writes what it reads."""
    literal = constant(node)
    if literal is not None:
        text = literal.replace('"', '""') if isinstance(literal, str) else ""
        return f'"{text}"' if isinstance(literal, str) else plain(literal)
    match node:
        case nodes.Const():
            return "NA()"
        case nodes.Name():
            return _cell(Leaf(inputs.scope.fields[node.name]), inputs, reference)
        case nodes.Getattr():
            (leaf,) = (leaf for leaf in inputs.leaves if leaf.key == _column_key(node))
            return reference(leaf)
        case nodes.Call(node=nodes.Name() as function):
            return _call(function.name, node.args, inputs, reference)
        case nodes.Neg():
            return f"(-({write_native(node.node, inputs, reference)}))"
        case nodes.Not():
            return f"NOT({write_native(node.node, inputs, reference)})"
        case nodes.And() | nodes.Or():
            sides = (write_native(side, inputs, reference) for side in (node.left, node.right))
            return f"{'AND' if isinstance(node, nodes.And) else 'OR'}({','.join(sides)})"
        case nodes.CondExpr():
            branches = (node.test, node.expr1, node.expr2)
            return f"IF({','.join(write_native(n, inputs, reference) for n in branches if n)})"
        case nodes.Compare():
            pairs = [_compare(*pair, inputs, reference) for pair in comparisons(node)]
            return pairs[0] if len(pairs) == 1 else f"AND({','.join(pairs)})"
        case nodes.BinExpr():
            return _calculation(node, inputs, reference)
    raise AssertionError(node)


def _cell(leaf: Leaf, inputs: Inputs, reference: Reference) -> str:
    """A single cell as Python reads it: text without its margins, days without their hours."""
    cell = reference(leaf)
    text = _present(leaf, cell, may_be_blank=leaf not in inputs.needed)
    if leaf.field.compute and leaf not in inputs.applying:
        return f'IF({cell}="{ABSENT}",NA(),{text})'
    return text


def _present(leaf: Leaf, cell: str, *, may_be_blank: bool) -> str:
    """A single cell that is not 不适用; a blank figure counts as 0, a blank date as nothing."""
    if leaf.field.type in TEXTUAL:
        return f"TRIM({cell})"
    if leaf.field.type == "date":
        return f"IF({_filled(cell)},INT({cell}),NA())" if may_be_blank else f"INT({cell})"
    return f"N({cell})" if may_be_blank else cell  # N also of a cell of nothing but spaces


def _calculation(node: nodes.BinExpr, inputs: Inputs, reference: Reference) -> str:
    left, right = (write_native(side, inputs, reference) for side in (node.left, node.right))
    if isinstance(node, nodes.Add):
        return f"{left}+{right}"
    right = f"({right})" if isinstance(node.right, nodes.BinExpr) else right
    if not isinstance(node, nodes.Sub) and isinstance(node.left, nodes.Add | nodes.Sub):
        left = f"({left})"
    return f"{left}{ARITHMETIC[type(node)]}{right}"


def _compare(
    left: nodes.Expr, operator: str, right: nodes.Expr, inputs: Inputs, reference: Reference
) -> str:
    first, second = write_native(left, inputs, reference), write_native(right, inputs, reference)
    if type_of(left, inputs.scope) == "text":
        same = f"EXACT({first},{second})"
        return same if operator == "==" else f"NOT({same})"
    places = max(decimals(left, inputs.scope), decimals(right, inputs.scope))
    difference = rounded_text(f"({first})-({second})", places)
    return f"{difference}{compared(operator)}0"


def _call(name: str, args: list[nodes.Expr], inputs: Inputs, reference: Reference) -> str:
    if name == "count":
        assert isinstance(args[0], nodes.Name)
        return rows_in_use(inputs.scope.tables[args[0].name])
    if name in ASKING:
        assert isinstance(args[0], nodes.Name)
        return _question(name, Leaf(inputs.scope.fields[args[0].name]), reference)
    if name == "total":
        return f"SUM({','.join(_part(argument, inputs, reference) for argument in args)})"
    written = [write_native(argument, inputs, reference) for argument in args]
    if name in ("sum_where", "count_where"):
        figures, pairs = written[: len(written) % 2], written[len(written) % 2 :]
        words = zip(pairs[::2], pairs[1::2], strict=True)
        tests = [test for pair in words for test in _where(*pair)]
        return f"SUMPRODUCT({','.join([*tests, *figures])})"
    if name == "count_items":
        return f'(LEN({written[0]})-LEN(SUBSTITUTE({written[0]},"{LIST_MARK}",""))+1)'
    if name == "round":
        return rounded_text(written[0], int(written[1]))
    if name == "floor":
        return f"INT({rounded_text(written[0], MOST_DECIMALS)})"
    return f"{name.upper()}({','.join(written)})"


def _question(name: str, leaf: Leaf, reference: Reference) -> str:
    cell = reference(leaf)
    if name == "given":
        return f"({_filled(cell)})"
    return f'({cell}="{ABSENT}")' if leaf.field.compute else "FALSE"


def _part(node: nodes.Expr, inputs: Inputs, reference: Reference) -> str:
    """A part of a total: SUM passes over a cell that says 不适用, and would not over NA()."""
    if isinstance(node, nodes.Name):
        return reference(Leaf(inputs.scope.fields[node.name]))
    return write_native(node, inputs, reference)


def _where(words: str, wanted: str) -> Iterator[str]:
    """1 in the rows with the wanted words, else 0; a blank is never wanted."""
    if not wanted.startswith('"') or wanted == '""':
        yield f"--({_filled(words)})"
    yield f"--EXACT(TRIM({words}),{wanted})"


def _column_key(node: nodes.Expr) -> str:
    assert isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name)
    return f"{node.node.name}.{node.attr}"
