"""Another Word document as a value: `{{p 附件 }}` prints its body with all that belongs to it."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from io import BytesIO
from posixpath import splitext
from typing import Any, Final, Protocol, runtime_checkable

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.signs import BROUGHT, Token, freed_tokens, token
from docgen.template.rich.brought_lists import begin_lists
from docgen.template.rich.brought_notes import bring_notes
from docgen.template.rich.styles import Styles
from docgen.template.word.changes import (
    Changes,
    read_relations,
    relations_name,
    serialised,
    target_name,
)
from docgen.template.word.fields import set_fields
from docgen.template.word.ids import free_ids
from docgen.template.word.names import BODY, NUM_ID, R_NS, SECT_PR, VAL, W14, W
from docgen.template.word.package import (
    FileSource,
    Package,
    bytes_of,
    called,
    content_types,
    main_part,
    read_document,
)
from docgen.template.word.references import BOOKMARK, references
from docgen.template.word.xml import keep_only, remove
from docgen.template.write.numbering import Numbering
from docgen.template.write.site import Content, Site

_ROUNDS: Final = (Token.ROUND, Token.ROUND_END)
_DROPPED: Final = [f"{W}{name}" for name in ("headerReference", "footerReference")]


@runtime_checkable
class HasSave(Protocol):
    """A document that can save itself, as those of python-docx."""

    def save(self, stream: BytesIO) -> None:
        """Write the document to `stream`."""


class SubDocument:
    """A document from a path, bytes, a stream or python-docx, to be printed inside another.

    Its lists begin anew where it `begins_lists`.
    """

    def __init__(self, source: FileSource | HasSave, *, begins_lists: bool = True) -> None:
        self.begins_lists = begins_lists
        data = _saved(source) if isinstance(source, HasSave) else bytes_of(source)
        self.package = read_document(data, called(source))
        root = etree.fromstring(self.package.read(main_part(self.package)))
        body = root.find(BODY)
        self.body: Sequence[Element] = [] if body is None else list(body)

    def __word__(self, site: Site) -> Content:
        """The paragraphs and tables, with their pictures, styles and lists brought along."""
        holder = etree.Element("x")
        for element in self.body:
            if element.tag != SECT_PR:
                holder.append(deepcopy(element))
        _clean(holder)
        changes, main = site.rendering.changes, main_part(self.package)

        def bring(note: Element, source: str, target: str) -> None:
            _clean(note)
            bring_styles(note, self.package, changes)
            bring_relations(note, self.package, source, target, changes)
            _name_as_brought(note)
            free_ids(note)
            xml = freed_tokens(etree.tostring(note, encoding="unicode", with_tail=False))
            keep_only(note, ())
            note.extend(etree.fromstring(site.rendering.ids.resolved(xml)))

        is_body = site.part == main_part(changes.package)
        bring_notes(holder, self.package, changes, bring if is_body else None)
        bring_styles(holder, self.package, changes)
        bring_relations(holder, self.package, main, site.part, changes)
        if self.begins_lists:
            begin_lists(holder, changes)
        begins, ends = _lead_to_itself(holder)
        _name_as_brought(holder)
        free_ids(holder)
        set_fields(holder)
        return Content("paragraph", begins + "".join(
            freed_tokens(etree.tostring(element, encoding="unicode", with_tail=False))
            for element in holder
        ) + ends)  # fmt: skip


def of_docxtpl(value: Any) -> SubDocument:
    """A sub-document of docxtpl's, whose pictures and styles stand in its template."""
    made = SubDocument(value.docx, begins_lists=False)
    made.body = [
        etree.fromstring(etree.tostring(element)) for element in value.subdocx.element.body
    ]
    return made


def _lead_to_itself(holder: Element) -> tuple[str, str]:
    """What begins and ends a document that leads to its own bookmarks, however often printed."""
    names = {start.get(f"{W}name", "") for start in holder.iter(BOOKMARK)}
    led = [one for one in references(holder) if one.name in names]
    for reference in led:
        reference.lead(f"{BROUGHT}{reference.name}")
    said = dict.fromkeys(f"{BROUGHT}{reference.name}" for reference in led)
    begins, ends = ("".join(token(kind, one) for one in said) for kind in _ROUNDS)
    return begins, ends


def _name_as_brought(holder: Element) -> None:
    """Let bookmarks be told from the template's, whose names they must not take."""
    for start in holder.iter(BOOKMARK):
        start.set(f"{W}name", f"{BROUGHT}{start.get(f'{W}name', '')}")


def _saved(document: HasSave) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _clean(holder: Element) -> None:
    """Take out what belongs to the other document only."""
    for element in list(holder.iter(*_DROPPED)):
        remove(element)
    for element in holder.iter():
        for name in ("paraId", "textId"):
            element.attrib.pop(f"{W14}{name}", "")


def bring_styles(holder: Element, package: Package, changes: Changes) -> None:
    """Let the styles and lists of `holder`, which comes from `package`, be there too."""
    styles = Styles(package, changes)
    copied = styles.bring(holder)
    numbers = [*holder.iter(NUM_ID), *(number for style in copied for number in style.iter(NUM_ID))]
    wanted = dict.fromkeys(number.get(VAL, "") for number in numbers)
    name = _related(package, "numbering")
    if wanted and name:
        source = etree.fromstring(package.read(name))
        numbering = Numbering(changes)
        given = {old: numbering.copied(source, old) or "0" for old in wanted if old != "0"}
        for number in numbers:
            number.set(VAL, given.get(number.get(VAL, ""), "0"))
    styles.keep()


def _related(package: Package, kind: str) -> str | None:
    return Changes(package).related(main_part(package), kind)


def bring_relations(
    holder: Element, package: Package, source: str, target: str, changes: Changes
) -> None:
    """Let the part `target` lead to all that `holder` was led to by the part `source`."""
    known = {item.get("Id"): item for item in read_relations(package, source)}
    types = content_types(package)
    for element in holder.iter():
        for name, identity in _references(element):
            relation = known.get(identity)
            if relation is None:
                continue
            kind, place = str(relation.get("Type")), str(relation.get("Target"))
            external = relation.get("TargetMode") == "External"
            if not external:
                place = _copied(target_name(source, place), package, types, changes)
            element.set(name, changes.relate(target, kind, place, external=external))


def _references(element: Element) -> Iterator[tuple[str, str]]:
    for name, value in list(element.attrib.items()):
        if str(name).startswith(f"{{{R_NS}}}"):
            yield str(name), str(value)


def _copied(name: str, package: Package, types: dict[str, str], changes: Changes) -> str:
    """The name of the copy of a part, which brings along the parts that it relates to."""
    stem, extension = splitext(name)
    pattern = f"{stem.rstrip('0123456789')}{{}}{extension}".replace("word/", "word/sub_", 1)
    pattern = pattern.replace("word/sub_media/", "word/media/sub_")
    content_type = types.get(name.lower()) or types.get(extension.lstrip(".").lower(), "")
    new = changes.add(pattern, package.read(name), content_type)
    relations = read_relations(package, name)
    if len(relations):
        for item in relations:
            if item.get("TargetMode") != "External":
                target = target_name(name, item.get("Target", ""))
                item.set("Target", f"/{_copied(target, package, types, changes)}")
        changes.put(relations_name(new), serialised(relations))
    return new
