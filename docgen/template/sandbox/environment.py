"""The sandbox of Word templates: the expression language of rules, and what templates add to it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from jinja2 import StrictUndefined, Undefined, pass_context
from jinja2.exceptions import TemplateRuntimeError, UndefinedError
from jinja2.runtime import Context
from jinja2.sandbox import safe_range
from jinja2.utils import Cycler, Joiner, Namespace, missing
from markupsafe import Markup

from docgen.template.model import signs
from docgen.template.model.program import NamedValue
from docgen.template.sandbox.arithmetic import OPERATORS, check_size, combined, is_number, matched
from docgen.template.sandbox.bounded import (
    FILTERS,
    METHODS,
    BoundReached,
    check_format,
    joined,
    plain,
)
from workbook.language.sandbox import Sandbox

Writer = Callable[[Any, int], str]

PASSES: Final = "_passes"
GLOBALS: Final = {
    "range": safe_range,
    "dict": dict,
    "cycler": Cycler,
    "joiner": Joiner,
    "namespace": Namespace,
}


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

    `text(value, line)` and `mark(value, line)` give a value's markup, `printed(series)` that of a
    series of names. `failed_line` is the line of the name at which a series broke off.
    """

    text: Writer
    mark: Writer
    printed: Callable[[Sequence[NamedValue]], Iterator[str]]
    passes_left: int
    failed_line: int


@pass_context
def _passes(context: Pass, items: Any) -> Any:
    """`items`, counted against the passes through loops that this rendering has left."""
    try:
        count = len(items)
    except TypeError:
        return _counted(context, items)
    _spend(context, count)
    return items


def _counted(context: Pass, items: Iterable[Any]) -> Iterator[Any]:
    for item in items:
        _spend(context, 1)
        yield item


def _spend(context: Pass, count: int) -> None:
    context.passes_left -= count
    if context.passes_left < 0:
        raise BoundReached("循环次数超过限度")


class WordSandbox(Sandbox):
    """Jinja for Word templates, with delimiters that XML text cannot hold."""

    context_class = Pass
    intercepted_binops = frozenset(OPERATORS)

    def __init__(
        self,
        filters: Mapping[str, Callable[..., Any]],
        tests: Mapping[str, Callable[..., Any]],
        undefined: Any = StrictUndefined,
    ) -> None:
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
        self.filters = {**FILTERS, **filters, PASSES: _passes}
        self.tests = {**self.tests, **tests}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The item `attribute` of `obj` where it has one, else the attribute, if it is safe."""
        if hasattr(obj.__class__, "__getitem__"):
            try:
                return obj[attribute]
            except (LookupError, TypeError, ValueError):
                pass
        return super().getattr(obj, attribute)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Apply `operator`; exact beside a Decimal, refusing repetition and endless growth."""
        if is_number(left) and is_number(right):
            left, right = matched(left, right)
            check_size(operator, left, right)
            if isinstance(left, float) or isinstance(right, float) or operator in ("+", "-", "//"):
                return OPERATORS[operator](left, right)
        elif operator in ("+", "-") or (operator == "%" and isinstance(left, str)):
            return combined(operator, left, right)
        return super().call_binop(context, operator, left, right)

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Call `__obj` with the methods of text replaced by bounded ones."""
        owner = getattr(__obj, "__self__", None)
        if isinstance(owner, Markup):
            owner = plain(owner)
            __obj = getattr(owner, __obj.__name__)
        if isinstance(owner, str) and (method := METHODS.get(__obj.__name__)):
            return method(owner, *args, **kwargs)
        return super().call(__context, __obj, *args, **kwargs)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """The bounded, sandboxed stand-in for `str.format`, None for other values."""
        wrapped = super().wrap_str_format(value)
        if wrapped is not None:
            check_format(value.__self__)
        return wrapped

    def joined(self, parts: Iterable[Any]) -> str:
        """What `~` gives."""
        return joined(parts)
