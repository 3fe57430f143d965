"""One click at a time on a book: a second one while the first still works does nothing twice."""

import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from workbook.files.lock import taken
from workbook.files.state import LOCK_NAMES, made_state_folder


@contextmanager
def one_at_a_time(book: str) -> Iterator[bool]:
    """Whether no other click works on the book of this name.

    The lock is the operating system's own on an open file: it goes with the process that holds it,
    however that ends. The file itself is taken away after the click; one that a killed process left
    is used again by the next click on its book.
    """
    name = hashlib.sha256(book.encode(errors="replace")).hexdigest()[:16]
    try:
        path = made_state_folder() / LOCK_NAMES.replace("*", name)
        file, is_free = taken(path)
    except OSError:  # nowhere to write: better twice than never
        yield True
        return
    with file:
        try:
            yield is_free
        finally:
            if is_free and sys.platform != "win32":
                with suppress(OSError):  # while it is held: nobody can have taken it yet
                    path.unlink()
    if is_free and sys.platform == "win32":
        with suppress(OSError):  # Windows refuses it while another click has the file open
            path.unlink()
