"""What the writer has to heed beyond the tags: figures to be marked, and holes that may arise.

Each figure is marked by itself, and a row that a loop repeats at its start too.
A table without rows, a row without cells and a cell without a paragraph make a file that Word does
not open. The signals stand in the tree as nodes and in the compiled XML as control characters; the
writer (`write.holes`) drops an empty table or row and puts a paragraph where a cell needs one.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element
from lxml.etree import _ProcessingInstruction as Instruction

from docgen.template.model.signs import Signal
from docgen.template.model.tags import (
    SIGNAL_NODE,
    Tag,
    TagForm,
    TagKind,
    TagRole,
    TagScope,
    TemplatePart,
)
from docgen.template.read.placing import new_tag, tell_words
from docgen.template.shape.moving import levels_between
from docgen.template.word.names import (
    BLOCK_CONTAINERS,
    BODY,
    COMMENT_ANCHORS,
    FALLBACK,
    P_PR,
    PROOF_ERR,
    RANGES,
    SDT,
    SDT_CONTENT,
    SECT_PR,
    TBL,
    TC,
    TC_PR,
    TR,
    P,
    R,
    W,
)
from docgen.template.word.xml import hoist, nearest

_UNSEEN: Final = frozenset((*RANGES, *COMMENT_ANCHORS, PROOF_ERR, SECT_PR))
_HOLD_CONTROLS: Final = frozenset((*BLOCK_CONTAINERS, TBL, TR))
CUSTOM: Final = f"{W}customXml"
_WRAPPERS: Final = (SDT, SDT_CONTENT, CUSTOM)
_NO_CONTENT: Final = (TagForm.ONCE, TagForm.MERGE)
_SPANS: Final = frozenset((TagForm.COLSPAN, TagForm.HM))

Tags = Mapping[Element, Tag]  # by the nodes that stand in the tree


def mark_figures(part: TemplatePart) -> None:
    """Let the tags that print figures print them with marks."""
    rows: dict[Element, tuple[Tag, TagForm]] = {}
    for tag, loops in list(_printing(part)):
        row = _looped_row(tag.node, loops)
        if row is not None:
            is_once = row[1] is loops[0]
            form = TagForm.TABLE_MARK if is_once else TagForm.ROW_MARK
            rows.setdefault(row[0], (row[1], form))
        if (run := nearest(tag.node, R)) is not None and nearest(run, FALLBACK) is None:
            tag.form = TagForm.FIGURE if row is None else TagForm.ROW_FIGURE
            tag.levels = levels_between(tag.node, run)
            hoist(tag.node, run.getparent())
    for row_element, (loop, form) in rows.items():
        _mark_row(row_element, loop, form, part)
    tell_words(part)


def _printing(part: TemplatePart) -> Iterator[tuple[Tag, list[Tag]]]:
    """The tags that print plainly, each with the loops around it, outermost first."""
    tags = {tag.node: tag for tag in part.tags}
    openers: list[Tag] = []
    for node in part.root.iter(etree.ProcessingInstruction):
        tag = tags[node]
        is_plain = tag.said.scope is TagScope.TEXT and tag.form is TagForm.TEXT
        if tag.said.kind is TagKind.OUTPUT and is_plain:
            yield tag, [opener for opener in openers if opener.said.keyword == "for"]
        elif tag.role is TagRole.OPENS:
            openers.append(tag)
        elif tag.role is TagRole.ENDS and openers:
            openers.pop()


def _looped_row(node: Element, loops: list[Tag]) -> tuple[Element, Tag] | None:
    """The row around `node` that the outermost loop over rows repeats."""
    for loop in loops:
        table = loop.node.getparent()
        if table is not None and table.tag == TBL:
            row = next((row for row in node.iterancestors(TR) if row.getparent() is table), None)
            return None if row is None else (row, loop)
    return None


def _mark_row(row: Element, loop: Tag, form: TagForm, part: TemplatePart) -> None:
    """Put a mark at the start of the row's first cell, if it is sure to be there."""
    cell = next((child for child in row if child.tag == TC or isinstance(child, Instruction)), None)
    first = None if cell is None else cell.find(P)
    if cell is None or first is None or any(isinstance(child, Instruction) for child in cell):
        return
    node = new_tag(part, loop, '""', form=form)
    properties = first.find(P_PR)
    if properties is None:
        first.insert(0, node)
    else:
        properties.addnext(node)


def set_signals(part: TemplatePart) -> bool:
    """Whether signals were needed, which now stand in the tree."""
    tags = {tag.node: tag for tag in part.tags}
    holders = {holder for node in tags if (holder := _holder(node)) is not None}
    rows = {row for row in holders if row.tag == TR and _may_lack(row, TC, tags)}
    of_rows = {holder for row in rows if (holder := _holder(row)) is not None}
    tables = {
        table
        for table in holders | of_rows
        if table.tag == TBL and _may_lack(table, TR, tags, rows)
    }
    controls = _unsure_controls(part, tags, tables | rows)
    around = {holder for control in controls if (holder := _holder(control)) is not None}
    containers = part.root.iter(*BLOCK_CONTAINERS)
    cells = {cell for cell in containers if cell in holders | around or not len(cell)}
    open_cells = [cell for cell in cells if not _ends_with_paragraph(cell, tags, controls)]
    for row in rows:
        _hold(row, [cell for cell in _children(row) if cell.tag == TC or _prints(cell, tags)])
    for table in tables:
        own = list(_children(table))
        _hold(table, [r for r in own if (r.tag == TR and r not in rows) or _prints(r, tags)])
    for control in controls:
        sure = (one for one in _content(control) if one not in controls | tables | rows)
        found = [one for one in sure if not isinstance(one, Instruction) or _prints(one, tags)]
        _hold(control, found)
    grids = list(dict.fromkeys(_changing_tables(part.tags)))
    for table in grids:
        table.addprevious(_node(Signal.GRID_START))
        table.addnext(_node(Signal.GRID_END))
    _let_end(open_cells)
    return bool(rows or tables or controls or open_cells or grids)


