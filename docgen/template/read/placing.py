"""Tags put into the tree: nodes and literals in the places of their texts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.errors import Location, TemplateFault
from docgen.template.model.signs import held_tag
from docgen.template.model.tags import (
    MARKED_FORMS,
    ROW_MARKS,
    TAG_NODE,
    Tag,
    TagForm,
    TagKind,
    TagRole,
    TagScope,
    TagText,
    TemplatePart,
)
from docgen.template.word.names import (
    BR,
    CR,
    DRAWING_R,
    FALLBACK,
    HYPERLINK,
    LETTERS,
    NO_BREAK_HYPHEN,
    P_PR,
    PROOF_ERR,
    R_PR,
    SDT_CONTENT,
    TAB,
    TR,
    XML_SPACE,
    P,
    R,
    T,
    W,
)
from docgen.template.word.xml import hoist, is_hollow, nearest, remove, take_out

WORDS: Final = 12  # letters on each side, each as wide as a Chinese one
EDGE: Final = "|"  # of a cell, or of one of its paragraphs
_NOTES: Final = (f"{W}footnote", f"{W}endnote")

Tags = Mapping[Element, Tag]  # by the nodes that stand in the tree
SIGNS = {TAB: "\t", BR: "\n", CR: "\n", NO_BREAK_HYPHEN: "-"}
DELETIONS = (f"{W}del", f"{W}moveFrom")
_STARTS: Final = tuple(f"{W}{name}Start" for name in ("bookmark", "perm", "commentRange"))
_PAGE_MARK = f"{W}lastRenderedPageBreak"  # where a page of the template ended
TextLeaf = tuple[Element, str]  # an element that holds text, and the text


class StringForms(NamedTuple):
    """The number of a string that is no text of a paragraph, and the form of each tag in it."""

    number: int
    forms: Sequence[TagForm]


def put_tags(
    text_leaves: Sequence[TextLeaf],
    tag_texts: Sequence[TagText],
    where: Location,
    part: TemplatePart,
    string: StringForms | None = None,
) -> None:
    """Put the tags into the part, and their nodes and literals in the places of their texts."""
    is_copy = next(text_leaves[0][0].iterancestors(FALLBACK), None) is not None
    started = [
        (item, number)
        for item, number in (_inside(text_leaves, tag_texts) if len(text_leaves) > 1 else ())
        if item.tag in _STARTS and tag_texts[number].kind is TagKind.OUTPUT
        and tag_texts[number].scope is TagScope.TEXT
    ]  # fmt: skip
    nodes = _added(tag_texts, where, part, string, is_copy=is_copy)
    _replace_texts(text_leaves, tag_texts, nodes)
    for start, number in started:
        _put_before_value(start, nodes[number])


def _put_before_value(start: Element, node: Element | None) -> None:
    """Let a range begin before what a tag prints: who marks 户数 in `{{ 户数 }}` means that."""
    run = None if node is None else nearest(node, R)
    if node is not None and run is not None:
        remove(start)
        node.addprevious(start)
        hoist(start, run.getparent())


def drop_inside(text_leaves: Sequence[TextLeaf], tag_texts: Sequence[TagText]) -> None:
    """Take away what stands inside of tags and is nothing: deletions, Word's notes for itself."""
    for item, _ in _inside(text_leaves, tag_texts):
        if _is_nothing(item):
            remove(item)


def _inside(
    text_leaves: Sequence[TextLeaf], tag_texts: Sequence[TagText]
) -> Iterator[tuple[Element, int]]:
    """What stands inside of tags, each with the number of its tag."""
    paragraph = nearest(text_leaves[0][0], P)
    lengths = {leaf: len(text) for leaf, text in text_leaves}
    position, first = 0, 0
    for item in [] if paragraph is None else list(paragraph.iter()):
        position += lengths.get(item, 0)
        while first < len(tag_texts) and tag_texts[first].end <= position:
            first += 1
        is_inside = first < len(tag_texts) and tag_texts[first].start < position
        if is_inside and nearest(item, P) is paragraph:
            yield item, first


def _is_nothing(item: Element) -> bool:
    """Whether it is a deletion, a mark of Word's own or a run that holds nothing else."""
    if item.tag == R:
        return all(child.tag in (R_PR, _PAGE_MARK) for child in item)
    return item.tag in (*DELETIONS, PROOF_ERR)


