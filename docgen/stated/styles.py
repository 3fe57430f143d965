"""What a document's styles say of its paragraphs: outline levels, tables of contents, lists."""

import re
from pathlib import Path
from typing import NamedTuple

from lxml.etree import _Element as Element

from docgen.stated.lists import Lists, read_lists
from docgen.template.model.errors import TemplateError, TemplateFault
from docgen.template.read.part import parse_part
from docgen.template.word.names import P_PR, W
from docgen.template.word.package import Package, main_part, read_document
from workbook.files.names import shown

_STYLE, _LEVEL, _VALUE = f"{W}pStyle", f"{W}outlineLvl", f"{W}val"


class Looks(NamedTuple):
    """What a document's styles say of its paragraphs, and its lists of numbers."""

    levels: dict[str, int]
    contents: frozenset[str]  # the styles of a table of contents
    lists: Lists


def read_looks(package: Package) -> Looks:
    """The styles and lists of a document."""
    styles = part_beside(package, "styles.xml")
    levels, contents = style_levels(styles)
    return Looks(levels, contents, read_lists(part_beside(package, "numbering.xml"), styles))


def open_document(path: Path) -> tuple[Package, Element]:
    """The package and the tree of its main part; raises `TemplateError`."""
    name = shown(path.name)
    package = read_document(path.read_bytes(), name)
    root = parse_part(name, package.read(main_part(package)))
    if isinstance(root, TemplateFault):
        raise TemplateError([root])
    return package, root


def part_beside(package: Package, name: str) -> Element | None:
    """A part beside the document, None where there is none that can be read."""
    for member in package.names():
        if member.lower().endswith(f"/{name}"):
            root = parse_part(member, package.read(member))
            return None if isinstance(root, TemplateFault) else root
    return None


def document_styles(package: Package) -> Element | None:
    """The tree of the document's styles."""
    return part_beside(package, "styles.xml")


def style_levels(styles: Element | None) -> tuple[dict[str, int], frozenset[str]]:
    """The outline level of each heading style, by id, and the styles of a table of contents."""
    levels: dict[str, int] = {}
    contents: set[str] = set()
    for style in styles.iter(f"{W}style") if styles is not None else ():
        key, name = style.get(f"{W}styleId", ""), style.find(f"{W}name")
        words = "" if name is None else name.get(f"{W}val", "").lower()
        level = style.find(f"{W}pPr/{W}outlineLvl")
        if level is not None and level.get(f"{W}val", "9") in "012345678":
            levels[key] = int(level.get(f"{W}val", "0")) + 1
        elif match := re.fullmatch(r"(?:heading|标题) ?([1-9])", words):
            levels[key] = int(match[1])
        if words.startswith(("toc", "目录")):
            contents.add(key)
    return levels, frozenset(contents)


def style_and_level(properties: Element | None, levels: dict[str, int]) -> tuple[str, int | None]:
    """The style of a paragraph and its outline level, its own or its style's."""
    if properties is None:
        return "", levels.get("")
    style = properties.find(_STYLE)
    name = "" if style is None else style.get(_VALUE, "")
    own = properties.find(_LEVEL)
    if own is None:
        return name, levels.get(name)
    value = own.get(_VALUE, "9")
    return name, int(value) + 1 if value in "012345678" else None


def own_level(paragraph: Element, levels: dict[str, int]) -> int | None:
    """The outline level of a paragraph, 1 for the highest, its own or its style's."""
    return style_and_level(paragraph.find(P_PR), levels)[1]
