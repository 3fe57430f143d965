"""Values as the text that is printed for them."""

from collections.abc import Mapping
from decimal import Decimal
from math import isfinite
from typing import Any, Final

MOST_FLOAT_DIGITS: Final = 15  # as Excel shows
MOST_DIGITS: Final = 20  # a quotient that does not end has 28, the largest amounts have 18


class Unprintable(TypeError):  # noqa: N818
    """A value that has no printed form; `what` it is, in Chinese and in English."""

    def __init__(self, what: str, what_en: str) -> None:
        super().__init__(what)
        self.what, self.what_en = what, what_en


class Unrounded(ValueError):  # noqa: N818
    """A quotient that does not end, of which nobody said how many decimals are to be printed."""

    def __init__(self, digits: int) -> None:
        super().__init__(str(digits))
        self.digits = digits


def text_of(value: Any) -> str:
    """The text of `value`; None is no text, a Decimal is never written with an exponent.

    Raises `Unprintable` for what only a programmer could read, such as a list or True, and
    `Unrounded`.
    """
    if value.__class__ is str or value.__class__ is int:
        return str(value)
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = format(value, "f")
        if len(text) > MOST_DIGITS and "." in text and _digits(value) > MOST_DIGITS:
            raise Unrounded(_digits(value))
        return text
    if value.__class__ is float:
        return _text_of_float(value)
    # a class that is only meant for programmers leaves `str` to the class of all objects
    is_named = any("__str__" in vars(kind) for kind in type(value).__mro__[:-1])
    if is_named or (isinstance(value, int | float) and not isinstance(value, bool)):
        return str(value)
    raise Unprintable(*_kind(value))


def _text_of_float(value: float) -> str:
    """The shortest text of a float; more digits than Excel keeps are those of a quotient."""
    if not isfinite(value):
        raise Unprintable("一个算不出来的数", "a number that has no value")
    text = repr(value)
    exact = Decimal(text)
    if _digits(exact) > MOST_FLOAT_DIGITS:
        raise Unrounded(_digits(exact))
    return format(exact, "f") if "e" in text else text


def _digits(value: Decimal) -> int:
    return len(value.as_tuple().digits)


def _kind(value: Any) -> tuple[str, str]:
    if isinstance(value, bool):
        return "“是”或“否”", "true or false"
    if isinstance(value, Mapping):
        return "一组有名字的值", "a mapping"
    if isinstance(value, list | tuple | set | frozenset):
        return "一个列表", "a list"
    if callable(value):
        return "一个函数", "a function"
    return (
        f"程序里的对象({type(value).__name__})",
        f"an object of a program ({type(value).__name__})",
    )