def new_tag(
    part: TemplatePart,
    like: Tag,
    body: str,
    *,
    form: TagForm = TagForm.TEXT,
    role: TagRole = TagRole.NONE,
) -> Element:
    """The node, not in the tree yet, of a new tag that says `body` in the name of `like`."""
    kind = TagKind.OUTPUT if role is TagRole.NONE else TagKind.BLOCK
    number = len(part.tags)
    node = etree.ProcessingInstruction(TAG_NODE, str(number))
    said = TagText(0, 0, kind, like.said.text, body, form=form)
    part.tags.append(Tag(number, said, like.where, node, body, form, role))
    return node


def put_in_attribute(
    text: str,
    tag_texts: Sequence[TagText],
    where: Location,
    part: TemplatePart,
    string: StringForms,
) -> str:
    """The value of an attribute with signs for the tags, which are put into the part."""
    nodes = _added(tag_texts, where, part, string, is_copy=False)
    pieces: list[str] = []
    done = 0
    for said, node in zip(tag_texts, nodes, strict=True):
        pieces.append(text[done : said.start])
        if said.kind is TagKind.LITERAL:
            pieces.append(said.body)
        elif node is not None:
            pieces.append(held_tag(str(node.text)))
        done = said.end
    return "".join((*pieces, text[done:]))


def _added(
    tag_texts: Sequence[TagText],
    where: Location,
    part: TemplatePart,
    string: StringForms | None,
    *,
    is_copy: bool,
) -> list[Element | None]:
    """The nodes of the tags, which the part has then; None for what prints nothing."""
    nodes: list[Element | None] = []
    for index, said in enumerate(tag_texts):
        is_tag = said.kind in (TagKind.OUTPUT, TagKind.BLOCK) or said.scope is not TagScope.TEXT
        number, node = len(part.tags), None
        if is_tag:
            node = etree.ProcessingInstruction(TAG_NODE, str(number))
            tag = Tag(number, said, where, node, said.body, said.form)
            if string is not None:
                tag.string = string.number
                if said.kind is TagKind.OUTPUT and said.form is TagForm.TEXT:
                    tag.form = string.forms[index]
            part.tags.append(tag)
        nodes.append(node)
        # the second copy of a text box says the same again: its faults are told once
        for code, details in () if is_copy else said.troubles:
            part.faults.append(TemplateFault(code, where, said.text, dict(details)))
    return nodes


def _replace_texts(
    text_leaves: Sequence[TextLeaf], tag_texts: Sequence[TagText], nodes: Sequence[Element | None]
) -> None:
    end, first = 0, 0
    for leaf, text in text_leaves:
        start, end = end, end + len(text)
        while first < len(tag_texts) and tag_texts[first].end <= start:
            first += 1
        last = first
        while last < len(tag_texts) and tag_texts[last].start < end:
            last += 1
        if text and last > first:
            touching = zip(tag_texts[first:last], nodes[first:last], strict=True)
            contents = _contents(text, start, touching)
            value = nodes[first] if tag_texts[first].kind is TagKind.OUTPUT else None
            if not contents and value is not None and _is_all_of_a_link(leaf):
                # the rest of a tag was all that the link or control showed: it shows the value
                take_out(value)
                fill(leaf, [value])
            elif not contents:
                _remove_leaf(leaf)
            elif leaf.tag not in SIGNS:
                fill(leaf, contents)


def _contents(
    text: str, start: int, tags: Iterable[tuple[TagText, Element | None]]
) -> list[str | Element]:
    """What is left of a leaf's `text`, which begins at `start` of the paragraph's text."""
    contents: list[str | Element] = []
    position = start
    for said, node in tags:
        contents.append(text[position - start : max(said.start - start, 0)])
        if said.start >= start:
            contents.append(said.body if said.kind is TagKind.LITERAL else "")
            if node is not None:
                contents.append(node)
        position = said.end
    contents.append(text[position - start :])
    return [content for content in contents if not isinstance(content, str) or content]


