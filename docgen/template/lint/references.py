"""References and links of a template that lead to a bookmark which it does not have."""

import re
from collections.abc import Iterator
from typing import Final

from lxml.etree import _Element as Element

from docgen.template.model.errors import Location, TemplateFault
from docgen.template.read.part import paragraphs, parse_part
from docgen.template.read.scan import OPENER
from docgen.template.word.names import P
from docgen.template.word.package import Package, template_parts
from docgen.template.word.references import Reference, references
from docgen.template.word.xml import nearest

_SIGNS: Final = (b"hyperlink", b"instr", b"ffData")
# the top of the document has no bookmark; the links of a table of contents are made anew with it
_MADE_BY_WORD: Final = re.compile("_top$|_toc", re.IGNORECASE)
_SET: Final = re.compile(rb"""(?:SET|ASK)\s+(?:"|&quot;)?([^\s"&\\<]+)""")


def lost_references(package: Package) -> Iterator[TemplateFault]:
    """A fault for each reference that Word would print as `错误!未找到引用源`."""
    contents = template_parts(package)
    set_names = {
        name.decode("utf-8", "ignore").lower()
        for _, content in contents
        for name in _SET.findall(content)
    }
    known = package.bookmarks | set_names
    for name, content in contents:
        root = parse_part(name, content) if any(sign in content for sign in _SIGNS) else None
        if root is None or isinstance(root, TemplateFault):
            continue
        lost = [one for one in references(root) if _is_lost(one, known)]
        places = dict(paragraphs(root, name)) if lost else {}
        for one in lost:
            where = _where(one.holders[0], places, name)
            yield TemplateFault("lost-reference", where, "", {"name": one.name})


def _is_lost(reference: Reference, known: frozenset[str] | set[str]) -> bool:
    is_known = reference.name.lower() in known or _MADE_BY_WORD.match(reference.name)
    return not (is_known or reference.is_implied or OPENER.search(reference.text()))


def _where(element: Element, places: dict[Element, Location], file: str) -> Location:
    paragraph = nearest(element, P)
    return Location(file) if paragraph is None else places.get(paragraph, Location(file))
