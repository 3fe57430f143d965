"""Which rows or columns of a table are totals, and of which others.

A total is told by its words (合计, 小计), by codes, by indents and by numbers. What its parts are
is learned from the positions at which they add up.
"""

from collections.abc import Iterator
from typing import Final

from workbook.proof.tables.below import by_indent, by_number, by_word
from workbook.proof.tables.codes import by_code
from workbook.proof.tables.learned import by_total
from workbook.proof.tables.lines import Lines, Sum

RULE: Final = "table-sum"
CODES: Final = "code-sum"


def structures(lines: Lines) -> Iterator[tuple[str, Sum]]:
    """All totals of a table seen in one direction, with the rule that judges them."""
    if not lines.is_turned:
        yield from ((CODES, one) for one in by_code(lines))
    yield from ((RULE, one) for one in by_total(lines))
    if not lines.is_turned:
        yield from ((RULE, one) for one in (*by_indent(lines), *by_number(lines)))
        yield from ((RULE, one) for one in by_word(lines))
