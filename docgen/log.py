"""The file that traces of failures go to: no terminal and no dialog shows one."""

import tempfile
import traceback
from datetime import datetime
from pathlib import Path
from typing import Final

LOG: Final = Path(tempfile.gettempdir()) / "gouji.log"


def write_down(what: str) -> Path:
    """The log, to which the current exception's trace has been added."""
    with LOG.open("a", encoding="utf-8") as file:
        file.write(f"{datetime.now():%Y-%m-%d %H:%M:%S} {what}\n{traceback.format_exc()}\n")
    return LOG
