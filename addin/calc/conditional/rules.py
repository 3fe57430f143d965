"""One rule of a conditional format."""

from typing import Any, Final

from xlwings import base_classes

from addin.calc.conditional import styles as conditional_styles
from addin.calc.conditional.entries import (
    COLOR_SCALE,
    CONDITION,
    DATA_BAR,
    ICON_SET,
    holds_conditions,
    make_anew,
)
from addin.calc.notation import units
from addin.calc.places.model import Block

# com.sun.star.sheet.ConditionFormatOperator
_OPERATORS: Final = {
    "equal_to": 0, "less_than": 1, "greater_than": 2, "less_than_or_equal": 3,
    "greater_than_or_equal": 4, "not_equal_to": 5, "between": 6, "not_between": 7,
}  # fmt: skip
_EXPRESSION: Final = 24
_TWO_SIDED: Final = ("between", "not_between")
# What Calc's numbers mean: ColorScaleEntryType, DataBarEntryType, IconSetFormatEntry.
_THRESHOLDS: Final = {
    COLOR_SCALE: (
        "lowest_value", "highest_value", "percentile", "number", "percent", "formula",
    ),
    DATA_BAR: (
        "automatic", "automatic", "highest_value", "percentile", "number", "percent", "formula",
    ),
    ICON_SET: ("lowest_value", "percentile", "number", "percent", "formula"),
}  # fmt: skip
_ENTRIES: Final = {
    COLOR_SCALE: "ColorScaleEntries", DATA_BAR: "DataBarEntries", ICON_SET: "IconSetEntries",
}  # fmt: skip
_GRADED: Final = {COLOR_SCALE: "color_scale", DATA_BAR: "data_bar", ICON_SET: "icon_set"}
# com.sun.star.sheet.IconType; Calc tells 5ArrowsGray by the number of 4ArrowsGray.
_ICON_NUMBERS: Final = {
    0: "3_arrows", 1: "3_arrows_gray", 2: "3_flags", 3: "3_traffic_lights_1",
    4: "3_traffic_lights_2", 5: "3_signs", 6: "3_symbols", 7: "3_symbols_2", 10: "4_arrows",
    11: "4_arrows_gray", 12: "4_red_to_black", 13: "4_rating", 14: "4_traffic_lights",
    15: "5_arrows", 16: "5_arrows_gray", 17: "5_rating", 18: "5_quarters",
}  # fmt: skip


