"""What became of a rule, how grave a finding is, and what a cell says that has no value."""

from typing import Final

from workbook.catalogue.model import Language, Text

TIES: Final = Text("相符", "Ties")
ROUNDING: Final = Text("尾差", "Rounding")
FAILS: Final = Text("不符", "Fails")
UNFILLED: Final = Text("未填", "Blank")
NOT_APPLICABLE: Final = Text("不适用", "N/A")
NOT_A_NUMBER: Final = Text("非数值", "No number")
UNCOMPUTABLE: Final = Text("无法计算", "No result")
# what the sheet says of a rule that no formula can judge
BY_PROGRAM: Final = Text("程序核对", "By program")
VERDICTS: Final = (TIES, ROUNDING, FAILS, UNFILLED, NOT_APPLICABLE, NOT_A_NUMBER, UNCOMPUTABLE)
_BY_CHINESE: Final = {one.zh: one for one in VERDICTS}

ROW_FAILS: Final = Text("{word}：{rule}", "{word}: {rule}")  # which rule a row fails by

ERROR: Final = Text("错误", "Error")
WARNING: Final = Text("提醒", "Warning")
HINT: Final = Text("提示", "Note")

BLANK: Final = Text("空白", "blank")
NOT_FILLED: Final = Text("(未填)", "(blank)")


def verdict_word(verdict: str, language: Language) -> str:
    """A verdict, or what a computed cell says, in a language; `verdict` is its Chinese word."""
    return _BY_CHINESE[verdict](language)
