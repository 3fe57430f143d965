"""Files of Calc: opened, saved, exported and printed, as LibreOffice's own documents."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from addin.calc.program.bridge import UnoError, path, properties, typed, url
from addin.calc.program.office import Office

_SPREADSHEET: Final = "com.sun.star.sheet.SpreadsheetDocument"
FILTERS: Final = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xlam": "Calc MS Excel 2007 VBA XML",
    ".xltx": "Calc MS Excel 2007 XML Template",
    ".xltm": "Calc MS Excel 2007 XML Template",
    ".xls": "MS Excel 97",
    ".xlt": "MS Excel 97 Vorlage/Template",
    ".ods": "calc8",
    ".ots": "calc8_template",
    ".csv": "Text - txt - csv (StarCalc)",
    ".html": "HTML (StarCalc)",
}
# Without its filter's name LibreOffice does not know an .xlam for a workbook.
_READ_WITH: Final = {".xlam": FILTERS[".xlam"]}
_NEW: Final = "private:factory/scalc"
# How much of a picture's quality a PDF keeps, in percent.
_QUALITIES: Final = {"standard": 90, "minimum": 50}
# com.sun.star.document.MacroExecMode
_NO_MACROS: Final = 0
_ALL_MACROS: Final = 4


def is_spreadsheet(component: Any) -> bool:
    """Whether an open component is one of Calc's documents."""
    try:
        return bool(component.supportsService(_SPREADSHEET))
    except (UnoError, AttributeError):
        return False


def name_of(document: Any) -> str:
    """The file's name; before the first saving, Calc's title."""
    address = document.getURL()
    if not address.startswith("file:"):  # never saved, or on the net
        return str(document.getTitle())
    return Path(path(address)).name


def path_of(document: Any) -> str:
    """The file's path, or its address on the net; before the first saving, the name."""
    address = document.getURL()
    if not address:
        return name_of(document)
    return path(address) if address.startswith("file:") else str(address)


def new(office: Office, *, hidden: bool) -> Any:
    """A new, empty document."""
    return _loaded(office, _NEW, Hidden=hidden)


def load(office: Office, file: Path, *, hidden: bool, read_only: bool, password: str | None) -> Any:
    """The document in a file; FileNotFoundError or OSError where Calc cannot open it."""
    if not file.exists():
        raise FileNotFoundError(f"No such file: '{file}'")
    options: dict[str, Any] = {"ReadOnly": read_only}
    if password:
        options["Password"] = password
    if file.suffix.lower() in _READ_WITH:
        options["FilterName"] = _READ_WITH[file.suffix.lower()]
    return _loaded(office, url(str(file)), Hidden=hidden, **options)


def _loaded(office: Office, address: str, **options: Any) -> Any:
    settings = properties(
        MacroExecutionMode=_ALL_MACROS if office.runs_macros else _NO_MACROS,
        UpdateDocMode=0,
        **options,
    )
    try:
        document = office.desktop.loadComponentFromURL(address, "_blank", 0, settings)
    except UnoError as problem:
        raise OSError(f"LibreOffice cannot open {address}: {problem}") from problem
    if document is None:
        raise OSError(f"LibreOffice cannot open {address}: it is locked, damaged or no workbook.")
    _remember_file(office, document)
    return document


def save(office: Office, document: Any, file: str | None, password: str | None) -> None:
    """Save under the same name, or as a new file, in the format that its ending names."""
    if file is None and document.getURL() and not password:
        _store(document, document.store)
        return
    own = Path(path_of(document))
    target = Path(file or (own if document.getURL() else f"{own}.xlsx")).resolve()
    suffix = target.suffix.lower()
    if suffix not in FILTERS:
        raise ValueError(f"A workbook cannot be saved as {suffix or 'a file without ending'}.")
    if not target.parent.is_dir():  # LibreOffice would make the folder
        raise FileNotFoundError(f"LibreOffice cannot save {target}: there is no such folder.")
    options = {"Password": password} if password else {}
    settings = properties(FilterName=FILTERS[suffix], Overwrite=True, **options)
    _store(document, lambda: document.storeAsURL(url(str(target)), settings))
    _remember_file(office, document)


def _remember_file(office: Office, document: Any) -> None:
    """Note where a document is saved, for the lock file that a killed program leaves there."""
    if address := document.getURL():
        office.files.add(Path(path(address)))


def export(document: Any, file: str, filter_name: str, **choices: Any) -> None:
    """Write a copy through one of LibreOffice's export filters."""
    data = typed("[]com.sun.star.beans.PropertyValue", properties(**choices))
    settings = properties(FilterName=filter_name, FilterData=data, Overwrite=True)
    _store(document, lambda: document.storeToURL(url(file), settings))


def print_to_pdf(
    document: Any, file: str, *, quality: str | None = None, selection: Any = None
) -> None:
    """Print the visible sheets, or only what is given as `selection`, into a PDF file."""
    choices = {} if quality is None else {"Quality": _QUALITIES[quality]}
    if selection is not None:
        choices["Selection"] = selection
    export(document, file, "calc_pdf_Export", **choices)


def _store(document: Any, action: Callable[[], object]) -> None:
    try:
        action()
    except UnoError as problem:
        raise OSError(f"LibreOffice cannot save {name_of(document)}: {problem}") from problem