def fill(leaf: Element, contents: Iterable[str | Element]) -> None:
    """Give `leaf` the texts and nodes of `contents` in order, blanks preserved."""
    leaf.text = None
    last: Element | None = None
    for content in contents:
        if not isinstance(content, str):
            content.tail = None
            leaf.append(content)
            last = content
        elif last is None:
            leaf.text = (leaf.text or "") + content
        else:
            last.tail = (last.tail or "") + content
    if leaf.tag == T:
        leaf.set(XML_SPACE, "preserve")


def _is_all_of_a_link(leaf: Element) -> bool:
    """Whether the text of a link or content control in a line is this one alone."""
    run = leaf.getparent()
    holder = None if run is None else run.getparent()
    if holder is None or holder.tag not in (HYPERLINK, SDT_CONTENT) or leaf.tag != T:
        return False
    others = (one for one in holder.iter(T) if one is not leaf)
    return not any(one.text or len(one) for one in others)


def _remove_leaf(leaf: Element) -> None:
    """Take out a leaf that a tag emptied, and its run where nothing else is left in it."""
    run = leaf.getparent()
    if run is None:
        return
    run.remove(leaf)
    parent = run.getparent()
    if run.tag in (R, DRAWING_R) and parent is not None and is_hollow(run):
        parent.remove(run)


def tell_words(part: TemplatePart) -> None:
    """Let each marked tag know the words of its paragraph, or of its row, before and behind it.

    In `收入{{ 收入 }}万元,支出{{ 支出 }}万元。` the second has `万元,支出` and `万元。`; in a
    row of `人员经费` and `{{ 人员经费 }}` they are `|人员经费|` and none.
    """
    tags = {tag.node: tag for tag in part.tags}
    marked = (tag.node for tag in part.tags if tag.form in MARKED_FORMS)
    for paragraph in dict.fromkeys(_around(node, P) for node in marked):
        if paragraph is not None and _around(paragraph, TR) is None:
            _tell([*_pieces(paragraph, tags)])
    marked = (tag.node for tag in part.tags if tag.form in MARKED_FORMS)
    for row in dict.fromkeys(_around(node, TR) for node in marked):
        if row is not None:
            _tell([EDGE, *_pieces_of_row(row, tags)])


def _tell(pieces: list[str | Tag]) -> None:
    """Tell the tags of a paragraph or row what stands between them."""
    between = [""]
    found: list[Tag] = []
    for piece in pieces:
        if isinstance(piece, Tag):
            found.append(piece)
            between.append("")
        else:
            between[-1] += piece
    words = [one if one.strip(f"{EDGE} \n\u3000") else "" for one in between]
    for tag, before, behind in zip(found, words, words[1:], strict=False):
        if tag.form in MARKED_FORMS:
            tag.beside = _dozen(before[::-1])[::-1].lstrip(), _dozen(behind).rstrip()


def _dozen(words: str) -> str:
    """The first dozen letters, or twice as many Latin ones."""
    widths = accumulate(1 + (letter > "\u2e80") for letter in words)
    return words[: sum(width <= 2 * WORDS for width in widths)]


def _pieces_of_row(row: Element, tags: Tags) -> Iterator[str | Tag]:
    """The letters and tags of a row in order, with an edge behind each paragraph."""
    for paragraph in row.iter(P):
        if _around(paragraph, TR) is row:
            yield from _pieces(paragraph, tags)
            yield EDGE


def _pieces(paragraph: Element, tags: Tags) -> Iterator[str | Tag]:
    """The letters and tags of a paragraph in order, without those of a text box in it."""
    for item in paragraph.iter():
        is_own = _around(item, P) is paragraph
        if is_own and isinstance(item, etree._ProcessingInstruction):
            tag = tags.get(item) if item.target == TAG_NODE else None
            is_silent = tag is None or tag.said.kind is TagKind.COMMENT
            if tag is not None and not is_silent and tag.form not in ROW_MARKS:
                yield tag
            parent = item.getparent()
            if parent is not None and parent.tag == T:
                yield item.tail or ""
        elif is_own and item.tag == T:
            yield item.text or ""
        elif is_own and item.tag in LETTERS and _around(item, P_PR) is None:
            yield LETTERS[str(item.tag)]


def _around(node: Element, tag: str) -> Element | None:
    """The innermost `tag` element around `node`, within the note that it stands in.

    A note of a loop stands in the paragraph that refers to it, whose words are not its own.
    """
    around = next(node.iterancestors(tag, *_NOTES), None)
    return None if around is None or around.tag != tag else around
