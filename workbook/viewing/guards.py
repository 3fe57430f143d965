"""Conditions that only ask whether there is anything to divide by, as IF(B5=0,"",C5/B5) does."""

from collections.abc import Iterator
from itertools import pairwise

from openpyxl.formula.tokenizer import Token

from workbook.viewing.tokens import NOTHING, Tokens, arguments_of, closing_of


def guarded(condition: Tokens, first: Tokens, second: Tokens) -> Tokens | None:
    """What is calculated where the condition only asks whether there is anything to do so with.

    That is so where each cell that it asks for is divided by, or is read and may be blank, and
    where the sheet shows nothing without: where it shows 0, so does the report.
    """
    asked = list(_asked(condition))
    signs = {sign for _, sign, _ in asked}
    if not asked or None in signs or len({sign == "=" for sign in signs}) > 1:
        return None
    nothing, plain = (first, second) if "=" in signs else (second, first)
    if not plain or len(nothing) > 1 or (nothing and nothing[0].value not in NOTHING):
        return None
    read = {one.value for one in plain if one.subtype == Token.RANGE}
    divisors = set(divisors_of(plain))
    is_needed = all(cell in (divisors if is_zero else read) for cell, _, is_zero in asked)
    return plain if is_needed else None


def _asked(condition: Tokens) -> Iterator[tuple[str, str | None, bool]]:
    """Each cell of a condition, the sign, and whether it is held against 0; no sign if unclear."""
    match [one.value.upper() for one in condition]:
        case ["OR(" | "AND(", *_, ")"] if closing_of(condition, 0) == len(condition) - 1:
            for part in arguments_of(condition[1:-1]):
                yield from _asked(part)
        case ["ISBLANK(", cell, ")"]:
            yield cell, "=", False
        case [cell, ("=" | "<>" | ">") as sign, ("0" | '""') as value]:
            is_cell = condition[0].subtype == Token.RANGE and ":" not in cell
            yield cell, sign if is_cell else None, value == "0"
        case _:
            yield "", None, False


def divisors_of(tokens: Tokens) -> Iterator[str]:
    """What is divided by and may be 0: a cell, or the first piece of something longer."""
    for sign, behind in pairwise(tokens):
        if (sign.type, sign.value) == (Token.OP_IN, "/") and behind.subtype != Token.NUMBER:
            yield behind.value
