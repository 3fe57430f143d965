"""A template or a document with macros made an ordinary document, as its new name says."""

from typing import Final

from lxml import etree

from docgen.template.word.changes import read_relations, relations_name, serialised, target_name
from docgen.template.word.package import (
    CONTENT_TYPES,
    MAIN_TYPES,
    Package,
    content_types,
    deflated,
    main_part,
    replaced,
)

ORDINARY: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
# what only a file with macros may have: macros, and keys and buttons that start them
_OF_MACROS: Final = ("/vbaProject", "/keyMapCustomizations")


def ordinary(package: Package) -> Package:
    """The package as a .docx: Word opens no file whose name says something else than its parts."""
    try:
        types = content_types(package)
    except etree.XMLSyntaxError:
        return package  # no document at all, which is not for this to say
    if not any(kind.endswith(MAIN_TYPES[1:]) for kind in types.values()):
        return package
    main = main_part(package)
    relations = read_relations(package, main)
    gone: set[str] = set()
    for item in list(relations):
        if item.get("Type", "").endswith(_OF_MACROS):
            gone |= _with_own(package, target_name(main, item.get("Target", "")))
            relations.remove(item)
    changed = [
        deflated(relations_name(main), serialised(relations)),
        deflated(CONTENT_TYPES, _types(package, main, gone)),
    ]
    kept = Package(tuple(member for member in package.members if member.name not in gone))
    return replaced(kept, [member for member in changed if member.name in kept.names()])


def _with_own(package: Package, name: str) -> set[str]:
    """A part's name, with the names of what it leads to."""
    own = {target_name(name, item.get("Target", "")) for item in read_relations(package, name)}
    return {name, relations_name(name), *own}


def _types(package: Package, main: str, gone: set[str]) -> bytes:
    root = etree.fromstring(package.read(CONTENT_TYPES))
    for item in list(root):
        name = (item.get("PartName") or "").lstrip("/")
        if name.lower() == main.lower():
            item.set("ContentType", ORDINARY)
        elif name in gone:
            root.remove(item)
    return serialised(root)
