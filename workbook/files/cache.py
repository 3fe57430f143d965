"""What takes long to make and comes of files alone, kept in the user's own folder till they change.

It is trusted as far as the program's own files are: the folder and each file must be this user's
and nobody else's to write, a byte that changed makes a file worthless, and what is loaded from it
are values of our own classes and nothing that runs. Whatever is wrong there, the thing is made
anew and nobody is told.
"""

import hashlib
import os
import pickle
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from enum import Enum
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from workbook.files.settings import settings

MOST_FILES: Final = 64
SUFFIX: Final = ".kept"
_PACKAGES: Final = ("workbook", "docgen")
# Beside our own classes, what they are made of.
_PLAIN: Final = frozenset((("decimal", "Decimal"), ("msgspec._utils", "rebuild")))
_DIGEST: Final = hashlib.sha256().digest_size


def cache_folder(
    environment: Mapping[str, str] = os.environ, system: str = sys.platform
) -> Path | None:
    r"""Where it is, whether or not it is there; None for a user who has no folder at all.

    Windows: `%LOCALAPPDATA%\Gouji\Cache`. macOS: `~/Library/Caches/Gouji`. Elsewhere, by the XDG
    Base Directory Specification: `$XDG_CACHE_HOME/gouji`, without one `~/.cache/gouji`. The
    settings may name another, or none.
    """
    if (set_by_somebody := settings().cache) is not None:
        return Path(set_by_somebody) if set_by_somebody else None
    try:
        home = Path.home()
    except RuntimeError:  # neither a variable nor the system's list of users names one
        return None
    if system == "win32":
        local = environment.get("LOCALAPPDATA") or home / "AppData" / "Local"
        return Path(local, "Gouji", "Cache")
    if system == "darwin":
        return home / "Library" / "Caches" / "Gouji"
    given = Path(environment.get("XDG_CACHE_HOME", ""))
    # The specification has a path that is not absolute passed over.
    return (given if given.is_absolute() else home / ".cache") / "gouji"


def key_of(*parts: str | bytes | None) -> bytes:
    """The key of what this very program makes of `parts`."""
    digest = hashlib.sha256(_program())
    for part in parts:
        data = b"-" if part is None else b"+" + (part.encode() if isinstance(part, str) else part)
        digest.update(b"%d:" % len(data) + data)
    return digest.digest()


def recall(key: bytes) -> Any:
    """What was kept under a key; None where nothing is, or nothing that can be trusted."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        data = _read(folder, f"{key.hex()}{SUFFIX}")
        if hashlib.sha256(key + data[_DIGEST:]).digest() != data[:_DIGEST]:
            return None
        return _Loader(BytesIO(data[_DIGEST:])).load()
    except Exception:  # noqa: BLE001 - a file of another's making may hold anything
        return None


def keep(key: bytes, value: object) -> None:
    """Keep a value, which is not None, under a key; where nothing can be kept nothing happens."""
    folder = cache_folder()
    if folder is None:
        return
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _is_own(folder.lstat()):
            _write(folder, f"{key.hex()}{SUFFIX}", hashlib.sha256(key + data).digest() + data)
            _tidy(folder)


def forget_kept(folder: Path) -> None:
    """Take away what is kept, and the folder where nothing else is in it."""
    for path in folder.glob(f"*{SUFFIX}*"):
        with suppress(OSError):
            path.unlink()
    with suppress(OSError):
        folder.rmdir()


class _Loader(pickle.Unpickler):
    """Loads values of our own classes."""

    def find_class(self, module: str, name: str, /) -> Any:
        if (module, name) == ("builtins", "getattr"):  # as Python 3.11.2 writes a member of an Enum
            return _member
        is_own = module.startswith(tuple(f"{package}." for package in _PACKAGES))
        if is_own or (module, name) in _PLAIN:
            found = super().find_class(module, name)
            if isinstance(found, type) or not is_own:
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def _member(kind: object, name: str) -> Any:
    if not (isinstance(kind, type) and issubclass(kind, Enum)):
        raise pickle.UnpicklingError(f"{kind}.{name}")
    return kind[name]


def _read(folder: Path, name: str) -> bytes:
    """The bytes of a file; raises OSError where it or its folder is not only this user's."""
    if not _is_own(folder.lstat()):
        raise PermissionError("not this user's folder")
    number = os.open(folder / name, os.O_RDONLY | _flag("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
    with open(number, "rb") as file:  # noqa: PTH123 - it closes the number too
        found = os.fstat(number)
        if not (stat.S_ISREG(found.st_mode) and _is_own(found)):
            raise PermissionError("not this user's file")
        return file.read()


def _is_own(found: os.stat_result) -> bool:
    """Whether nobody but this user may write; on Windows the folder's place sees to that."""
    if sys.platform == "win32":
        return True
    others = stat.S_IWGRP | stat.S_IWOTH
    return found.st_uid == os.getuid() and not stat.S_IMODE(found.st_mode) & others


def _write(folder: Path, name: str, data: bytes) -> None:
    """Put a file in place in one step, so that another process sees all of it or nothing."""
    beside = folder / f"{name}.{os.getpid()}.{os.urandom(4).hex()}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _flag("O_NOFOLLOW", "O_BINARY")
    try:
        with open(os.open(beside, flags, 0o600), "wb") as file:  # noqa: PTH123 - as above
            file.write(data)
        beside.replace(folder / name)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def _flag(*names: str) -> int:
    """The flags of those names that this system has."""
    return sum(getattr(os, name, 0) for name in names)


def _tidy(folder: Path) -> None:
    """Take away the oldest files of too many; of other versions of the program there may be."""
    found = sorted(folder.glob(f"*{SUFFIX}*"), key=lambda path: path.lstat().st_mtime)
    for path in found[:-MOST_FILES]:
        path.unlink(missing_ok=True)


@cache
def _program() -> bytes:
    """What tells this program from another version of it, and from itself after a change."""
    told = [sys.version, *(f"{name} {size} {time}" for name, size, time in _modules())]
    return hashlib.sha256("\n".join(told).encode()).digest()


def _modules() -> Iterator[tuple[str, int, int]]:
    """Name, size in bytes and time of change of all that the kept things are made by."""
    if getattr(sys, "frozen", False):
        found = Path(sys.executable).stat()
        yield sys.executable, found.st_size, found.st_mtime_ns
        return
    root = Path(__file__).parents[2]
    waiting = [str(root / package) for package in _PACKAGES]
    for folder in waiting:
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            if entry.name.endswith((".py", ".toml")):
                found = entry.stat()
                yield entry.path, found.st_size, found.st_mtime_ns
            elif entry.is_dir() and not entry.name.startswith("__"):
                waiting.append(entry.path)
