"""Values of docxtpl's classes, and others that bring XML, as values of ours."""

import html
import re
from typing import Any, Final

from lxml import etree
from lxml.etree import _Element as Element
from markupsafe import Markup

from docgen.template.model.signs import FREE_BREAKS, HOLD_BREAKS
from docgen.template.rich.markup import FormattedRun, written
from docgen.template.word.names import MAIN, R_NS, R_PR, P, R, T, W
from docgen.template.write.site import Content, Height, Site

_PARAGRAPHS: Final = ("<w:p>", "<w:p ", "<w:p/", "<w:tbl")
_DECLARATION: Final = re.compile(r' xmlns:\w+="[^"]*"')
# the order of `w:rPr` (ECMA-376 part 1, 17.3.2.28)
_ORDER: Final = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike",
    "outline", "shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden",
    "color", "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u", "effect", "bdr",
    "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish",
    "oMath",
)  # fmt: skip
_RANK: Final = {f"{W}{name}": rank for rank, name in enumerate(_ORDER)}


def adopted(value: Any) -> Any:
    """`value` as one of our own kinds of value; what is none of them is text."""
    name = value.__class__.__name__
    if name == "Listing":
        return html.unescape(str(value.xml))
    if name == "InlineImage":
        from docgen.template.rich.pictures import Picture  # noqa: PLC0415 - only documents with pictures pay

        return Picture(value.image_descriptor, value.width, value.height, link=value.anchor or "")
    if name == "Subdoc":
        from docgen.template.rich.subdocuments import of_docxtpl  # noqa: PLC0415 - brings python-docx

        return of_docxtpl(value)
    xml = str(value.__html__())
    if not xml.startswith("<w:"):
        return Markup(xml).unescape()  # noqa: S704 - read as text, not as markup
    return RawMarkup("paragraph" if xml.startswith(_PARAGRAPHS) else "run", xml)


class RawMarkup:
    """Runs or paragraphs as XML that may lack order and hold control characters."""

    def __init__(self, height: Height, xml: str) -> None:
        self.height = height
        self.xml = xml

    def __word__(self, site: Site) -> Content:
        """The markup in the schema's order, with Word's own breaks."""
        root = etree.fromstring(
            f'<x xmlns:w="{MAIN}" xmlns:r="{R_NS}">{self.xml.translate(HOLD_BREAKS)}</x>'
        )
        for properties in root.iter(R_PR):
            _tidy(properties)
        if self.height == "run":
            return Content("run", written(_runs(root, site), site))
        return Content("paragraph", "".join(_paragraph(item, site) for item in root))


def _tidy(properties: Element) -> None:
    properties[:] = sorted(properties, key=lambda item: _RANK.get(str(item.tag), len(_RANK)))
    for shade in properties.iterchildren(f"{W}shd"):
        if shade.get(f"{W}val") is None:
            shade.set(f"{W}val", "clear")


def _runs(root: Element, site: Site) -> list[FormattedRun]:
    return [
        FormattedRun(_properties(run), _text(run), _address(run, site)) for run in root.iter(R)
    ]  # fmt: skip


def _properties(run: Element) -> str:
    properties = run.find(R_PR)
    if properties is None or not len(properties):
        return ""
    return _DECLARATION.sub("", etree.tostring(properties, encoding="unicode", with_tail=False))


def _text(run: Element) -> str:
    return "".join(text.text or "" for text in run.iter(T)).translate(FREE_BREAKS)


def _address(run: Element, site: Site) -> str:
    """Where a link leads; one made for a document of docxtpl's cannot be known here."""
    parent = run.getparent()
    identity = parent.get(f"{{{R_NS}}}id", "") if parent is not None else ""
    return identity if ":" in identity else site.rendering.changes.address(site.part, identity)


def _paragraph(item: Element, site: Site) -> str:
    if item.tag != P:
        text = etree.tostring(item, encoding="unicode", with_tail=False)
        return _DECLARATION.sub("", text).translate(FREE_BREAKS)
    properties = item.find(f"{W}pPr")
    markup = ""
    if properties is not None:
        markup = etree.tostring(properties, encoding="unicode", with_tail=False)
        markup = _DECLARATION.sub("", markup)
    return f"<w:p>{markup}{written(_runs(item, site), site, markup)}</w:p>"
