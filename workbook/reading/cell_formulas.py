r"""Formulas that ask our cell functions, in whatever form a program has written them.

Excel writes `[1]!GJ_TIES(…)` into a file, shows `'C:\…\gouji.xlam'!GJ_TIES(…)` where it does not
find the add-in, and writes `_xludf.GJ_TIES(…)` where it knows no such function. Calc writes the
name of its extension, `ORG.GOUJI.…GJ_TIES(…)`, and in small letters a name that it does not know.
"""

import re
from typing import Any, Final

EXCEL_FORM, CALC_FORM = "GJ_{}", "ORG.GOUJI.FUNCTIONS.GJ_{}"
"""How each program shows our functions where it knows them; both take Excel's form when written."""
NAMES: Final = ("TIES", "RATE", "UPPER", "RULE", "FINDINGS")
_TEXT: Final = r'"(?:[^"]|"")*"'
_BEFORE: Final = r"(?:\[\d+\]!|'(?:[^']|'')+'!|(?:\[[^\[\]]+\])?[^\W\d][\w.]*!|(?:[A-Z_]\w*\.)+)?"
# A text in the formula is passed over whole: what it says is no call.
_CALL: Final = re.compile(
    rf"{_TEXT}|(?<![\w.!'\]]){_BEFORE}GJ_?(?P<name>{'|'.join(NAMES)})(?=\s*\()", re.IGNORECASE
)


def asks_ours(formula: Any) -> bool:
    """Whether a cell holds a formula that asks one of our functions."""
    is_formula = isinstance(formula, str) and formula[:1] in ("=", "{")
    return is_formula and any(found["name"] for found in _CALL.finditer(formula))


def in_form(formula: str, form: str = EXCEL_FORM) -> str:
    """The formula with our functions as `form` writes them."""

    def renamed(found: re.Match[str]) -> str:
        return form.format(found["name"].upper()) if found["name"] else found[0]

    return _CALL.sub(renamed, formula)
