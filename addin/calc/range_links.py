"""What is tied to cells: names, tables, notes, links; and finding cells by what they hold."""

from pathlib import Path
from typing import Any, Final

from addin.calc.conditional.formats import ConditionalFormats
from addin.calc.data.filters import AutoFilter
from addin.calc.data.names import Name, add_name, name_of
from addin.calc.data.notes import Note, note_at
from addin.calc.data.tables import Table, table_at
from addin.calc.data.validation import DataValidation
from addin.calc.notation import addresses
from addin.calc.places.model import Block
from addin.calc.program.documents import print_to_pdf
from addin.calc.values.contents import cells_that_are

_LINK: Final = "com.sun.star.text.TextField.URL"
_CONSTANTS: Final = {
    None: 1 | 2 | 4, "numbers": 1 | 2, "text": 4, "logical": 1 | 2, "errors": 0,
}  # fmt: skip
_RESULTS: Final = {None: 1 | 2 | 4, "numbers": 1, "text": 2, "logical": 1, "errors": 4}
_VALUES: Final = 1


class RangeLinks(Block):
    """Names, tables, notes and links of a rectangle of cells."""

    @property
    def name(self) -> Name | None:
        """The defined name that stands for exactly this range; None where there is none."""
        return name_of(self) if len(self) else None

    @name.setter
    def name(self, value: str) -> None:
        if len(self):
            place = f"={addresses.quoted(self.sheet.name)}!{self.address}"
            add_name(self.sheet.book, value, place)

    @property
    def table(self) -> Table | None:
        """The table to which the first cell belongs."""
        return table_at(self)

    @property
    def autofilter(self) -> AutoFilter:
        """The filter over the range."""
        return AutoFilter(self)

    @property
    def data_validation(self) -> DataValidation:
        """The rule for what may be typed."""
        return DataValidation(self)

    @property
    def conditional_formats(self) -> ConditionalFormats:
        """The rules for how cells look depending on what they hold."""
        return ConditionalFormats(self)

    @property
    def note(self) -> Note | None:
        """The first cell's note; None where it has none."""
        return note_at(self(1, 1))

    def add_note(self, text: str) -> Note:
        """A new note at the first cell."""
        self.sheet.api.getAnnotations().insertNew(self.cell_address, text)
        return Note(self(1, 1))

    @property
    def comment(self) -> None:
        """None: Calc knows notes, and no threads of comments."""
        return

    def add_comment(self, text: str) -> Any:
        """Never: Calc has no threaded comments."""
        raise NotImplementedError("LibreOffice has no threaded comments; use add_note().")

    @property
    def hyperlink(self) -> str:
        """The address of the first cell's link; an exception where it has none."""
        fields = self(1, 1).cells.getCellByPosition(0, 0).getTextFields()
        if not fields.getCount():
            raise Exception("The cell doesn't seem to contain a hyperlink!")
        return str(fields.getByIndex(0).URL)

    def add_hyperlink(
        self, address: str, text_to_display: str | None = None, screen_tip: str | None = None
    ) -> None:
        """Put a link into the first cell; Calc writes its own tip."""
        if not len(self):
            return
        cell = self(1, 1).cells.getCellByPosition(0, 0)
        field = self.sheet.book.document.createInstance(_LINK)
        field.URL, field.Representation = address, text_to_display or address
        cell.setString("")
        cell.insertTextContent(cell.createTextCursor(), field, False)

    def select(self) -> None:
        """Select the range in its book's window."""
        self.sheet.book.document.getCurrentController().select(self.cells)

    def get_special_cells(self, cell_type: str, value_type: str | None) -> list[Block]:
        """The areas of blank, constant, calculated or visible cells."""
        if cell_type == "blanks":
            found = self.cells.queryEmptyCells()
        elif cell_type == "constants":
            found = self.cells.queryContentCells(_CONSTANTS[value_type])
        elif cell_type == "formulas":
            found = self.cells.queryFormulaCells(_RESULTS[value_type])
        else:
            found = self.cells.queryVisibleCells()
        found = found.queryIntersection(self.range_address)  # Calc looks further from one cell
        areas = [self.sheet.of_area(area) for area in found.getRangeAddresses()]
        if value_type not in ("numbers", "logical"):
            return areas
        # A truth is a number in Calc: only its format tells.
        truths = value_type == "logical"
        wanted = [cell for area in areas for cell in cells_that_are(area, truths=truths)]
        several = self.sheet.book.document.createInstance("com.sun.star.sheet.SheetCellRanges")
        several.addRangeAddresses(tuple(cell.range_address for cell in wanted), True)
        return [self.sheet.of_area(area) for area in several.getRangeAddresses()]

    def find(
        self, text: str, whole: bool, direction: str, order: str, match_case: bool
    ) -> Block | None:
        """The first, or last, cell that shows a text."""
        search = self.cells.createSearchDescriptor()
        self._describe(search, text, whole=whole, match_case=match_case)
        search.SearchType = _VALUES
        search.SearchByRow = order == "rows"
        search.SearchBackwards = direction == "backward"
        found = self.cells.findFirst(search)
        if found is None:
            return None
        first = self.sheet.of_area(found.getRangeAddress())
        return first(*first.shape) if direction == "backward" else first(1, 1)

    def replace_all(self, old: str, new: str, whole: bool, match_case: bool) -> None:
        """Replace a text in every cell."""
        if not len(self):
            return
        change = self.cells.createReplaceDescriptor()
        self._describe(change, old, whole=whole, match_case=match_case)
        change.setReplaceString(new)
        self.cells.replaceAll(change)

    @staticmethod
    def _describe(search: Any, text: str, *, whole: bool, match_case: bool) -> None:
        search.setSearchString(text)
        search.SearchWords = bool(whole)
        search.SearchCaseSensitive = bool(match_case)
        search.SearchRegularExpression = False

    def to_pdf(self, path: str, quality: str = "standard") -> None:
        """Print this range into a PDF file."""
        print_to_pdf(self.sheet.book.document, path, selection=self.cells)

    def to_png(self, path: str) -> None:
        """Draw this range into a PNG file: what Calc would offer the clipboard for it."""
        controller = self.sheet.book.document.getCurrentController()
        before = self.sheet.book.document.getCurrentSelection()
        controller.select(self.cells)
        try:
            copied = controller.getTransferable()
        finally:
            controller.select(before)
        flavours = copied.getTransferDataFlavors()
        flavour = next(one for one in flavours if one.MimeType.startswith("image/png"))
        Path(path).write_bytes(copied.getTransferData(flavour).value)
