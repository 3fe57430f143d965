"""A Word file from outside as a package whose parts can all be read, or the faults that say why.

Whoever opens a document goes through here; behind it no part is broken, declares entities or holds
more than it said.
"""

import zlib
from typing import Final

from lxml import etree

from docgen.template.model.errors import Location, TemplateError, TemplateFault
from docgen.template.word.package import STORED, Member, Package, main_part, unpack
from workbook.files.archive import BROKEN, archive_fault

MOST_XML: Final = 48 << 20  # bytes of all parts together, of which trees take twenty times as many
MOST_MARKS: Final = 1_500_000
_FOREIGN: Final = "customxml/"  # data of other programs, which nobody here reads
_XML: Final = (".xml", ".rels")


def read_document(data: bytes, file: str) -> Package:
    """The package of a Word document called `file`; raises `TemplateError`."""
    place = Location(file)
    if fault := archive_fault(data):
        raise TemplateError([TemplateFault(fault, place)])
    try:
        package = unpack(data)
    except BROKEN as error:
        raise TemplateError([TemplateFault("not-a-package", place)]) from error
    parts = [one for one in package.members if _is_ours(one)]
    if sum(one.size for one in parts) > MOST_XML:
        raise TemplateError([TemplateFault("too-large", place)])
    if broken := [found for one in package.members if (found := _broken(one))]:
        raise TemplateError(broken)
    if sum(one.read().count(b"<") for one in parts) > MOST_MARKS:
        raise TemplateError([TemplateFault("too-large", place)])
    if unread := [found for one in parts if (found := _unread(one))]:
        raise TemplateError(unread)
    try:
        main_part(package)
    except (KeyError, StopIteration) as error:
        raise TemplateError([TemplateFault("not-a-package", place)]) from error
    return package


def _is_ours(member: Member) -> bool:
    name = member.name.lower()
    return name.endswith(_XML) and not name.startswith(_FOREIGN)


def _broken(member: Member) -> TemplateFault | None:
    """The fault of a member that does not unpack to the size and the sum that the zip says."""
    try:
        is_whole = _is_whole(member)
    except zlib.error:
        is_whole = False
    return None if is_whole else _bad(member, "解不开")


def _is_whole(member: Member) -> bool:
    if member.method == STORED:
        return len(member.packed) == member.size and zlib.crc32(member.packed) == member.crc
    unpacker, size, crc, packed = zlib.decompressobj(-15), 0, 0, bytes(member.packed)
    while not unpacker.eof:
        piece = unpacker.decompress(packed, 1 << 20)
        packed = unpacker.unconsumed_tail
        size, crc = size + len(piece), zlib.crc32(piece, crc)
        if size > member.size or not (piece or packed or unpacker.eof):
            return False
    return size == member.size and crc == member.crc


def _unread(member: Member) -> TemplateFault | None:
    """The fault of a part that is no XML, or declares a document type."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(member.read(), parser)
    except etree.XMLSyntaxError as error:
        return _bad(member, error.msg)
    doctype = root.getroottree().docinfo.doctype  # type: ignore[union-attr]
    return _bad(member, "DOCTYPE") if doctype else None


def _bad(member: Member, reason: str) -> TemplateFault:
    return TemplateFault("bad-xml", Location(member.name), details={"reason": reason})
