"""A report's number, by which its manifest is found again where a program has dropped it.

LibreOffice writes no custom XML part into .odt and .doc, but keeps the document's properties. So
the manifest lies beside the workbook too, as `.gouji/NUMBER.xml`.
"""

import re
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.word.changes import Changes, serialised
from docgen.template.word.package import Package, deflated, pack, replaced, unpack
from docgen.template.write.marks import manifest_of, with_manifest
from workbook.files.save import OutputError, put_whole

FOLDER: Final = ".gouji"
PROPERTY: Final = "GoujiReport"
_NUMBER: Final = re.compile(r"[0-9a-f]{16}")
_CUSTOM: Final = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES: Final = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_EMPTY: Final = f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VALUES}"/>'.encode()
_PART: Final = "docProps/custom.xml"
# Of properties that a user has added (MS-OSHARED 2.3.3.2.1.1).
_USERS: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def numbered(document: bytes, folder: Path) -> bytes:
    """The report with its number among its properties; its manifest is kept in `folder` too.

    A folder that nobody may write to keeps none. A document without a manifest stays as it is.
    """
    package = unpack(document)
    own = manifest_of(package)
    if own is None:
        return document
    manifest = own.read()
    number = sha256(manifest).hexdigest()[:16]
    with suppress(OSError, OutputError):
        (folder / FOLDER).mkdir(exist_ok=True)
        put_whole(folder / FOLDER / f"{number}.xml", (manifest,))
    changes = Changes(package)
    name = changes.related("", "custom-properties") or _PART
    is_new = name not in package.names()
    root = etree.fromstring(_EMPTY if is_new else package.read(name))
    _say(root, number)
    changes.put(name, serialised(root), _CONTENT_TYPE)
    if is_new:
        changes.relate("", "custom-properties", name)
    return b"".join(pack(replaced(package, changes.members())))


def with_manifest_part(package: Package, manifest: bytes) -> Package:
    """The package with this manifest in place of its own, or put in where it has lost its own."""
    own = manifest_of(package)
    package, name = with_manifest(package) if own is None else (package, own.name)
    return replaced(package, [deflated(name, manifest)])


def kept_manifest(package: Package, *folders: Path) -> bytes | None:
    """The manifest of a document that bears a number and has no manifest, out of `.gouji`."""
    number = number_of(package)
    for folder in folders if number else ():
        with suppress(OSError):
            return (folder / FOLDER / f"{number}.xml").read_bytes()
    return None


def number_of(package: Package) -> str:
    """The number that a document bears; "" where it bears none."""
    name = Changes(package).related("", "custom-properties")
    if name is None:
        return ""
    for one in etree.fromstring(package.read(name)):
        said = "".join(str(text) for text in one.itertext())
        if one.get("name") == PROPERTY and _NUMBER.fullmatch(said):
            return said
    return ""


def _say(root: Element, number: str) -> None:
    """Put the number into the properties, in place of an older one."""
    for old in [one for one in root if one.get("name") == PROPERTY]:
        root.remove(old)
    taken = [int(one.get("pid", "1")) for one in root if one.get("pid", "1").isdigit()]
    said = etree.SubElement(root, f"{{{_CUSTOM}}}property")
    said.set("fmtid", _USERS)
    said.set("pid", str(max(taken, default=1) + 1))  # the first is 2
    said.set("name", PROPERTY)
    etree.SubElement(said, f"{{{_VALUES}}}lpwstr").text = number
