"""Names of files that are written beside others."""

from typing import Final

from workbook.catalogue.model import Text

BACKUP: Final = Text(
    "备份", "backup "
)  # behind the name of a file that was replaced, before the time
