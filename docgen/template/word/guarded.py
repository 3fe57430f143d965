"""A Word file from outside as a package whose parts can all be read, or the faults that say why.

Whoever opens a document goes through here; behind it no part is broken, declares entities or holds
more than it said.
"""

import os
import zlib
from pathlib import Path
from typing import IO, Any, Final

from lxml import etree

from docgen.template.model.errors import Location, TemplateError, TemplateFault
from docgen.template.word.package import STORED, Member, Package, main_part, unpack
from workbook.files.archive import BROKEN, PIECE, archive_fault
from workbook.files.names import shown

MOST_XML: Final = 48 << 20  # bytes of all parts together, of which trees take twenty times as many
MOST_MARKS: Final = 1_500_000
_PDF, _HEAD = b"%PDF-", 64  # blanks may stand before it
FileSource = str | os.PathLike[str] | bytes | IO[bytes]
_FOREIGN: Final = "customxml/"  # data of other programs, which nobody here reads
_XML: Final = (".xml", ".rels")


def bytes_of(source: FileSource) -> bytes:
    """The bytes of a file that is given by its path, as bytes, or open: then from its start."""
    if isinstance(source, str | os.PathLike):
        return Path(source).read_bytes()
    if isinstance(source, bytes):
        return source
    if source.seekable():
        source.seek(0)
    return source.read()


def called(source: Any) -> str:
    """What a file is called in its faults."""
    return Path(source).name if isinstance(source, str | os.PathLike) else "文档"


def read_document(data: bytes, file: str) -> Package:
    """The package of a Word document called `file`; raises `TemplateError`."""
    if data[:_HEAD].lstrip().startswith(_PDF):
        raise _refused("is-pdf", file)
    if fault := archive_fault(data):
        raise _refused(fault, file)
    try:
        package = unpack(data)
    except BROKEN as error:
        raise _refused("not-a-package", file) from error
    parts = {one.name for one in package.members if _is_ours(one.name.lower())}
    if sum(one.size for one in package.members if one.name in parts) > MOST_XML:
        raise _refused("too-large", file)
    faults, marks = [], 0
    for member in package.members:
        is_part = member.name in parts
        content = _unpacked(member, is_kept=is_part)
        if reason := "解不开" if content is None else is_part and _fault_of(content):
            faults.append(
                TemplateFault("bad-xml", Location(member.name), details={"reason": reason})
            )
        marks += (content or b"").count(b"<")
        if marks > MOST_MARKS:
            raise _refused("too-large", file)
    if faults:
        raise TemplateError(faults)
    try:
        main_part(package)
    except (KeyError, StopIteration) as error:
        raise _refused("not-a-package", file) from error
    return package


def _refused(code: str, file: str) -> TemplateError:
    return TemplateError([TemplateFault(code, Location(shown(file)))])


def _is_ours(name: str) -> bool:
    return name.endswith(_XML) and not name.startswith(_FOREIGN)


def _unpacked(member: Member, *, is_kept: bool) -> bytes | None:
    """What a member holds, nothing where that is not asked for; None for a broken one.

    Broken is what does not unpack to the size and the sum that the zip says.
    """
    if member.method == STORED:
        is_whole = (len(member.packed), zlib.crc32(member.packed)) == (member.size, member.crc)
        return bytes(member.packed if is_kept else b"") if is_whole else None
    unpacker, packed = zlib.decompressobj(-15), bytes(member.packed)
    kept, size, crc = [], 0, 0
    try:
        while not unpacker.eof and size <= member.size:
            piece = unpacker.decompress(packed, PIECE)
            packed = unpacker.unconsumed_tail
            size, crc = size + len(piece), zlib.crc32(piece, crc)
            if is_kept:
                kept.append(piece)
            if not piece and not packed:  # cut short
                break
    except zlib.error:
        return None
    is_whole = unpacker.eof and (size, crc) == (member.size, member.crc)
    return b"".join(kept) if is_whole else None


def broken_at(error: etree.XMLSyntaxError) -> str:
    """Where a part is no XML, in words for a message; the parser's own are English."""
    return f"第 {error.lineno or 1} 行第 {error.offset or 1} 个字起不合 XML 的写法"


def _fault_of(content: bytes) -> str:
    """Why a part is no XML that can be read; "" where it is."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        return broken_at(error)
    return "DOCTYPE" if root.getroottree().docinfo.doctype else ""  # type: ignore[union-attr]
