"""What is selected in the program."""

import xlwings as xw


def selected_range(app: xw.App) -> xw.Range | None:
    """The selected cells; None where something else is selected, or nothing.

    `xw.App.selection` counts them first, and Excel cannot count the cells of a whole sheet.
    """
    found = app.impl.selection
    if (
        found is None
    ):  # which xlwings says of a program that is busy or gone too: the next call tells
        _ = app.version
        found = app.impl.selection
    return None if found is None else xw.Range(impl=found)
