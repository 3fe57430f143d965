"""One click at a time on a book: a second one while the first still works does nothing twice."""

import hashlib
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO


@contextmanager
def one_at_a_time(book: str) -> Iterator[bool]:
    """Whether no other click works on the book of this name.

    The lock is the operating system's own on an open file: it goes with the process that holds it,
    however that ends, so that none is ever left behind.
    """
    name = hashlib.sha256(book.encode(errors="replace")).hexdigest()[:16]
    try:
        file = Path(tempfile.gettempdir(), f"gouji-{name}.lock").open("a+b")  # noqa: SIM115 - below
    except OSError:  # nowhere to write: better twice than never
        yield True
        return
    with file:
        yield _locked(file)


def _locked(file: IO[bytes]) -> bool:
    with suppress(OSError):
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - it exists on Windows alone

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - it exists everywhere else

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False
