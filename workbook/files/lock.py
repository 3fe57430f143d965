"""A file that one process holds at a time, by the operating system's own lock on it.

The lock goes with the process that holds it, however that ends; the file may stay behind.
"""

import errno
import os
import sys
from pathlib import Path
from typing import IO, Final

_TRIES: Final = 20  # at a file that goes away between being opened and being taken
# What systems say of a lock that another holds; anything else says that there are no locks here.
_HELD: Final = frozenset({errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK})


def taken(path: Path) -> tuple[IO[bytes], bool]:
    """The file at `path`, open and made if need be, and whether it was free and now is ours.

    Raises OSError where nothing can be written, and where the file system knows no locks.
    """
    for _ in range(_TRIES):
        file = path.open("a+b")
        try:
            is_free = locked(file)
        except BaseException:
            file.close()
            raise
        if not is_free or is_at(path, file):
            return file, is_free
        file.close()  # who had it took it away: this is a file without a name
    raise BlockingIOError(path.name)


def is_at(path: Path, file: IO[bytes]) -> bool:
    """Whether the open file is still the one of that name."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def locked(file: IO[bytes]) -> bool:
    """Whether nobody else holds the open file; from now on this process does."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - it exists on Windows alone

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - it exists everywhere else

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            return False
        raise
    return True
