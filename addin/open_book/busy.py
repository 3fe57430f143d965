"""A program that takes no call just now: it is asked again for some seconds, and no longer.

Excel refuses calls while a cell is being edited or a dialog is open. xlwings would repeat a refused
call without a pause and without end.
"""

import sys
import time
from collections.abc import Callable
from typing import Any, Final, TypeVar

PATIENCE_SECONDS: Final = 6.0
PAUSE_SECONDS: Final = 0.3
# RPC_E_CALL_REJECTED, RPC_E_SERVERCALL_RETRYLATER, and VBA_E_IGNORE, Excel's own.
REFUSALS: Final = frozenset((0x80010001, 0x8001010A, 0x800AC472))
# RPC_E_DISCONNECTED, RPC_S_SERVER_UNAVAILABLE, RPC_S_CALL_FAILED, CO_E_OBJNOTCONNECTED
ENDINGS: Final = frozenset((0x80010108, 0x800706BA, 0x800706BE, 0x800401FD))

T = TypeVar("T")


def patiently(ask: Callable[[], T]) -> T:
    """What the call gives; a refused one is made again until it is taken or patience ends."""
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return ask()
        except Exception as error:
            if not is_busy(error) or time.monotonic() >= end:
                raise
        time.sleep(PAUSE_SECONDS)


def is_busy(error: BaseException) -> bool:
    """Whether a call failed only because the program takes none at the moment."""
    return type(error).__name__ == "ExcelBusyError" or bool(_codes(error) & REFUSALS)


def is_gone(error: BaseException) -> bool:
    """Whether a call failed because the program or the book was closed in the meantime."""
    return bool(_codes(error) & ENDINGS) or type(error).__name__.endswith("DisposedException")


def never_wait_without_end() -> None:
    """Make xlwings hand a refused call on at once: the waiting is done here, with pauses."""
    windows: Any = sys.modules.get("xlwings._xlwindows")  # which xlwings brings on Windows alone
    if windows is not None:
        windows.N_COM_ATTEMPTS = 1


def _codes(error: BaseException) -> set[int]:
    """The numbers that a COM error bears: its own, and the one that Excel put inside."""
    details: Any = getattr(error, "excepinfo", None)
    inner = details[5] if isinstance(details, tuple) and len(details) > 5 else None
    numbers = (getattr(error, "hresult", None), inner)
    return {number & 0xFFFFFFFF for number in numbers if isinstance(number, int)}
