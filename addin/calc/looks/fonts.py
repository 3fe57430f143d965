"""Fonts of cells, of parts of their text, and of shapes."""

from collections.abc import Sequence
from typing import Any, Final

from xlwings import base_classes

from addin.calc.notation import units
from addin.calc.program.bridge import enum, shared

_SCRIPTS: Final = ("", "Asian", "Complex")
_BOLD: Final = 150.0
_NORMAL: Final = 100.0
_HEAVY: Final = 110.0
_AUTOMATIC: Final = -1


class Font(base_classes.Font):
    """A font; each property is None where the text has several."""

    api: Any = None  # a property of the base class, a plain attribute here

    def __init__(self, text: Any) -> None:
        self.api = text

    def _set(self, name: str, value: Any) -> None:
        """Set a property for Latin, Chinese and complex letters alike."""
        for script in _SCRIPTS:
            self.api.setPropertyValue(f"{name}{script}", value)

    @property
    def bold(self) -> bool | None:
        """Whether the text is bold."""
        weight = shared(self.api, "CharWeight")
        return None if weight is None else weight > _HEAVY

    @bold.setter
    def bold(self, value: bool) -> None:
        self._set("CharWeight", _BOLD if value else _NORMAL)

    @property
    def italic(self) -> bool | None:
        """Whether the text is slanted."""
        posture = shared(self.api, "CharPosture")
        return None if posture is None else posture.value != "NONE"

    @italic.setter
    def italic(self, value: bool) -> None:
        self._set("CharPosture", enum("com.sun.star.awt.FontSlant", "ITALIC" if value else "NONE"))

    @property
    def size(self) -> float | None:
        """The size in points."""
        height = shared(self.api, "CharHeight")
        return None if height is None else round(float(height), 1)

    @size.setter
    def size(self, value: float) -> None:
        self._set("CharHeight", float(value))

    @property
    def color(self) -> units.Colour | None:
        """The colour; automatic is black."""
        number = shared(self.api, "CharColor")
        if number is None:
            return None
        return (0, 0, 0) if number == _AUTOMATIC else units.to_rgb(number)

    @color.setter
    def color(self, value: Sequence[int] | int | str) -> None:
        self.api.setPropertyValue("CharColor", units.from_rgb(value))

    @property
    def name(self) -> str | None:
        """The family's name."""
        found = shared(self.api, "CharFontName")
        return None if found is None else str(found)

    @name.setter
    def name(self, value: str) -> None:
        self._set("CharFontName", value)
