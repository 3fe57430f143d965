"""The parts of a Word file that a template may have tags in."""

from typing import Final

from lxml import etree

from docgen.template.model.names import W
from docgen.template.read.package import Package

CONTENT_TYPES: Final = "[Content_Types].xml"
TAGGED: Final = (
    "document.main+xml",
    "document.macroEnabled.main+xml",
    "template.main+xml",
    "template.macroEnabledTemplate.main+xml",
    "header+xml",
    "footer+xml",
    "footnotes+xml",
    "endnotes+xml",
    "core-properties+xml",
)


def template_parts(package: Package) -> list[str]:
    """The names of the parts with body text, headers, notes and properties, in the file's order."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        types = etree.fromstring(package.read(CONTENT_TYPES), parser)
    except (KeyError, etree.XMLSyntaxError):
        return []
    wanted = {
        item.get("PartName", "").lstrip("/").lower()
        for item in types.iter("{*}Override")
        if item.get("ContentType", "").endswith(TAGGED)
    }
    return [name for name in package.names() if name.lower() in wanted]


def main_part(package: Package) -> str:
    """The name of the document's main part."""
    wanted = TAGGED[:4]
    for name, content_type in content_types(package).items():
        if "/" in name and content_type.endswith(wanted):
            return next(member for member in package.names() if member.lower() == name)
    raise KeyError("no main document")


def content_types(package: Package) -> dict[str, str]:
    """The content types by part name or by extension, all in small letters."""
    root = etree.fromstring(package.read(CONTENT_TYPES))
    return {
        str(item.get("PartName") or item.get("Extension")).lstrip("/").lower()
        : item.get("ContentType", "")
        for item in root
    }  # fmt: skip


def list_styles(package: Package) -> dict[str, str]:
    """The ids of the paragraph styles that number their paragraphs, with the lists' ids."""
    for name in package.names():
        if name.lower().endswith("/styles.xml"):
            root = etree.fromstring(package.read(name))
            return {
                style.get(f"{W}styleId", ""): number.get(f"{W}val", "")
                for style in root.iter(f"{W}style")
                for number in style.iterfind(f"{W}pPr/{W}numPr/{W}numId")
            }
    return {}
