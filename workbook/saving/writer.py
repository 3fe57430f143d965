"""openpyxl's writers, taught what they leave out: the results of formulas, and the order of fonts.

Protected View, phones and previews do not calculate: what is not saved with a formula is not seen.
"""

from collections.abc import Generator, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import IO, Any, Final, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree
from openpyxl.cell._writer import etree_write_cell
from openpyxl.cell.cell import Cell
from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.compat import safe_string
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.workbook import Workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.dimensions import SheetDimension
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import ARC_STYLE, SHEET_MAIN_NS
from openpyxl.xml.functions import xmlfile

from workbook.reading.results import NONE, Result, Results
from workbook.saving.cells import FIRST_DAY, NO_XML, between_tags, escaped, formula_cell

# ECMA-376 part 1, 18.8.22 lists them so, and Microsoft's own schema takes no other order.
FONT_ORDER: Final = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"),
    *("sz", "color", "name", "family", "charset", "scheme"),
)


class Later(NamedTuple):
    """The last rows of a sheet, each made when it is to be written, and gone afterwards.

    `corner` is the last cell of all, `L50003`. `rows` puts the cells of a row into the sheet, and
    gives its number. A row of forty cells takes 16 kB, and a bureau has fifty thousand of them.
    """

    corner: str
    rows: Iterator[int]


NO_LATER: Final[Mapping[str, Later]] = MappingProxyType({})


def write_book(
    book: Workbook,
    results: Results,
    file: Any,
    saved_at: datetime | None = None,
    later: Mapping[str, Later] = NO_LATER,
) -> None:
    """Write the book to a path or an open file, each formula with its result where there is one.

    Nothing in it depends on the clock but when it was saved, which is now unless it is given.
    `later` are the rows that sheets are still to get.
    """
    book.properties.modified = saved_at or datetime.now(tz=UTC).replace(tzinfo=None)
    with _Package(file, "w", ZIP_DEFLATED) as package:
        _BookWriter(book, package, results, later).save()


class _Package(ZipFile):
    """A package that bears no times, its parts put in order and into UTF-8 on their way in.

    openpyxl writes 部 as `&#37096;`, which makes a part of Chinese words more than twice as long.
    """

    def writestr(self, name: Any, data: Any, *options: Any) -> None:
        if isinstance(data, bytes) and (name == ARC_STYLE or b"&#" in data):
            tree = etree.fromstring(data)
            if name == ARC_STYLE:
                _put_in_order(tree)
            data = etree.tostring(tree, encoding="UTF-8")
        super().writestr(ZipInfo(name, FIRST_DAY), data, *(options or (ZIP_DEFLATED,)))


def _put_in_order(styles: Any) -> None:
    """Put the children of each font where Excel's schema wants them."""
    for font in styles.iter("{*}font"):
        font[:] = sorted(font, key=lambda child: FONT_ORDER.index(etree.QName(child).localname))


class _BookWriter(ExcelWriter):
    _archive: ZipFile

    def __init__(
        self, book: Workbook, package: ZipFile, results: Results, later: Mapping[str, Later]
    ) -> None:
        super().__init__(book, package)
        self._results, self._later = results, later

    def write_worksheet(self, ws: Any) -> None:
        """The lines of openpyxl's own, with another writer of sheets."""
        # Private members of openpyxl, which has no public way to another writer of sheets.
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        later = self._later.get(ws.title)
        member = ZipInfo(ws.path[1:], FIRST_DAY)
        member.compress_type = ZIP_DEFLATED
        with self._archive.open(member, "w") as out:
            writer: Any = _SheetWriter(ws, self._results.get(ws.title, {}), out, later)
            writer.write()
        ws._rels = writer._rels
        self.manifest.append(ws)


