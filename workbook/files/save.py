"""Files put in their place in one step, so that nothing that exists is ever lost."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from workbook.files.reasons import why


class OutputError(Exception):
    """A file could not be written; the message tells the clerk why and what to do."""


def save_new(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a new file at `path`; raises `OutputError` when one is there already."""
    with _told_plainly(path):
        if path.exists():
            raise OutputError(f"「{path}」已经存在,没有覆盖。请换一个文件名,或先把它移走。")
        _write_then_move(path, write)


def save_over(path: Path, data: bytes, now: datetime | None = None) -> Path | None:
    """Put `data` at `path` and give back where the file that was there is kept, if one was."""
    with _told_plainly(path):
        if path.is_dir():
            raise OutputError(f"「{path}」是一个文件夹。请换一个文件名。")
        if path.is_file() and path.read_bytes() == data:
            return None
        backup = _backup_path(path, now or datetime.now()) if path.exists() else None
        _write_then_move(path, lambda temporary: temporary.write_bytes(data), backup)
        return backup


@contextmanager
def _told_plainly(path: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        raise OutputError(
            f"「{path}」写不进去,可能正被 Word、Excel 或 WPS 打开。请关闭它再试。"
        ) from error
    except OSError as error:
        raise OutputError(f"「{path}」写不进去:{why(error)}。") from error


def _backup_path(path: Path, now: datetime) -> Path:
    """A free name beside `path` that tells when the old file was set aside."""
    stem = f"{path.stem}.备份{now:%Y%m%d-%H%M%S}"
    candidates = (path.with_name(f"{stem}{n or ''}{path.suffix}") for n in range(1000))
    return next(candidate for candidate in candidates if not candidate.exists())


def _write_then_move(
    path: Path, write: Callable[[Path], object], backup: Path | None = None
) -> None:
    temporary = _temporary_beside(path)
    try:
        write(temporary)
        if backup is not None:
            path.replace(backup)
        try:
            temporary.replace(path)
        except OSError:
            if backup is not None:
                backup.replace(path)
            raise
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _temporary_beside(path: Path) -> Path:
    """An empty file in the target's folder, with the mode that a new file there would have."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".gouji-", suffix=path.suffix, dir=path.parent)
    except OSError as error:
        raise OutputError(f"「{path.parent}」里不能新建文件:{why(error)}。") from error
    os.close(handle)
    mask = os.umask(0)
    os.umask(mask)
    Path(name).chmod(0o666 & ~mask)
    return Path(name)
