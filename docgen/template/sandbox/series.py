"""Jinja's filters of lists, each item paid for, and what looks into lists: `in`, `==`, `count`."""

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from jinja2 import filters as jinja
from jinja2 import pass_context
from jinja2.tests import TESTS as DEFAULT_TESTS

from docgen.template.sandbox.bounded import joined, plain
from docgen.template.sandbox.budget import (
    CONTAINERS,
    OF_AN_ITEM,
    SIZED,
    Budget,
    check_length,
    counted,
    listed,
)
from docgen.template.sandbox.formats import check_width
from docgen.template.sandbox.picked import OF_A_ROW, selectattr

OF_A_KEY: Final = 5  # steps to look an attribute up
OF_ITS_KEY: Final = 100  # bytes
LETTERS_AT_ONCE: Final = 2_048  # of two texts that are compared in one step
# where a filter of lists that compares its items takes the attribute to compare them by
_ATTRIBUTE_AT: Final = {"sort": 2, "unique": 1, "min": 1, "max": 1, "groupby": 0}
COMPARISONS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
    "in": lambda one, many: one in many,
    "notin": lambda one, many: one not in many,
}
_TESTS: Final[Mapping[str, Any]] = DEFAULT_TESTS
_SAME: Final = ("eq", "ne")
_INSIDE: Final = ("in", "notin")


def compared(budget: Budget, how: str, left: Any, right: Any) -> Any:
    """What the comparison `how` of the two says, paid for by what has to be gone through."""
    if isinstance(right, SIZED) and (how in _INSIDE or isinstance(left, SIZED)):
        if how in _INSIDE:
            _look_for(budget, left, right)
        else:
            _lay_beside(budget, how, left, right)
    return COMPARISONS[how](left, right)


