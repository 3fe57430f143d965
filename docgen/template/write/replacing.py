"""Pictures, embedded files and other members of a template given new contents, by name."""

from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from posixpath import basename

from lxml import etree

from docgen.template.word.changes import Changes, read_relations, target_name
from docgen.template.word.names import DRAWING, PICTURE, R_NS
from docgen.template.word.package import template_parts

PLACES = ("word/media/", "word/embeddings/")


def replace_named(
    changes: Changes, replacements: Mapping[str, str | PathLike[str] | bytes]
) -> None:
    """Put the new contents in; a name is a picture's name, title or alternative text, or a file's.

    Raises KeyError with the names that the template does not have.
    """
    pictures = _pictures(changes)
    files = {
        name: [member]
        for member in changes.package.names()
        for name in (member, basename(member))
        if name == member or member.startswith(PLACES)
    }
    missing = [name for name in replacements if name not in pictures and name not in files]
    if missing:
        raise KeyError(f"模板里没有 {'、'.join(missing)}")
    for name, source in replacements.items():
        data = source if isinstance(source, bytes) else Path(source).read_bytes()
        for member in pictures.get(name) or files[name]:
            changes.put(member, data)


def _pictures(changes: Changes) -> dict[str, list[str]]:
    """The members behind the pictures of all parts, by every name that a picture goes by."""
    found: dict[str, list[str]] = {}
    for part, data in template_parts(changes.package):
        if b"pic:pic" not in data:
            continue
        relations = read_relations(changes.package, part)
        targets = {item.get("Id"): target_name(part, item.get("Target", "")) for item in relations}
        for picture in etree.fromstring(data).iter(f"{{{PICTURE}}}pic"):
            properties = picture.find(f".//{{{PICTURE}}}cNvPr")
            blip = picture.find(f".//{{{DRAWING}}}blip")
            target = None if blip is None else targets.get(blip.get(f"{{{R_NS}}}embed"))
            if properties is None or target is None:
                continue
            names = {properties.get(name) for name in ("name", "title", "descr")}
            for name in filter(None, names):
                found.setdefault(name, []).append(target)
    return found
