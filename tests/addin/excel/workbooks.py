"""Open books: opening, saving, their structure."""

from pathlib import Path as FilePath  # `Path` is a member here
from typing import TYPE_CHECKING, Any, Final

from excel.book_file import told_by, unprotected, with_protection
from excel.com import Collection, ComObject, acts, reads
from excel.errors import ComError, failed, refused, wrong_password
from excel.names import Names
from excel.open_book import OpenBook, opened
from excel.protection import Password
from excel.sheets import Sheets
from excel.worksheets import Worksheet

if TYPE_CHECKING:
    from addin.calc.books import Book
    from excel.program import Program

_LOCKED_BOOK: Final = "工作簿受保护,不能更改。"


class Workbook(ComObject):
    """One open book."""

    def __init__(self, program: "Program", state: OpenBook) -> None:
        super().__init__(program)
        self._state = state

    @property
    def _name(self) -> str:
        return self._state.name

    def _may_restructure(self, error: ComError) -> None:
        """Sheets come, go, move or change their names."""
        self._state.changes(error)
        if self._state.is_structure_locked:
            raise refused(_LOCKED_BOOK)

    def _around(self, block: Any) -> Any:
        """A rectangle of Calc as a range of this book."""
        return Worksheet(self, block.sheet)._range(block)

    @reads
    def Name(self) -> str:
        return self._state.name

    @reads
    def FullName(self) -> str:
        return self._state.full_name

    @reads
    def Path(self) -> str:
        return self._state.folder

    @reads
    def Parent(self) -> Any:
        return self._program.application

    @reads
    def ReadOnly(self) -> bool:
        return self._state.is_read_only

    @reads
    def IsAddin(self) -> bool:
        return self._state.is_addin

    @reads
    def FileFormat(self) -> int:
        return {".xlsm": 52, ".xlam": 55, ".xls": 56}.get(FilePath(self._state.name).suffix, 51)

    @reads
    def Date1904(self) -> bool:
        return False

    @reads
    def MultiUserEditing(self) -> bool:
        return False

    @reads
    def Saved(self) -> bool:
        return self._state.is_saved

    @Saved.sets
    def _set_saved(self, value: Any) -> None:
        self._state.is_saved = bool(value)

    @reads
    def Worksheets(self) -> Any:
        return Sheets(self)

    @reads
    def Sheets(self) -> Any:
        return Sheets(self)

    @reads
    def ActiveSheet(self) -> Any:
        return Worksheet(self, self._state.calc.sheets(self._state.active_sheet))

    @reads
    def Names(self) -> Any:
        return Names(self, self._state.calc.names)

    @reads
    def Windows(self) -> Any:
        from excel.windows_of_books import Windows

        return Windows(self._program, [self._state])

    @reads
    def CustomDocumentProperties(self) -> Any:
        from excel.document_properties import CustomDocumentProperties

        return CustomDocumentProperties(self)

    @reads
    def ProtectStructure(self) -> bool:
        return self._state.is_structure_locked

    @reads
    def ProtectWindows(self) -> bool:
        return False

    @acts
    def Protect(self, Password: Any = None, Structure: Any = True, Windows: Any = False) -> None:
        self._state.changes(failed("Workbook", "Protect"))
        if self._state.is_structure_locked:
            return
        self._state.structure = {"lockStructure": "1"} if Structure else {}
        self._state.structure_password = _password(Password)

    @acts
    def Unprotect(self, Password: Any = None) -> None:
        self._state.changes(failed("Workbook", "Unprotect"))
        kept = self._state.structure_password
        if self._state.is_structure_locked and kept.is_there():
            if Password is None:
                self._program.dialog("撤消工作簿保护的密码")
            if not kept.opens(str(Password)):
                raise wrong_password()
        self._state.structure = {}

    @acts
    def Activate(self) -> None:
        if self._state.is_addin or self._state.is_protected_view:
            raise failed("Workbook", "Activate")
        self._program.active = self._state

    @acts
    def Save(self) -> None:
        if self._state.is_read_only or self._state.is_protected_view:
            if self._program.settings["DisplayAlerts"]:
                self._program.dialog(f"“{self._state.name}”为只读。若要保存副本,请单击“确定”")
            raise failed("Workbook", "Save")
        if not self._state.folder or "://" in self._state.full_name:
            self._state.is_saved = True  # in the clerk's own folder, or by OneDrive
            return
        self._write(FilePath(self._state.full_name), "Save")
        self._state.is_saved = True

    @acts
    def SaveAs(
        self, Filename: Any = None, FileFormat: Any = None, Password: Any = None, *more: Any
    ) -> None:
        target = FilePath(str(Filename))
        if target.exists() and self._program.settings["DisplayAlerts"]:
            self._program.dialog(f"{target} 已存在。要替换它吗?")
        self._write(target, "SaveAs")
        self._state.full_name, self._state.folder = str(target), str(target.parent)
        self._state.is_saved, self._state.is_read_only = True, False

    @acts
    def SaveCopyAs(self, Filename: Any) -> None:
        target = FilePath(str(Filename))
        if self._state.as_opened and target.parent.is_dir():
            target.write_bytes(self._state.as_opened)
        else:
            self._write(target, "SaveCopyAs")

    def _write(self, target: FilePath, member: str) -> None:
        if not target.parent.is_dir():
            raise failed("Workbook", member)
        calc = self._state.calc
        if not calc.document.getURL():
            calc.save(str(self._state.file))
        else:
            calc.save()
        with_protection(FilePath(calc.fullname), target, self._state.sheets, self._state.structure)

    @acts
    def Close(
        self, SaveChanges: Any = None, Filename: Any = None, RouteWorkbook: Any = None
    ) -> None:
        if SaveChanges is None and not self._state.is_saved:
            if self._program.settings["DisplayAlerts"]:
                self._program.dialog(f"是否保存对“{self._state.name}”的更改?")
        elif SaveChanges:
            self._write(FilePath(self._state.full_name), "Close")
        self._program.forget(self._state)