class _SheetWriter(WorksheetWriter):
    def __init__(
        self, sheet: Worksheet, results: Mapping[str, Result], out: IO[bytes], later: Later | None
    ) -> None:
        # Into the package: a file of openpyxl's own would be left behind by whoever is killed.
        super().__init__(sheet, out)
        self._results, self._later = results, later
        self._styles: dict[bytes, str] = {}

    def get_stream(self) -> Generator[Any, Any, None]:
        """The lines of openpyxl's own, in UTF-8."""
        with (
            xmlfile(self.out, encoding="UTF-8") as xf,
            xf.element("worksheet", xmlns=SHEET_MAIN_NS),
        ):
            try:
                while True:
                    element = yield
                    if element is True:
                        yield xf
                    elif element is not None:
                        xf.write(element)
            except GeneratorExit:
                pass

    def write_dimensions(self) -> None:
        """The cells from the first to the last, those of later rows too."""
        if self._later is None:
            super().write_dimensions()
        else:
            self.xf.send(SheetDimension(f"A1:{self._later.corner}").to_tree())

    def write_rows(self) -> None:
        """The rows as text: elements that are opened and closed take five times as long."""
        file: Any = self.out
        xf: Any = self.xf.send(True)
        with xf.element("sheetData"):
            xf.flush()
            for number, cells in self.rows():
                file.write(self._row(number, cells).encode())
            for row in self._later_rows():
                file.write(row.encode())
        self.xf.send(None)

    def _later_rows(self) -> Iterator[str]:
        """The rows that are made now, each thrown away again."""
        if self._later is None:
            return
        sheet: Any = self.ws
        sheet._cells.clear()
        for number in self._later.rows:
            yield self._row(number, [cell for _, cell in sorted(sheet._cells.items())])
            sheet._cells.clear()
            sheet.row_dimensions.pop(number, None)

    def _row(self, number: int, cells: Iterable[Any]) -> str:
        """A row of the file; raises ValueError for a sign that XML has not."""
        sheet: Any = self.ws
        attributes = dict(sheet.row_dimensions.get(number, {})) | {"r": str(number)}
        row = f"<row{_attributes(attributes)}>{''.join(map(self._cell, cells))}</row>"
        if (odd := NO_XML.search(row)) is not None:
            raise ValueError(f"no sign of XML: {odd[0]!r}")
        return row

    def _cell(self, cell: Any) -> str:
        sheet: Any = self.ws
        if cell.comment is not None:
            sheet._comments.append(CommentRecord.from_cell(cell))
        style = self._style(cell)
        is_formula = cell.data_type == "f"
        if is_formula and (result := self._results.get(cell.coordinate, NONE)) is not NONE:
            if cell.hyperlink:
                sheet._hyperlinks.append(cell.hyperlink)
            return _formula(cell, style, result)
        if cell.value is None and not cell.hyperlink:
            return f'<c r="{cell.coordinate}"{style}/>' if style or cell.comment else ""
        if (content := _content(cell)) is not None and not cell.hyperlink:
            return f'<c r="{cell.coordinate}"{style}{content}</c>'
        other = etree.Element("row")
        etree_write_cell(_Into(other), sheet, cell, bool(style))
        return "".join(etree.tostring(one, encoding="unicode") for one in other)

    def _style(self, cell: Any) -> str:
        """The number of a cell's style as its attribute; openpyxl looks each cell's up anew."""
        key = b"" if cell._style is None else cell._style.tobytes()
        if key not in self._styles:
            self._styles[key] = f' s="{cell.style_id}"' if cell.has_style else ""
        return self._styles[key]


def _content(cell: Any) -> str | None:
    """What stands in a common cell as openpyxl writes it, from its type on; None in a rarer one."""
    kind, value = cell.data_type, cell.value
    if kind == "n" and type(value) in {int, float}:
        return f' t="n"><v>{safe_string(value)}</v>'
    if type(value) is not str or not value or kind not in {"s", "f"}:
        return None
    if kind == "f":
        return f"><f>{between_tags(value[1:])}</f><v/>"
    space = ' xml:space="preserve"' if value != value.strip() else ""
    return f' t="inlineStr"><is><t{space}>{between_tags(value)}</t></is>'


class _Into:
    """An element that takes cells as a file of openpyxl's does."""

    def __init__(self, element: Any) -> None:
        self.write = element.append


def _formula(cell: Cell, style: str, result: Result) -> str:
    """A cell with a formula and what it gives."""
    formula: Any = cell.value
    of_formula = ""
    if isinstance(formula, ArrayFormula | DataTableFormula):
        of_formula = _attributes(dict(formula))
        formula = formula.text if isinstance(formula, ArrayFormula) else None
    written = escaped(formula[1:]) if formula else ""
    return formula_cell(cell.coordinate, style, f"<f{of_formula}>{written}</f>", result)


def _attributes(told: Mapping[str, Any]) -> str:
    return "".join(f' {name}="{escaped(str(text))}"' for name, text in told.items())
