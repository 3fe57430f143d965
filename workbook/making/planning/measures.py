"""How wide the columns and how high the rows are, so that what stands in them can be read.

Widths are in characters, as Excel counts them: the width of one digit of the usual font. Heights
are in points.
"""

from collections.abc import Iterator, Mapping

from workbook.catalogue.model import Language
from workbook.catalogue.sheets import ROW_ORDER, ROW_USED, ROW_VERDICT
from workbook.figures.widths import width_of
from workbook.form.field import Field
from workbook.making.planning.plan import (
    HELP,
    INPUT,
    LABEL,
    UNIT,
    FieldSpot,
    GridSpot,
    SheetPlan,
    TableSpot,
)

LABEL_WIDTH, UNIT_WIDTH, HELP_WIDTH = 28, 7, 30  # in digits
LETTER: dict[Language, float] = {"zh": 2.2, "en": 1.1}  # the room of one letter, in digits
TEXT_WIDTH, FIGURE_WIDTH, LIST_WIDTH, VERDICT_WIDTH = 64, 18, 36, 22
LONG_TEXT_LINES = 4  # that a cell for paragraphs shows at least
TEXT_SIZE, SMALL_SIZE = 11.0, 10.0  # points
INDENT = 3  # characters that a cell's margins and indent take
TOLD_WIDTH = 44  # of the guide's words on how far a sheet is filled, in digits
TOLD_HEIGHT, SUMMARY_HEIGHT = 20, 36  # points at least, of these words and of what 校验 says
LINE_HEIGHT = 15.75  # points, of 11 pt 宋体


def widths_of(
    fields: list[FieldSpot], grids: list[GridSpot], tables: list[TableSpot], language: Language
) -> Iterator[tuple[int, float]]:
    """The width of each column, in characters, the widest of what stands in it."""
    wanted: dict[int, float] = {1: 2.5}
    letter = LETTER[language]
    if fields:
        wanted |= {LABEL: LABEL_WIDTH, UNIT: UNIT_WIDTH, HELP: HELP_WIDTH}
        wanted[INPUT] = max(_input_width(spot.field) for spot in fields)
    for grid in grids:
        labels = (letter * (len(row.name) + row.indent) + 4 for row in grid.grid.row)
        wanted[LABEL] = max(wanted.get(LABEL, LABEL_WIDTH), min(44, max(labels)))
        for column in grid.grid.column:
            number = grid.columns[column.key]
            wanted[number] = max(wanted.get(number, 0), column_width(column, language))
    for spot in tables:
        for column in spot.table.column:
            number = spot.columns[column.key]
            wanted[number] = max(wanted.get(number, 0), column_width(column, language))
        if spot.table.follows:
            wanted[spot.columns[ROW_ORDER(spot.language)]] = 8
        if spot.asks_use:
            wanted[spot.columns[ROW_USED(spot.language)]] = 9
        if spot.rules:
            wanted[spot.columns[ROW_VERDICT(spot.language)]] = VERDICT_WIDTH
        for rule in spot.rules:
            wanted[spot.columns[rule.spec.id]] = max(12, letter * len(rule.spec.id) + 2)
    yield from wanted.items()


def _input_width(field: Field) -> float:
    """How wide a single field's cell is, in characters."""
    if field.width is not None:
        return field.width
    return {"paragraphs": TEXT_WIDTH, "text": LIST_WIDTH, "choice": LIST_WIDTH}.get(
        field.type, FIGURE_WIDTH
    )


def column_width(column: Field, language: Language = "zh") -> float:
    """How wide a table's column is, in characters."""
    if column.width is not None:
        return column.width
    if column.type == "paragraphs":
        return TEXT_WIDTH
    return (
        LABEL_WIDTH if column.type == "text" else max(14, LETTER[language] * len(column.name) + 4)
    )


def label_text(field: Field) -> str:
    """The words beside an input, with the mark of a required one."""
    return f"{field.name} *" if field.is_due else field.name


def field_height(plan: SheetPlan, field: Field, value: object) -> float:
    """The height of a single field's row, in points, with what is typed there."""
    least = LONG_TEXT_LINES if field.type == "paragraphs" else 1
    return max(
        height_of(str(value or ""), plan.widths[INPUT], least),
        height_of(field.help, plan.widths[HELP], size=SMALL_SIZE),
        height_of(label_text(field), plan.widths[LABEL]),
    )


def row_height(spot: TableSpot, widths: Mapping[int, float], typed: Mapping[str, object]) -> float:
    """The height of a table's row, in points, with what is typed there by the columns' keys."""
    keys = (column.key for column in spot.table.column)
    texts = ((str(typed[key]), spot.columns[key]) for key in keys if typed.get(key))
    return max([height_of("", 0), *(height_of(text, widths[number]) for text, number in texts)])


def heads_height(heads: Mapping[str, int], widths: Mapping[int, float]) -> float | None:
    """The height of a row of heads, in points; None where each of them fits into one line."""
    heights = [height_of(head, widths[number]) for head, number in heads.items()]
    highest = max(heights, default=0.0)
    return highest if highest > height_of("", 0) else None


def told_height(words: str, language: Language, least: float) -> float:
    """The height of a row of the guide's progress, in points; English words may take two lines."""
    return max(least, height_of(words, TOLD_WIDTH)) if language == "en" else least


def height_of(text: str, width: float, least: int = 1, size: float = TEXT_SIZE) -> float:
    """The height in points of `text` wrapped in a column `width` characters wide."""
    room = max(1, int((width - INDENT) * TEXT_SIZE / size))
    lines = sum(max(1, -(-width_of(line) // room)) for line in text.split("\n"))
    # Excel takes no row higher than 409 points.
    return min(409.0, max(lines, least) * LINE_HEIGHT + 4)
