"""Why a figure with another value may not be the form's: what its text says, and what not."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Final

from workbook.prose.around import Around, is_short
from workbook.prose.cells import Cell, Cells
from workbook.prose.figures import is_within
from workbook.prose.values import is_near
from workbook.prose.words import prose_words
from workbook.prose.written import Text
from workbook.stated.folded import letters
from workbook.stated.model import Basis, Quantity, Relation
from workbook.stated.units import MONEY
from workbook.stated.words import BEFORE, canonical, general

OF_UNIT, OF_ITEM, THE_SAME = "是不是本单位的", "是哪一项的", "是不是同一个数"
OF_YEAR, OF_KIND, ROUNDED = "是哪一年的", "是预算数还是决算数", "是不是四舍五入的"
_WITH: Final = ("含", "包括")  # in brackets: then a figure is of more or of less
_OWN: Final = (Relation.PLAIN, Relation.PART, Relation.TOTAL)


def topic_of(text: Text) -> str:
    """What a figure without a name is of: the row of a table, or the item that a cell is about."""
    if text.table and text.row and text.table.row_name:
        return str(text.row[text.table.row_name].value or "")
    label = text.entry.field.name
    return label if any(word in label for word in prose_words().elsewhere) else ""


def is_own(prefix: str, cells: Cells) -> bool:
    """Whether the body that is named before a figure, if one is, is the unit itself."""
    body = letters(prefix)
    is_called = body in prose_words().own or any(is_within(body, one) for one in cells.bodies)
    return not body or is_called


def of_own(one: Quantity, cells: Cells) -> Quantity:
    """The quantity; 区统战部年初预算 has no name but the unit's, and so is of the whole of it."""
    is_unit = one.name and canonical(one.name) not in cells.names and is_own(one.name, cells)
    return replace(one, name="", subject="", prefix=one.name) if is_unit else one


def is_kind_open(cell: Cell, one: Quantity, context: Around, kinds: Collection[Basis]) -> bool:
    """Whether the text does not say of which kind an amount is; of people and of 结转 there is one.

    `kinds` are those that the form has of the name: 预算 alone may be 年初预算 or 全年预算.
    """
    unit, name = cell.entry.field.unit, cell.entry.field.name
    if unit not in MONEY or any(word in name for word in prose_words().undivided):
        return False
    if one.basis is Basis.BUDGET and not {Basis.INITIAL, Basis.FULL}.isdisjoint(kinds):
        return True
    return one.basis is Basis.NONE or not context.says(one.basis)


def says_own(context: Around, cells: Cells) -> bool:
    """Whether the clause of a figure names the unit itself."""
    return any(word in context.own for word in (*prose_words().own, *cells.bodies))


def is_another(one: Quantity, cell: Cell, context: Around, text: Text, cells: Cells) -> bool:
    """Whether the words say that it is no figure of the unit's year, or only a part of one."""
    words, own = prose_words(), letters(one.name)
    return (
        context.is_long
        or _is_apart(f"{text.entry.field.name}{topic_of(text)}")
        or context.has(words.intended, name=own)
        or context.has(words.partial, name=own, everywhere=False)
        or text.is_of_item
        or _is_of_posts(one, context)
        or context.is_part_of_year
        or _is_of_another_year(cell, context, cells)
        or _is_of_another_body(context, cells)
        or (one.relation is Relation.PART and not _is_part_of(cell, one, cells))
    )


def missing_of(one: Quantity, meant: Sequence[Cell], context: Around, cells: Cells) -> str:
    """What the text leaves open of a figure that may be a cell's, empty where it says all."""
    cell = meant[0]
    is_loose = letters(one.name) in prose_words().loose or len({one.value for one in meant}) > 1
    if is_loose or context.is_stated_twice:
        return THE_SAME
    if not one.name and one.subject and not says_own(context, cells):
        return OF_ITEM
    if _is_body_open(one, context, cells):
        return OF_UNIT
    if not _says_year(cell, context, cells):
        return OF_YEAR
    return ROUNDED if is_near(cell, one) else ""


