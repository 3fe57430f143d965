"""A Word file as named members, most of which go through unread, as compressed bytes.

Whoever opens a document goes through `read_document`, which gives its members or the faults that
say why not; behind it no part is broken, declares entities or holds more than it said. Which
members a template may have tags in, and what else the engine asks of a package, is below.
"""

import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final

from lxml import etree

from docgen.template.model.errors import Location, TemplateError, TemplateFault
from docgen.template.word.names import W
from workbook.files.archive import BROKEN, PIECE, archive_fault
from workbook.files.names import shown

STORED, DEFLATED = 0, 8
MOST_STORED: Final = 65_536
FAST: Final = 1  # takes a quarter of the time of 6, and a quarter more room
LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
VERSION = 20
UTF8_NAME = 0x800
FIRST_DAY = (1980 - 1980) << 9 | 1 << 5 | 1  # the zip format's earliest date, 1980-01-01
CONTENT_TYPES: Final = "[Content_Types].xml"
PACKAGE_RELATIONS: Final = "_rels/.rels"
MAIN_TYPES: Final = (
    "document.main+xml",
    "document.macroEnabled.main+xml",
    "template.main+xml",
    "template.macroEnabledTemplate.main+xml",
)
ADDRESS_SIGNS: Final = (b"{", b"%7B", b"%7b")  # of a tag in an address, as Word writes it too
PICTURES: Final = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".svg")
MOST_XML: Final = 48 << 20  # bytes of all parts together, of which trees take twenty times as many
_NOT_UNPACKED: Final = {"reason": "解不开", "reason_en": "it cannot be unpacked"}
DOCTYPE: Final = {"reason": "DOCTYPE", "reason_en": "DOCTYPE"}
MOST_MARKS: Final = 1_500_000
MOST_PARAGRAPHS: Final = 150_000  # some 3,000 pages, cells of tables counted
_BOOKMARK_START: Final = b"bookmarkStart"
_BOOKMARK: Final = re.compile(rb"""bookmarkStart\b[^>]*?\bname=["']([^"']*)""")
_PDF, _HEAD = b"%PDF-", 64  # blanks may stand before it
FileSource = str | os.PathLike[str] | bytes | IO[bytes]
_FOREIGN: Final = "customxml/"  # data of other programs, which nobody here reads
_XML: Final = (".xml", ".rels")


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside the package, as it stands in the zip.

    `Member("word/document.xml", DEFLATED, 0x1C291CA3, 2048, b"…")`: 2048 bytes, `packed` as they
    are compressed.
    """

    name: str
    method: int
    crc: int
    size: int
    packed: bytes | bytearray

    def read(self) -> bytes:
        """The unpacked bytes; never more than the size that was checked before."""
        if self.method == STORED:
            return bytes(self.packed)
        # A limit of 0 would be none.
        return zlib.decompressobj(-15).decompress(self.packed, self.size or 1)[: self.size]


@dataclass(frozen=True)
class Package:
    """All members of a Word file, in the file's order."""

    members: tuple[Member, ...]

    @cached_property
    def bookmarks(self) -> frozenset[str]:
        """The names of all bookmarks in small letters, for Word tells no others apart."""
        found = (name for _, data in template_parts(self) for name in _BOOKMARK.findall(data))
        return frozenset(name.decode("utf-8", "ignore").lower() for name in found)

    def names(self) -> list[str]:
        """The members' names in order."""
        return [member.name for member in self.members]

    def read(self, name: str) -> bytes:
        """The unpacked bytes of `name`; raises KeyError."""
        for member in self.members:
            if member.name == name:
                return member.read()
        raise KeyError(name)


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
    if _is_of_another_kind(package):  # told before any of it becomes a tree
        raise _refused("not-a-package", file)
    parts = {one.name for one in package.members if _is_ours(one.name.lower())}
    if sum(one.size for one in package.members if one.name in parts) > MOST_XML:
        raise _refused("too-large", file)
    faults, marks, paragraphs = [], 0, 0
    for member in package.members:
        is_part = member.name in parts
        content = _unpacked(member, is_kept=is_part)
        if reason := _NOT_UNPACKED if content is None else is_part and _fault_of(content):
            faults.append(TemplateFault("bad-xml", Location(member.name), details=reason))
        marks += (content or b"").count(b"<")
        paragraphs += _paragraphs(content or b"") if is_part else 0
        if marks > MOST_MARKS or paragraphs > MOST_PARAGRAPHS:
            raise _refused("too-large", file)
    if faults:
        raise TemplateError(faults)
    try:
        main_part(package)
    except KeyError as error:
        raise _refused("not-a-package", file) from error
    return package


