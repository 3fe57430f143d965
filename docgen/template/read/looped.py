"""Notes and charts that a loop refers to, taken to where the loop stands.

They stand in other parts, which know nothing of the loop. What is there is put before the reference
as a value that the loop makes in each pass; the reference prints the id of what is made of it.
"""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element
from lxml.etree import _ProcessingInstruction as Instruction

from docgen.template.model.errors import Location, TemplateFault
from docgen.template.model.signs import HELD_END, HELD_TAG, Token, held_tag, held_token
from docgen.template.model.tags import (
    ASSIGNS,
    ENDS,
    MIDDLES,
    PAIRS,
    REPEATING,
    TAG_NODE,
    Tag,
    TagForm,
    TagKind,
    TagText,
    TemplatePart,
)
from docgen.template.read.links import NO_LINKS, Links
from docgen.template.read.part import parse_part, read_part
from docgen.template.word.changes import Changes, read_relations, target_name
from docgen.template.word.names import (
    CHART,
    CHART_SIGN,
    COMMENT,
    COMMENT_ANCHORS,
    COMMENT_REFERENCE,
    COMMENT_SIGN,
    NOTE_SIGN,
    PARAGRAPHS,
    R_NS,
    W14,
    P,
    R,
    W,
)
from docgen.template.word.names import PROPERTIES_ID as ID
from docgen.template.word.package import Package
from docgen.template.word.xml import child_towards, nearest, remove, stand_alone, take_out

VALUE: Final = "gouji_part"  # what a note or chart is called in the loop
_KINDS: Final = ("footnote", "endnote")
_REFERENCES: Final = tuple(f"{W}{kind}Reference" for kind in _KINDS)
_CHART: Final = f"{{{CHART}}}chart"
_CHART_ID: Final = f"{{{R_NS}}}id"
_WHOLE: Final = ([COMMENT_REFERENCE], sorted(COMMENT_ANCHORS))
PARAGRAPH_ID: Final = f"{W14}paraId"
_TAGS: Final = re.compile(f"{HELD_TAG}(\\d+){HELD_END}")


def looped_parts(
    package: Package, contents: Sequence[tuple[str, bytes]], links: Mapping[str, Links]
) -> dict[str, TemplatePart]:
    """The parts that refer to notes or charts, which stand in their loops now, and what is left.

    A package in which no loop refers to any has nothing of the latter.
    """
    found: dict[str, TemplatePart] = {}
    for name, content in contents:
        refers = any(sign in content for sign in (NOTE_SIGN, CHART_SIGN, COMMENT_SIGN))
        part = read_part(name, content, links.get(name, NO_LINKS)) if refers else None
        if part is None:
            continue
        found[name] = part
        looped = _looped(part)
        for kind in _KINDS if looped else ():
            own = [one for one in looped if one.tag == f"{W}{kind}Reference"]
            file = Changes(package).related(name, f"{kind}s") if own else None
            if file is not None:
                notes = _read(file, package.read(file), links.get(file, NO_LINKS))
                _take(part, own, notes)
                found[file] = notes
        file = Changes(package).related(name, "comments") if COMMENT_SIGN in content else None
        if file is not None:
            comments = _read(file, package.read(file), links.get(file, NO_LINKS))
            if _take_comments(part, comments):
                found[file] = comments
        charts = [one for one in looped if one.tag == _CHART]
        found |= _take_charts(part, charts, package, links) if charts else {}
    return found


def _read(file: str, content: bytes, links: Links) -> TemplatePart:
    """The part of the notes, which need have no tags."""
    part = read_part(file, content, links)
    if part is not None:
        return part
    root = parse_part(file, content)
    if isinstance(root, TemplateFault):
        return TemplatePart(file, etree.Element("none"), faults=[root])
    return TemplatePart(file, root)


def _looped(part: TemplatePart) -> list[Element]:
    """The references to notes and charts that stand in what repeats."""
    tags = {tag.node: tag for tag in part.tags}
    found: list[Element] = []
    depth = 0
    for item in part.root.iter():
        if item in tags:
            depth += _step(tags[item])
        elif depth > 0 and item.tag in (*_REFERENCES, _CHART):
            found.append(item)
    return found


