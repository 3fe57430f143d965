"""Pictures, embedded files and other members of a template given new contents, by name."""

from collections.abc import Mapping
from posixpath import basename

from lxml import etree

from docgen.template.word.changes import Changes, read_relations, target_name
from docgen.template.word.names import DRAWING, PICTURE, R_NS
from docgen.template.word.package import FileSource, bytes_of, template_parts

PLACES = ("word/media/", "word/embeddings/")


def replace_named(changes: Changes, replacements: Mapping[str, FileSource]) -> list[str]:
    """Put the new contents in; a name is a picture's name, title or alternative text, or a file's.

    Gives the names that the template does not have.
    """
    pictures = _pictures(changes)
    files = {
        name: [member]
        for member in changes.package.names()
        for name in (member, basename(member))
        if name == member or member.startswith(PLACES)
    }
    for name, source in replacements.items():
        for member in pictures.get(name) or files.get(name) or []:
            changes.put(member, bytes_of(source))
    return [name for name in replacements if name not in pictures and name not in files]


def replace_contents(changes: Changes, contents: Mapping[bytes, bytes]) -> list[bytes]:
    """Put new contents in the places of old ones, wherever these stand; gives those not found."""
    found: set[bytes] = set()
    for member in changes.package.members:
        if member.name.startswith(PLACES) and (data := member.read()) in contents:
            found.add(data)
            changes.put(member.name, contents[data])
    return [old for old in contents if old not in found]


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
