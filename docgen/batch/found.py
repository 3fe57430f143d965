"""The workbooks below a folder, whatever they are called."""

import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

WORKBOOKS: Final = (".xlsx", ".xlsm")
# Workbooks that nobody here reads; that one was handed in must not go unnoticed.
FOREIGN: Final = (".xls", ".xlsb", ".et", ".ods")
PACKED: Final = (".zip", ".rar", ".7z")  # in which some hand theirs in
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
# A lock of Excel's, one of LibreOffice's, hidden files, what a Mac puts beside a file in a zip.
_NO_WORKBOOKS: Final = ("~$", ".")


def found(folder: Path, without: Collection[Path]) -> Iterator[tuple[str, Path]]:
    """Each workbook, by its path within the folder, in an order that is always the same.

    `without` are files and folders that are passed over, such as those that a batch itself writes.
    """
    passed = {path.resolve() for path in without}
    for at, folders, files in os.walk(folder):
        here = Path(at)
        folders[:] = sorted(
            one for one in folders if not one.startswith(".") and _real(here / one) not in passed
        )
        for name in sorted(files):
            path = here / name
            if is_workbook(name) and _real(path) not in passed and path.is_file():
                yield told(path.relative_to(folder).as_posix()), path


def told(path: str) -> str:
    r"""A path as a text that a ledger and a sheet can hold, and no two alike.

    Systems let a name hold control signs, and bytes that are no text; these read `\xb5`.
    """
    text = path.encode(errors="surrogateescape").decode(errors="backslashreplace")
    return _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


def is_workbook(name: str) -> bool:
    """Whether a file of this name is somebody's workbook, or may hold one."""
    is_one = name.lower().endswith((*WORKBOOKS, *FOREIGN, *PACKED))
    return is_one and not name.startswith(_NO_WORKBOOKS)


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))