def _step(tag: Tag) -> int:
    keyword = tag.said.keyword if tag.said.kind is TagKind.BLOCK else ""
    if keyword in REPEATING:
        return 0 if ASSIGNS.match(tag.body) else 1
    return -1 if ENDS.get(keyword) in REPEATING else 0


def _take(part: TemplatePart, looped: Sequence[Element], notes: TemplatePart) -> None:
    """Put the notes of the references before these, and take them out of their own part."""
    by_id = {note.get(ID): note for note in notes.root if isinstance(note.tag, str)}
    kept = {one.get(ID) for one in part.root.iter(looped[0].tag) if one not in looped}
    taken: dict[str | None, Element] = {}
    for reference in looped:
        identity = reference.get(ID)
        note = by_id.get(identity)
        run = None if note is None else _own_run(reference)
        if note is not None and run is not None:
            opener = _put_before(run, deepcopy(note), part, notes)
            _ask(reference, ID, part, opener.where, TagForm.NOTE)
            taken[identity] = note
    gone = [note for identity, note in taken.items() if identity not in kept]
    left_out = {number for note in gone for number in _numbers(note)}
    for note in gone:
        remove(note)
    _renumber(notes, [tag for tag in notes.tags if tag.number not in left_out])


def _take_comments(part: TemplatePart, comments: TemplatePart) -> bool:
    """Put comments before their anchors, where all of these stand in the same pass."""
    by_id = {one.get(ID): one for one in comments.root.iterchildren(COMMENT)}
    gone = []
    for identity, anchors in _anchors_in_loops(part).items():
        first, comment = anchors[0], by_id.get(identity)
        place = _own_run(first) if first.tag == COMMENT_REFERENCE else first
        if comment is None or place is None or nearest(place, P) is None:
            continue
        copy = deepcopy(comment)
        copy.set(PARAGRAPHS, " ".join(one.get(PARAGRAPH_ID, "") for one in copy.iter(P)))
        opener = _put_before(place, copy, part, comments)
        _ask(first, ID, part, opener.where, TagForm.NOTE)
        for anchor in anchors[1:]:
            anchor.set(ID, held_token(Token.SAME_ID, f"comment:{identity}"))
        gone.append(comment)
    left_out = {number for comment in gone for number in _numbers(comment)}
    for comment in gone:
        remove(comment)
    _renumber(comments, [tag for tag in comments.tags if tag.number not in left_out])
    return bool(gone)


def _anchors_in_loops(part: TemplatePart) -> dict[str, list[Element]]:
    """The anchors of each comment of which all stand in the same blocks, one of them a loop."""
    tags = {tag.node: tag for tag in part.tags}
    anchors: dict[str, list[Element]] = {}
    blocks: dict[str, set[tuple[int, ...]]] = {}
    inside: list[tuple[int, bool]] = []
    for item in part.root.iter():
        if item in tags:
            _go_through(tags[item], inside)
        elif item.tag in COMMENT_ANCHORS:
            identity = item.get(ID, "")
            anchors.setdefault(identity, []).append(item)
            looped = any(repeats for _, repeats in inside)
            blocks.setdefault(identity, set()).add(tuple(n for n, _ in inside) if looped else ())
    return {
        identity: found
        for identity, found in anchors.items()
        if len(blocks[identity]) == 1 and () not in blocks[identity]
        and sorted(one.tag for one in found) in _WHOLE
    }  # fmt: skip


def _go_through(tag: Tag, inside: list[tuple[int, bool]]) -> None:
    """Note which branches of blocks are open behind a tag, and which of them repeat."""
    keyword = tag.said.keyword if tag.said.kind is TagKind.BLOCK else ""
    if keyword in PAIRS and not (keyword == "set" and ASSIGNS.match(tag.body)):
        inside.append((tag.number, keyword in REPEATING))
    elif keyword in MIDDLES and inside:
        inside[-1] = (tag.number, False)
    elif keyword in ENDS and inside:
        inside.pop()


def _own_run(reference: Element) -> Element | None:
    """The run of the reference, which holds nothing else then: a loop may begin in the same one."""
    run = nearest(reference, R)
    if run is not None:
        stand_alone(run, child_towards(run, reference))
    return run


