"""The VBA behind the cell functions, written from their Python signatures.

Made at build time, so that nobody has to press “Import functions”. Excel's function wizard speaks
Chinese all the same: texts are spelled out with ChrW, because VBA source must be ASCII.
"""

import inspect
from collections.abc import Callable, Sequence
from typing import Any, Final

from addin import functions

MODULE: Final = "GoujiFunctions"
CATEGORY: Final = "勾稽"
CALLER: Final = "caller"
HELP: Final[dict[str, tuple[str, ...]]] = {
    "GJ_TIES": ("合计所在的单元格", "各组成数所在的区域", "允许相差多少;不填则按四舍五入推算"),
    "GJ_RATE": ("部分数", "总数(基数)"),
    "GJ_UPPER": ("以元为单位的金额",),
    "GJ_RULE": ("规则的名称,如“基本支出构成”",),
    "GJ_FINDINGS": (),
}
_QUIETLY: Final = "    On Error Resume Next\n"
VOLATILE: Final = frozenset(("GJ_RULE", "GJ_FINDINGS"))


def functions_module() -> str:
    """The module: one VBA function for each, and what tells Excel about them when it starts.

    Excel runs `Auto_Open` of an add-in that it loads. A help text that it does not take must not
    keep the add-in from loading.
    """
    wrappers = "\n".join(_wrapper(name) for name in HELP)
    told = "\n".join(_told(name) for name in HELP)
    return f"Option Explicit\n\n{wrappers}\nSub Auto_Open()\n{_QUIETLY}{told}\nEnd Sub\n"


def _function(name: str) -> Callable[..., Any]:
    made: Callable[..., Any] = getattr(functions, name)
    return made


def _parameters(name: str) -> list[inspect.Parameter]:
    parameters = inspect.signature(_function(name)).parameters.values()
    return [one for one in parameters if one.name != CALLER]


def _wrapper(name: str) -> str:
    """The VBA function, which hands its arguments and its cell to Python."""
    parameters = _parameters(name)
    declared = ", ".join(
        one.name if one.default is inspect.Parameter.empty else f"Optional {one.name}"
        for one in parameters
    )
    # xlwings puts the calling cell in the place of Nothing.
    has_caller = CALLER in inspect.signature(_function(name)).parameters
    given = [one.name for one in parameters] + (["Nothing"] if has_caller else [])
    lines = [
        f"Function {name}({declared})",
        *(["    Application.Volatile"] if name in VOLATILE else []),
        "    If TypeOf Application.Caller Is Range Then On Error GoTo failed",
        f'    {name} = XLPy.CallUDF("{functions.__name__}", "{name}", '
        f"Array({', '.join(given)}), ActiveWorkbook, Application.Caller)",
        "    Exit Function",
        "failed:",
        f"    {name} = Err.Description",
        "End Function",
        "",
    ]
    return "\n".join(lines)


def _told(name: str) -> str:
    """The lines that give the function its description, category and argument help."""
    description = spelled(inspect.getdoc(_function(name)) or "")
    lines = [f'    Application.MacroOptions Macro:="{name}", Description:={description}, _']
    if texts := HELP[name]:
        lines.append(f"        Category:={spelled(CATEGORY)}, _")
        lines.append(f"        ArgumentDescriptions:=Array({_listed(texts)})")
    else:
        lines.append(f"        Category:={spelled(CATEGORY)}")
    return "\n".join(lines)


def _listed(texts: Sequence[str]) -> str:
    """The texts as arguments, one on a line: VBA takes no line of more than 1,023 letters."""
    return ", _\n            ".join(map(spelled, texts))


def spelled(text: str) -> str:
    """`text` as a VBA expression of ASCII letters, broken into lines VBA can take."""
    pieces: list[str] = []
    plain = ""
    for letter in text:
        if letter.isascii() and letter != '"':
            plain += letter
            continue
        if plain:
            pieces.append(f'"{plain}"')
            plain = ""
        pieces.append(f"ChrW({ord(letter)})")
    if plain:
        pieces.append(f'"{plain}"')
    return " & ".join(pieces) or '""'
