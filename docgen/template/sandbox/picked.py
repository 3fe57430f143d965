"""`rows|selectattr("项目名称", "equalto", 项.名称)`: rows picked by their words, found in one look.

A report with a page for each of two thousand projects asks so for the rows of each; to go through
all rows every time would be thirty million steps.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from jinja2 import filters as jinja
from jinja2 import pass_context

from docgen.template.sandbox.bounded import plain
from docgen.template.sandbox.budget import Budget, counted

OF_A_ROW: Final = 9  # steps to look at a row's attribute
_SAME: Final = ("equalto", "eq", "==")
Rows = Mapping[str, list[Any]]  # by the word that they have


@pass_context
def selectattr(context: Any, value: Any, *args: Any, **kwargs: Any) -> Any:
    """Jinja's own, but that the caller's rows are kept by the words that they are picked by."""
    match args:
        case (str(attribute), str(test), str(word)) if test in _SAME and not kwargs:
            rows = _kept(context.budget, value, str(attribute))
            if rows is not None:
                return _given(context.budget, rows.get(str(word), []))
    return jinja.sync_do_selectattr(
        context, counted(context.budget, plain(value), OF_A_ROW), *args, **kwargs
    )


def _given(budget: Budget, rows: list[Any]) -> Iterator[Any]:
    budget.spend(1 + len(rows))
    return iter(rows)


def _kept(budget: Budget, value: Any, attribute: str) -> Rows | None:
    """The rows of a list by a word of theirs; None where it is not the caller's, or has others."""
    key = id(value), attribute
    if key not in budget.picked:
        is_theirs = isinstance(value, list) and any(value is one for one in budget.given.values())
        if not is_theirs:
            return None
        budget.spend(1 + len(value) * OF_A_ROW)
        budget.picked[key] = _by_word(value, attribute)
    kept: Rows | None = budget.picked[key]
    return kept


def _by_word(rows: list[Any], attribute: str) -> Rows | None:
    found: dict[str, list[Any]] = {}
    for row in rows:
        if type(row) is not dict or not isinstance(row.get(attribute, 0), str | None):
            return None
        if row[attribute] is not None:
            found.setdefault(str(row[attribute]), []).append(row)
    return found
