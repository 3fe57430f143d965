"""Rules for what may be typed into cells."""

from collections.abc import Sequence
from typing import Any, Final

import xlwings as xw
from xlwings import base_classes

from addin.calc.notation import addresses
from addin.calc.notation.formulas import to_calc
from addin.calc.places.model import Block
from addin.calc.program.bridge import enum, is_mixed

_NAME: Final = "com.sun.star.sheet."
_TYPES: Final = {
    "none": "ANY", "whole_number": "WHOLE", "decimal": "DECIMAL", "date": "DATE", "time": "TIME",
    "text_length": "TEXT_LEN", "list": "LIST", "custom": "CUSTOM",
}  # fmt: skip
_OPERATORS: Final = {
    "between": "BETWEEN", "not_between": "NOT_BETWEEN", "equal_to": "EQUAL",
    "not_equal_to": "NOT_EQUAL", "greater_than": "GREATER", "less_than": "LESS",
    "greater_than_or_equal": "GREATER_EQUAL", "less_than_or_equal": "LESS_EQUAL",
}  # fmt: skip
_STYLES: Final = {"STOP": "stop", "WARNING": "warning", "INFO": "information"}
_COMPARED: Final = ("whole_number", "decimal", "date", "time", "text_length")


class DataValidation(base_classes.DataValidation):
    """The rule of a range; without one, or with several, most of it is None."""

    def __init__(self, block: Block) -> None:
        self.block = block

    @property
    def api(self) -> Any:
        """Calc's TableValidation, a copy: it is set anew to change anything."""
        return self.block.cells.getPropertyValue("Validation")

    @property
    def type(self) -> str:
        """The kind of rule; "inconsistent" where the cells differ."""
        if is_mixed(self.block.cells, "Validation"):
            return "inconsistent"
        kind = str(self.api.getPropertyValue("Type").value)
        return next((word for word, name in _TYPES.items() if name == kind), "unknown")

    @property
    def operator(self) -> str | None:
        """How a value is compared."""
        if self.type not in _COMPARED:
            return None
        name = str(self.api.getOperator().value)
        return next((word for word, one in _OPERATORS.items() if one == name), None)

    def _formula(self, text: str) -> str | None:
        formats = self.block.sheet.book.formats
        return f"={formats.to_excel(text).removeprefix('=')}" if text else None

    @property
    def formula1(self) -> str | None:
        """What a value is compared with."""
        return self._formula(str(self.api.getFormula1())) if self.type in _COMPARED else None

    @property
    def formula2(self) -> str | None:
        """The end of what a value is to be between."""
        needs = self.operator in ("between", "not_between")
        return self._formula(str(self.api.getFormula2())) if needs else None

    @property
    def formula(self) -> str | None:
        """The formula of a custom rule."""
        return self._formula(str(self.api.getFormula1())) if self.type == "custom" else None

    @property
    def source(self) -> str | None:
        """What a list offers: texts with commas between, or a formula."""
        if self.type != "list":
            return None
        text = str(self.api.getFormula1())
        if text.startswith('"'):
            return text.strip('"').replace('";"', ",")
        return self._formula(text)

    @property
    def in_cell_dropdown(self) -> bool | None:
        """Whether a list is offered in the cell."""
        return bool(self.api.getPropertyValue("ShowList")) if self.type == "list" else None

    def _told(self, name: str) -> Any:
        if self.type in ("none", "inconsistent"):
            return None
        return self.api.getPropertyValue(name)

    ignore_blank = property(lambda self: self._told("IgnoreBlankCells"))
    input_title = property(lambda self: self._told("InputTitle"))
    input_message = property(lambda self: self._told("InputMessage"))
    show_input = property(lambda self: self._told("ShowInputMessage"))
    error_title = property(lambda self: self._told("ErrorTitle"))
    error_message = property(lambda self: self._told("ErrorMessage"))
    show_error = property(lambda self: self._told("ShowErrorMessage"))

    @property
    def alert_style(self) -> str | None:
        """What happens to a wrong value: stop, warning or information."""
        found = self._told("ErrorAlertStyle")
        return None if found is None else _STYLES.get(str(found.value))

    def set_list(self, source: Any, in_cell_dropdown: bool) -> None:
        """Offer texts, the cells of a range, or what a name stands for."""
        if isinstance(source, list):
            formula = ";".join('"' + text.replace('"', '""') + '"' for text in source)
        elif hasattr(source, "refers_to"):
            formula = source.local_name
        else:
            place = f"{addresses.quoted(source.sheet.name)}!{source.address}"
            formula = to_calc(place, {})
        self._set("list", None, [formula, ""], ShowList=int(in_cell_dropdown))

    def set_rule(
        self, rule_type: str, operator: str | None, formula1: str, formula2: str | None
    ) -> None:
        """Compare what is typed, or let a formula judge it."""
        formats = self.block.sheet.book.formats
        texts = [formats.to_calc(text or "").removeprefix("=") for text in (formula1, formula2)]
        self._set(rule_type, operator, texts)

    def _set(self, kind: str, operator: str | None, texts: Sequence[str], **more: Any) -> None:
        if self.type == "inconsistent":
            raise xw.XlwingsError("These cells have different validation rules: delete them first.")
        rule = self.api
        rule.setPropertyValue("Type", enum(f"{_NAME}ValidationType", _TYPES[kind]))
        name = _OPERATORS[operator] if operator else "FORMULA" if kind == "custom" else "EQUAL"
        rule.setOperator(enum(f"{_NAME}ConditionOperator", name))
        rule.setFormula1(texts[0])
        rule.setFormula2(texts[1])
        for key, value in {"ShowErrorMessage": True, "IgnoreBlankCells": True, **more}.items():
            rule.setPropertyValue(key, value)
        self.block.cells.setPropertyValue("Validation", rule)

    def delete(self) -> None:
        """Let anything be typed."""
        rule = self.api
        rule.setPropertyValue("Type", enum(f"{_NAME}ValidationType", "ANY"))
        self.block.cells.setPropertyValue("Validation", rule)
