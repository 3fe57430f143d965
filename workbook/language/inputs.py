"""What an expression reads, sorted by what a missing value means to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jinja2 import nodes

from workbook.language.expressions import Leaf, Scope, calls, leaves, tables


@dataclass(frozen=True, slots=True)
class Inputs:
    """The cells and tables behind one or more checked expressions.

    A blank `needed` cell leaves the result blank, one of `applying` that is 不适用 makes the
    result so. A cell that the expression itself asks about, by `given` or `absent`, is in neither.
    """

    scope: Scope = field(repr=False)
    leaves: tuple[Leaf, ...]
    needed: tuple[Leaf, ...]
    applying: tuple[Leaf, ...]
    tables: tuple[str, ...]


def inputs_of(trees: Sequence[nodes.Expr], scope: Scope) -> Inputs:
    """What `trees` read."""
    read = {leaf.key: leaf for tree in trees for leaf in leaves(tree, scope)}
    given, absent = (set(_asked(trees, name)) for name in ("given", "absent"))
    added = {leaf.key for tree in trees for leaf in _added(tree, scope)}
    counted = dict.fromkeys(table for tree in trees for table in tables(tree, scope))
    return Inputs(
        scope,
        tuple(read.values()),
        tuple(
            leaf for key, leaf in read.items() if key not in given and leaf.field.empty == "skip"
        ),
        tuple(
            leaf
            for key, leaf in read.items()
            if leaf.field.compute and not leaf.table and key not in absent | given | added
        ),
        tuple(counted),
    )


def _asked(trees: Sequence[nodes.Expr], function: str) -> Iterator[str]:
    for call in calls(trees, function):
        assert isinstance(call.args[0], nodes.Name)
        yield call.args[0].name


def _added(tree: nodes.Expr, scope: Scope) -> Iterator[Leaf]:
    """The parts of every `total`, which passes over those that are 不适用."""
    for call in calls([tree], "total"):
        for part in call.args:
            if isinstance(part, nodes.Name):
                yield from leaves(part, scope)
