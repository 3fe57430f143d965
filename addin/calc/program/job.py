"""Our job inside LibreOffice, which answers in one call what would take hundreds.

A call from outside costs 0.1 ms, and 1 ms where an object comes back, as each name does. What the
job does stands in `job_in_libreoffice.py.txt`: LibreOffice's own Python runs that, not ours.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from addin.calc.program.bridge import UnoError, struct, url

_SERVICE: Final = "org.gouji.CalcJob"
_LOADER: Final = "com.sun.star.loader.Python"
_SOURCE: Final = Path(__file__).with_name("job_in_libreoffice.py.txt")

Cell = tuple[str, int, int]  # the sheet, the column and the row, which count from 0


class Job:
    """The job in one program; `api` is UNO's XJob."""

    def __init__(self, api: Any) -> None:
        self.api = api

    def references(self, document: Any, names: Sequence[str]) -> list[str | None]:
        """What each of the document's own names stands for, as Calc writes it; None for no name."""
        return list(self._asked(document=document, names=tuple(names)))

    def blocks(self, document: Any, sheets: Sequence[str]) -> list[tuple[Any, ...]]:
        """Each sheet's used area: first row and column from 0, rows, columns, what is at hand.

        That is the cells' data as `getDataArray` gives them, their number formats, the formulas
        that ended in errors and what is merged, as `held` there says; None where they are too
        many to bring at once.
        """
        return list(map(tuple, self._asked(document=document, sheets=tuple(sheets))))

    def block(self, document: Any, sheet: str, area: tuple[int, int, int, int]) -> Any:
        """What is at hand of one block, by first column and row, last column and row, from 0."""
        return self._asked(document=document, block=(sheet, *area))

    def formulas(
        self, document: Any, word: str, sheets: Sequence[str]
    ) -> list[tuple[str, int, int, str]]:
        """Calc's own text of each formula with a word in it, by sheet, row and column from 1."""
        return list(map(tuple, self._asked(document=document, formulas=(word, *sheets))))

    def texts(self, document: Any, places: Sequence[Cell]) -> list[str]:
        """Calc's own text of each cell's formula; of other cells what is typed."""
        return list(self._asked(document=document, texts=tuple(places)))

    def looks(self, document: Any, places: Sequence[Cell]) -> list[tuple[int, str]]:
        """The colour and the note of each cell; -1 for no colour."""
        return list(map(tuple, self._asked(document=document, looks=tuple(places))))

    def dress(self, document: Any, wanted: Sequence[tuple[str, int, int, int, str]]) -> None:
        """Give each cell, by sheet, column and row, this colour and note."""
        self._asked(document=document, dress=tuple(wanted))

    def _asked(self, **values: Any) -> Any:
        kind = "com.sun.star.beans.NamedValue"
        given = tuple(struct(kind, Name=name, Value=value) for name, value in values.items())
        return json.loads(self.api.execute(given))


def loaded(context: Any) -> Job | None:
    """The job in the program of this context; None where that has no Python or may not read it.

    LibreOffice keeps what it has loaded: only the first to ask waits for its Python to start.
    """
    manager = context.ServiceManager
    loader = manager.createInstanceWithContext(_LOADER, context)
    if loader is None:
        return None
    try:
        factory = loader.activate(_SERVICE, "", url(str(_SOURCE)), None)
        return Job(factory.createInstanceWithContext(context))
    except UnoError:
        return None
