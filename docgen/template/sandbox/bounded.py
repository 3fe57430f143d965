"""Jinja's filters of texts and numbers and the methods of text, kept from growing without bound."""

from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import wraps
from itertools import islice
from typing import Any, Final

from jinja2 import Environment, pass_context
from jinja2.filters import FILTERS as DEFAULT_FILTERS
from jinja2.filters import do_float, do_format, do_int, do_round, do_truncate, do_wordwrap
from markupsafe import Markup, escape

from docgen.template.model.sourced import Rounded, source_of
from docgen.template.model.text import text_of
from docgen.template.sandbox.budget import (
    CONTAINERS,
    LONGEST_TEXT,
    BoundReached,
    Budget,
    check_length,
    counted,
    size_of,
)
from docgen.template.sandbox.formats import by_percent, check_width, joined_size

MOST_DIGITS: Final = 4_000  # of a number; Python prints no whole number of more than 4,300
MOST_DECIMALS: Final = 100
OF_A_GIVEN: Final = 150  # steps of a filter that the caller gives
OF_A_CHART: Final = 20_000
LONG: Final = 1_000
_SIMPLE: Final = (
    "capitalize", "center", "filesizeformat", "lower", "string", "striptags", "title", "trim",
    "upper", "wordcount",
)  # fmt: skip


def plain(value: Any) -> Any:
    """A text that a block took from the document as plain text; any other value as it is."""
    if not isinstance(value, Markup):
        return value
    if "<" in value:
        raise TypeError("这里的文字格式不一,不能用过滤器或方法改动")
    return value.unescape()


def joined(budget: Budget, items: Iterable[Any], between: Any = "") -> str:
    """The texts of `items` with `between` between them; markup stays markup."""
    parts = list(islice(counted(budget, items, 6), LONGEST_TEXT))
    is_markup = any(hasattr(part, "__html__") for part in parts)
    texts = [part if hasattr(part, "__html__") else text_of(part) for part in (between, *parts)]
    glue, *pieces = map(escape, texts) if is_markup else texts
    budget.make(joined_size(pieces, glue))
    return glue.join(pieces)


def replaced(budget: Budget, text: Any, old: Any, new: Any, count: int | None = None) -> str:
    """`text` with `old` replaced by `new`, at most `count` times."""
    for one in (text, old, new):
        budget.go_through(one)
    whole, old, new = text_of(text), text_of(old), text_of(new)
    check_length(len(whole) + whole.count(old) * len(new))
    return str(budget.keep(whole.replace(old, new, -1 if count is None else count)))


def check_digits(value: Any) -> Any:
    """`value`, where it is no number of thousands of digits; raises `BoundReached`."""
    if isinstance(value, Decimal) and value.is_finite():
        is_huge = abs(value.adjusted()) > MOST_DIGITS
    else:
        is_huge = isinstance(value, str) and len(value) > MOST_DIGITS
    if is_huge:
        raise BoundReached("数太大")
    return value


def exact(value: Any = 0) -> Decimal:
    """The number `value`, as `decimal(…)` in a template gives it."""
    made = Decimal(check_digits(value))
    if not made.is_finite():
        raise BoundReached("数太大")
    check_digits(made)
    return made


def given(function: Callable[..., Any]) -> Callable[..., Any]:
    """A caller's filter, paid for by what it is given and for charts that it gives."""
    if hasattr(function, "jinja_pass_arg"):
        return function

    @pass_context
    @wraps(function)
    def paid(context: Any, *args: Any, **kwargs: Any) -> Any:
        context.budget.spend(OF_A_GIVEN)
        for value in args:
            if isinstance(value, str):
                if len(value) > LONG:
                    context.budget.spend(2 * len(value))
            elif isinstance(value, CONTAINERS):
                context.budget.go_through(value)
            elif isinstance(value, Decimal):
                check_digits(value)
        made = function(*args, **kwargs)
        if made.__class__ is not str:
            context.budget.make(10 * size_of(made))
            if hasattr(made, "__word__"):
                context.budget.spend(OF_A_CHART)
        return made

    return paid


def of_text(function: Callable[..., Any]) -> Callable[..., Any]:
    """`function(budget, value, …)` as a filter; texts taken from the document come to it plain."""

    @pass_context
    def bounded(context: Any, *args: Any, **kwargs: Any) -> Any:
        budget: Budget = context.budget
        values = [plain(value) for value in args]
        for value in values:
            budget.go_through(value)
        return budget.keep(function(budget, *values, **kwargs))

    return bounded


