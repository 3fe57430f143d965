"""Values as the text that is printed for them."""

from decimal import Decimal
from typing import Any


def text_of(value: Any) -> str:
    """The text of `value`; None is no text, a Decimal is never written with an exponent."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)
