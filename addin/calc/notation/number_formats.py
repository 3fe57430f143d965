"""How one document writes numbers and formulas: its formats and functions, in Excel's notation."""

import datetime as dt
import re
from enum import Enum
from functools import cache
from typing import Any, Final

from addin.calc.notation.formulas import Notation, function_names
from addin.calc.program.bridge import is_mixed, struct

_DATE: Final = 2
_TIME: Final = 4
_TEXT: Final = 256
_LOGICAL: Final = 1024
_KEYS_PER_LOCALE: Final = 10_000
_ENGLISH_MAPPING: Final = 2
_OOXML_MAPPING: Final = 5
_ALL: Final = 0x7FFFFFFF
_KEPT: Final = re.compile(r'("[^"]*"|\\.|\[[^\]]*\]|AM/PM|A/P|General)')


class Shows(Enum):
    """How a number in a cell is to be read."""

    NUMBER = "number"
    DATE = "date"
    TRUTH = "truth"
    TEXT = "text"


class Formats:
    """The number formats and function names of one document, each asked for once.

    `key("0.00%")` may be 10, `text(10)` is then `0.00%` and `shows(10)` is `Shows.NUMBER`;
    `to_calc("=SUM(A1,B1)")` is `=SUM(A1;B1)`.
    """

    def __init__(self, document: Any) -> None:
        self.document = document
        self._kinds: dict[int, Shows] = {}
        self._written: dict[int, str] = {}
        self._own: dict[Shows | str, int] = {}
        self._known: Notation | None = None
        null = document.NullDate
        self.epoch = dt.datetime(null.Year, null.Month, null.Day)
        self._locale = struct("com.sun.star.lang.Locale", Language="en", Country="US")

    def shows(self, key: int) -> Shows:
        """How numbers with this format are to be read."""
        if key not in self._kinds:
            kind = int(self.document.NumberFormats.getByKey(key).Type)
            self._kinds[key] = _kind(kind)
        return self._kinds[key]

    def of(self, cells: Any) -> "list[tuple[Shows, Any]]":
        """How a block is to be read: the areas of each format, or the whole if it has but one."""
        if not is_mixed(cells, "NumberFormat"):
            return [(self.shows(cells.NumberFormat), cells.RangeAddress)]
        return [
            (self.shows(same.NumberFormat), area)
            for same in cells.getUniqueCellFormatRanges()
            for area in same.RangeAddresses
        ]

    def key(self, text: str) -> int:
        """The document's number for a format in Excel's notation; it is added where new."""
        if text == "General":
            return 0
        if text not in self._own:
            formats = self.document.NumberFormats
            key = int(formats.queryKey(text, self._locale, False))
            self._own[text] = key if key != -1 else int(formats.addNew(text, self._locale))
        self._written[self._own[text]] = text
        return self._own[text]

    def text(self, key: int) -> str:
        """A format in Excel's notation."""
        if key not in self._written:
            self._written[key] = self._text(key)
        return self._written[key]

    def _text(self, key: int) -> str:
        if key % _KEYS_PER_LOCALE == 0 or self.shows(key) is Shows.TRUTH:
            return "General"
        found = str(self.document.NumberFormats.getByKey(key).FormatString)
        found = re.sub(r"\[(RED|BLACK|BLUE|GREEN|WHITE|CYAN|MAGENTA|YELLOW)\]", _title, found)
        if self.shows(key) is not Shows.DATE:
            return found
        pieces = _KEPT.split(found)
        return "".join(piece if _KEPT.match(piece) else piece.lower() for piece in pieces)

    def key_for(self, value: object) -> int:
        """The format that a cell takes when a date, a time or a truth value is written."""
        if isinstance(value, bool):
            if Shows.TRUTH not in self._own:
                formats = self.document.NumberFormats
                self._own[Shows.TRUTH] = formats.getStandardFormat(_LOGICAL, self._locale)
            return self._own[Shows.TRUTH]
        if isinstance(value, dt.time):
            return self.key("h:mm:ss")
        is_whole = not isinstance(value, dt.datetime) or value.time() == dt.time()
        return self.key("yyyy-mm-dd" if is_whole else "yyyy-mm-dd hh:mm:ss")

    def to_calc(self, formula: str) -> str:
        """An Excel formula as Calc's block calls take it."""
        return self._notation.to_calc(formula)

    def to_excel(self, formula: str) -> str:
        """A formula of Calc in Excel's notation."""
        return self._notation.to_excel(formula)

    @property
    def _notation(self) -> Notation:
        if self._known is None:
            service = "com.sun.star.sheet.FormulaOpCodeMapper"
            mapper = self.document.createInstance(service)
            calc, excel = (
                {one.Name: one.Token.OpCode for one in mapper.getAvailableMappings(language, _ALL)}
                for language in (_ENGLISH_MAPPING, _OOXML_MAPPING)
            )
            self._known = _notation(tuple(_words(calc).items()), tuple(_words(excel).items()))
        return self._known


@cache
def _notation(calc: tuple[tuple[str, int], ...], excel: tuple[tuple[str, int], ...]) -> Notation:
    """The notation of these functions: it is the same for all documents of one program."""
    return Notation(function_names(dict(calc), dict(excel)))


def _kind(kind: int) -> Shows:
    if kind & _LOGICAL:
        return Shows.TRUTH
    if kind & (_DATE | _TIME):
        return Shows.DATE
    return Shows.TEXT if kind & _TEXT else Shows.NUMBER


def _words(names: dict[str, int]) -> dict[str, int]:
    return {name: code for name, code in names.items() if name[:1].isalpha() or name[:1] == "_"}


def _title(colour: re.Match[str]) -> str:
    return f"[{colour[1].title()}]"
