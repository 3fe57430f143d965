"""The sandbox of Word templates: the expression language of rules, and what templates add to it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from jinja2 import StrictUndefined, Undefined, pass_context
from jinja2.exceptions import TemplateRuntimeError, UndefinedError
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import is_internal_attribute, safe_range
from jinja2.utils import Cycler, Joiner, Namespace, missing
from markupsafe import Markup

from docgen.template.model import signs
from docgen.template.model.program import NamedValue
from docgen.template.model.stand_in import stand_in_of
from docgen.template.model.text import Unprintable
from docgen.template.sandbox.arithmetic import (
    OPERATORS,
    check_size,
    combined,
    is_number,
    matched,
    may_repeat,
    whole,
)
from docgen.template.sandbox.bounded import FILTERS, METHODS, exact, given, joined, plain
from docgen.template.sandbox.budget import CONTAINERS, Budget, counted, size_of
from docgen.template.sandbox.formats import by_braces, check_date_format
from docgen.template.sandbox.series import FILTERS as OF_SERIES
from docgen.template.sandbox.series import TESTS, compared, counted_in
from workbook.language.sandbox import Sandbox

Writer = Callable[[Any, int], str]
RowWriters = Mapping[int, Callable[[Any], str]]  # by line

PASSES: Final = "_passes"  # what a loop goes through, paid for by its passes
STEPS: Final = "_steps"  # the filter that counts what stands in a macro
OF_A_CALL: Final = 10  # steps
GLOBALS: Final = {
    "range": safe_range,
    "dict": dict,
    "cycler": Cycler,
    "joiner": Joiner,
    "namespace": Namespace,
    "decimal": exact,
}
METHODS_OF_VALUES: Final = frozenset((
    "items", "keys", "values", "get", "count", "index", "copy", "upper", "lower", "title",
    "capitalize", "casefold", "swapcase", "strip", "lstrip", "rstrip", "split", "rsplit",
    "splitlines", "partition", "rpartition", "startswith", "endswith", "find", "rfind",
    "replace", "join", "format", "zfill", "ljust", "rjust", "center", "isdigit", "isalpha",
    "isalnum", "isnumeric", "isdecimal", "isspace", "isupper", "islower", "removeprefix",
    "removesuffix", "strftime", "isoformat", "date", "time", "weekday", "isoweekday",
    "timestamp", "total_seconds", "quantize", "normalize", "is_integer", "cycle", "changed",
    "next", "reset",
))  # fmt: skip


class UnknownName(UndefinedError):  # noqa: N818
    """A name or attribute that has no value."""

    def __init__(self, message: str | None, name: str, owner: Any) -> None:
        super().__init__(message)
        self.name = name
        self.owner = owner


class Named(Undefined):
    """A missing value that says its name where it may not be used."""

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] | None = None,
    ) -> None:
        if isinstance(name, CONTAINERS):  # a message would spell it out
            name = "[…]"

        def unknown(message: str | None) -> UndefinedError:
            # what a filter did not find has no name, but a reason
            return UndefinedError(message) if name is None else UnknownName(message, name, obj)

        super().__init__(hint, obj, name, exc or unknown)  # type: ignore[arg-type]


class Missing(Named, StrictUndefined):
    """A missing value that may not be used at all."""


@lru_cache
def named(base: Any) -> type[Undefined]:
    """Jinja's kind of missing value `base` as one that says its name."""
    return Missing if base is StrictUndefined else type(base.__name__, (Named, base), {})


class Pass(Context):
    """One rendering of one part: the data, and what its code calls to write.

    `text(value, line)` and `mark(value, line)` give a value's markup, `rows[line](value)` that of
    one in a row that a loop repeats, `printed(series)` that of a series of names, `passes(items,
    steps)` what a loop goes through, paid for. `failed_line` is the line of the name at which a
    series broke off.

    For `{{ 支出 * 2 }}` in line 4, where 支出 is 10, the code calls `text(20, 4)`.
    """

    text: Writer
    mark: Writer
    rows: RowWriters
    printed: Callable[[Sequence[NamedValue]], Iterator[str]]
    budget: Budget
    passes: Callable[[Any, int], Any]
    failed_line: int

    def concat(self, pieces: Iterable[str]) -> str:
        """What a block printed as one text, paid for."""
        kept = list(pieces)
        self.budget.make(sum(map(size_of, kept)))
        return "".join(kept)


@pass_context
def _steps(context: Pass, passes: int, steps: int) -> None:
    context.budget.passes -= passes
    context.budget.spend(steps)


class Withheld:
    """What an untrusted template gets for a method: it can be neither called nor printed."""

    def __str__(self) -> str:
        raise Unprintable("一个函数", "a function")


class BoundFormat:
    """The method `format` of a text, which a template may keep and call later."""

    def __init__(self, environment: "WordSandbox", text: str) -> None:
        self._environment, self._text = environment, text

    def printed(self, budget: Budget, *args: Any, **kwargs: Any) -> str:
        """The text with the values in it."""
        return by_braces(budget, self._environment, self._text, (args, kwargs))


