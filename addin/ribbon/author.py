"""The buttons of the group 制表: the author is asked, and what is agreed to is done."""

from collections.abc import Callable
from typing import Any

import xlwings as xw

from addin.open_book.busy import patiently
from addin.ribbon.screen import Screen
from addin.ribbon.selection import selected_range


def mark_fields(book: xw.Book, screen: Screen) -> None:
    """Give the selected cells the names by which a kind asks for them."""
    from addin.authoring.fields import fields_plan  # noqa: PLC0415 - a click pays for what it does

    _agreed(book, screen, fields_plan)


def mark_list(book: xw.Book, screen: Screen) -> None:
    """Make the selected rows a list that a kind asks for."""
    from addin.authoring.lists import list_plan  # noqa: PLC0415 - a click pays for what it does

    _agreed(book, screen, list_plan)


def mark_total(book: xw.Book, screen: Screen) -> None:
    """Write the rule that the selected total is the sum of its parts."""
    from addin.authoring.totals import total_plan  # noqa: PLC0415 - a click pays for what it does

    _agreed(book, screen, total_plan)


def preview(book: xw.Book, screen: Screen) -> None:
    """Try the form as it stands, say what came of it, and open the report."""
    from addin.authoring.preview import preview as tried  # noqa: PLC0415 - a click pays for what it does

    screen.status("正在照这张表试一遍……")
    made = patiently(lambda: tried(book))
    screen.status("")
    screen.say(made.text)
    if made.report is not None:
        screen.show(made.report)


def _agreed(book: xw.Book, screen: Screen, plan_of: Callable[[xw.Book, Any], Any]) -> None:
    """Say why there is no plan, or ask and do it."""
    screen.status("正在看这张表……")
    plan = patiently(lambda: plan_of(book, selected_range(book.app)))
    screen.status("")
    if isinstance(plan, str):
        screen.say(plan)
    elif screen.agrees(plan.question):
        screen.status(patiently(plan.do))
    else:
        screen.status("没有改动。")
