"""Files put in their place in one step, so that nothing that exists is ever lost.

At every moment a name holds the whole old file or the whole new one, whenever the process is killed
and however many of them write there at once.
"""

import os
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from workbook.catalogue.files import BACKUP, TAKEN
from workbook.catalogue.model import Language
from workbook.files.beside import FolderError, clear_strays, one_at_a_time, written_beside
from workbook.files.reasons import why

_MOST_BYTES: Final = 240  # of a file's name; the systems have room for 255
_MOST_BACKUPS: Final = 1000  # of one second


class OutputError(Exception):
    """A file could not be written; the message tells the clerk why and what to do."""


def save_new(path: Path, data: bytes, language: Language = "zh") -> None:
    """Put `data` into a new file at `path`; raises `OutputError` when one is there already."""
    with _told_plainly(path):
        if os.path.lexists(path):
            raise OutputError(TAKEN(language, path=path))
        _ready(path.parent)
        with written_beside(path, (data,)) as beside, one_at_a_time(path.parent):
            try:
                _move_to_free_name(beside, path)
            except FileExistsError as error:
                raise OutputError(TAKEN(language, path=path)) from error


def must_be_another(copy: Path, original: Path) -> None:
    """Raise `OutputError` where a copy with remarks would take the place of what they are on."""
    if copy.resolve() == original.resolve():
        raise OutputError("批注要写到另一份文件里,请换一个文件名。")


def save_over(
    path: Path, data: bytes, now: datetime | None = None, *, language: Language = "zh"
) -> Path | None:
    """Put `data` at `path` and give back where the file that was there is kept, if one was.

    A link stays a link: the file that it leads to is replaced, and kept beside that one.
    """
    with _told_plainly(path):
        target = _behind_link(path)
        _ready(target.parent)
        _must_be_plain(target, path)
        if target.is_file() and target.read_bytes() == data:
            return None
        with written_beside(target, (data,)) as beside, one_at_a_time(target.parent):
            moment = now or datetime.now()
            backup = _set_aside(target, moment, language) if target.exists() else None
            try:
                beside.replace(target)
            except OSError:
                if backup is not None:
                    backup.unlink()
                raise
        return backup


def set_aside(path: Path, now: datetime | None = None) -> Path:
    """Move what is at `path` to a free name beside it, which tells when; raises `OutputError`."""
    with _told_plainly(path), one_at_a_time(path.parent):
        backup = _set_aside(path, now or datetime.now(), "zh")
        path.unlink()
        return backup


def put_whole(path: Path, pieces: Iterable[bytes | bytearray]) -> None:
    """Put the joined pieces at `path`, over what is there; raises OSError, and leaves that then."""
    target = _behind_link(path)
    with written_beside(target, pieces) as beside:
        beside.replace(target)


@contextmanager
def _told_plainly(path: Path) -> Iterator[None]:
    try:
        yield
    except FolderError as error:
        raise OutputError(f"「{path.parent}」里不能新建文件:{why(error)}。") from error
    except PermissionError as error:
        raise OutputError(
            f"「{path}」写不进去,可能正被 Word、Excel 或 WPS 打开。请关闭它再试。"
        ) from error
    except BlockingIOError as error:
        raise OutputError(
            f"「{path}」写不进去:别的程序正在往这个文件夹里写。请稍后再试。"
        ) from error
    except OSError as error:
        raise OutputError(f"「{path}」写不进去:{why(error)}。") from error
    except ValueError as error:  # a zero byte, or letters that the system has no bytes for
        raise OutputError(f"文件名「{path}」里有不能用的字符。请换一个文件名。") from error


def _behind_link(path: Path) -> Path:
    """The file that a link leads to, there or not; of anything else the path as it is written."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def _must_be_plain(target: Path, path: Path) -> None:
    """Refuse to put a file in the place of anything else; `path` is what it is called."""
    if not os.path.lexists(target):
        return
    mode = target.lstat().st_mode
    if stat.S_ISDIR(mode):
        raise OutputError(f"「{path}」是一个文件夹。请换一个文件名。")
    if not stat.S_ISREG(mode):  # a device, a pipe, a link that leads to itself
        raise OutputError(f"「{path}」不是普通文件。请换一个文件名。")


def _ready(folder: Path) -> None:
    """Make the folder if need be, and clear it of what killed runs left there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderError(error.errno, error.strerror) from error
    clear_strays(folder)


def _set_aside(path: Path, now: datetime, language: Language) -> Path:
    """Keep the file at `path` under a free name too, which tells when; it stays where it is."""
    ending = f".{BACKUP(language)}{now:%Y%m%d-%H%M%S}"
    for count in range(_MOST_BACKUPS):
        backup = _named(path, f"{ending}{count or ''}")
        try:
            _keep_too(path, backup)
        except FileExistsError:
            continue
        return backup
    raise FileExistsError(path)


def _named(path: Path, ending: str) -> Path:
    """A neighbour of `path`, whose own name gives way where both are too long together."""
    room = _MOST_BYTES - len(os.fsencode(f"{ending}{path.suffix}"))
    stem = os.fsencode(path.stem)[:room].decode(errors="ignore") if room > 0 else ""
    is_short = len(os.fsencode(path.stem)) <= room
    return path.with_name(f"{path.stem if is_short else stem}{ending}{path.suffix}")


def _keep_too(path: Path, backup: Path) -> None:
    """Give the file a second name, or where the file system has no such thing, a copy.

    The copy is whole before it has its name. Raises FileExistsError for a name that is taken.
    """
    if _is_linked(path, backup):
        return
    with (
        path.open("rb") as old,
        written_beside(backup, iter(lambda: old.read(1 << 20), b"")) as new,
    ):
        shutil.copystat(path, new)
        _move_to_free_name(new, backup)


def _move_to_free_name(made: Path, path: Path) -> None:
    """Give a file of ours its name; raises FileExistsError when that is taken."""
    if sys.platform == "win32":  # where it is never over another
        made.rename(path)
        return
    if _is_linked(made, path):
        return
    # FAT and some network drives: between runs of ours the folder's lock makes it exclusive.
    if os.path.lexists(path):
        raise FileExistsError(path)
    made.rename(path)


def _is_linked(made: Path, path: Path) -> bool:
    """Whether the file now bears the second name; not where the file system has no such thing."""
    try:
        os.link(made, path)
    except FileExistsError:
        raise
    except OSError:
        return False
    return True