def _password(given: Any) -> Password:
    return Password(plain=str(given)) if given else Password()


class Workbooks(Collection):
    """The open books; add-ins are found by name and not counted."""

    def _list(self) -> list[Any]:
        return [Workbook(self._program, one) for one in self._program.counted()]

    def _item(self, *arguments: Any) -> Any:
        (key,) = arguments
        if isinstance(key, str):
            for one in self._program.books:
                is_hidden = one.is_protected_view
                if not is_hidden and one.name.casefold() == key.casefold():
                    return Workbook(self._program, one)
        elif 1 <= key <= len(self._program.counted()):
            return Workbook(self._program, self._program.counted()[int(key) - 1])
        raise self._missing(key)

    @reads
    def Parent(self) -> Any:
        return self._program.application

    @acts
    def Add(self, Template: Any = None) -> Any:
        return Workbook(self._program, self._program.new_book())

    @acts
    def Open(self, Filename: Any, UpdateLinks: Any = None, ReadOnly: Any = None, *more: Any) -> Any:
        path = FilePath(str(Filename))
        if not path.is_file():
            raise refused(f"抱歉,无法找到 {Filename}。它是否可能已被移动、重命名或删除?")
        same = [
            one for one in self._program.counted() if one.name.casefold() == path.name.casefold()
        ]
        if same and same[0].full_name != str(path):
            raise refused(f"抱歉,Excel 无法同时打开两个同名的工作簿:{path.name}")
        if same:
            self._program.active = same[0]
            return Workbook(self._program, same[0])
        return Workbook(self._program, self._program.open(path, is_read_only=bool(ReadOnly)))


def open_book(
    program: "Program", path: FilePath, full_name: str | None, folder: str | None
) -> OpenBook:
    """A file opened: LibreOffice has a copy without protection, Excel's names are as said."""
    file, copy = path.read_bytes(), program.copy_of(path)

    def opens() -> "Book":
        copy.write_bytes(unprotected(file))
        return program.calc.books.open(str(copy))

    made = opened(
        opens,
        copy,
        str(path) if full_name is None else full_name,
        str(path.parent) if folder is None else folder,
        told_by(file),
    )
    made.as_opened = file
    return made
