"""From the XML of a part to its Jinja source: the stages in order, all faults collected."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.compile.allow import Rules
from docgen.template.compile.emit import Source, emit
from docgen.template.compile.syntax import Statement, statement_faults
from docgen.template.model.errors import Place, TemplateFault
from docgen.template.model.names import FALLBACK, STRICT, TR, W14, P
from docgen.template.read.scan import Found
from docgen.template.read.scan import tags as scan
from docgen.template.read.splice import Tag, new_tag, splice
from docgen.template.read.walk import Piece, paragraphs, pieces
from docgen.template.shape.blocks import match_blocks
from docgen.template.shape.cells import shape_cells
from docgen.template.shape.fields import mark_fields
from docgen.template.shape.figures import find_figures
from docgen.template.shape.guard import set_marks
from docgen.template.shape.ids import free_ids
from docgen.template.shape.join import join_paragraphs
from docgen.template.shape.lift import lift
from docgen.template.shape.merge import merge_runs
from docgen.template.shape.restart import ListStyles, restart_lists

SIGNS = (b"{", "｛".encode(), b"&#", b"_}")


@dataclass(slots=True)
class Reading:
    """The tags of one part and the faults found in them so far."""

    tags: list[Tag] = field(default_factory=list)
    faults: list[TemplateFault] = field(default_factory=list)
    raw: tuple[Found, Place] | None = None


def may_hold_tags(data: bytes) -> bool:
    """Whether it is worth parsing the part `data`; only a part in UTF-8 can be ruled out."""
    return any(sign in data for sign in SIGNS) or data[:2] in (b"\xff\xfe", b"\xfe\xff")


def parse_part(file: str, data: bytes) -> Element | TemplateFault:
    """The tree of a part, read without entities, comments and instructions."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return TemplateFault("bad-xml", Place(file), details={"reason": error.msg})
    if b"<!DOCTYPE" in data or root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        return TemplateFault("bad-xml", Place(file), details={"reason": "DOCTYPE"})
    if str(root.tag).startswith(f"{{{STRICT}}}"):
        return TemplateFault("strict", Place(file))
    return root


def compile_part(
    file: str, data: bytes, rules: Rules, styles: ListStyles = dict, *, markers: bool = False
) -> Source | list[TemplateFault] | None:
    """The source of a part, or its faults, or None where it holds no tags."""
    root = parse_part(file, data)
    if isinstance(root, TemplateFault):
        return [root]
    reading = Reading()
    touched = False
    for leaves, where in list(_texts(root, file)):
        touched |= _read(leaves, where, reading)
    if not touched:
        return None
    source = _assemble(file, root, reading, styles, markers=markers)
    if isinstance(source, Source):
        return source
    return _in_order([*source, *_said(reading.tags, rules)], reading.tags)


def _texts(root: Element, file: str) -> Iterator[tuple[list[Piece], Place]]:
    """The text leaves that may hold tags, paragraph by paragraph, or property by property."""
    if file.startswith("docProps/"):
        for item in root:
            name = etree.QName(item).localname
            yield [(item, item.text or "")], Place(file, (("property", name),))
        return
    for paragraph, where in paragraphs(root, file):
        yield pieces(paragraph), where


def _read(leaves: Sequence[Piece], where: Place, reading: Reading) -> bool:
    """Whether the text of `leaves` held anything to replace; its tags are added to `reading`."""
    text = "".join(piece for _, piece in leaves)
    if reading.raw is None and "{" not in text and "｛" not in text and "_}" not in text:
        return False
    founds = _without_raw(list(scan(text, raw=reading.raw is not None)), where, reading)
    tags = [
        new_tag(len(reading.tags) + index, found, where)
        for index, found in enumerate(found for found in founds if _is_tag(found))
    ]
    reading.tags += tags
    reading.faults += [
        TemplateFault(code, where, found.text, dict(details))
        for found in founds
        for code, details in found.troubles
        if not _in_fallback(leaves[0][0])
    ]
    splice(leaves, founds, tags)
    return bool(founds)


def _without_raw(founds: Sequence[Found], where: Place, reading: Reading) -> list[Found]:
    """`founds` with the signs around raw text made comments, which print nothing."""
    kept: list[Found] = []
    for found in founds:
        opens = found.kind == "block" and found.keyword == "raw"
        if opens or (reading.raw is not None and found.keyword == "endraw"):
            reading.raw = (found, where) if opens else None
            kept.append(replace(found, kind="comment"))
        else:
            kept.append(found)
    return kept


def _is_tag(found: Found) -> bool:
    return found.kind in ("output", "block") or bool(found.scope)


def _in_fallback(leaf: Element) -> bool:
    """Whether `leaf` is the second copy of a text box, whose faults are told once."""
    return next(leaf.iterancestors(FALLBACK), None) is not None


def _assemble(
    file: str, root: Element, reading: Reading, styles: ListStyles, *, markers: bool
) -> Source | list[TemplateFault]:
    blocks, faults = match_blocks(reading.tags)
    faults = reading.faults + faults + _open_raw(reading)
    if faults:
        return faults
    merge_runs(blocks)
    join_paragraphs(reading.tags)
    lifted = lift(reading.tags, blocks)
    if lifted.faults:
        return lifted.faults
    faults = shape_cells(reading.tags) + restart_lists(root, reading.tags, styles)
    if faults:
        return faults
    if any(block.keyword in ("for", "macro") for block in blocks):
        _drop_ids(root)
        free_ids(root)
    frames = lifted.frames
    if markers and not file.startswith("docProps/"):
        frames |= find_figures(root, reading.tags)
    guarded = set_marks(root, reading.tags)
    has_contents = mark_fields(root)
    source = emit(file, root, reading.tags, frames, guarded=guarded)
    return replace(source, has_contents=has_contents)


def _open_raw(reading: Reading) -> list[TemplateFault]:
    if reading.raw is None:
        return []
    found, where = reading.raw
    details = {"keyword": "raw", "instead": "{% endraw %}"}
    return [TemplateFault("unclosed-block", where, found.text, details)]


def _said(tags: Sequence[Tag], rules: Rules) -> list[TemplateFault]:
    """The faults of what the tags say, for a part that has other faults already."""
    statements = [
        Statement(tag.where, tag.text, tag.found.body, tag.found.kind == "output")
        for tag in tags
        if tag.found.kind != "comment" and not tag.found.troubles
    ]
    return statement_faults(statements, rules)


def _in_order(faults: Sequence[TemplateFault], tags: Sequence[Tag]) -> list[TemplateFault]:
    """`faults` in the order in which their tags are read."""
    numbers = {(tag.where, tag.text): tag.number for tag in reversed(tags)}
    return sorted(faults, key=lambda fault: numbers.get((fault.where, fault.tag), len(tags)))


def _drop_ids(root: Element) -> None:
    """Remove Word's paragraph ids, which a loop would repeat and nothing else refers to."""
    for element in root.iter(P, TR):
        for name in ("paraId", "textId"):
            element.attrib.pop(f"{W14}{name}", "")
