"""What an expression reads, sorted by what a missing value means to it."""

from collections.abc import Iterator, Sequence

from workbook.form.table import Table
from workbook.language.expression import Expression
from workbook.language.functions import Absent, Given, Total
from workbook.language.model import Inputs, Leaf
from workbook.language.names import ColumnName, FieldName, TableName
from workbook.language.row_functions import OneWhere


def inputs_of(trees: Sequence[Expression]) -> Inputs:
    """What `trees` read, such as a rule's claim and the condition under which it holds."""
    read = {leaf.key: leaf for tree in trees for leaf in tree.leaves()}
    parts = [part for tree in trees for part in tree.walk()]
    given = {part.asked.leaf.key for part in parts if isinstance(part, Given)}
    absent = {part.asked.leaf.key for part in parts if isinstance(part, Absent)}
    # A total passes over those of its parts that are 不适用.
    totals = (part for part in parts if isinstance(part, Total))
    added = {p.leaf.key for total in totals for p in total.arguments if isinstance(p, FieldName)}
    # A blank cell in a column that is looked into matters only to who asks for its row.
    found = {part.arguments[0].leaf for part in parts if isinstance(part, OneWhere)}
    asked = [p.leaf for p in parts if isinstance(p, ColumnName)]
    found = {leaf for leaf in found if leaf and asked.count(leaf) == _looked(leaf, parts)}
    return Inputs(
        tuple(read.values()),
        tuple(
            leaf
            for key, leaf in read.items()
            if key not in given and leaf.field.empty == "skip" and leaf not in found
        ),
        tuple(
            leaf
            for key, leaf in read.items()
            if leaf.field.may_be_absent and not leaf.table and key not in absent | given | added
        ),
        tuple({table.key: table for table in _tables(parts)}.values()),
    )


def _looked(leaf: Leaf, parts: Sequence[Expression]) -> int:
    """How often a column is looked into for one row of it."""
    return sum(isinstance(one, OneWhere) and one.arguments[0].leaf == leaf for one in parts)


def _tables(parts: Sequence[Expression]) -> Iterator[Table]:
    yield from (part.table for part in parts if isinstance(part, ColumnName | TableName))
