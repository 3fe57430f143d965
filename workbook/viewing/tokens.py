"""The tokens of one of Excel's formulas: brackets, arguments, areas that are added."""

from collections.abc import Iterator, Sequence
from typing import Final

from openpyxl.formula.tokenizer import Token

NOTHING: Final = ('""', '"-"', '"—"', '"/"')
Tokens = Sequence[Token]


class NotUnderstoodError(Exception):
    """A formula that says more than calculating and telling cases apart."""


def closing_of(tokens: Tokens, opening: int) -> int:
    """The place of the bracket that closes the one at `opening`."""
    depth = 0
    for index in range(opening, len(tokens)):
        if tokens[index].type == Token.FUNC:
            depth += 1 if tokens[index].subtype == Token.OPEN else -1
        if depth == 0:
            return index
    raise NotUnderstoodError(tokens[opening].value)


def added_areas(tokens: Tokens, start: int) -> tuple[list[str], int]:
    """The areas that are added up from a token on and nothing else, and the token behind them.

    `SUM(F6:F8)+F9` are two. None where what stands before or behind binds one of them closer.
    """
    is_first = start == 0 or tokens[start - 1].subtype == Token.OPEN
    areas: list[str] = []
    index, is_open = start, is_first
    while is_open and index < len(tokens):
        token = tokens[index]
        end = closing_of(tokens, index) if token.type == Token.FUNC else index
        inside = [token] if end == index else tokens[index + 1 : end]
        is_sum = end == index or token.value.upper() == "SUM("
        read = [one for one in inside if one.type != Token.SEP]
        if not is_sum or any(one.subtype != Token.RANGE for one in read):
            return [], start
        areas += [one.value for one in read]
        index = end + 1
        is_open = index < len(tokens) and tokens[index].value == "+"
        index += is_open
    is_bound = index < len(tokens) and tokens[index].value in (*"*/^%",)
    return ([], start) if is_bound else (areas, index)


def arguments_of(tokens: Tokens) -> list[Tokens]:
    """What stands between the commas of a function."""
    return list(_split(tokens)) if tokens else []


def _split(tokens: Tokens) -> Iterator[Tokens]:
    depth, begin = 0, 0
    for index, token in enumerate(tokens):
        if token.type in (Token.FUNC, Token.PAREN):
            depth += 1 if token.subtype == Token.OPEN else -1
        if token.type == Token.SEP and depth == 0:
            yield tokens[begin:index]
            begin = index + 1
    yield tokens[begin:]


def quoted_text(text: str) -> str:
    """The text of a literal as the rules' language quotes it; raises `NotUnderstoodError`."""
    words = text[1:-1]
    if set(words) & set("'\\{}\""):
        raise NotUnderstoodError(text)
    return f"'{words}'"


def without_brackets(said: str) -> str:
    """An expression without a pair of brackets that stands around all of it."""
    depth = 0
    for index, sign in enumerate(said):
        depth += (sign == "(") - (sign == ")")
        if depth == 0 and index < len(said) - 1:
            return said
    return said[1:-1] if said.startswith("(") else said
