"""Ctrl+C, also where it strikes a moment in which Python would swallow it."""

import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_SOON: Final = 0.01  # seconds, after which the finalizer has returned


def let_none_be_lost() -> None:
    """Send an interrupt again that was raised in a finalizer, and print nothing of it.

    Python can raise nothing out of a `__del__`: it prints `Exception ignored in …` and goes on, and
    a batch that was told to stop would run to its end.
    """
    before = sys.unraisablehook

    def again(lost: "UnraisableHookArgs", /) -> None:
        if not issubclass(lost.exc_type, KeyboardInterrupt):
            before(lost)
            return
        import _thread  # noqa: PLC0415 - a command starts without them
        from threading import Timer  # noqa: PLC0415

        Timer(_SOON, _thread.interrupt_main).start()

    sys.unraisablehook = again