def _is_apart(label: str) -> bool:
    """Whether a cell is about aims, problems or other funds; what came of an aim is no aim."""
    is_done = any(word in label for word in prose_words().done)
    return not is_done and any(word in label for word in general().words.apart)


def _is_of_posts(one: Quantity, context: Around) -> bool:
    """Whether 实有8名 is of the posts named before it, 行政编制7名, and not of all."""
    last = context.stated[-1] if context.stated else None
    is_loose = letters(one.name) in prose_words().loose
    return last is not None and is_loose and canonical(last.name) != canonical("编制")


def _is_of_another_year(cell: Cell, context: Around, cells: Cells) -> bool:
    years, other_year = set(context.years()), prose_words().other_year
    if cell.figure.year == BEFORE:
        return not (bool(cells.year) and years <= {str(int(cells.year) - 1)})
    if context.own_years() == [cells.year]:  # whatever year was spoken of before
        return context.has(other_year, everywhere=False)
    return not years <= {cells.year} or context.has(other_year)


def _is_of_another_body(context: Around, cells: Cells) -> bool:
    """Whether the sentence speaks of another body or of a project before."""
    text = _without(context.before, (*cells.names, *prose_words().own, *cells.bodies))
    asides = "".join(context.asides)
    if any(word in asides for word in (*_WITH, *prose_words().under)):
        return True
    if any(word in text for word in prose_words().elsewhere):
        return True
    return any(not is_own(one.prefix, cells) or _is_item(one, cells) for one in context.stated)


def _is_item(one: Quantity, cells: Cells) -> bool:
    """Whether an amount has a name that is none of the form's: an item's own.

    Of the parts of a total that are listed only projects are, and 津贴补贴 is none anywhere.
    """
    name, words = canonical(one.name), prose_words()
    is_known = not name or name in general().words.totals or name in cells.names
    if (
        is_known
        or any(word in name for word in words.economic)
        or one.unit not in MONEY
        or one.relation not in _OWN
    ):
        return False
    is_listed = one.relation is Relation.PART
    return not is_listed or any(word in name for word in (*words.elsewhere, *words.item))


def _is_part_of(cell: Cell, one: Quantity, cells: Cells) -> bool:
    """Whether the figure's total is the one of which the form says that it holds this part."""
    whole = canonical(one.of)
    if not whole or whole in general().words.totals:
        return True
    return any(cell.figure.key in other.entry.field.formula for other in cells.named(whole))


def _is_body_open(one: Quantity, context: Around, cells: Cells) -> bool:
    """Whether the figure may be of another body, or is a total of which nobody says whose."""
    words = prose_words()
    said = (*words.own, *cells.bodies)
    if one.prefix or says_own(context, cells):
        return False
    if not one.name and not any(word in context.before for word in said):
        return True
    clauses = [_without(clause, (*cells.names, *said)) for clause in context.clauses]
    ends = (*words.bodies, *words.item)
    if context.has(words.under) or any(clause.endswith(ends) for clause in clauses):
        return True
    known = (*cells.names, *said)
    return any(_may_lead(_without(one.rstrip("。!?:;"), known)) for one in context.earlier)


def _may_lead(sentence: str) -> bool:
    """Whether a sentence before may say that the next are of another body, or of an item."""
    words = prose_words()
    ends = (*words.bodies, *words.item, *words.elsewhere)
    is_heading = is_short(sentence) and sentence.endswith(ends)
    return is_heading or any(word in sentence for word in words.under)


def _says_year(cell: Cell, context: Around, cells: Cells) -> bool:
    """Whether the text says that an amount is of the report's year, or last year's of the last.

    People and things are those of the report's year unless another is spoken of before.
    """
    if cell.figure.year == BEFORE or cells.year in context.years():
        return True  # last year's would not have been meant else
    before = context.year_said_before()
    if before:
        return before == cells.year
    return cell.entry.field.unit not in MONEY or context.has(prose_words().this_year)


def _without(text: str, words: Iterable[str]) -> str:
    for word in words:
        text = text.replace(word, "")
    return text
