"""Word on Windows, asked to print a document."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from workbook.files.save import OutputError

# The arguments of ExportAsFixedFormat behind the file's name, in Word's order.
_AS_ARCHIVED: Final = (
    17,  # ExportFormat: wdExportFormatPDF
    False,  # OpenAfterExport
    0,  # OptimizeFor: wdExportOptimizeForPrint
    0,  # Range: wdExportAllDocument
    1,  # From
    1,  # To
    0,  # Item: wdExportDocumentContent
    True,  # IncludeDocProps: the title
    True,  # KeepIRM
    1,  # CreateBookmarks: wdExportCreateHeadingBookmarks
    True,  # DocStructureTags
    True,  # BitmapMissingFonts: what may not be embedded
    True,  # UseISO19005_1
)


def by_word(source: Path, pdf: Path) -> bool:
    """Whether Word is installed and has printed the document, as PDF/A-1 (ISO 19005-1)."""
    if sys.platform != "win32":
        return False
    try:
        word = _new_word()
    except Exception:  # noqa: BLE001 - pywin32 raises what it likes where there is no Word
        return False
    try:
        word.DisplayAlerts = 0  # wdAlertsNone: nobody is there to be asked about fields
        opened = word.Documents.Open(str(source), ReadOnly=True)
        opened.Fields.Update()  # the pages of a table of contents
        opened.ExportAsFixedFormat(str(pdf), *_AS_ARCHIVED)
        opened.Close(SaveChanges=False)
    except Exception as error:
        raise OutputError(f"Word 没能把报告转成 PDF({error})。请在 Word 里另存为 PDF。") from error
    finally:
        word.Quit()
    return True


def _new_word() -> Any:
    """A Word of our own, so that the clerk's open documents are left alone."""
    import_module("pythoncom").CoInitialize()  # which a thread has to say for itself
    return import_module("win32com.client").DispatchEx("Word.Application")  # xlwings brings it
