"""A Word document printed as PDF: by Word where it is installed, else by LibreOffice."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from workbook.files.reasons import why
from workbook.files.save import OutputError, save_over

LONGEST: Final = 180  # seconds that a report may take to print
PDF_OF_WORD: Final = 17  # wdExportFormatPDF
PROGRAM_FOLDERS: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS",
    r"C:\Program Files\LibreOffice\program",
    r"C:\Program Files (x86)\LibreOffice\program",
)


def save_as_pdf(document: Path, pdf: Path) -> Path | None:
    """Print `document` to `pdf`; gives back where a PDF that was there before is kept.

    Raises `OutputError` when there is no program to print with, or it fails.
    """
    with tempfile.TemporaryDirectory(prefix="gouji") as folder:
        # A short name of plain letters, whatever the report is called.
        source, made = Path(folder, "report.docx"), Path(folder, "report.pdf")
        try:
            shutil.copyfile(document, source)
        except OSError as error:
            raise OutputError(f"「{document.name}」没能转成 PDF:{why(error)}。") from error
        if not _by_word(source, made):
            by_libreoffice(source, "pdf")
        if not made.exists():
            raise OutputError(f"「{document.name}」没能转成 PDF。请在 Word 里打开它,另存为 PDF。")
        return save_over(pdf, made.read_bytes())


def _by_word(source: Path, pdf: Path) -> bool:
    """Whether Word is installed and has printed the document."""
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
        opened.ExportAsFixedFormat(str(pdf), PDF_OF_WORD)
        opened.Close(SaveChanges=False)
    except Exception as error:
        raise OutputError(f"Word 没能把报告转成 PDF({error})。请在 Word 里另存为 PDF。") from error
    finally:
        word.Quit()
    return True


def _new_word() -> Any:
    """A Word of our own, so that the clerk's open documents are left alone."""
    return import_module("win32com.client").DispatchEx("Word.Application")  # xlwings brings it


def by_libreoffice(source: Path, kind: str) -> None:
    """Write `source` as another kind of file beside it; `kind` is what `--convert-to` takes."""
    program = next(_programs(), None)
    if program is None:
        raise OutputError("导出 PDF 要用 Word 或 LibreOffice,这台电脑上都没有找到。")
    folder = source.parent
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", kind, "--outdir", str(folder)]
    try:
        subprocess.run(  # noqa: S603 - a program found on this computer, with no shell
            [*command, str(source)], check=True, capture_output=True, timeout=LONGEST
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise OutputError(f"LibreOffice 没能把报告转成 PDF({error})。") from error


def _programs() -> Iterator[str]:
    for name in ("soffice", "libreoffice"):
        for folder in (None, *PROGRAM_FOLDERS):
            if found := shutil.which(name, path=folder):
                yield found
