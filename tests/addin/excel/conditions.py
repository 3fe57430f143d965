"""Conditional formats, as far as the buttons use them: formulas that are true or not."""

from typing import TYPE_CHECKING, Any, Final

from openpyxl.formula.translate import Translator

from excel.com import Collection, ComObject, acts, reads
from excel.errors import failed, not_settable
from excel.looks import NONE, to_number

if TYPE_CHECKING:
    from excel.ranges import Range

CELL_VALUE, EXPRESSION = 1, 2
ANY_OF_THE_PALETTE: Final = 3  # the palette is not modelled
_OPERATORS: Final = {
    1: "between", 2: "not_between", 3: "equal_to", 4: "not_equal_to", 5: "greater_than",
    6: "less_than", 7: "greater_than_or_equal", 8: "less_than_or_equal",
}  # fmt: skip


class FormatCondition(ComObject):
    """One rule."""

    def __init__(self, cells: "Range", rule: Any) -> None:
        super().__init__(cells._program)
        self._cells = cells
        self._rule = rule

    def _may(self, error: Any) -> None:
        self._cells._may("AllowFormattingCells", error)

    @reads
    def Type(self) -> int:
        return {"custom": EXPRESSION, "cell_value": CELL_VALUE}.get(self._rule.type, 0)

    @reads
    def Formula1(self) -> str:
        return str(self._rule.formula or self._rule.formula1)

    @reads
    def StopIfTrue(self) -> bool:
        return bool(self._rule.stop_if_true)

    @StopIfTrue.sets
    def _set_stop(self, value: Any) -> None:
        self._may(not_settable(self._of, "StopIfTrue"))
        self._rule.set({"stop_if_true": bool(value)})

    @reads
    def AppliesTo(self) -> Any:
        return self._cells

    @reads
    def Interior(self) -> Any:
        return RuleLook(self, "fill_color", "Interior")

    @reads
    def Font(self) -> Any:
        return RuleLook(self, "font_color", "Font")

    @acts
    def Modify(
        self, Type: Any, Operator: Any = None, Formula1: Any = None, Formula2: Any = None
    ) -> None:
        self._may(failed(self._of, "Modify"))
        self._rule.set(_spec(self._cells, Type, Operator, Formula1, Formula2))

    @acts
    def SetFirstPriority(self) -> None:
        self._may(failed(self._of, "SetFirstPriority"))

    @acts
    def Delete(self) -> None:
        self._may(failed(self._of, "Delete"))
        self._rule.delete()


class RuleLook(ComObject):
    """The fill or the font that a rule gives."""

    def __init__(self, rule: FormatCondition, look: str, of: str) -> None:
        super().__init__(rule._program)
        self._above = rule
        self._look = look
        self._named = of

    @property
    def _of(self) -> str:
        return self._named

    @reads
    def Color(self) -> float | None:
        found = getattr(self._above._rule, self._look)
        return None if found is None else to_number(found)

    @Color.sets
    def _set_color(self, value: Any) -> None:
        self._above._may(not_settable(self._of, "Color"))
        number = int(value)
        colour = (number & 255, number >> 8 & 255, number >> 16 & 255)
        self._above._rule.set({self._look: colour})

    @reads
    def ColorIndex(self) -> int:
        return NONE if getattr(self._above._rule, self._look) is None else ANY_OF_THE_PALETTE

    @reads
    def Bold(self) -> Any:
        return self._above._rule.font_bold

    @Bold.sets
    def _set_bold(self, value: Any) -> None:
        self._above._may(not_settable(self._of, "Bold"))
        self._above._rule.set({"font_bold": bool(value)})


class FormatConditions(Collection):
    """The rules that apply to cells of a range."""

    def __init__(self, cells: "Range") -> None:
        super().__init__(cells._program)
        self._cells = cells

    def _list(self) -> list[Any]:
        rules = self._cells._areas[0].conditional_formats
        return [FormatCondition(self._cells, one) for one in rules]

    @acts
    def Add(
        self, Type: Any, Operator: Any = None, Formula1: Any = None, Formula2: Any = None
    ) -> Any:
        self._cells._may("AllowFormattingCells", failed(self._of, "Add"))
        if Formula1 is None:
            raise failed(self._of, "Add")
        spec = _spec(self._cells, Type, Operator, Formula1, Formula2)
        made = None
        for area in self._cells._areas:
            made = area.conditional_formats._add_condition(spec)
        return FormatCondition(self._cells, made)

    @acts
    def Delete(self) -> None:
        self._cells._may("AllowFormattingCells", failed(self._of, "Delete"))
        for area in self._cells._areas:
            area.conditional_formats.clear()


def _spec(cells: "Range", kind: Any, operator: Any, first: Any, second: Any) -> dict[str, Any]:
    """A rule as Calc takes it; relative references count from the active cell, as in Excel."""
    if kind == EXPRESSION:
        return {"formula": _moved(cells, str(first))}
    if operator not in _OPERATORS:
        raise failed("FormatConditions", "Add")
    return {
        "operator": _OPERATORS[operator],
        "formula1": _moved(cells, str(first)),
        "formula2": None if second is None else _moved(cells, str(second)),
    }


def _moved(cells: "Range", formula: str) -> str:
    written = formula if formula.startswith("=") else f"={formula}"
    active = cells._sheet._active_cell()
    here = cells._areas[0](1, 1).get_address(False, False)
    return str(Translator(written, origin=active).translate_formula(here))