def _narrow(function: Callable[..., Any]) -> Callable[..., Any]:
    """`function` without a budget of its own, refusing absurd widths."""

    def guarded(_: Budget, *args: Any, **kwargs: Any) -> Any:
        check_width(*args[1:], *kwargs.values())
        return function(*args, **kwargs)

    return guarded


def _format(budget: Budget, value: Any, *args: Any, **kwargs: Any) -> str:
    text = text_of(value)
    if args and kwargs:  # which Jinja refuses
        return do_format(text, *args, **kwargs)
    return by_percent(budget, text, kwargs or args)


def _indent(budget: Budget, text: Any, width: int | str = 4, *args: Any, **kwargs: Any) -> str:
    check_width(width)
    prefix = len(width) if isinstance(width, str) else width
    lines = 1 + text.count("\n") if isinstance(text, str) else 1
    check_length((len(text) if isinstance(text, str) else 0) + lines * prefix)
    made: str = DEFAULT_FILTERS["indent"](text, width, *args, **kwargs)
    return made


def _wordwrap(
    budget: Budget,
    text: str,
    width: int = 79,
    break_long_words: bool = True,
    wrapstring: str | None = None,
    **more: Any,
) -> str:
    check_width(width)
    length, wide = len(text), max(int(width), 1)
    lines = 1 + 2 * length // wide + text.count("\n")
    check_length(length + lines * len(wrapstring or "\n"))
    # a long word is copied once for each line that is cut off it
    budget.spend(12 * length + length * length // (wide * 4_000))
    return do_wordwrap(_PLAIN, text, width, break_long_words, wrapstring, **more)


def _truncate(_: Budget, text: Any, length: int = 255, *args: Any, **kwargs: Any) -> str:
    check_width(length, *args, *kwargs.values())
    return do_truncate(_PLAIN, text, length, *args, **kwargs)


def _urlencode(budget: Budget, value: Any) -> str:
    if isinstance(value, str):
        budget.spend(2 * len(value))
        check_length(3 * len(value.encode("utf-8", "replace")))
    return DEFAULT_FILTERS["urlencode"](value)  # type: ignore[no-any-return]


def _int(_: Budget, value: Any, default: int = 0, base: int = 10) -> int:
    return do_int(check_digits(value), default, base)


def _float(_: Budget, value: Any, default: float = 0.0) -> float:
    return do_float(check_digits(value), default)


def _round(value: Any, precision: int = 0, method: Any = "common") -> Any:
    """Half up for exact numbers, as a clerk rounds; Jinja's rounding for floats."""
    check_width(precision)
    if abs(precision) > MOST_DECIMALS:
        raise BoundReached(f"小数位数超过 {MOST_DECIMALS}")
    if isinstance(check_digits(value), Decimal) and method == "common":
        made = value.quantize(Decimal(1).scaleb(-precision), ROUND_HALF_UP)
        source = source_of(value, f"{made:f}")
        return made if source is None else Rounded(made, source)
    return do_round(value, precision, method)


def _text(value: Any) -> Any:
    """`value` unchanged: everything printed is escaped anyway."""
    return value


_PLAIN: Final = Environment(autoescape=False)  # noqa: S701 - for what only asks for its newline
_OF_TEXT: Final[Mapping[str, Callable[..., Any]]] = {
    **{name: _narrow(DEFAULT_FILTERS[name]) for name in _SIMPLE},
    "float": _float,
    "format": _format,
    "indent": _indent,
    "int": _int,
    "replace": replaced,
    "truncate": _truncate,
    "urlencode": _urlencode,
    "wordwrap": _wordwrap,
}
FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    **{name: of_text(function) for name, function in _OF_TEXT.items()},
    **dict.fromkeys(("safe", "e", "escape", "forceescape"), _text),
    **{name: DEFAULT_FILTERS[name] for name in ("abs", "d", "default")},
    "round": _round,
}


def _padded(method: Callable[..., str]) -> Callable[..., str]:
    def padded(_: Budget, *args: Any, **kwargs: Any) -> str:
        check_width(*args[1:], *kwargs.values())
        return method(*args, **kwargs)

    return padded


METHODS: Final[Mapping[str, Callable[..., Any]]] = {
    "join": lambda budget, between, items: joined(budget, items, between),
    "replace": replaced,
    **{
        name: _padded(getattr(str, name))
        for name in ("center", "ljust", "rjust", "zfill", "expandtabs")
    },
}
