"""A Word document printed for the archive: by Word where it is installed, else by LibreOffice."""

import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docgen.printing.descriptions import described
from docgen.printing.fonts import missing_fonts
from docgen.printing.libreoffice import by_libreoffice
from docgen.printing.word import by_word
from docgen.template.word.package import main_part, pack, read_document, replaced, unpack
from docgen.template.write.note_order import notes_in_order
from workbook.catalogue.model import Language, listed
from workbook.catalogue.reports import MISSING_FONTS, STILL_TRACKED
from workbook.files.reasons import why
from workbook.files.save import OutputError, save_over

_TRACKED: Final = re.compile(rb"<w:(ins|del|moveFrom|moveTo) ")


@dataclass(frozen=True, slots=True)
class Printed:
    """A written PDF.

    `standard` is what it says to be, `PDF/A-2b` of LibreOffice and `PDF/A-1` of Word; `backup` is
    where a PDF is kept that was there before; `missing` are the document's fonts that this computer
    has not, so that others stand in their place; `is_tracked` says that it holds tracked changes.
    """

    path: Path
    standard: str
    backup: Path | None
    missing: tuple[str, ...]
    is_tracked: bool

    def warnings(self, language: Language = "zh") -> Iterator[str]:
        """What a person should know before it goes to the archive."""
        if self.missing:
            names = listed(language, (f"“{name}”" for name in self.missing))
            yield MISSING_FONTS(language, names=names)
        if self.is_tracked:
            yield STILL_TRACKED(language)


def save_as_pdf(document: Path, pdf: Path) -> Printed:
    """Print `document` to `pdf`.

    Raises `OutputError` when there is no program to print with, or it fails, and `TemplateError`
    for what is no Word document.
    """
    try:
        content = document.read_bytes()
    except OSError as error:
        raise OutputError(f"「{document.name}」没能转成 PDF:{why(error)}。") from error
    package = read_document(content, document.name)
    missing = missing_fonts(package)
    is_tracked = bool(_TRACKED.search(package.read(main_part(package))))
    with tempfile.TemporaryDirectory(prefix="gouji") as folder:
        printed, is_of_word = print_in(Path(folder), content)
    if not printed:
        raise OutputError(f"「{document.name}」没能转成 PDF。请在 Word 里打开它,另存为 PDF。")
    if not is_of_word:
        printed = described(printed, package)
    backup = save_over(pdf, printed)
    standard = "PDF/A-1" if is_of_word else "PDF/A-2b"
    return Printed(pdf, standard, backup, missing, is_tracked)


def _with_notes_in_order(content: bytes) -> bytes:
    """The document for LibreOffice, which goes by the order of notes where Word goes by ids."""
    package = unpack(content)
    members = notes_in_order(package, main_part(package))
    return b"".join(pack(replaced(package, members))) if members else content


def print_in(
    folder: Path, content: bytes, is_over: Callable[[], bool] = lambda: False
) -> tuple[bytes, bool]:
    """The PDF of a document, made in the folder, and whether Word made it.

    b"" where none was made, or it `is_over`: nobody waits for it any more. LibreOffice keeps what
    it learns of the computer in the folder, and is quicker there the next time. Raises
    `OutputError` as `save_as_pdf` does.
    """
    # A short name of plain letters, whatever the report is called.
    source, made = folder / "report.docx", folder / "report.pdf"
    made.unlink(missing_ok=True)
    source.write_bytes(content)
    is_of_word = by_word(source, made)
    if not is_of_word:
        source.write_bytes(_with_notes_in_order(content))
        by_libreoffice([source], "pdf", is_over)
    return (made.read_bytes() if made.exists() and not is_over() else b""), is_of_word
