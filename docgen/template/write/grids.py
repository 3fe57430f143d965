"""A table whose cells the data decide: spans, grid and widths made to fit the cells."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup

from docgen.template.model.signs import Signal

_STEP: Final = re.compile(
    r"<(?P<closes>/?)w:tbl(?=[ />])|<w:(?P<opens>tr|tc)(?=[ />])|(?P<width><w:tcW [^>]*/>)"
    rf"|(?P<stretch>(?:{Signal.STRETCH}[\d_]+)?)<w:(?P<span>gridSpan|gridBefore|gridAfter)"
    r' w:val="(?P<count>-?\d+)"/>'
    rf"|{Signal.COLUMNS_START}(?P<region>\d+)|(?P<bound>{Signal.COLUMNS_END})"
)
_SIGNALS: Final = re.compile(
    rf"{Signal.COLUMNS_START}\d+|{Signal.COLUMNS_END}|{Signal.STRETCH}[\d_]+"
)
_GRID: Final = re.compile(r"<w:tblGrid>(.*?)</w:tblGrid>|<w:tblGrid/>", re.DOTALL)
_COLUMN: Final = re.compile(r'<w:gridCol(?: w:w="(\d+)")?[^>]*/>')
_WORDS: Final = re.compile(r"<w:t(?: [^>]*)?>([^<]*)")
_TYPE: Final = re.compile(r'w:type="(\w+)"')
MOST_COLUMNS: Final = 63  # of a table that Word opens
WHOLE: Final = 5000  # a table's width in fiftieths of a percent, the unit of widths of type pct

Edit = tuple[int, int, str]  # from where up to where in a text, and what stands there then


@dataclass(slots=True)
class _Cell:
    """A cell of the table's own: its columns, and what of its properties says how wide it is.

    The second of a row, behind a cell of one column and with `<w:gridSpan w:val="3"/>`, has start 1
    and span 3.
    """

    start: int
    region: str  # of columns whose number varies, empty for none
    span: int = 1
    spanning: re.Match[str] | None = None
    width: re.Match[str] | None = None


@dataclass(slots=True)
class _Row:
    """A row of the table's own, and how many columns stand empty before and after its cells."""

    cells: list[_Cell] = field(default_factory=list)
    edges: dict[str, re.Match[str]] = field(default_factory=dict)

    def place(self, varying: Mapping[str, int]) -> int:
        """How many columns the row covers, once its cells stand where the others let them."""
        column = self.edge("gridBefore", varying)
        for cell in self.cells:
            cell.start = column
            if cell.spanning is not None and cell.spanning["stretch"]:
                cell.span = max(_stretched(cell.spanning, varying), 1)
            column += cell.span
        return column + self.edge("gridAfter", varying)

    def edge(self, name: str, varying: Mapping[str, int]) -> int:
        """How many columns stand empty before or after the cells."""
        return _stretched(self.edges[name], varying) if name in self.edges else 0


def _stretched(match: re.Match[str], varying: Mapping[str, int]) -> int:
    """The columns that `match` says, with those of the regions over which it reaches."""
    regions = match["stretch"][1:].split("_")
    return int(match["count"]) + sum(varying.get(region, 0) for region in regions)


def fitted(table: str) -> str:
    """The XML of `table` with as many grid columns as its widest row covers, and the same width.

    Raises ValueError where Word would not open it.
    """
    rows = _rows(table)
    varying = _varying(rows)
    needed = max((row.place(varying) for row in rows), default=0)
    if needed > MOST_COLUMNS:
        raise ValueError(f"Word 的表格至多 {MOST_COLUMNS} 列,{_called(table)}有 {needed} 列")
    grid = _GRID.search(table)
    edits: list[Edit] = []
    widths: list[int] = []
    if grid is not None and needed:
        widths = [int(match[1] or 0) for match in _COLUMN.finditer(grid[1] or "")]
        if widths and len(widths) != needed:
            widths = _shared(widths, needed)
            columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
            edits.append((*grid.span(), f"<w:tblGrid>{columns}</w:tblGrid>"))
    edits += [edit for row in rows for edit in _edits_of_row(row, widths, varying)]
    return _SIGNALS.sub("", _edited(table, edits))


def _called(table: str) -> str:
    """What to call a table that stands behind the last tag known: by its first words."""
    words = (match[1].strip() for match in _WORDS.finditer(table))
    first = next((Markup(one).unescape() for one in words if one), "")  # noqa: S704 - of our own XML
    return f"以「{first[:12]}」开头的表格" if first else "这里"


def _varying(rows: Iterable[_Row]) -> dict[str, int]:
    """How many columns each region has, by its number."""
    most: dict[str, int] = {}
    for row in rows:
        own = Counter[str]()
        for cell in row.cells:
            own[cell.region] += cell.span
        most |= {region: max(count, most.get(region, 0)) for region, count in own.items() if region}
    return most


def _rows(table: str) -> list[_Row]:
    """The table's own rows, those of tables in its cells left out."""
    rows: list[_Row] = []
    depth, region = 0, ""
    for match in _STEP.finditer(table):
        if match["closes"] is not None:
            depth += -1 if match["closes"] else 1
        elif depth != 1:
            continue
        elif match["opens"] == "tr":
            rows.append(_Row())
        elif match["opens"] == "tc":
            rows[-1].cells.append(_Cell(0, region))
        elif match["region"] or match["bound"]:
            region = match["region"] or ""
        else:
            _note(match, rows[-1])
    return rows


def _note(match: re.Match[str], row: _Row) -> None:
    """Let a row know what `match` says of its width or of its last cell's."""
    if match["width"]:
        row.cells[-1].width = match
    elif match["span"] != "gridSpan":
        row.edges[match["span"]] = match
    elif row.cells:
        row.cells[-1].span, row.cells[-1].spanning = int(match["count"]), match


def _edits_of_row(row: _Row, widths: Sequence[int], varying: Mapping[str, int]) -> Iterator[Edit]:
    for name, match in row.edges.items():
        if match["stretch"]:
            count = row.edge(name, varying)
            yield (*match.span(), f'<w:{name} w:val="{count}"/>' if count else "")
    for cell in row.cells:
        yield from _edits(cell, widths)


def _edits(cell: _Cell, widths: Sequence[int]) -> Iterator[Edit]:
    """What has to change in the properties of a cell, by its place in the table's text."""
    if cell.width is not None and (said := _width(cell, widths)):
        yield (*cell.width.span(), said)
    if cell.spanning is not None and cell.spanning["stretch"]:
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
