"""The one expression language of rules, templates and quotes: Jinja on Decimal, in a sandbox.

Three things differ from plain Jinja. A decimal literal is a `Decimal`, so `0.1 + 0.2` is 0.3.
Division never makes a float. And an operator that could grow without bound is refused before it
runs, because Jinja's own sandbox does not stop `'a' * 10**10`.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.sandbox import ImmutableSandboxedEnvironment

MAX_EXPONENT = 64


class DecimalLiterals(Extension):
    """Turns the literal `0.015` into `decimal("0.015")` before the parser sees it."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens of `stream` with every float literal made exact."""
        for token in stream:
            if token.type != "float":
                yield token
                continue
            for kind, value in (
                ("name", "decimal"),
                ("lparen", "("),
                ("string", repr(token.value)),
                ("rparen", ")"),
            ):
                yield Token(token.lineno, kind, value)


class Sandbox(ImmutableSandboxedEnvironment):
    """A Jinja environment without default globals, strict about names, exact about numbers."""

    # Jinja calls `call_binop` for these alone; + and - of what the sandbox lets in stay bounded.
    intercepted_binops = frozenset({"/", "*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        extensions = [DecimalLiterals, *options.pop("extensions", ())]
        options.setdefault("undefined", StrictUndefined)
        super().__init__(extensions=extensions, **options)
        self.globals = {"decimal": Decimal}

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """The value of the operation; raises on repetition of text and on large powers."""
        for operand in (left, right):
            if not isinstance(operand, int | float | Decimal):
                raise SecurityError(f"「{operator}」只能用于两个数")
        if operator == "/":
            return _exact(left) / _exact(right)
        if operator == "**" and abs(right) > MAX_EXPONENT:
            raise SecurityError(f"乘方的指数不能超过 {MAX_EXPONENT}")
        return super().call_binop(context, operator, left, right)


def _exact(number: float | Decimal) -> Decimal:
    return Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
