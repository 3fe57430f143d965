"""Jinja's own filters and the methods of text, kept from growing without bound."""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import wraps
from itertools import islice
from typing import Any, Final

from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS as DEFAULT_FILTERS
from jinja2.filters import do_format, do_round
from markupsafe import Markup, escape

from docgen.template.model.text import text_of

LONGEST_TEXT: Final = 1_000_000
WIDEST: Final = 10_000
_WIDE_FORMAT = re.compile(r"\d{5}|\*")
PLAIN: Final = (
    "abs", "capitalize", "count", "d", "default", "dictsort", "filesizeformat", "first",
    "float", "groupby", "int", "items", "last", "length", "list", "lower", "map", "max",
    "min", "reject", "rejectattr", "reverse", "select", "selectattr", "sort", "string",
    "striptags", "sum", "title", "trim", "unique", "upper", "urlencode", "wordcount",
)  # fmt: skip
WIDE: Final = ("batch", "center", "indent", "slice", "truncate", "wordwrap")
OF_TEXT: Final = (
    "capitalize", "center", "count", "first", "float", "format", "indent", "int", "last", "length",
    "list", "lower", "replace", "reverse", "striptags", "title", "trim", "truncate", "upper",
    "urlencode", "wordcount", "wordwrap",
)  # fmt: skip


class BoundReached(SecurityError):  # noqa: N818
    """A template that does too much."""


def check_length(length: int) -> None:
    """Raise `BoundReached` for a text longer than any value should be."""
    if length > LONGEST_TEXT:
        raise BoundReached(f"文字超过 {LONGEST_TEXT} 个字")


def check_width(*arguments: Any) -> None:
    """Raise `BoundReached` for a width or count that no page has room for."""
    for argument in arguments:
        if isinstance(argument, int | float | Decimal) and not -WIDEST <= argument <= WIDEST:
            raise BoundReached(f"宽度或个数超过 {WIDEST}")


def check_format(text: str) -> None:
    """Raise `BoundReached` for a format with an absurd or a hidden width."""
    if _WIDE_FORMAT.search(text):
        raise BoundReached(f"宽度或个数超过 {WIDEST}")


def joined(items: Iterable[Any], between: Any = "") -> str:
    """The texts of `items` with `between` between them; markup stays markup."""
    parts = list(islice(items, LONGEST_TEXT))
    is_markup = any(hasattr(part, "__html__") for part in parts)
    texts = [part if hasattr(part, "__html__") else text_of(part) for part in (between, *parts)]
    glue, *pieces = map(escape, texts) if is_markup else texts
    check_length(sum(map(len, pieces)) + len(glue) * len(pieces))
    return glue.join(pieces)


def replaced(text: Any, old: Any, new: Any, count: int | None = None) -> str:
    """`text` with `old` replaced by `new`, at most `count` times."""
    whole, old, new = text_of(text), text_of(old), text_of(new)
    check_length(len(whole) + whole.count(old) * len(new))
    return whole.replace(old, new, -1 if count is None else count)


def _join(items: Iterable[Any], d: str = "", attribute: str | None = None) -> str:
    if attribute is not None:
        steps = attribute.split(".")
        items = [_along(item, steps) for item in items]
    return joined(items, d)


def _along(item: Any, steps: Iterable[str]) -> Any:
    for step in steps:
        if step.startswith("_"):
            raise SecurityError(step)
        item = item[step] if isinstance(item, Mapping) else getattr(item, step)
    return item


def _format(value: Any, *args: Any, **kwargs: Any) -> str:
    check_format(text_of(value))
    return do_format(text_of(value), *args, **kwargs)


def _round(value: Any, precision: int = 0, method: str = "common") -> Any:
    """Half up for exact numbers, as a clerk rounds; Jinja's rounding for floats."""
    check_width(precision)
    if isinstance(value, Decimal) and method == "common":
        return value.quantize(Decimal(1).scaleb(-precision), ROUND_HALF_UP)
    return do_round(value, precision, method)  # type: ignore[arg-type]


def _text(value: Any) -> Any:
    """`value` unchanged: everything printed is escaped anyway."""
    return value


def plain(value: Any) -> Any:
    """A text that a block took from the document as plain text; any other value as it is."""
    if not isinstance(value, Markup):
        return value
    if "<" in value:
        raise TypeError("这里的文字格式不一,不能用过滤器或方法改动")
    return value.unescape()


def _of_text(function: Callable[..., Any]) -> Callable[..., Any]:
    """`function` for a text that may have been taken from the document."""

    @wraps(function)
    def of_plain(*args: Any, **kwargs: Any) -> Any:
        return function(*map(plain, args), **kwargs)

    return of_plain


def _narrow(function: Callable[..., Any]) -> Callable[..., Any]:
    """`function` refusing absurd widths."""

    @wraps(function)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        check_width(*args[1:], *kwargs.values())
        return function(*args, **kwargs)

    return guarded


METHODS: Final[Mapping[str, Callable[..., Any]]] = {
    "join": lambda between, items: joined(items, between),
    "replace": replaced,
    "center": _narrow(str.center),
    "ljust": _narrow(str.ljust),
    "rjust": _narrow(str.rjust),
    "zfill": _narrow(str.zfill),
    "expandtabs": _narrow(str.expandtabs),
}

_BOUNDED: Final[dict[str, Callable[..., Any]]] = (
    {name: DEFAULT_FILTERS[name] for name in PLAIN}
    | {name: _narrow(DEFAULT_FILTERS[name]) for name in WIDE}
    | dict.fromkeys(("safe", "e", "escape", "forceescape"), _text)
    | {"format": _format, "join": _join, "replace": replaced, "round": _round}
)
FILTERS: Final = _BOUNDED | {name: _of_text(_BOUNDED[name]) for name in OF_TEXT}
