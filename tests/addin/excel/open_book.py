"""What Excel knows of an open book beside its cells: protection, names, what is selected."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from excel.book_file import Told
from excel.errors import ComError, protected_cell
from excel.kept_sheets import KeptSheets
from excel.protection import Password, SheetProtection, password_of

if TYPE_CHECKING:
    from addin.calc.books import Book

_ADDRESS = re.compile(r"\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?")
UNPROTECTED = SheetProtection()


@dataclass
class OpenBook:
    """One open book; `full_name` is what Excel says, `file` where LibreOffice has its copy.

    LibreOffice is slow to open a book, and many are opened to be shown alone: it does so only when
    somebody asks for what stands in it.
    """

    opens: Callable[[], "Book"]
    file: Path
    full_name: str
    folder: str
    sheets: dict[str, SheetProtection] = field(default_factory=dict)
    structure: dict[str, str] = field(default_factory=dict)
    structure_password: Password = field(default_factory=Password)
    selected: list[str] = field(default_factory=list)
    selections: dict[str, list[Any]] = field(default_factory=dict)
    threads: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)
    switches: dict[tuple[str, str], bool] = field(default_factory=dict)
    names: dict[str, Any] = field(default_factory=dict)
    as_opened: bytes = b""  # the file, until something is changed
    active_sheet: str = ""
    renamed: int = 0  # how often a sheet was
    has_money: bool = True
    is_read_only: bool = False
    is_protected_view: bool = False
    is_addin: bool = False
    is_saved: bool = True
    _as_of: tuple[int, int] = (0, 0)  # how often cells had moved, and sheets been renamed
    _rectangles: dict[tuple[str, str], Any] = field(default_factory=dict)  # by sheet and address

    @cached_property
    def calc(self) -> "Book":
        """LibreOffice's book, which shows the sheet that the file says."""
        made = self.opens()
        made.sheet_list = KeptSheets(made.sheet_list)
        if not self.active_sheet:  # no .xlsx
            self.shows(made.sheets.active.name)
        assert made.sheets.active.name == self.active_sheet
        return made

    @property
    def is_in_calc(self) -> bool:
        """Whether LibreOffice had to open it."""
        return "calc" in vars(self)

    def rectangle(self, sheet: Any, name: str, text: str) -> Any:
        """What an address or a name means on a sheet; an address is looked for once.

        LibreOffice's cells come over the bridge, and the same ones are asked for again and again.
        """
        if not _ADDRESS.fullmatch(text):
            return sheet._named(text)
        now = self.calc.moves, self.renamed
        if self._as_of != now:
            self._as_of, self._rectangles = now, {}
        if (name, text) not in self._rectangles:
            self._rectangles[name, text] = sheet._named(text)
        return self._rectangles[name, text]

    def sheet_names(self) -> tuple[str, ...]:
        """The names of the sheets, which a book that nobody has touched has from its file."""
        return self.calc.sheets.names() if self.is_in_calc else tuple(self.sheets)

    @property
    def name(self) -> str:
        """The file's name, which is also the end of a URL."""
        return self.full_name.replace("\\", "/").rpartition("/")[2]

    @property
    def is_structure_locked(self) -> bool:
        """Whether sheets may not come, go, move or change their names."""
        return self.structure.get("lockStructure") in ("1", "true")

    def protection(self, sheet: str) -> SheetProtection:
        """A sheet's protection."""
        return self.sheets.get(sheet, UNPROTECTED)

    def changes(self, error: ComError | None = None) -> None:
        """Something in the book is about to change: never in Protected View."""
        if self.is_protected_view:
            raise error or protected_cell()
        self.is_saved, self.as_opened = False, b""

    def renames(self, before: str, after: str) -> None:
        """Carry over what is kept by the sheet's name."""
        self.renamed += 1
        if before in self.sheets:
            self.sheets[after] = self.sheets.pop(before)
        if before in self.selections:
            self.selections[after] = self.selections.pop(before)
        self.selected = [after if one == before else one for one in self.selected]
        self.active_sheet = after if self.active_sheet == before else self.active_sheet

    def forgets(self, sheet: str) -> None:
        """A sheet is gone."""
        self.sheets.pop(sheet, None)
        self.selections.pop(sheet, None)
        self.selected = [one for one in self.selected if one != sheet]

    def shows(self, sheet: str) -> None:
        """The sheet in front; another group of sheets ends."""
        self.active_sheet = sheet
        if sheet not in self.selected:
            self.selected = [sheet]


def opened(
    opens: Callable[[], "Book"], file: Path, full_name: str, folder: str, said: Told
) -> OpenBook:
    """A book as its file describes it."""
    return OpenBook(
        opens,
        file,
        full_name,
        folder,
        sheets=dict(said.sheets),
        structure=dict(said.structure),
        structure_password=password_of(said.structure, "workbook"),
        selected=list(dict.fromkeys((said.active, *said.selected))),
        active_sheet=said.active,
        has_money=said.has_money,
    )
