"""The strings of a part that are no text of a paragraph: attributes, field codes, texts of charts.

Word keeps words in many places: what a picture shows, where a link leads, what a watermark says. A
tag may stand in any of them; it prints plain text there. What cannot be filled is a fault.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.errors import Location, Step, TemplateFault, Unit
from docgen.template.model.tags import TagForm, TagText, TemplatePart
from docgen.template.read.placing import StringForms, TextLeaf, put_in_attribute, put_tags
from docgen.template.read.scan import OPENER, scan
from docgen.template.word.names import (
    COMMENT,
    DELETED,
    DRAWING_P,
    DRAWING_T,
    FIELD_CHAR,
    INSTRUCTION,
    MATH_TEXT,
    P,
    T,
    W,
)
from docgen.template.word.xml import nearest

AUTHOR: Final = "勾稽模板"  # of the comments that are part of the template
CLOSED: Final = frozenset((f"{W}styles", f"{W}numbering", f"{W}fonts"))
# what a string is called to the author, by the element and the attribute
_LABELS: Final = {
    ("docPr", "descr"): ("替代文字", "alternative text"),
    ("cNvPr", "descr"): ("替代文字", "alternative text"),
    ("docPr", "title"): ("图形的标题", "title of the shape"),
    ("cNvPr", "title"): ("图形的标题", "title of the shape"),
    ("textpath", "string"): ("艺术字或水印", "WordArt or watermark"),
    ("fldSimple", "instr"): ("域代码", "field code"),
    ("instrText", ""): ("域代码", "field code"),
    ("alias", "val"): ("内容控件的标题", "title of the content control"),
    ("tag", "val"): ("内容控件的标记", "tag of the content control"),
    ("default", "val"): ("窗体域的默认文字", "default text of the form field"),
    ("hyperlink", "tooltip"): ("链接的屏幕提示", "screen tip of the link"),
    ("t", ""): ("图形里的文字", "text of the shape"),
    ("v", ""): ("图表的数据", "data of the chart"),
}
_ATTRIBUTES: Final = etree.XPath("//@*[contains(., '{') or contains(., '｛')]")
_TEXTS: Final = etree.XPath("//text()[contains(., '{') or contains(., '｛')]")

Places = Mapping[Element, Location]


class _Attribute(NamedTuple):
    """An attribute by its element and its name."""

    element: Element
    name: str


@dataclass(frozen=True, slots=True)
class TaggedString:
    """A string with the sign of a tag in it: the texts that it is made of, or an attribute."""

    source: _Attribute | Sequence[TextLeaf]
    text: str
    where: Location
    is_code: bool = False


def put_strings(part: TemplatePart, places: Places) -> bool:
    """Whether the strings of a part hold tags, which now stand in their places.

    `places` are the part's paragraphs with where they stand.
    """
    found = [one for one in _strings(part, places) if OPENER.search(one.text)]
    for number, one in enumerate(found, 1):
        if part.root.tag in CLOSED:
            part.faults.append(TemplateFault("untaggable", one.where, _first_tag(one.text)))
        else:
            _put(one, number, part)
    return bool(found)


def _first_tag(text: str) -> str:
    return scan(text)[0].text


def _put(one: TaggedString, number: int, part: TemplatePart) -> None:
    tags = scan(one.text)
    if isinstance(one.source, _Attribute):
        forms = _forms(one, tags, TagForm.ATTRIBUTE, TagForm.QUOTED_ATTRIBUTE)
        made = put_in_attribute(one.text, tags, one.where, part, StringForms(number, forms))
        one.source.element.set(one.source.name, made)
    else:
        forms = _forms(one, tags, TagForm.PLAIN, TagForm.QUOTED)
        put_tags(one.source, tags, one.where, part, StringForms(number, forms))


def _forms(
    one: TaggedString, tags: Sequence[TagText], plain: TagForm, quoted: TagForm
) -> list[TagForm]:
    """The form of each tag: between the quotes of a field code other signs are escaped."""
    forms: list[TagForm] = []
    done, is_quoted = 0, False
    for tag in tags:
        between = one.text[done : tag.start].replace('\\"', "")
        is_quoted ^= one.is_code and between.count('"') % 2 == 1
        done = tag.end
        forms.append(quoted if is_quoted else plain)
    return forms


def foreign_comments(root: Element) -> frozenset[Element]:
    """The comments of a part in which a tag is only talked about, not meant."""
    return frozenset(
        item for item in root.iterchildren(COMMENT) if item.get(f"{W}author") != AUTHOR
    )


def _strings(part: TemplatePart, places: Places) -> Iterator[TaggedString]:
    foreign = foreign_comments(part.root)
    for element, name, text in _found(_ATTRIBUTES, part.root):
        if foreign.isdisjoint(element.iterancestors(COMMENT)):
            where = _place(element, name, part.file, places)
            is_code = element.tag == f"{W}fldSimple"
            yield TaggedString(_Attribute(element, name), text, where, is_code)
    done: set[Element] = set()
    codes: dict[Element, list[Element]] | None = None
    for element, _, _ in _found(_TEXTS, part.root):
        if element in done or element.tag in (T, MATH_TEXT):
            continue
        if foreign.isdisjoint(element.iterancestors(COMMENT)):
            if element.tag == INSTRUCTION and codes is None:
                codes = _field_codes(part.root)
            leaves = _leaves(element, codes or {})
            done.update(leaf for leaf, _ in leaves)
            text = "".join([piece for _, piece in leaves])
            where = _place(element, "", part.file, places)
            if element.tag in DELETED:
                _note_deleted(text, where, part)
            else:
                yield TaggedString(leaves, text, where, element.tag == INSTRUCTION)


def _found(search: etree.XPath, root: Element) -> Iterator[tuple[Element, str, str]]:
    """The elements of the strings that `search` finds, the names of attributes, and the strings."""
    found: Any = search(root)  # lxml types what an XPath gives as all that any may give
    for text in found:
        yield text.getparent(), text.attrname or "", str(text)


def _note_deleted(text: str, where: Location, part: TemplatePart) -> None:
    if OPENER.search(text):
        part.faults.append(TemplateFault("deleted-tag", where, _first_tag(text)))


def _leaves(element: Element, codes: Mapping[Element, list[Element]]) -> list[TextLeaf]:
    """The elements whose texts make one string with that of `element`."""
    if element.tag == INSTRUCTION:
        return [(leaf, leaf.text or "") for leaf in codes.get(element, [element])]
    paragraph = nearest(element, DRAWING_P) if element.tag == DRAWING_T else None
    if element.tag in DELETED:
        paragraph = nearest(element, P)
    if paragraph is None:
        return [(element, element.text or "")]
    return [(leaf, leaf.text or "") for leaf in paragraph.iter(element.tag)]


def _field_codes(root: Element) -> dict[Element, list[Element]]:
    """Of each piece of a field code all pieces of that code, fields inside of it left out."""
    open_codes: list[list[Element]] = []
    found: dict[Element, list[Element]] = {}
    for item in root.iter(FIELD_CHAR, INSTRUCTION):
        kind = item.get(f"{W}fldCharType")
        if item.tag == INSTRUCTION:
            if open_codes:
                open_codes[-1].append(item)
                found[item] = open_codes[-1]
        elif kind == "begin":
            open_codes.append([])
        elif kind == "end" and open_codes:
            open_codes.pop()
    return found


def _place(element: Element, name: str, file: str, places: Places) -> Location:
    """Where a string stands: its paragraph, if it has one, and what it is called."""
    step = Step(Unit.PROPERTY, _label(element, name))
    paragraph = element if element in places else nearest(element, P)
    around = None if paragraph is None else places.get(paragraph)
    return Location(file, (*(around.steps if around else ()), step))


def _label(element: Element, name: str) -> tuple[str, str]:
    """What a string is called, in Chinese and in English."""
    own, attribute = etree.QName(element).localname, name.rpartition("}")[2]
    if own == "docVar":
        variable = element.get(f"{W}name", "")
        return f"文档变量「{variable}」", f"document variable {variable}"
    parent = element.getparent()
    if not name and parent is not None and etree.QName(parent).localname == "property":
        return parent.get("name", ""), parent.get("name", "")
    called = attribute or own
    return _LABELS.get((own, attribute), (called, called))
