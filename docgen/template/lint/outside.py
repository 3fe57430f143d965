"""What a template fetches from outside of itself: another template, objects, pictures."""

from collections.abc import Iterable, Iterator
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.errors import Location, TemplateFault
from docgen.template.word.changes import read_relations, relations_owner
from docgen.template.word.package import Package

_NAMES: Final = {
    "attachedTemplate": ("所附的模板", "an attached template"),
    "oleObject": ("链接的对象", "a linked object"),
    "image": ("链接的图片", "a linked picture"),
    "subDocument": ("子文档", "a subdocument"),
    "frame": ("框架", "a frame"),
    "aFChunk": ("插入的文件", "an inserted file"),
}


def outside_faults(package: Package) -> Iterator[TemplateFault]:
    """A fault for each thing that Word looks for elsewhere when the document is opened."""
    for member in package.members:
        owner = relations_owner(member.name)
        for item in () if owner is None else _relations(package, owner):
            kind = item.get("Type", "").rpartition("/")[2]
            if item.get("TargetMode") == "External" and kind in _NAMES:
                name, name_en = _NAMES[kind]
                yield TemplateFault(
                    "outside",
                    Location(owner or ""),
                    item.get("Target", ""),
                    {"what": name, "what_en": name_en},
                )


def _relations(package: Package, owner: str) -> Iterable[Element]:
    """The relationships of a part, none where they cannot be read: Word does not open the file."""
    try:
        return read_relations(package, owner)
    except etree.XMLSyntaxError:
        return ()
