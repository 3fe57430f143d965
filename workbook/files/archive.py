"""Guards on a file from outside, before anything in it is parsed: it is hostile until read."""

import zipfile
from pathlib import Path
from typing import Literal

MAX_ENTRIES = 5_000
MAX_UNPACKED = 300 << 20
MAX_XML = 64 << 20  # openpyxl takes 0.4 s and 15 MB of memory for each MB of it
MAX_RATIO = 250
SMALL_ENTRY = 16 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

ArchiveFault = Literal["not-a-package", "old-or-encrypted", "too-large"]


def archive_fault(path: Path) -> ArchiveFault | None:
    """Why the Office file at `path` must not be opened, or None; raises OSError if unreadable.

    a renamed .docx that is no zip: "not-a-package"; a workbook with a password: "old-or-encrypted"
    """
    with path.open("rb") as file:
        if file.read(8) == _OLE:
            return "old-or-encrypted"
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return "not-a-package"
    if any(entry.flag_bits & 1 for entry in entries):
        return "old-or-encrypted"
    names = {entry.filename.lower() for entry in entries}
    if "[content_types].xml" not in names or len(names) < len(entries):
        return "not-a-package"
    return "too-large" if _is_bomb(entries) else None


def _is_bomb(entries: list[zipfile.ZipInfo]) -> bool:
    """Whether the declared sizes pass what a clerk's file can be; zipfile enforces them later."""
    return (
        len(entries) > MAX_ENTRIES
        or sum(entry.file_size for entry in entries) > MAX_UNPACKED
        or sum(e.file_size for e in entries if e.filename.lower().endswith(".xml")) > MAX_XML
        or any(
            entry.file_size > SMALL_ENTRY
            and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
            for entry in entries
        )
    )
