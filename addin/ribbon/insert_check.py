"""The button 插入核对: a formula that says whether the selected total is the sum of its parts."""

from contextlib import suppress
from typing import Any, Final

import xlwings as xw

from addin.open_book.identity import spoken
from addin.open_book.protection import is_read_only, unlocked
from addin.ribbon.proposal import Proposal, proposed
from addin.ribbon.screen import Screen
from addin.ribbon.selection import selected_range
from workbook.catalogue import buttons as said
from workbook.catalogue.findings import ALL_RESULTS
from workbook.catalogue.model import Language
from workbook.catalogue.sheets import ALL_EXAMPLES, ALL_GENERATED
from workbook.figures.native_ties import native_ties
from workbook.making.palette import tie_looks
from workbook.reading.cell_formulas import in_form

WIDE_ENOUGH: Final = 16  # characters
NO_FUNCTION: Final = "#NAME?"


def insert_check(book: xw.Book, screen: Screen) -> None:
    """Propose the parts of the selected total, and write the check that the clerk agrees to."""
    language = spoken(book)
    total = _total(book, language)
    if isinstance(total, str):
        screen.say(total)
        return
    proposal = proposed(book, total)
    if isinstance(proposal, str):
        screen.say(proposal)
    elif standing := _standing(total, proposal):
        screen.say(said.STANDS_ALREADY(language, cell=standing))
    elif not screen.agrees(proposal.question):
        screen.status(said.NOT_INSERTED(language))
    else:
        _insert(total.sheet, proposal, screen)


def _total(book: xw.Book, language: Language) -> xw.Range | str:
    """The selected cell, or the sentence that says what to do."""
    selected = selected_range(book.app)
    if selected is None or "," in selected.address:
        return said.SELECT(language)
    cell, (height, width) = selected[0, 0], selected.shape  # Excel cannot count a whole sheet
    if height * width > 1 and cell.merge_area.address != selected.address:
        count = height * width
        return said.SELECTED_MANY(language, count=count, select=said.SELECT(language))
    sheet = selected.sheet.name
    if sheet in (ALL_GENERATED | ALL_RESULTS) - ALL_EXAMPLES:
        return said.ON_GENERATED(language, sheet=sheet)
    if is_read_only(book):
        return said.BOOK_READ_ONLY(language)
    return cell


def _standing(total: xw.Range, proposal: Proposal) -> str | None:
    """The cell between the total and the proposed one that has its check already."""
    between = total.sheet.range((total.row, total.column + 1), (total.row, proposal.room.column))
    formulas: Any = between.formula
    row = formulas[0] if isinstance(formulas, tuple | list) else (formulas,)
    wanted = {
        _bare(one)
        for one in (
            _asking(total.sheet, proposal),
            native_ties(proposal.total.place.address, proposal.parts, proposal.language),
        )
        if one is not None
    }
    found = (number for number, one in enumerate(row) if isinstance(one, str) and one)
    return next(
        (
            between[0, number].get_address(False, False)
            for number in found
            if _bare(in_form(row[number])) in wanted
        ),
        None,
    )


def _bare(formula: str) -> str:
    """A formula without what programs add to it or leave out."""
    return formula.replace("@", "").replace("$", "").replace(" ", "").replace("'", "")


def _insert(sheet: xw.Sheet, proposal: Proposal, screen: Screen) -> None:
    with unlocked(sheet) as may_change:
        if not may_change:
            formula = _elsewhere(proposal)
            screen.say(said.SHEET_LOCKED(proposal.language, sheet=sheet.name, formula=formula))
            return
        with sheet.book.app.properties(screen_updating=False):  # else Calc draws it forty times
            result = _written(sheet, proposal)
    if result is None:
        screen.say(said.TOO_SCATTERED(proposal.language))
        return
    done = said.INSERTED(proposal.language, place=proposal.room.place, result=result)
    screen.status(done)


def _written(sheet: xw.Sheet, proposal: Proposal) -> str | None:
    """Write the check's formula and return its result; None where none is short enough.

    Where the book knows none of our functions, a formula of Excel's own is written.
    """
    cell = sheet.range(proposal.room.place.address)
    if cell.number_format == "@":  # in which Excel takes a formula for words
        cell.number_format = "General"
    formula = _asking(sheet, proposal)
    result = _entered(cell, formula) if formula else NO_FUNCTION
    if result == NO_FUNCTION:
        formula = native_ties(proposal.total.place.address, proposal.parts, proposal.language)
        if formula is None:
            cell.clear_contents()
            return None
        result = _entered(cell, formula)
    # Else a neighbour would hide the last digits.
    cell.column_width = max(cell.column_width or 0, WIDE_ENOUGH)
    with suppress(NotImplementedError):  # Calc, where some sheet has a password
        _colour(cell, proposal.language)
    return result


def _entered(cell: xw.Range, formula: str) -> str:
    cell.formula = formula
    return str(cell.options(err_to_str=True).value)


def _asking(sheet: xw.Sheet, proposal: Proposal) -> str | None:
    """The formula that asks GJ_TIES; None where its parts cannot be one argument.

    Excel has unions of ranges on one sheet; to Calc each union in an argument is an error.
    """
    parts = proposal.parts
    is_union = len(parts) > 1
    if is_union and (sheet.book.app.engine.name != "excel" or len({p.sheet for p in parts}) > 1):
        return None
    text = ",".join(area.reference for area in parts)
    return f"=GJ_TIES({proposal.total.place.address},{f'({text})' if is_union else text})"


def _colour(cell: xw.Range, language: Language) -> None:
    """Green, blue or red as on the sheet 校验.

    The formulas name the cell with dollar signs: Excel counts others from the active cell.
    """
    for test, fill, ink in tie_looks(language):
        cell.conditional_formats.add_custom(
            f"={test.format(cell=cell.address)}",
            fill_color=f"#{fill[2:]}",
            font_color=f"#{ink[2:]}",
        )


def _elsewhere(proposal: Proposal) -> str:
    """The formula for a cell of another sheet, as text."""
    total, *parts = (
        reference if "!" in reference or "[" in reference else f"{proposal.total.sheet}!{reference}"
        for reference in (
            proposal.total.place.address,
            *(area.reference for area in proposal.parts),
        )
    )
    text = ",".join(parts)
    return f"=GJ_TIES({total},{f'({text})' if len(parts) > 1 else text})"
