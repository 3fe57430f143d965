"""The add-in's own settings: what its sheet gouji.conf says until somebody installs it."""

from typing import Final

Setting = str | bool

SHEET: Final = "gouji.conf"
# A name that stands here, even without a value, is looked for nowhere else. Who installs fills
# INTERPRETER_* and PYTHONPATH, or FROZEN EXECUTABLE. PYTHONPATH names exactly one folder: xlwings
# puts several in no certain order, and an empty one means the current folder.
SETTINGS: Final[dict[str, Setting]] = {
    "INTERPRETER_WIN": "",
    "INTERPRETER_MAC": "",
    "PYTHONPATH": "",
    "FROZEN EXECUTABLE": "",
    "ADD_WORKBOOK_TO_PYTHONPATH": False,
    "UDF MODULES": "addin.functions",
    "USE UDF SERVER": True,
    "DEBUG UDFS": False,
    "SHOW CONSOLE": False,
    "CONDA PATH": "",
    "CONDA ENV": "",
    "LICENSE_KEY": "",
    "TITLE": "勾稽",
    "FAILURE TEXT": "勾稽没有运行起来。请再点一次;还是不行,请把下面的记录文件交给技术人员。",
}