def _paragraphs(content: bytes) -> int:
    """How many paragraphs a part has, about: an empty one `<w:p/>` counts for half of one."""
    return sum(map(content.count, (b":p/>", b":p>", b":p "))) // 2


def _is_of_another_kind(package: Package) -> bool:
    """Whether the file says that it is a workbook or the like, and so no Word document."""
    for member in package.members:
        if member.name == CONTENT_TYPES and member.size <= PIECE:
            content = _unpacked(member, is_kept=True) or b""
            return b"spreadsheetml.sheet.main" in content or b"presentation.main" in content
    return False


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


def broken_at(error: etree.XMLSyntaxError) -> dict[str, str]:
    """Where a part is no XML, in words for a message, Chinese and English."""
    line, letter = error.lineno or 1, error.offset or 1
    return {
        "reason": f"第 {line} 行第 {letter} 个字起不合 XML 的写法",
        "reason_en": f"it is no XML from letter {letter} of line {line} on",
    }


def _fault_of(content: bytes) -> dict[str, str]:
    """Why a part is no XML that can be read; nothing where it is."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        return broken_at(error)
    has_doctype = bool(root.getroottree().docinfo.doctype)  # type: ignore[union-attr]
    return dict(DOCTYPE) if has_doctype else {}


def unpack(data: bytes) -> Package:
    """The members of the zip in `data`, whose guards were passed before."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return Package(
            tuple(_member(data, info) for info in archive.infolist() if not info.is_dir())
        )


def _member(data: bytes, info: zipfile.ZipInfo) -> Member:
    if info.compress_type not in (STORED, DEFLATED):
        raise TemplateError([TemplateFault("not-a-package", Location(info.filename))])
    name_length, extra_length = struct.unpack_from("<HH", data, info.header_offset + 26)
    start = info.header_offset + 30 + name_length + extra_length
    packed = data[start : start + info.compress_size]
    return Member(info.filename, info.compress_type, info.CRC, info.file_size, packed)


def deflated(name: str, data: bytes, level: int = 6) -> Member:
    """A member made from unpacked bytes."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    return Member(name, DEFLATED, zlib.crc32(data), len(data), packed)


@dataclass(frozen=True)
class Piece:
    """What several members have in common, packed once for all of them."""

    data: bytes

    @cached_property
    def packed(self) -> bytes:
        """The data deflated so that it may stand between others."""
        return _deflated(self.data, zlib.Z_SYNC_FLUSH)


def pieced(name: str, before: bytes, common: Piece, behind: bytes) -> Member:
    """The member made of these; a small one is not packed."""
    crc = zlib.crc32(behind, zlib.crc32(common.data, zlib.crc32(before)))
    size = len(before) + len(common.data) + len(behind)
    if size <= MOST_STORED:
        return Member(name, STORED, crc, size, before + common.data + behind)
    begun, ended = _deflated(before, zlib.Z_SYNC_FLUSH), _deflated(behind, zlib.Z_FINISH)
    return Member(name, DEFLATED, crc, size, begun + common.packed + ended)


def _deflated(data: bytes, flush: int) -> bytes:
    packer = zlib.compressobj(FAST, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush(flush)


def replaced(package: Package, members: Iterable[Member]) -> Package:
    """`package` with `members` in the places of those of the same names, new ones at the end."""
    new: Mapping[str, Member] = {member.name: member for member in members}
    kept = [new.get(member.name, member) for member in package.members]
    names = {member.name for member in kept}
    return Package((*kept, *(member for name, member in new.items() if name not in names)))


def pack(package: Package) -> list[bytes | bytearray]:
    """The zip file of `package`, to be written piece by piece; the same members give the same."""
    pieces: list[bytes | bytearray] = []
    directory: list[bytes] = []
    offset = 0
    for member in package.members:
        name = member.name.encode()
        fields = _fields(member, len(name))
        directory.append(
            CENTRAL
            + struct.pack("<H", VERSION)
            + fields
            + struct.pack("<HHHLL", 0, 0, 0, 0, offset)
        )
        directory.append(name)
        pieces += (LOCAL, fields, name, member.packed)
        offset += 4 + len(fields) + len(name) + len(member.packed)
    index = b"".join(directory)
    count = len(package.members)
    end = END + struct.pack("<HHHHLLH", 0, 0, count, count, len(index), offset, 0)
    return [*pieces, index, end]


def _fields(member: Member, name_length: int) -> bytes:
    """The fields that a local header and a directory entry share."""
    return struct.pack(
        "<HHHHHLLLHH",
        VERSION,
        0 if member.name.isascii() else UTF8_NAME,
        member.method,
        0,
        FIRST_DAY,
        member.crc,
        len(member.packed),
        member.size,
        name_length,
        0,
    )


def template_parts(package: Package) -> list[tuple[str, bytes]]:
    """All parts of XML by name, in the file's order; what leads from part to part is none."""
    return [
        (member.name, member.read())
        for member in package.members
        if member.name.lower().endswith((".xml", ".vml")) and member.name != CONTENT_TYPES
    ]


