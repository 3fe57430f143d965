"""A table whose cells the data decide: spans, grid and widths made to fit the cells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from docgen.template.model.signs import Signal

_STEP: Final = re.compile(
    r"<(?P<closes>/?)w:tbl(?=[ />])|<w:(?P<opens>tr|tc)(?=[ />])|(?P<width><w:tcW [^>]*/>)"
    rf"|(?P<stretch>{Signal.STRETCH}?)<w:(?P<span>gridSpan|gridBefore|gridAfter)"
    r' w:val="(?P<count>\d+)"/>'
    rf"|(?P<bound>[{Signal.COLUMNS_START}{Signal.COLUMNS_END}])"
)
_SIGNALS: Final = re.compile(f"[{Signal.COLUMNS_START}{Signal.COLUMNS_END}{Signal.STRETCH}]")
_GRID: Final = re.compile(r"<w:tblGrid>(.*?)</w:tblGrid>|<w:tblGrid/>", re.DOTALL)
_COLUMN: Final = re.compile(r'<w:gridCol(?: w:w="(\d+)")?[^>]*/>')
_TYPE: Final = re.compile(r'w:type="(\w+)"')
WHOLE: Final = 5000  # a table's width in fiftieths of a percent, the unit of widths of type pct

Edit = tuple[int, int, str]  # from where up to where in a text, and what stands there then


@dataclass(slots=True)
class _Cell:
    """A cell of the table's own: its columns, and what of its properties says how wide it is."""

    start: int
    varies: bool
    span: int = 1
    spanning: re.Match[str] | None = None
    width: re.Match[str] | None = None

    @property
    def stretches(self) -> bool:
        """Whether the cell reaches over columns whose number varies."""
        return self.spanning is not None and bool(self.spanning["stretch"])


@dataclass(slots=True)
class _Row:
    """A row of the table's own, and how many columns stand empty before and after its cells."""

    cells: list[_Cell] = field(default_factory=list)
    before: int = 0
    after: int = 0

    def place(self, varying: int) -> int:
        """How many columns the row covers, once its cells stand where the others let them."""
        column = self.before
        for cell in self.cells:
            cell.start = column
            if cell.stretches:
                cell.span = max(cell.span + varying, 1)
            column += cell.span
        return column + self.after


def fitted(table: str) -> str:
    """The XML of `table` with as many grid columns as its widest row covers, and the same width."""
    rows = _rows(table)
    varying = max((sum(cell.span for cell in row.cells if cell.varies) for row in rows), default=0)
    needed = max((row.place(varying) for row in rows), default=0)
    grid = _GRID.search(table)
    edits: list[Edit] = []
    widths: list[int] = []
    if grid is not None and needed:
        widths = [int(match[1] or 0) for match in _COLUMN.finditer(grid[1] or "")]
        if widths and len(widths) != needed:
            widths = _shared(widths, needed)
            columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
            edits.append((*grid.span(), f"<w:tblGrid>{columns}</w:tblGrid>"))
    edits += [edit for row in rows for cell in row.cells for edit in _edits(cell, widths)]
    return _SIGNALS.sub("", _edited(table, edits))


def _rows(table: str) -> list[_Row]:
    """The table's own rows, those of tables in its cells left out."""
    rows: list[_Row] = []
    depth, varies = 0, False
    for match in _STEP.finditer(table):
        if match["closes"] is not None:
            depth += -1 if match["closes"] else 1
        elif depth != 1:
            continue
        elif match["opens"] == "tr":
            rows.append(_Row())
        elif match["opens"] == "tc":
            rows[-1].cells.append(_Cell(0, varies))
        elif match["bound"]:
            varies = match["bound"] == Signal.COLUMNS_START
        else:
            _note(match, rows[-1])
    return rows


def _note(match: re.Match[str], row: _Row) -> None:
    """Let a row know what `match` says of its width or of its last cell's."""
    if match["width"]:
        row.cells[-1].width = match
    elif match["span"] == "gridBefore":
        row.before = int(match["count"])
    elif match["span"] == "gridAfter":
        row.after = int(match["count"])
    elif row.cells:
        row.cells[-1].span, row.cells[-1].spanning = int(match["count"]), match


def _edits(cell: _Cell, widths: Sequence[int]) -> Iterator[Edit]:
    """What has to change in the properties of a cell, by its place in the table's text."""
    if cell.width is not None and (said := _width(cell, widths)):
        yield (*cell.width.span(), said)
    if cell.spanning is not None and cell.stretches:
        said = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        yield (*cell.spanning.span(), said)


def _width(cell: _Cell, widths: Sequence[int]) -> str:
    """The width of the columns that a cell covers, in the unit that it had; empty if unknown."""
    total = sum(widths[cell.start : cell.start + cell.span])
    kind = _TYPE.search(cell.width[0]) if cell.width else None
    unit = kind[1] if kind else "dxa"
    if not total or unit not in ("dxa", "pct"):
        return ""
    width = total if unit == "dxa" else round(WHOLE * total / sum(widths))
    return f'<w:tcW w:w="{width}" w:type="{unit}"/>'


def _edited(text: str, edits: Sequence[Edit]) -> str:
    pieces: list[str] = []
    done = 0
    for start, end, new in edits:
        pieces += (text[done:start], new)
        done = end
    return "".join((*pieces, text[done:]))


def _shared(widths: list[int], needed: int) -> list[int]:
    """`needed` widths of the same sum: new ones of average width, old ones shared out."""
    if needed > len(widths):
        average = sum(widths) / needed
        scale = len(widths) / needed
        return [int(width * scale) for width in widths] + [int(average)] * (needed - len(widths))
    extra = sum(widths[needed:]) // needed
    return [width + extra for width in widths[:needed]]