def _look_for(budget: Budget, one: Any, many: Any) -> None:
    """Pay for looking for `one` in `many`."""
    if isinstance(many, str):
        budget.spend(1 + len(many) // 64)
    elif not isinstance(many, dict | set | frozenset):
        before = budget.steps
        if isinstance(one, CONTAINERS):
            budget.go_through(one)
        each = 1 + before - budget.steps
        if isinstance(one, str):
            each += len(one) // LETTERS_AT_ONCE
        budget.spend(len(many) * each)


def _lay_beside(budget: Budget, how: str, left: Any, right: Any) -> None:
    """Pay for comparing the two item by item, which ends where the shorter one does."""
    if isinstance(left, str) or isinstance(right, str):
        if isinstance(left, str) and isinstance(right, str):
            budget.spend(min(len(left), len(right)) // LETTERS_AT_ONCE)
    elif how not in _SAME or len(left) == len(right):
        budget.go_through(min(left, right, key=len))


def counted_in(budget: Budget, items: Any, one: Any) -> None:
    """Pay for `items.count(one)` and `items.index(one)`."""
    if isinstance(items, list | tuple | range):
        _look_for(budget, one, items)


def summed(budget: Budget, items: Iterable[Any], start: Any) -> Any:
    """The sum of `items`; lists are joined one by one, as each sum is copied."""
    if not isinstance(start, CONTAINERS):
        return sum(items, start)
    total = start
    for item in items:
        check_length(len(total) + len(item))
        budget.make(8 * (len(total) + len(item)))
        total = total + item
    return total


def _filter(function: Callable[..., Any], *, steps: int) -> Callable[..., Any]:
    """Jinja's `function` of a series, each item of which costs `steps`."""
    asked = getattr(function, "jinja_pass_arg", None)
    asks = "" if asked is None else asked.name

    @pass_context
    def bounded(context: Any, value: Any, *args: Any, **kwargs: Any) -> Any:
        items = counted(context.budget, plain(value), steps)
        first = {"": (), "context": (context,), "environment": (context.environment,)}[asks]
        return function(*first, items, *args, **kwargs)

    return bounded


def _comparing(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Jinja's `function` that compares items, or what stands in an attribute of theirs."""

    @pass_context
    def bounded(context: Any, value: Any, *args: Any, **kwargs: Any) -> Any:
        budget, at = context.budget, _ATTRIBUTE_AT[name]
        items = listed(budget, value, steps=OF_A_KEY)
        budget.make(OF_ITS_KEY * len(items))
        attribute = args[at] if len(args) > at else kwargs.get("attribute")
        if attribute is None:
            _pay_for_keys(budget, items)
        else:
            keys = jinja.make_multi_attrgetter(context.environment, attribute)
            for item in items:
                _pay_for_keys(budget, keys(item))
        return function(context.environment, items, *args, **kwargs)

    return bounded


def _pay_for_keys(budget: Budget, keys: Iterable[Any]) -> None:
    """Pay for comparing `keys`: a long text is copied in small letters, and read many times."""
    for key in keys:
        if isinstance(key, str):
            if len(key) > LETTERS_AT_ONCE:
                budget.spend(len(key) // 16)
                budget.make(4 * len(key))
        elif isinstance(key, CONTAINERS):
            budget.go_through(key)


@pass_context
def _list(context: Any, value: Any) -> list[Any]:
    return listed(context.budget, plain(value))


@pass_context
def _reverse(context: Any, value: Any) -> Any:
    value = plain(value)
    if isinstance(value, str):
        context.budget.go_through(value)
        return context.budget.keep(value[::-1])
    return reversed(listed(context.budget, value))


@pass_context
def _sum(context: Any, value: Any, attribute: Any = None, start: Any = 0) -> Any:
    items = counted(context.budget, value, 1 if attribute is None else OF_A_KEY)
    if attribute is not None:
        items = map(jinja.make_attrgetter(context.environment, attribute), items)
    return summed(context.budget, items, start)


@pass_context
def _join(context: Any, value: Any, d: str = "", attribute: Any = None) -> str:
    if attribute is not None:
        value = map(jinja.make_attrgetter(context.environment, attribute), value)
    return joined(context.budget, value, d)


@pass_context
def _batch(context: Any, value: Any, linecount: int, fill_with: Any = None) -> Iterator[Any]:
    check_width(linecount)
    items = listed(context.budget, value, steps=2)
    context.budget.make(8 * int(linecount) if fill_with is not None else 8)
    return jinja.do_batch(items, linecount, fill_with)


@pass_context
def _slice(context: Any, value: Any, slices: int, fill_with: Any = None) -> Iterator[Any]:
    check_width(slices)
    items = listed(context.budget, value, steps=2)
    context.budget.make(OF_AN_ITEM * int(slices))
    context.budget.spend(3 * int(slices))
    return jinja.sync_do_slice(items, slices, fill_with)


@pass_context
def _dictsort(context: Any, value: Any, *args: Any, **kwargs: Any) -> list[Any]:
    counted(context.budget, value, OF_A_KEY)
    _pay_for_keys(context.budget, [*value.keys(), *value.values()])
    return jinja.do_dictsort(value, *args, **kwargs)


@pass_context
def _first(context: Any, value: Any) -> Any:
    return jinja.sync_do_first(context.environment, plain(value))


FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    "map": _filter(jinja.sync_do_map, steps=25),
    "select": _filter(jinja.sync_do_select, steps=4),
    "reject": _filter(jinja.sync_do_reject, steps=4),
    "selectattr": selectattr,
    "rejectattr": _filter(jinja.sync_do_rejectattr, steps=OF_A_ROW),
    "sort": _comparing("sort", jinja.do_sort),
    "unique": _comparing("unique", jinja.sync_do_unique),
    "min": _comparing("min", jinja.do_min),
    "max": _comparing("max", jinja.do_max),
    "groupby": _comparing("groupby", jinja.sync_do_groupby),
    "list": _list,
    "reverse": _reverse,
    "sum": _sum,
    "join": _join,
    "batch": _batch,
    "slice": _slice,
    "dictsort": _dictsort,
    "first": _first,
    "last": _filter(jinja.do_last, steps=0),
    "items": _filter(jinja.do_items, steps=0),
    "length": _filter(len, steps=0),
    "count": _filter(len, steps=0),
}


def _test(how: str) -> Callable[..., bool]:
    @pass_context
    def test(context: Any, value: Any, other: Any) -> bool:
        return bool(compared(context.budget, how, value, other))

    return test


def _of_letters(name: str) -> Callable[..., bool]:
    @pass_context
    def test(context: Any, value: Any) -> bool:
        context.budget.go_through(value)
        return bool(_TESTS[name](value))

    return test


_OPERATORS: Final = {
    operator.eq: "eq", operator.ne: "ne", operator.lt: "lt", operator.le: "lteq",
    operator.gt: "gt", operator.ge: "gteq",
}  # fmt: skip
TESTS: Final[Mapping[str, Callable[..., bool]]] = {
    name: _test(_OPERATORS[function]) for name, function in _TESTS.items() if function in _OPERATORS
} | {"in": _test("in"), "lower": _of_letters("lower"), "upper": _of_letters("upper")}