def _let_end(cells: Collection[Element]) -> None:
    """Signal the paragraphs of cells that may not end with one, and the ends, before a section."""
    for cell in cells:
        for ending in cell.iterchildren(P, SDT, CUSTOM):
            ending.addnext(_node(Signal.PARAGRAPH))
        section = cell.find(SECT_PR)
        if section is None:
            cell.append(_node(Signal.CELL_END))
        else:
            section.addprevious(_node(Signal.CELL_END))


def _changing_tables(tags: Sequence[Tag]) -> Iterator[Element]:
    """The tables in whose rows tags make cells, or cells that span a number of columns."""
    for tag in tags:
        parent = tag.node.getparent()
        if parent is None:
            continue
        if parent.tag == TR or (parent.tag == TC_PR and tag.form in _SPANS):
            table = nearest(parent, TBL)
            if table is not None:
                yield table


def _may_lack(holder: Element, wanted: str, tags: Tags, unsure: Collection[Element] = ()) -> bool:
    """Whether all `wanted` children of `holder` stand inside blocks or are `unsure` themselves."""
    depth = 0
    for child in _children(holder):
        depth += _step(child, tags)
        is_sure = child.tag == wanted and child not in unsure
        if depth == 0 and (is_sure or _prints(child, tags)):
            return False
    return True


def _holder(node: Element) -> Element | None:
    """What `node` stands in, content controls and custom XML left aside."""
    holder = node.getparent()
    while holder is not None and holder.tag in _WRAPPERS:
        holder = holder.getparent()
    return holder


def _children(holder: Element) -> Iterator[Element]:
    """The children of `holder`, those in its content controls and custom XML in place of these."""
    for child in holder:
        if child.tag in _WRAPPERS:
            yield from _children(child)
        else:
            yield child


def _unsure_controls(part: TemplatePart, tags: Tags, unsure: set[Element]) -> set[Element]:
    """The controls all of whose content may be left out, those inside others looked at first."""
    found: set[Element] = set()
    for control in reversed(list(part.root.iter(SDT))):
        if _may_be_empty(control, tags, unsure | found):
            found.add(control)
    return found


def _may_be_empty(control: Element, tags: Tags, unsure: Collection[Element]) -> bool:
    """Whether all that stands in a control of paragraphs, rows or cells may be left out."""
    holder = control.getparent()
    if holder is None or holder.tag not in _HOLD_CONTROLS:
        return False
    depth, has_tags = 0, False
    for child in _content(control):
        step = _step(child, tags)
        depth += step
        if step or child in unsure:
            has_tags = True
        elif depth == 0 and (child.tag not in _UNSEEN or _prints(child, tags)):
            return False
    return has_tags


def _content(control: Element) -> list[Element]:
    content = control.find(SDT_CONTENT)
    return [] if content is None else list(content)


def _ends_with_paragraph(cell: Element, tags: Tags, unsure: Collection[Element]) -> bool:
    """Whether the cell is sure to end with a paragraph, whatever the blocks in it do."""
    if cell.tag == BODY and _last(cell).tag == TBL:
        return True  # the template is no better, and Word sees to it
    depth, sure = 0, False
    for child in cell:
        depth += _step(child, tags)
        if child.tag == P:
            sure = depth == 0
        elif (tag := tags.get(child)) is not None:
            sure = sure and tag.said.kind is not TagKind.OUTPUT
        elif child.tag not in _UNSEEN:
            sure = child.tag in (SDT, CUSTOM) and depth == 0 and child not in unsure
        if depth:
            sure = False
    return sure


def _last(body: Element) -> Element:
    """The last that stands in `body` before its section."""
    return next((child for child in reversed(body) if child.tag not in _UNSEEN), body)


def _step(child: Element, tags: Tags) -> int:
    """How much deeper into blocks one is after `child`."""
    tag = tags.get(child)
    if tag is None:
        return 0
    return 1 if tag.role is TagRole.OPENS else -1 if tag.role is TagRole.ENDS else 0


def _prints(child: Element, tags: Tags) -> bool:
    """Whether `child` is a tag that prints a cell or row in its place."""
    tag = tags.get(child)
    is_value = tag is not None and tag.said.kind is TagKind.OUTPUT
    return is_value and tag is not None and tag.form not in _NO_CONTENT


def _hold(holder: Element, children: Sequence[Element]) -> None:
    """Signal that `holder` is only there if one of `children` is."""
    holder.addprevious(_node(Signal.MAYBE_START))
    holder.addnext(_node(Signal.MAYBE_END))
    for child in children:
        child.addprevious(_node(Signal.FOUND))


def _node(signal: Signal) -> Element:
    return etree.ProcessingInstruction(SIGNAL_NODE, signal.name)