class WordSandbox(Sandbox):
    """Jinja for Word templates, with delimiters that XML text cannot hold."""

    context_class = Pass
    intercepted_binops = frozenset(OPERATORS)

    def __init__(
        self,
        filters: Mapping[str, Callable[..., Any]],
        tests: Mapping[str, Callable[..., Any]],
        undefined: Any = StrictUndefined,
        *,
        trusted: bool = False,
        docxtpl: bool = False,
    ) -> None:
        self.trusted = trusted
        self.as_docxtpl = docxtpl
        self.given = frozenset(filters) | frozenset(tests)
        super().__init__(
            block_start_string=signs.BLOCK_START,
            block_end_string=signs.BLOCK_END,
            variable_start_string=signs.OUTPUT_START,
            variable_end_string=signs.OUTPUT_END,
            comment_start_string=signs.COMMENT_START,
            comment_end_string=signs.COMMENT_END,
            autoescape=True,
            optimized=False,
            cache_size=0,
            undefined=named(undefined),
        )
        self.globals.update(GLOBALS)
        own = {name: given(function) for name, function in filters.items()}
        self.filters = {**FILTERS, **OF_SERIES, **own, STEPS: _steps}
        self.tests = {**self.tests, **TESTS, **tests}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The item `attribute` of `obj` where it has one, else the attribute, if it is safe."""
        if hasattr(obj.__class__, "__getitem__"):
            try:
                return obj[attribute]
            except (LookupError, TypeError, ValueError):
                pass
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether an untrusted template may have `value`: no method but the harmless ones.

        It is asked wherever an attribute is taken, so that no way of calling leads past it.
        """
        if self.trusted:
            return super().is_safe_attribute(obj, attr, value)
        if attr.startswith("_") or is_internal_attribute(obj, attr):
            return False
        is_method = callable(value) and not isinstance(value, Macro | Undefined)
        return not is_method or attr in METHODS_OF_VALUES

    def unsafe_undefined(self, obj: Any, attribute: str) -> Any:
        """What stands in the place of an attribute that must not be used."""
        if attribute.startswith("_") or not callable(getattr(obj, attribute, None)):
            return super().unsafe_undefined(obj, attribute)
        return Withheld()

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether `obj` may be called."""
        return not isinstance(obj, Withheld) and super().is_safe_callable(obj)

    def wrap_str_format(self, value: Any) -> BoundFormat | None:  # type: ignore[override]
        """The bounded, sandboxed stand-in for `str.format`, None for other values."""
        if getattr(value, "__name__", "") not in ("format", "format_map"):
            return None
        text = getattr(value, "__self__", None)
        return BoundFormat(self, plain(text)) if isinstance(text, str) else None

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Apply `operator`; exact beside a Decimal, refusing repetition and endless growth."""
        if is_number(left) and is_number(right):
            left, right = matched(left, right)
            check_size(context.budget, operator, left, right)
            if operator == "/" and self.as_docxtpl and not isinstance(left, Decimal):
                return left / right
            if isinstance(left, float) or isinstance(right, float) or operator in ("+", "-", "//"):
                return OPERATORS[operator](left, right)
        elif operator in ("*", "/") and (words := stand_in_of(left, right)) is not None:
            return words
        elif operator in ("+", "-") or (operator == "%" and isinstance(left, str)):
            return combined(context.budget, operator, left, right)
        elif operator == "*" and self.as_docxtpl and may_repeat(left, right):
            return context.budget.keep(plain(left * right))
        return super().call_binop(context, operator, left, right)

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Call `__obj`; texts and lists of the values pay for what their methods do."""
        budget: Budget = __context.budget
        if isinstance(__obj, BoundFormat):
            return __obj.printed(budget, *args, **kwargs)
        owner = getattr(__obj, "__self__", None)
        if isinstance(owner, Markup):
            owner = plain(owner)
            __obj = getattr(owner, __obj.__name__)
        if isinstance(owner, str) and (method := METHODS.get(__obj.__name__)):
            return budget.keep(method(budget, owner, *args, **kwargs))
        _pay_for_call(budget, __obj, owner, args)
        return budget.keep(super().call(__context, __obj, *args, **kwargs))

    def compared(self, context: Any, how: str, left: Any, right: Any) -> Any:
        """What a comparison says."""
        return compared(context.budget, how, left, right)

    def compared_in_turn(self, context: Any, hows: Sequence[str], *values: Any) -> Any:
        """What `a < b < c` says."""
        said: Any = True
        for how, (left, right) in zip(hows, pairwise(values), strict=True):
            said = compared(context.budget, how, left, right)
            if not said:
                break
        return said

    def cut(self, context: Any, value: Any, piece: slice) -> Any:
        """`value[from:to]`."""
        if isinstance(value, str | list | tuple):
            return context.budget.keep(value[piece])
        return value[piece]

    def whole(self, context: Any, made: tuple[Any, ...]) -> tuple[Any, ...]:
        """A tuple that the template writes."""
        return whole(context.budget, made)

    def joined(self, context: Any, parts: Iterable[Any]) -> str:
        """What `~` gives."""
        return joined(context.budget, parts)


def _pay_for_call(budget: Budget, called: Any, owner: Any, args: Sequence[Any]) -> None:
    """Pay for a call, before it, by what it will go through."""
    budget.spend(OF_A_CALL)
    if isinstance(owner, str):
        budget.spend(len(owner) // 8)
    elif isinstance(owner, date) and called.__name__ == "strftime":
        check_date_format(args[0] if args and isinstance(args[0], str) else "")
    elif isinstance(owner, list | tuple | range) and args:
        counted_in(budget, owner, args[0])
    elif isinstance(owner, LoopContext):
        for value in args:
            budget.go_through(value)
    elif called is dict or called is Namespace:
        for value in args:
            counted(budget, value, 2)
