"""What the command line prints, on outputs that may be full, closed, or read by nobody any more.

A command does its work whoever listens: `gouji check … | head -1` writes its annotated copy and
ends with its own exit status. Only words that should have been kept and were not are a fault.
"""

import errno
import os
import sys
from io import BufferedWriter, RawIOBase, TextIOWrapper
from typing import Any, TextIO

# A reader that went away: EPIPE, and what Windows says of a pipe that is being closed.
_UNHEARD = frozenset({errno.EPIPE, errno.EINVAL, errno.EBADF})


class _Patient(RawIOBase):
    """A stream that swallows what it cannot write, and remembers why the first time."""

    def __init__(self, raw: Any) -> None:
        super().__init__()
        self._raw = raw
        self.fault: OSError | None = None

    def write(self, data: Any) -> int:
        if self.fault is None:
            try:
                return int(self._raw.write(data))
            except OSError as error:
                self.fault = error
        return len(data)

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return bool(self._raw.isatty())

    def fileno(self) -> int:
        return int(self._raw.fileno())


def be_patient() -> None:
    """Put patient streams in the place of both outputs; on Windows too, Chinese goes as UTF-8."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed before we began, or a program without a console
            setattr(sys, name, _nowhere())
        elif isinstance(stream, TextIOWrapper):
            setattr(sys, name, _patient(stream, is_prompt=name == "stderr"))


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - it stays open to the end


def _patient(stream: TextIOWrapper, *, is_prompt: bool) -> TextIOWrapper:
    stream.flush()
    raw = _Patient(getattr(stream.buffer, "raw", stream.buffer))
    is_prompt = is_prompt or stream.isatty()
    return TextIOWrapper(
        BufferedWriter(raw), encoding="utf-8", errors="replace", line_buffering=is_prompt
    )


def unwritten() -> str:
    """The sentence that says that the output was lost and why; "" where nothing was, or unheard."""
    sys.stdout.flush()
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    fault = raw.fault if isinstance(raw, _Patient) else None
    if fault is None or fault.errno in _UNHEARD:
        return ""
    from workbook.files.reasons import why

    return f"结果没有写完:{why(fault)}。请换一个地方输出再试。"
