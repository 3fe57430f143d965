"""What earlier runs put into OUT: known by its hash, so that nobody's own work is taken away."""

from hashlib import file_digest
from pathlib import Path

from workbook.files.save import OutputError, set_aside


def make_way(path: Path, ours: str) -> None:
    """Take away what an earlier run put there; a file that somebody changed since stays.

    Raises `OutputError` where it is held.
    """
    if ours and hash_of(path) == ours:
        try:
            path.unlink()
        except OSError as error:
            raise OutputError(f"「{path}」正被别的程序打开。请关闭它再做一次。") from error


def clear(path: Path, ours: str) -> None:
    """Let nothing be there: a file that somebody changed since is kept under a dated name."""
    make_way(path, ours)
    if path.is_file():
        set_aside(path)


def hash_of(path: Path) -> str:
    """The SHA-256 of a file; "" where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
