"""Files of ours beside one that is being written: the new one before it is moved, and the lock.

All are called `.gouji-…`. Who is killed leaves them behind; the next run that writes into the
folder takes them away, unless another process still holds them.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from workbook.files.lock import is_at, locked, taken

PREFIX: Final = ".gouji-"
_LOCK: Final = f"{PREFIX}lock"
_LONGEST: Final = 20.0  # seconds for another process to move its file into place
_PAUSE: Final = 0.01
_OLD: Final = 60.0  # seconds; on Windows a file is let go for a moment before it is moved
_LOOKED_AT: Final = 5_000  # entries of a folder


class FolderError(OSError):
    """No file can be made in a folder."""


@contextmanager
def written_beside(path: Path, pieces: Iterable[bytes | bytearray]) -> Iterator[Path]:
    """A file of these bytes in the folder of `path`, safe on the disk; gone afterwards.

    It is held while it is written and moved, so that no other run takes it for a stray. Raises
    `FolderError` where none can be made, and OSError where it cannot be written.
    """
    try:
        file, beside = _made(path)
    except OSError as error:
        raise FolderError(error.errno, error.strerror) from error
    try:
        file.writelines(pieces)
        file.flush()
        os.fsync(file.fileno())
        if sys.platform == "win32":  # which moves no file that is open
            file.close()
        yield beside
    finally:
        with suppress(OSError):  # a full disk fails once more on closing
            file.close()
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _made(path: Path) -> tuple[IO[bytes], Path]:
    """A new file, held, with the mode that any new file there would have."""
    while True:
        number, name = tempfile.mkstemp(prefix=PREFIX, suffix=path.suffix, dir=path.parent)
        beside, file = Path(name), open(number, "wb")  # noqa: SIM115, PTH123 - it is given back
        if _is_held(file, beside):
            break
        file.close()
    mask = os.umask(0)
    os.umask(mask)
    beside.chmod(0o666 & ~mask)
    return file, beside


def _is_held(file: IO[bytes], beside: Path) -> bool:
    """Whether the file is ours; a clearing run may have come between its making and its lock.

    On Windows an open file cannot be taken away, and a lock would keep ourselves from writing.
    """
    if sys.platform == "win32":
        return True
    try:
        return locked(file) and is_at(beside, file)
    except OSError:  # no locks here: then nobody clears either
        return True


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Let one process at a time put files in place in this folder; the next one waits for it.

    Raises BlockingIOError when another has not done so for long. Where the file system knows no
    locks it goes on without.
    """
    path = folder / _LOCK
    file = _held_lock(path)
    try:
        yield
    finally:
        if file is not None:
            _let_go(file, path)


def _let_go(file: IO[bytes], path: Path) -> None:
    with suppress(OSError):  # Windows refuses it while another waits for it
        if sys.platform == "win32":
            file.close()
        path.unlink()  # elsewhere while it is held: nobody can have taken it yet
    file.close()


def _held_lock(path: Path) -> IO[bytes] | None:
    end = time.monotonic() + _LONGEST
    while True:
        try:
            file, is_free = taken(path)
        except BlockingIOError:
            is_free = False
        except OSError:
            return None
        else:
            if is_free:
                return file
            file.close()
        if time.monotonic() > end:
            raise BlockingIOError(path.name)
        time.sleep(_PAUSE)


def clear_strays(folder: Path) -> None:
    """Take away what killed runs left in the folder, and nothing that a living process holds."""
    with suppress(OSError), os.scandir(folder) as entries:
        for _, entry in zip(range(_LOOKED_AT), entries, strict=False):
            if entry.name.startswith(PREFIX) and entry.is_file(follow_symlinks=False):
                with suppress(OSError):  # open in another process, or taken away by one
                    _clear(Path(entry.path))


def _clear(path: Path) -> None:
    if sys.platform == "win32":
        if time.time() - path.stat().st_mtime > _OLD:
            path.unlink()
        return
    with path.open("r+b") as file:
        if locked(file) and is_at(path, file):
            path.unlink()
