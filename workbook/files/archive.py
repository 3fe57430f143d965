"""Guards on a file from outside, before anything in it is parsed: it is hostile until read.

The directory of a zip says how much there is in it, and may lie. So it is asked first, which costs
nothing, and what is really unpacked is counted against it when it is read.
"""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Final, Literal

MAX_BYTES: Final = 128 << 20  # of the file itself, which is held in memory
MAX_ENTRIES: Final = 5_000
MAX_UNPACKED: Final = 400 << 20  # of all members, whatever they are called
MAX_RATIO: Final = 250
SMALL_ENTRY: Final = 16 << 20
PIECE: Final = 1 << 20
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # all that Office knows
# What the libraries raise on a zip, or a member of it, that is cut short, spoiled or made up.
BROKEN: Final = (
    *(zipfile.BadZipFile, zlib.error, struct.error, lzma.LZMAError),
    *(EOFError, NotImplementedError, RuntimeError, ValueError, OSError),
)

ArchiveFault = Literal["not-a-package", "old-or-encrypted", "too-large"]


def archive_fault(source: Path | bytes) -> ArchiveFault | None:
    """Why the Office file must not be opened, or None; raises OSError if unreadable.

    a renamed .docx that is no zip: "not-a-package"; a workbook with a password: "old-or-encrypted"
    """
    with BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(0)
        if file.read(8) == _OLE:
            return "old-or-encrypted"
        if size > MAX_BYTES:
            return "too-large"
        try:
            entries = zipfile.ZipFile(file).infolist()
        except BROKEN:
            return "not-a-package"
    return _fault_of(entries)


def _fault_of(entries: list[zipfile.ZipInfo]) -> ArchiveFault | None:
    if any(entry.flag_bits & 1 for entry in entries):
        return "old-or-encrypted"
    names = {entry.filename.lower() for entry in entries}
    if "[content_types].xml" not in names or len(names) < len(entries):
        return "not-a-package"
    if any(entry.compress_type not in _METHODS for entry in entries):
        return "not-a-package"
    return "too-large" if _is_bomb(entries) else None


def _is_bomb(entries: list[zipfile.ZipInfo]) -> bool:
    """Whether the declared sizes pass what a clerk's file can be."""
    return (
        len(entries) > MAX_ENTRIES
        or sum(entry.file_size for entry in entries) > MAX_UNPACKED
        or any(
            entry.file_size > SMALL_ENTRY
            and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
            for entry in entries
        )
    )


def pieces(stream: IO[bytes], size: int = PIECE) -> Iterator[bytes]:
    """A member piece by piece: asked for all at once, it would unpack more than it says."""
    while piece := stream.read(size):
        yield piece