class ConditionalFormat(base_classes.ConditionalFormat):
    """One rule; what its kind does not have is None."""

    def __init__(self, block: Block, owner: Any, index: int) -> None:
        self.block = block
        self.owner = owner
        self.index = index

    @property
    def api(self) -> Any:
        """Calc's entry."""
        return self.owner.getByIndex(self.index)

    @property
    def is_condition(self) -> bool:
        """Whether cells meet the rule or do not, rather than by degrees."""
        return self.api.getType() not in _GRADED

    @property
    def type(self) -> str:
        """cell_value, custom, color_scale, data_bar, icon_set, or unknown."""
        rule = self.api
        kind = rule.getType()
        if kind in _GRADED:
            return _GRADED[kind]
        if kind != CONDITION:
            return "unknown"
        if rule.Operator == _EXPRESSION:
            return "custom"
        return "cell_value" if rule.Operator in _OPERATORS.values() else "unknown"

    @property
    def operator(self) -> str | None:
        """How a value is compared."""
        if self.type != "cell_value":
            return None
        found = self.api.Operator
        return next(word for word, number in _OPERATORS.items() if number == found)

    def _formula(self, name: str) -> str:
        return f"={self.block.sheet.book.formats.to_excel(str(getattr(self.api, name)))}"

    @property
    def formula1(self) -> str | None:
        """What a value is compared with."""
        return self._formula("Formula1") if self.type == "cell_value" else None

    @property
    def formula2(self) -> str | None:
        """The end of what a value is to be between."""
        return self._formula("Formula2") if self.operator in _TWO_SIDED else None

    @property
    def formula(self) -> str | None:
        """The formula of a custom rule."""
        return self._formula("Formula1") if self.type == "custom" else None

    @property
    def stop_if_true(self) -> bool | None:
        """What was set, while the book is open: Calc always stops at the first true condition."""
        if not self.is_condition:
            return None
        kept = self.block.sheet.book.kept
        return bool(kept.get(("stop if true", self.api.StyleName), True))

    def _look(self, name: str) -> Any:
        """A look that a condition gives; None where it leaves that alone."""
        document = self.block.sheet.book.document
        return conditional_styles.read(document, self.api, name) if self.is_condition else None

    # Backgrounds and texts as red, green, blue.
    fill_color = property(lambda self: self._look("fill_color"))
    font_color = property(lambda self: self._look("font_color"))
    font_bold = property(lambda self: self._look("font_bold"))
    font_italic = property(lambda self: self._look("font_italic"))

    @property
    def colors(self) -> tuple[units.Colour, ...] | None:
        """The colours of a scale."""
        if self.type != "color_scale":
            return None
        return tuple(units.to_rgb(one.getColor()) for one in self.api.ColorScaleEntries)

    @property
    def bar_color(self) -> units.Colour | None:
        """The colour of bars."""
        return units.to_rgb(self.api.Color) if self.type == "data_bar" else None

    @property
    def gradient(self) -> bool | None:
        """Whether bars fade."""
        return bool(self.api.UseGradient) if self.type == "data_bar" else None

    @property
    def show_value(self) -> bool | None:
        """Whether the value stands beside the bar or the icon."""
        return bool(self.api.ShowValue) if self.type in ("data_bar", "icon_set") else None

    @property
    def icon_set(self) -> str | None:
        """The kind of icons; None also for the three kinds that Calc draws but does not tell."""
        if self.type != "icon_set":
            return None
        word = _ICON_NUMBERS.get(self.api.Icons)
        is_five = len(self.api.IconSetEntries) == 5
        return "5_arrows_gray" if word == "4_arrows_gray" and is_five else word

    @property
    def reverse_order(self) -> bool | None:
        """Whether the icons run from the highest value to the lowest."""
        return bool(self.api.Reverse) if self.type == "icon_set" else None

    def _entries(self) -> tuple[Any, ...] | None:
        """Where colours, bars or icons begin or end; the first icon has no threshold."""
        kind = self.api.getType()
        if kind not in _ENTRIES:
            return None
        entries = tuple(getattr(self.api, _ENTRIES[kind]))
        return entries[1:] if kind == ICON_SET else entries

    @property
    def threshold_types(self) -> tuple[str, ...] | None:
        """What the thresholds are."""
        entries = self._entries()
        words = _THRESHOLDS.get(self.api.getType(), ())
        return None if entries is None else tuple(words[one.getType()] for one in entries)

    @property
    def thresholds(self) -> tuple[float | str | None, ...] | None:
        """The thresholds; None for the lowest, the highest and what Calc chooses."""
        entries, words = self._entries(), self.threshold_types
        if entries is None or words is None:
            return None
        return tuple(_value(one, word) for one, word in zip(entries, words, strict=True))

    def set(self, changes: dict[str, Any]) -> None:
        """Change the comparison, the formula or the looks of a condition."""
        rule = self.api
        if "formula" in changes:
            rule.Operator = _EXPRESSION
            rule.Formula1 = self._to_calc(changes["formula"])
        if "operator" in changes:
            rule.Operator = _OPERATORS[changes["operator"]]
        for name in ("formula1", "formula2"):
            if changes.get(name) is not None:
                setattr(rule, name.title(), self._to_calc(changes[name]))
        conditional_styles.write(self.block.sheet.book, rule, changes)
        if "stop_if_true" in changes:
            kept = self.block.sheet.book.kept
            kept["stop if true", rule.StyleName] = changes["stop_if_true"]

    def _to_calc(self, formula: str) -> str:
        return self.block.sheet.book.formats.to_calc(formula).removeprefix("=")

    def set_bar(self, spec: dict[str, Any]) -> None:
        """Say how the bars look and where they begin and end."""
        rule = self.api
        rule.Color = units.from_rgb(spec["bar_color"])
        rule.UseGradient, rule.ShowValue = spec["gradient"], spec["show_value"]
        for entry, word, value in zip(
            rule.DataBarEntries, spec["threshold_types"], spec["thresholds"], strict=True
        ):
            entry.setType(_THRESHOLDS[DATA_BAR].index(word, 1))
            entry.setFormula("0" if value is None else str(value))

    def delete(self) -> None:
        """Take the rule away."""
        if self.owner.getCount() > 1 and not holds_conditions(self.owner):
            raise NotImplementedError("LibreOffice cannot take one rule out of a mixed format.")
        make_anew(self.block, self.owner, leave_out=self.index)


def _value(entry: Any, word: str) -> float | str | None:
    if word in ("automatic", "lowest_value", "highest_value"):
        return None
    text = str(entry.getFormula())
    return text if word == "formula" else float(text)
