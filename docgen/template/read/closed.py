"""Files inside a Word file that are not filled: embedded workbooks, documents, web pages."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from docgen.template.model.errors import Location, TemplateFault
from docgen.template.word.package import Member, Package

MOST_BYTES: Final = 64 * 1024 * 1024
_TEXT_FILES: Final = (".htm", ".html", ".xhtml", ".mht", ".mhtml", ".txt", ".rtf")
_PACKAGE: Final = re.compile(r"\.(?:doc|dot|xls|xlt|ppt|pot|pps)[xm]$")
_MARKUP: Final = re.compile(rb"<[^<>]*>")
_OPENER: Final = re.compile("[{｛][{｛%％]".encode())
_RTF_OPENER: Final = re.compile(rb"\\\{(?:\\\{|%)")  # a brace alone is a group in RTF


def closed_faults(package: Package) -> Iterator[TemplateFault]:
    """A fault for each embedded file in which a tag would be left as it is."""
    for member in package.members:
        if code := _fault(member):
            yield TemplateFault(code, Location(member.name))


def _fault(member: Member) -> str:
    name = member.name.lower()
    if name.endswith(_TEXT_FILES):
        opener = _RTF_OPENER if name.endswith(".rtf") else _OPENER
        return "closed-file" if opener.search(member.read()) else ""
    if not _PACKAGE.search(name):
        return ""
    try:
        return _zip_fault(member.read())
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        return ""  # no package after all: nothing that Word could show


def _zip_fault(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as inner:
        members = [item for item in inner.infolist() if item.filename.endswith(".xml")]
        if sum(item.file_size for item in members) > MOST_BYTES:
            return "too-large"
        for item in members:
            # a tag may be cut into runs, which only their words show
            if _OPENER.search(_MARKUP.sub(b"", inner.read(item))):
                return "closed-file"
    return ""
