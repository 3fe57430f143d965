"""Values as text, and text as XML."""

import re
from decimal import Decimal
from typing import Any, Final

_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def text_of(value: Any) -> str:
    """The text of `value`; None is no text, a Decimal is never written with an exponent."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)


def escaped(value: str) -> str:
    """`value` with the signs of XML as entities."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(value: str) -> str:
    """`value` for the inside of an attribute in double quotes."""
    return plain_text(value).replace('"', "&quot;")


def plain_text(value: str) -> str:
    """The inside of an element or attribute that holds no Word markup."""
    return _ILLEGAL.sub("", escaped(value))
