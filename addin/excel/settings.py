"""The add-in's own settings: what its sheet gouji.conf says until somebody installs it."""

from typing import Final

Setting = str | bool

SHEET: Final = "gouji.conf"
_WHO_HELPS: Final = "请技术人员在这台电脑上运行 gouji addin doctor,并看看下面的记录文件。"
# A name that stands here, even without a value, is looked for nowhere else. Who installs fills
# INTERPRETER_* and PYTHONPATH, or FROZEN EXECUTABLE. PYTHONPATH names exactly one folder: xlwings
# puts several in no certain order, and an empty one means the current folder.
SETTINGS: Final[dict[str, Setting]] = {
    "INTERPRETER_WIN": "",
    "INTERPRETER_MAC": "",
    "PYTHONPATH": "",
    "FROZEN EXECUTABLE": "",
    "ADD_WORKBOOK_TO_PYTHONPATH": False,
    "UDF MODULES": "addin.functions.cells",
    "USE UDF SERVER": True,
    "DEBUG UDFS": False,
    # The class under which a Python runs from log-on (addin/install/resident.py). Where none stands
    # here, a Python is started at the first click.
    "RESIDENT CLSID": "",
    "SHOW CONSOLE": False,
    # Whether the ribbon has the group 制表; who installs writes the parts of the ribbon by it.
    "AUTHOR": False,
    "CONDA PATH": "",
    "CONDA ENV": "",
    "LICENSE_KEY": "",
    "TITLE": "勾稽",
    # What the clerk reads where a button did not get through to Python; the bridge picks one.
    "FAILURE TEXT": f"勾稽没有运行起来。请再点一次;还是不行,{_WHO_HELPS}",
    "NO PYTHON TEXT": f"找不到勾稽用的 Python,可能被移走、升级或删除了。{_WHO_HELPS}",
    "NO DLL TEXT": f"找不到勾稽用的动态库(xlwings 的 DLL),可能被安全软件隔离了。{_WHO_HELPS}",
    "REFUSED TEXT": f"这台电脑不让 Excel 启动别的程序,勾稽没能运行。{_WHO_HELPS}",
    "NOT RESIDENT TEXT": f"常驻的勾稽没有在运行。请注销后重新登录 Windows;还是不行,{_WHO_HELPS}",
}
