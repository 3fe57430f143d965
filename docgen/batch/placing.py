"""What earlier runs put into OUT: known by its hash, so that nobody's own work is taken away."""

from hashlib import sha256
from pathlib import Path

from workbook.files.save import set_aside


def make_way(path: Path, ours: str) -> None:
    """Take away what an earlier run put there; a file that somebody changed since is kept."""
    if path.is_file():
        if hash_of(path) == ours:
            path.unlink()
        else:
            set_aside(path)


def hash_of(path: Path) -> str:
    """The SHA-256 of a file; "" where it cannot be read."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
