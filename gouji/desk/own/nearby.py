"""Workbooks of ours that lie where clerks put them, for who opens the desk without naming one."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlparse

from workbook.reading.saved import saved_identity

FOLDERS: Final = (
    "Desktop", "桌面", "Documents", "文档", "Downloads", "下载",
    "OneDrive/Desktop", "OneDrive/桌面", "OneDrive/Documents", "OneDrive/文档",
)  # fmt: skip
MOST_LOOKED_AT: Final = 400  # workbooks, the newest first
MOST_LISTED: Final = 20


def nearby() -> list[Path]:
    """Forms of ours in the current folder, on the desktop and beside it, the newest first."""
    seen: dict[Path, float] = {}
    for folder in dict.fromkeys([Path.cwd(), *_homes()]):
        for path in (*_workbooks(folder), *_one_below(folder)):
            with suppress(OSError):
                seen[path.resolve()] = path.stat().st_mtime
    newest = sorted(seen, key=lambda path: seen[path], reverse=True)[:MOST_LOOKED_AT]
    ours = (path for path in newest if saved_identity(path).kind is not None)
    return [path for path, _ in zip(ours, range(MOST_LISTED), strict=False)]


def typed_path(text: str) -> Path:
    """The file that is meant: Windows copies a path in quotes, a file manager as an address."""
    text = text.strip().strip("\"'“”").strip()
    if text.startswith("file:"):
        path = unquote(urlparse(text).path)
        text = path[1:] if os.name == "nt" else path
    return Path(text).expanduser()


def folder_told(path: Path) -> str:
    """Where a file lies, from the user's own folder on where it lies below that."""
    with suppress(RuntimeError, ValueError):
        return str(path.parent.relative_to(Path.home()))
    return str(path.parent)


def _homes() -> Iterator[Path]:
    with suppress(RuntimeError):  # a user without a home
        yield from (Path.home() / name for name in FOLDERS)


def _workbooks(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        for path in folder.glob("*.xlsx"):
            if path.name[0] not in "~." and path.is_file():
                yield path


def _one_below(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        for below in folder.iterdir():
            if below.name[0] != "." and below.is_dir() and not below.is_symlink():
                yield from _workbooks(below)
