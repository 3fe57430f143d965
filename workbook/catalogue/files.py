"""Files that are written: names beside others, and why one is not written."""

from typing import Final

from workbook.catalogue.model import Text

BACKUP: Final = Text(
    "备份", "backup "
)  # behind the name of a file that was replaced, before the time
NEW_FILE: Final = Text("填报", "workbook")  # the name that a blank workbook is offered
TAKEN: Final = Text(
    "「{path}」已经存在,没有覆盖。请换一个文件名,或先把它移走。",
    "“{path}” exists already and was not written over. Choose another name, or move it away first.",
)
