"""Work of which Python looks for no cycles of objects meanwhile."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for cycles meanwhile.

    A check, or the proof of a document, makes hardly any, and of thousands of rows or 400 pages it
    would look through all values again and again, a quarter to a third of its time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
