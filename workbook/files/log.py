"""The file that traces of failures go to: no terminal and no dialog shows one."""

import sys
import tempfile
import traceback
from datetime import datetime
from pathlib import Path
from typing import Final

LOG: Final = Path(tempfile.gettempdir()) / "gouji.log"


def write_down(what: str) -> Path | None:
    """The log, to which the current exception's trace has been added.

    It lies in the user's own folder where the usual one takes nothing; None where neither does.
    """
    text = f"{datetime.now():%Y-%m-%d %H:%M:%S} {what}\n{traceback.format_exc()}\n"
    for log in (LOG, Path.home() / LOG.name):
        try:
            with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(text)
        except OSError:
            continue
        return log
    return None


def failure_told(what: str) -> str:
    """What a person reads of the current exception: where its trace is, or the fault itself."""
    if log := write_down(what):
        return f"程序出了意外,没有做完。详情已记入 {log},请发给维护人员。"
    fault = f"{type(sys.exception()).__name__}:{sys.exception()}"
    return f"程序出了意外,没有做完,详情也没能记下({fault})。请把这句话发给维护人员。"
