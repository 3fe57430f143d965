"""The tags of a part brought to where they work: all steps in order, blocks matched first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from docgen.template.model.hints import near, nearest_name
from docgen.template.model.tags import (
    ASSIGNS,
    CELL_FORMS,
    ENDS,
    MIDDLES,
    PAIRS,
    REPEATING,
    Tag,
    TagBlock,
    TagForm,
    TagKind,
    TagRole,
    TagScope,
    TemplatePart,
)
from docgen.template.shape.cells import shape_cells
from docgen.template.shape.columns import follow_columns, note_columns
from docgen.template.shape.controls import free_controls
from docgen.template.shape.joining import RECURSIVE, TAKING, join_paragraphs, merge_runs
from docgen.template.shape.lists import ListStyles, restart_lists
from docgen.template.shape.merges import keep_merges_apart
from docgen.template.shape.moving import move_tags
from docgen.template.shape.neighbours import part_tables
from docgen.template.shape.notes import mark_figures, set_signals
from docgen.template.shape.pairs import PAIRED, balance
from docgen.template.shape.passes import Passes, lead_to_passes, tell_passes
from docgen.template.word.fields import FIELDS, set_fields
from docgen.template.word.ids import NUMBERED, drop_paragraph_ids, free_ids
from docgen.template.word.names import MAIN, SDT, V_MERGE

KEYWORDS: Final = (*PAIRS, *ENDS, *MIDDLES)
# a table, or a tag that may print one, behind a tag in the text between paragraphs
_LED_BY_TAG = etree.XPath(
    "boolean(//w:tbl[preceding-sibling::processing-instruction()]"
    " | //processing-instruction()[preceding-sibling::processing-instruction()]"
    "[not(parent::w:tbl or parent::w:tr or parent::w:p or parent::w:r or parent::w:t)])",
    namespaces={"w": MAIN},
)
_MEANT = re.compile(
    r"[{｛][%％]\s*[-+]?\s*(?:tr|tc|p|r)?\s*(for|if|set|with|macro|call|filter|end\w+)\b"
)
# what no value is called: a statement that stands between the signs of a value
_STATEMENT = re.compile(r"(for)\s+\w.*\sin\s|(if|elif)\s+[\w('\"]|(end(?:for|if)|else)$")


def shape_part(part: TemplatePart, styles: ListStyles, *, marks_figures: bool) -> None:
    """Move the tags of `part` to where they work, and set what the writer has to heed.

    `<w:tr>…<?t 0?>…</w:tr><w:tr/>` with the tag `{%tr for r in 项目 %}` becomes `<?t 0?><w:tr/>`.
    What cannot be shaped is noted in `part.faults`; then what only the writer heeds is left out.
    """
    blocks = match_blocks(part)
    if next(part.root.iter(SDT), None) is not None:
        free_controls(part)
    _move(part, blocks)
    forms, scopes = ({tag.form for tag in part.tags}, {tag.said.scope for tag in part.tags})
    if forms & CELL_FORMS:
        shape_cells(part)
    if TagForm.RESTART in forms:
        restart_lists(part, styles)
    if part.faults:
        _note_the_rest(part, [block for block in blocks if _is_level(block)])
        return
    if blocks and next(part.root.iter(V_MERGE), None) is not None:
        keep_merges_apart(part)
    if blocks and next(part.root.iter(*PAIRED), None) is not None:
        balance(part, blocks)
    passes: Passes = ()
    if any(block.keyword in REPEATING for block in blocks) and NUMBERED(part.root):
        drop_paragraph_ids(part.root)
        passes = lead_to_passes(part, blocks)
        free_ids(part.root)
    if marks_figures:
        mark_figures(part)
    if TagScope.CELL in scopes:
        follow_columns(part, blocks)
    has_neighbours = bool(_LED_BY_TAG(part.root)) and part_tables(part)
    part.has_signals = set_signals(part) or has_neighbours
    if passes:
        tell_passes(passes)
    if next(part.root.iter(*FIELDS), None) is not None:
        part.has_contents = set_fields(part.root)


def _note_the_rest(part: TemplatePart, blocks: Sequence[TagBlock]) -> None:
    """Note what is wrong with the blocks of a faulty part that were brought to their places."""
    balance(part, blocks)
    follow_columns(part, blocks)


def _is_level(block: TagBlock) -> bool:
    """Whether all tags of a block stand side by side, as those of a whole part do by now."""
    holders = {tag.node.getparent() for tag in block.tags}
    return len(holders) == 1 and None not in holders


def _move(part: TemplatePart, blocks: Sequence[TagBlock]) -> None:
    if any(block.keyword in TAKING or block.tags[0].body.endswith(RECURSIVE) for block in blocks):
        merge_runs(blocks)
    if any(tag.said.joins_before or tag.said.joins_after for tag in part.tags):
        join_paragraphs(part.tags)
    if blocks or any(tag.said.scope is not TagScope.TEXT for tag in part.tags):
        if any(tag.said.scope is TagScope.CELL for tag in part.tags):
            note_columns(part.tags)
        move_tags(part, blocks)


@dataclass(slots=True)
class _Open:
    """A block whose end was not met yet."""

    keyword: str
    tags: list[Tag]
    crossed: bool = False


def match_blocks(part: TemplatePart) -> list[TagBlock]:
    """The blocks of a part, inner ones before outer ones; every tag is given its role.

    A string that is no text of a paragraph has blocks of its own, and so has a note in a loop.
    """
    strings: dict[tuple[int, int], list[Tag]] = {}
    for tag in part.tags:
        strings.setdefault((-tag.note, tag.string), []).append(tag)
    inner_first = sorted(strings.items(), key=_note_of) if len(strings) > 1 else strings.items()
    return [block for _, tags in inner_first for block in _matched(tags, part)]


def _note_of(item: tuple[tuple[int, int], list[Tag]]) -> int:
    return item[0][0]


def _matched(tags: Sequence[Tag], part: TemplatePart) -> list[TagBlock]:
    blocks: list[TagBlock] = []
    open_blocks: list[_Open] = []
    for tag in tags:
        if tag.said.kind is TagKind.OUTPUT and not tag.said.troubles:
            _note_statement(tag, open_blocks, part)
        if tag.said.kind is not TagKind.BLOCK:
            continue
        if tag.said.troubles:
            _meant(tag, open_blocks)
            continue
        keyword = tag.said.keyword
        if keyword == "set" and ASSIGNS.match(tag.body):
            continue  # `set x = 1` has no end, `set x` has one
        if keyword in PAIRS:
            tag.role = TagRole.OPENS
            open_blocks.append(_Open(keyword, [tag]))
        elif keyword in MIDDLES:
            _take_middle(tag, open_blocks, part)
        elif keyword in ENDS:
            blocks += _closed(tag, open_blocks, part)
        else:
            known = near(keyword or tag.body, KEYWORDS)
            part.fault("unknown-tag", tag, keyword=keyword or tag.body, **known)
            _take_as(nearest_name(keyword, KEYWORDS), tag, open_blocks)
    for left in open_blocks:
        if not left.crossed:
            instead = _end_of(left)
            part.fault("unclosed-block", left.tags[0], keyword=left.keyword, instead=instead)
    return blocks


def _meant(tag: Tag, open_blocks: list[_Open]) -> None:
    """Let a tag that is not well written begin or end the block that it means."""
    match = _MEANT.match(tag.text)
    _take_as(match[1] if match else "", tag, open_blocks)


def _take_as(keyword: str, tag: Tag, open_blocks: list[_Open]) -> None:
    """Let a faulty tag begin or end the block that `keyword` would.

    Its own fault is told; that of its partner would only say to delete what is right.
    """
    if keyword in PAIRS:
        open_blocks.append(_Open(keyword, [tag], crossed=True))
    elif keyword in ENDS:
        depths = range(len(open_blocks) - 1, -1, -1)
        same = (one for one in depths if open_blocks[one].keyword == ENDS[keyword])
        if (depth := next(same, None)) is not None:
            open_blocks.pop(depth)


def _note_statement(tag: Tag, open_blocks: list[_Open], part: TemplatePart) -> None:
    """Note a statement that is written between the signs of a value: `{{ endfor }}`."""
    if (match := _STATEMENT.match(tag.body)) is None:
        return
    keyword = match[match.lastindex or 1]
    openers = MIDDLES.get(keyword) or (ENDS.get(keyword, ""),)
    is_asked = keyword in PAIRS or any(one.keyword in openers for one in open_blocks)
    if is_asked:  # else it may be the name of a value
        part.fault("block-in-output", tag, instead=f"{{% {tag.body} %}}")
        _take_as(keyword, tag, open_blocks)


def _take_middle(tag: Tag, open_blocks: Sequence[_Open], part: TemplatePart) -> None:
    """Give an `else` or `elif` to the innermost open block, if that may have one."""
    tag.role = TagRole.MIDDLE
    openers = MIDDLES[tag.said.keyword]
    if open_blocks and open_blocks[-1].keyword in openers:
        open_blocks[-1].tags.append(tag)
    elif any(block.keyword in openers for block in open_blocks):
        _crossed(tag, open_blocks[-1], part)
    else:
        part.fault("stray-end", tag, opener=openers[0])


def _closed(tag: Tag, open_blocks: list[_Open], part: TemplatePart) -> list[TagBlock]:
    """The block that `tag` ends, taken from the open ones; those inside it were crossed."""
    tag.role = TagRole.ENDS
    opener = ENDS[tag.said.keyword]
    depths = range(len(open_blocks) - 1, -1, -1)
    depth = next((one for one in depths if open_blocks[one].keyword == opener), None)
    if depth is None:
        part.fault("stray-end", tag, opener=opener)
        return []
    inner = open_blocks[depth + 1 :]
    block = open_blocks.pop(depth)
    fresh = [other for other in inner if not other.crossed]
    if fresh:
        _crossed(tag, fresh[-1], part)
    for other in fresh:
        other.crossed = True
    if block.tags[0].role is not TagRole.OPENS:  # one that was only taken as such
        for other in open_blocks:
            other.crossed |= other.keyword == opener  # which of them ends here, nobody knows
        return []
    return [TagBlock(opener, (*block.tags, tag))]


def _crossed(tag: Tag, other: _Open, part: TemplatePart) -> None:
    part.fault("crossed-blocks", tag, **other.tags[0].as_other(), instead=_end_of(other))


def _end_of(block: _Open) -> str:
    return f"{{%{block.tags[0].said.scope.value} {PAIRS[block.keyword]} %}}"
