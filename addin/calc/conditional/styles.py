"""What a condition's cells look like: a cell style of its own for each rule."""

from contextlib import suppress
from typing import Any, Final

from addin.calc.notation import units
from addin.calc.places.model import OpenBook
from addin.calc.program.bridge import UnoError, enum

_OWN: Final = "ConditionalFormat_"
_PROPERTIES: Final = {
    "fill_color": "CellBackColor", "font_color": "CharColor", "font_bold": "CharWeight",
    "font_italic": "CharPosture",
}  # fmt: skip
_BOLD: Final = 150.0
_NORMAL: Final = 100.0


def _styles(document: Any) -> Any:
    return document.getStyleFamilies().getByName("CellStyles")


def read(document: Any, entry: Any, look: str) -> Any:
    """A look, named in xlwings' word, as xlwings has it; None where the rule leaves it alone."""
    style = _styles(document).getByName(entry.StyleName)
    if style.getPropertyState(_PROPERTIES[look]).value != "DIRECT_VALUE":
        return None
    value = style.getPropertyValue(_PROPERTIES[look])
    if look == "font_bold":
        return value > _NORMAL
    return value.value != "NONE" if look == "font_italic" else units.to_rgb(value)


def write(book: OpenBook, entry: Any, looks: dict[str, Any]) -> None:
    """Set the looks that are given; the rule gets a style that nothing else uses.

    Calc changes no style while any sheet of the book is protected: protection without a password
    is off meanwhile. Where one has a password, a style of these looks that is there already serves.
    """
    wanted = {look: value for look, value in looks.items() if look in _PROPERTIES}
    if not wanted:
        return
    # To ask for a sheet costs a millisecond.
    protected = [one for one in book.each_sheet() if one.api.isProtected()]
    opened = [one for one in protected if _could_be_opened(one.api)]
    try:
        if len(opened) < len(protected):
            entry.StyleName = _alike(book.document, entry, wanted)
        else:
            _change(book.document, entry, wanted)
    finally:
        for sheet in opened:
            sheet.api.protect("")


def _change(document: Any, entry: Any, looks: dict[str, Any]) -> None:
    styles = _styles(document)
    if not str(entry.StyleName).startswith(_OWN):
        entry.StyleName = _add_style(document, styles)
    style = styles.getByName(entry.StyleName)
    for look, value in looks.items():
        style.setPropertyValue(_PROPERTIES[look], _as_calc(look, value))


def _could_be_opened(sheet: Any) -> bool:
    """Whether a sheet's protection could be taken off; Calc keeps its options meanwhile."""
    with suppress(UnoError):  # which another password is answered with
        sheet.unprotect("")
    return not sheet.isProtected()


def _alike(document: Any, entry: Any, looks: dict[str, Any]) -> str:
    """The name of a style with just these looks; NotImplementedError where there is none."""
    wanted = {look: looks.get(look) for look in _PROPERTIES}
    before = entry.StyleName
    for name in _styles(document).getElementNames():
        entry.StyleName = name
        if {look: read(document, entry, look) for look in _PROPERTIES} == wanted:
            return str(name)
    entry.StyleName = before
    raise NotImplementedError("Calc makes no style while a sheet is protected with a password.")


def _add_style(document: Any, styles: Any) -> str:
    number = 1
    while styles.hasByName(f"{_OWN}{number}"):
        number += 1
    styles.insertByName(f"{_OWN}{number}", document.createInstance("com.sun.star.style.CellStyle"))
    return f"{_OWN}{number}"


def _as_calc(look: str, value: Any) -> Any:
    if look == "font_bold":
        return _BOLD if value else _NORMAL
    if look == "font_italic":
        return enum("com.sun.star.awt.FontSlant", "ITALIC" if value else "NONE")
    return units.from_rgb(value)