def bookmark_count(package: Package) -> int:
    """How many bookmarks there are in all parts of a document."""
    return sum(data.count(_BOOKMARK_START) for _, data in template_parts(package))


def is_odd(package: Package) -> bool:
    """Whether more is to be done than to fill its parts, as its members' names and bytes tell.

    Its main part may be that of a template or have macros, an address may hold a tag, a file may be
    embedded.
    """
    return any(_is_odd(member) for member in package.members)


def _is_odd(member: Member) -> bool:
    name = member.name.lower()
    if member.name == CONTENT_TYPES:
        types = member.read()
        return any(kind.encode() in types for kind in MAIN_TYPES[1:])
    if name.endswith(".rels"):
        data = member.read()
        return any(sign in data for sign in ADDRESS_SIGNS)
    return not name.endswith((".xml", *PICTURES))


def main_part(package: Package) -> str:
    """The name of the document's main part; raises KeyError where there is none.

    Its content type tells it, or, where that is the one of all .xml files, the relation of the
    package.
    """
    types = content_types(package)
    for name, content_type in types.items():
        if "/" in name and content_type.endswith(MAIN_TYPES):
            return _called(package, name)
    if types.get("xml", "").endswith(MAIN_TYPES):
        for relation in etree.fromstring(package.read(PACKAGE_RELATIONS)):
            if relation.get("Type", "").endswith("/officeDocument"):
                return _called(package, relation.get("Target", "").lstrip("/").lower())
    raise KeyError("no main document")


def _called(package: Package, name: str) -> str:
    """How the package spells `name`, which is in small letters; raises KeyError."""
    for member in package.members:
        if member.name.lower() == name:
            return member.name
    raise KeyError(name)


def content_types(package: Package) -> dict[str, str]:
    """The content types by part name or by extension, all in small letters."""
    root = etree.fromstring(package.read(CONTENT_TYPES))
    return {
        str(item.get("PartName") or item.get("Extension")).lstrip("/").lower()
        : item.get("ContentType", "")
        for item in root
    }  # fmt: skip


def list_styles(package: Package) -> dict[str | None, str | None]:
    """The ids of the paragraph styles that number their paragraphs, with the lists' ids."""
    for name in package.names():
        if name.lower().endswith("/styles.xml"):
            root = etree.fromstring(package.read(name))
            return {
                style.get(f"{W}styleId"): number.get(f"{W}val")
                for style in root.iter(f"{W}style")
                for number in style.iterfind(f"{W}pPr/{W}numPr/{W}numId")
            }
    return {}
