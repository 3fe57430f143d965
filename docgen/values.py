"""Values as Word's XML: escaped text, with line breaks, tabs and page breaks as Word's own."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Final

from markupsafe import Markup, escape

from docgen.code import FIRST_LINE
from docgen.emit import Spot

BREAK: Final = '</w:t><w:br/><w:t xml:space="preserve">'
SIGNS: Final = {
    "\n": BREAK,
    "\r": BREAK,
    "\r\n": BREAK,
    "\v": BREAK,
    "\a": BREAK,
    "\t": '</w:t><w:tab/><w:t xml:space="preserve">',
    "\f": '</w:t><w:br w:type="page"/><w:t xml:space="preserve">',
}
_CONTROL = re.compile("\r\n|[\x00-\x1f\ufffe\uffff\ud800-\udfff]")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

Writer = Callable[[Any, int], str]


def words(value: Any) -> str:
    """The text of `value`; None is no text, a Decimal is never written with an exponent."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)


def word_text(value: str) -> str:
    """The inside of a `w:t` for `value`."""
    return _CONTROL.sub(lambda match: SIGNS.get(match.group(), ""), escape(value))


def plain_text(value: str) -> str:
    """The inside of an element or attribute that holds no Word markup."""
    return _ILLEGAL.sub("", escape(value))


def writer(spots: Sequence[Spot]) -> Writer:
    """The function that a compiled part calls for each value with the line of its tag."""

    def write(value: Any, line: int) -> str:
        spot = spots[line - FIRST_LINE]
        if spot.plain:
            return plain_text(words(value))
        markup = _markup(value)
        inner = word_text(words(value)) if markup is None else markup
        if spot.frame is None or markup is not None:
            return inner
        return f"{spot.frame[0]}{inner}{spot.frame[1]}"

    def text(value: Any, line: int) -> str:
        if value.__class__ is str and value.isprintable() and line not in special:
            return escape(value)
        return write(value, line)

    special = {index for index, spot in enumerate(spots, FIRST_LINE) if spot.plain or spot.frame}
    return text


def _markup(value: Any) -> str | None:
    """The XML of a value that brings its own, such as what a macro wrote; None for others."""
    if isinstance(value, Markup):
        return str(value)
    if hasattr(value.__class__, "__html__"):
        return str(value.__html__())
    return None
