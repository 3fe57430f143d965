"""Addresses with tags in them, which stand beside a part and not in it.

A part says `r:id="rId5"`, its relationships say where rId5 leads. The tag is taken to where the id
stands, so that a link in a loop leads somewhere else each time.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import unquote

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.errors import Location, Step, TemplateFault, Unit
from docgen.template.model.tags import TagForm, TagKind, TagText, TemplatePart
from docgen.template.read.placing import StringForms, put_in_attribute
from docgen.template.read.scan import OPENER, scan
from docgen.template.word.changes import read_relations, relations_owner, serialised
from docgen.template.word.names import R_NS, P
from docgen.template.word.package import ADDRESS_SIGNS, Package, broken_at, deflated, replaced
from docgen.template.word.xml import nearest

Links = Mapping[str, str]  # by the id of the relationship, the address as its author wrote it

NO_LINKS: Final[Links] = {}
_WHERE: Final = ("链接的地址", "address of the link")


def taken_links(package: Package) -> tuple[Package, dict[str, Links], list[TemplateFault]]:
    """The package without the addresses that hold tags, and these by part.

    `https://example.org/%7B%7B%20u%20%7D%7D`, as Word writes it, is `https://example.org/{{ u }}`.
    """
    taken: dict[str, Links] = {}
    faults: list[TemplateFault] = []
    for member in list(package.members):
        owner = relations_owner(member.name)
        if owner is None or not any(sign in member.read() for sign in ADDRESS_SIGNS):
            continue
        try:
            root = read_relations(package, owner)
        except etree.XMLSyntaxError as error:
            faults.append(TemplateFault("bad-xml", Location(owner), "", broken_at(error)))
            continue
        links: dict[str, str] = {}
        for item in list(root):
            address = unquote(item.get("Target", ""))
            if not OPENER.search(address):
                continue
            is_link = item.get("Type", "").endswith("/hyperlink")
            if is_link and item.get("TargetMode") == "External":
                links[item.get("Id", "")] = address
                root.remove(item)
            else:
                where = Location(owner, (Step(Unit.PROPERTY, _WHERE),))
                faults.append(TemplateFault("untaggable", where, address))
        if links:
            taken[owner] = links
            package = replaced(package, [deflated(member.name, serialised(root))])
    return package, taken, faults


def put_links(part: TemplatePart, links: Links, places: Mapping[Element, Location]) -> bool:
    """Whether ids in the part lead to `links`, in whose places there are tags now."""
    found = False
    for element in part.root.iter():
        for name, value in list(element.attrib.items()):
            address = links.get(str(value))
            if address is not None and str(name).startswith(f"{{{R_NS}}}"):
                paragraph = nearest(element, P)
                around = None if paragraph is None else places.get(paragraph)
                step = Step(Unit.PROPERTY, _WHERE)
                where = Location(part.file, (*(around.steps if around else ()), step))
                _put(_Id(element, str(name)), address, where, part)
                found = True
    return found


class _Id(NamedTuple):
    """The attribute in which a relationship is named."""

    element: Element
    name: str


def _put(place: _Id, address: str, where: Location, part: TemplatePart) -> None:
    number = 1 + max((tag.string for tag in part.tags), default=0)
    said = scan(address)
    if faulty := next((tag for tag in said if tag.troubles), None):
        part.faults.append(
            TemplateFault(faulty.troubles[0][0], where, faulty.text, faulty.troubles[0][1])
        )
    elif any(tag.kind is TagKind.BLOCK for tag in said):
        part.faults.append(TemplateFault("blocks-in-link", where, address))
    else:
        whole = TagText(0, len(address), TagKind.OUTPUT, address, _joined(address, said))
        form = StringForms(number, [TagForm.LINK])
        made = put_in_attribute(address, [whole], where, part, form)
        place.element.set(place.name, made)


def _joined(address: str, said: list[TagText]) -> str:
    """One expression for an address: `'https://example.org/' ~ (u)`."""
    terms: list[str] = []
    done = 0
    for tag in said:
        terms.append(repr(address[done : tag.start]))
        if tag.kind is TagKind.LITERAL:
            terms.append(repr(tag.body))
        elif tag.kind is TagKind.OUTPUT:
            terms.append(f"({tag.body})")
        done = tag.end
    terms.append(repr(address[done:]))
    return " ~ ".join(term for term in terms if term not in ("''", '""'))
