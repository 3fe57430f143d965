"""The LibreOffice of a worker's tests: one for all of them, a new one where that has died."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import within
from light import light

if TYPE_CHECKING:
    from addin.calc.program.office import Office

XLSX = "Calc MS Excel 2007 XML"
# What LibreOffice calls the kinds of files that it writes.
FILTERS = {"docx": "MS Word 2007 XML", "odt": "writer8", "doc": "MS Word 97"}
PDF = {".xlsx": "calc_pdf_Export"}
LOADING = "/org.openoffice.Office.Calc/Formula/Load"
ALWAYS = 0
TRIES = 3


class Offices:
    """Starts LibreOffice when it is first asked for, and again once it no longer answers.

    The first is in this process, where that can be, and stays to its end; `status` is the process'.
    What recalculates hundreds of files, and dies of it now and then, has a process of its own.
    """

    def __init__(self, program: str, status: Callable[[], int]) -> None:
        self._program = program
        self._status = status
        self._libraries = within.libraries(program)
        self._office: Office | None = None
        self._apart: Office | None = None

    def current(self) -> "Office":
        """A LibreOffice that answers."""
        if self._office is not None and not self._office.is_alive:
            self.close()
        if self._office is None:
            self._office = self._started()
        return self._office

    def _started(self) -> "Office":
        from addin.calc.program.office import start

        folder, self._libraries = self._libraries, None
        if folder is None:
            return start(program=self._program)
        return within.start(folder, self._program, self._status)

    def _calculator(self) -> "Office":
        """One in a process of its own, which calculates whatever it opens."""
        from addin.calc.program.office import start

        if self._apart is None:
            self._apart = start(program=self._program)
            calculate_anew(self._apart)
        return self._apart

    def close(self) -> None:
        """End what runs in a process of its own."""
        for office in (self._office, self._apart):
            if office is not None and office.process is not None:
                office.close()
        self._office = self._apart = None

    def tidy(self) -> None:
        """Close every document, so that nothing is left to who asks next."""
        from addin.calc.program.bridge import UnoError

        if self._office is None or not self._office.is_alive:
            return
        for document in list(self._office.desktop.Components):
            with suppress(UnoError):
                document.setModified(False)
                document.close(True)

    def converted(self, file: Path, ending: str, folder: Path) -> Path:
        """A document as another kind of file of the same name, as LibreOffice writes it."""
        from addin.calc.program.bridge import properties, url

        made = folder / f"{file.stem}.{ending}"
        name = FILTERS.get(ending) or PDF.get(file.suffix, "writer_pdf_Export")
        hidden = properties(Hidden=True)
        opened = self.current().desktop.loadComponentFromURL(url(str(file)), "_blank", 0, hidden)
        try:
            opened.storeToURL(url(str(made)), properties(FilterName=name))
        finally:
            opened.close(True)
        return made

    def recalculated(self, files: Sequence[Path], folder: Path) -> list[Path]:
        """Copies of workbooks with all results calculated anew.

        LibreOffice now and then dies half-way through hundreds of files: the rest is tried again.
        """
        from addin.calc.program.bridge import UnoError

        problem: Exception | None = None
        for _ in range(TRIES):
            try:
                office = self._calculator()
                for file in files:
                    if not (folder / file.name).exists():
                        recalculate(office, file, folder)
                return [folder / file.name for file in files]
            except (UnoError, ConnectionError) as raised:
                problem = raised
                if self._apart is not None:
                    self._apart.close()
                self._apart = None
        raise AssertionError(f"LibreOffice has failed {TRIES} times.") from problem


def recalculate(office: "Office", file: Path, folder: Path) -> None:
    """Write what LibreOffice computes of a workbook to a file of the same name."""
    from addin.calc.program.bridge import properties, url

    opened, made = folder / f"light {file.name}", folder / f"made {file.name}"
    opened.write_bytes(light(file.read_bytes()))
    hidden = properties(Hidden=True)
    document = office.desktop.loadComponentFromURL(url(str(opened)), "_blank", 0, hidden)
    try:
        document.storeToURL(url(str(made)), properties(FilterName=XLSX))
    finally:
        document.close(True)
    opened.unlink()
    made.rename(folder / file.name)  # whole, or not there


def calculate_anew(office: "Office") -> None:
    """Let it calculate whatever it opens; else it shows the results that were saved."""
    from addin.calc.program.bridge import properties

    provider = office.service("com.sun.star.configuration.ConfigurationProvider")
    loading = provider.createInstanceWithArguments(
        "com.sun.star.configuration.ConfigurationUpdateAccess", properties(nodepath=LOADING)
    )
    loading.OOXMLRecalcMode = ALWAYS
    loading.commitChanges()