def _take_charts(
    part: TemplatePart, looped: Sequence[Element], package: Package, links: Mapping[str, Links]
) -> dict[str, TemplatePart]:
    """What is left of the charts, which stand before their references now."""
    left: dict[str, TemplatePart] = {}
    kept = {one.get(_CHART_ID) for one in part.root.iter(_CHART) if one not in looped}
    relations = read_relations(package, part.file)
    files = {one.get("Id"): target_name(part.file, one.get("Target", "")) for one in relations}
    for reference in looped:
        file = files.get(reference.get(_CHART_ID))
        run = _own_run(reference) if file in package.names() else None
        if file is None or run is None:
            continue
        chart = _read(file, package.read(file), links.get(file, NO_LINKS))
        holder = etree.Element("part", name=file)
        holder.append(deepcopy(chart.root))
        _put_before(run, holder, part, chart)
        if reference.get(_CHART_ID) not in kept:
            left[file] = TemplatePart(file, _without_tags(chart.root), faults=chart.faults)
        _ask(reference, _CHART_ID, part, Location(part.file), TagForm.CHART)
    return left


def _without_tags(root: Element) -> Element:
    for item in list(root.iter()):
        if isinstance(item, Instruction):
            take_out(item)
            continue
        for name, value in item.attrib.items():
            item.set(name, _TAGS.sub("", str(value)))
    return root


def _ask(
    reference: Element, attribute: str, part: TemplatePart, where: Location, form: TagForm
) -> None:
    """Let a reference print the id of what the pass makes."""
    said = TagText(0, 0, TagKind.OUTPUT, "", VALUE)
    identity = _added(part, said, where, form)
    reference.set(attribute, held_tag(str(identity.number)))


def _put_before(run: Element, copy: Element, part: TemplatePart, notes: TemplatePart) -> Tag:
    """The tag that begins the value `copy`, which stands before the run with tags of `part`."""
    number = 1 + max((tag.note for tag in part.tags), default=0)
    strings = max((tag.string for tag in part.tags), default=0)
    copy.tail = None
    opener = _made(part, notes, "set", f"set {VALUE}")
    new: dict[int, Tag] = {}
    for old in sorted(_numbers(copy)):
        said = notes.tags[old]
        tag = _added(part, said.said, said.where, said.form)
        tag.string = said.string + strings if said.string else 0
        new[old] = tag
    ender = _made(part, notes, "endset", "endset")
    for tag in new.values():
        tag.note = number
    _number_anew(copy, new)
    for item in (opener.node, copy, ender.node):
        run.addprevious(item)
    return opener


def _made(part: TemplatePart, notes: TemplatePart, keyword: str, body: str) -> Tag:
    said = TagText(0, 0, TagKind.BLOCK, "", body, keyword=keyword)
    return _added(part, said, Location(notes.file), TagForm.TEXT)


def _added(part: TemplatePart, said: TagText, where: Location, form: TagForm) -> Tag:
    number = len(part.tags)
    node = etree.ProcessingInstruction(TAG_NODE, str(number))
    part.tags.append(Tag(number, said, where, node, said.body, form))
    return part.tags[-1]


def _numbers(root: Element) -> set[int]:
    """The numbers of the tags that stand in `root`, in its texts and in its attributes."""
    found: set[int] = set()
    for item in root.iter():
        if isinstance(item, Instruction):
            found.add(int(item.text or ""))
        else:
            for value in item.attrib.values():
                found.update(int(number) for number in _TAGS.findall(str(value)))
    return found


def _number_anew(root: Element, new: Mapping[int, Tag]) -> None:
    """Let the tags that stand in `root` be those that `new` has for their numbers."""
    for item in list(root.iter()):
        if isinstance(item, Instruction):
            tag = new[int(item.text or "")]
            item.text = str(tag.number)
            tag.node = item
            continue
        for name, value in item.attrib.items():
            if HELD_TAG in str(value):
                said = _TAGS.sub(lambda sign: held_tag(str(new[int(sign[1])].number)), str(value))
                item.set(name, said)


def _renumber(part: TemplatePart, tags: Sequence[Tag]) -> None:
    """Let `tags` be those of the part, each with its place in the list for its number."""
    new = {tag.number: tag for tag in tags}
    for number, tag in enumerate(tags):
        tag.number = number
    part.tags[:] = tags
    _number_anew(part.root, new)
