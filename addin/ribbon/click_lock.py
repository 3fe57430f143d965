"""One click at a time on a book: a second one while the first still works does nothing twice."""

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from workbook.files.state import LOCK_NAMES, made_state_folder

_TRIES: Final = 5  # at a lock that goes away between being opened and being taken


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
        file, is_free = _taken(path)
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


def _taken(path: Path) -> tuple[IO[bytes], bool]:
    """The lock's file, open, and whether it could be locked."""
    for _ in range(_TRIES):
        file = path.open("a+b")
        is_free = _locked(file)
        if not is_free or _is_at(path, file):
            return file, is_free
        file.close()  # the click that had it took it away: this is a file without a name
    raise BlockingIOError(path.name)


def _is_at(path: Path, file: IO[bytes]) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


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
