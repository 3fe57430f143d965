"""The pieces of one of Excel's formulas, put together again in the rules' language."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple, Protocol

from openpyxl.formula.tokenizer import Token

_OPERATORS: Final = {
    **{sign: sign for sign in ("+", "-", "*", "/", "<", ">", "<=", ">=")},
    "=": "==",
    "<>": "!=",
}
_WRITTEN: Final = {"ROUND(": "round", "ABS(": "abs", "MAX(": "max", "MIN(": "min"}
_JOINED: Final = {"SUM(": " + ", "AND(": " and ", "OR(": " or "}
_NOTHING: Final = ("0", '""', '"-"', '"—"', '"/"')
_GUARDS: Final = ("=", "<>", ">", "0", '""', "OR(", "AND(", ")", ",", "ISBLANK(")


class NotUnderstoodError(Exception):
    """A formula that says more than calculating and telling cases apart."""


class Said(NamedTuple):
    """An expression, and whether it gives words."""

    text: str
    is_text: bool = False


class Operand(Protocol):
    """Gives the expression for a cell, or for all cells of a range where they are added up."""

    def __call__(self, area: str, *, is_sum: bool) -> str:
        """The expression; raises `NotUnderstoodError`."""


Tokens = Sequence[Token]


class Translation:
    """Reads a formula from left to right, and each function with what stands in it."""

    def __init__(self, operand: Operand) -> None:
        self._operand = operand
        self._functions: dict[str, Callable[[list[Tokens]], Said]] = {
            "IF(": self._if,
            "IFERROR(": lambda given: self.of(given[0]),
        }

    def of(self, tokens: Tokens, *, is_sum: bool = False) -> Said:
        """The expression of some pieces; raises `NotUnderstoodError`."""
        said: list[str] = []
        texts = 0
        index = 0
        while index < len(tokens):
            token = tokens[index]
            end = index
            if token.type == Token.FUNC:
                end = _closing(tokens, index)
                part = self._function(token.value.upper(), _arguments(tokens[index + 1 : end]))
                said.append(part.text)
                texts += part.is_text
            elif token.type == Token.OPERAND and token.subtype == Token.TEXT:
                said.append(_quoted(token.value))
                texts += 1
            else:
                said.append(self._piece(token, is_sum=is_sum))
            index = end + 1
        if not said:
            raise NotUnderstoodError("")
        text = " ".join(said).replace("( ", "(").replace(" )", ")")
        return Said(text, is_text=texts > 0 and len(said) == 1)

    def _piece(self, token: Token, *, is_sum: bool) -> str:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            return self._operand(token.value, is_sum=is_sum)
        if token.type in (Token.OP_IN, Token.OP_PRE) and token.value in _OPERATORS:
            return _OPERATORS[token.value]
        if token.type == Token.OP_POST and token.value == "%":
            return "/ 100"
        is_number = token.type == Token.OPERAND and token.subtype == Token.NUMBER
        if is_number or token.type == Token.PAREN:
            return str(token.value)
        raise NotUnderstoodError(token.value)

    def _function(self, name: str, given: list[Tokens]) -> Said:
        if name in self._functions and given:
            return self._functions[name](given)
        said = [self.of(one, is_sum=name == "SUM(") for one in given]
        if not said or any(one.is_text for one in said):
            raise NotUnderstoodError(name)
        texts = [one.text for one in said]
        if name in _JOINED:
            joined = _JOINED[name].join(texts)
            return Said(f"({joined})" if " " in joined else joined)
        if name in _WRITTEN:
            return Said(f"{_WRITTEN[name]}({', '.join(map(without_brackets, texts))})")
        raise NotUnderstoodError(name)

    def _if(self, given: list[Tokens]) -> Said:
        """One of two; the other one alone where the first is nothing, for want of a divisor."""
        if not 2 <= len(given) <= 3:
            raise NotUnderstoodError("IF(")
        condition, first, *others = given
        second = others[0] if others else []
        if plain := _guarded(condition, first, second):
            said = self.of(plain)
            return Said(f"({said.text})", said.is_text)
        case, one, other = (self.of(part) for part in (condition, first, second))
        if one.is_text != other.is_text:
            raise NotUnderstoodError("IF(")
        return Said(f"({one.text} if {case.text} else {other.text})", one.is_text)


def _guarded(condition: Tokens, first: Tokens, second: Tokens) -> Tokens | None:
    """What is calculated where the condition only asks whether there is anything to do so with."""
    signs = {one.value.upper() for one in condition if one.subtype != Token.RANGE}
    if not signs <= set(_GUARDS):
        return None
    is_blank = bool(signs & {"=", "ISBLANK("})
    if is_blank == bool(signs & {"<>", ">"}):
        return None
    nothing, plain = (first, second) if is_blank else (second, first)
    if not plain or [one.value for one in nothing[1:]]:
        return None
    if not nothing:
        return plain if any(one.value == "/" for one in plain) else None
    is_zero = nothing[0].value == "0"  # where the sheet shows 0, so does the report
    return None if is_zero or nothing[0].value not in _NOTHING else plain


def _closing(tokens: Tokens, opening: int) -> int:
    depth = 0
    for index in range(opening, len(tokens)):
        if tokens[index].type == Token.FUNC:
            depth += 1 if tokens[index].subtype == Token.OPEN else -1
        if depth == 0:
            return index
    raise NotUnderstoodError(tokens[opening].value)


def _arguments(tokens: Tokens) -> list[Tokens]:
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


def _quoted(text: str) -> str:
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
