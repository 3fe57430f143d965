"""The parts of a Word file that a template may have tags in."""

from typing import Final

from lxml import etree

from docgen.package import Package

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
