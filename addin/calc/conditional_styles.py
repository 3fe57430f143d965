"""What a condition's cells look like: a cell style of its own for each rule."""

from typing import Any, Final

from addin.calc import units
from addin.calc.bridge import enum

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


def write(document: Any, entry: Any, looks: dict[str, Any]) -> None:
    """Set the looks that are given; the rule gets a style that nothing else uses."""
    styles = _styles(document)
    if not str(entry.StyleName).startswith(_OWN):
        entry.StyleName = _add_style(document, styles)
    style = styles.getByName(entry.StyleName)
    for look, name in _PROPERTIES.items():
        if look in looks:
            style.setPropertyValue(name, _as_calc(look, looks[look]))


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
