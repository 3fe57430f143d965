"""The marks at the starts of rows in a report that is brought up to date: they hold nothing.

Those of a table that no loop repeats say which table it is, so each such table keeps one.
"""

from collections.abc import Collection, Iterator, Sequence

from lxml.etree import _Element as Element

from docgen.audit.merging import Segment
from docgen.audit.placing import END, ID, NAME, START, rename
from docgen.manifest.blocks import Block, table_name
from docgen.template.word.names import P_PR, TBL, TR, P
from docgen.template.write.marks import WORD_TAKES


def rename_rows(blocks: Sequence[Block], segments: Sequence[Segment]) -> None:
    """Let the marks at the starts of rows be called as those of the report made anew.

    They say nothing of a figure.
    """
    known: dict[str, str] = {}
    for segment in segments:
        pairs = zip(segment.found, segment.now, strict=True) if segment.is_same else ()
        for found, block in pairs:
            if found is not None:
                own = _row_marks(blocks[found.block.number])
                known |= zip(own, _row_marks(block), strict=False)
    if known:
        rename(blocks[0].element.getroottree().getroot(), known)


def _row_marks(block: Block) -> list[str]:
    """The marks that stand at the start of a row and hold nothing."""
    marks = [mark for line in block.lines for mark, start, end in line.marks if start == end]
    return [mark for mark in marks if mark not in block.marks]


def hand_on(go: Collection[Element]) -> None:
    """Let a row that stays bear the mark of its table, where the one that has it goes.

    Rows that have marks of their own say so themselves.
    """
    for row in go:
        beside = (*row.itersiblings(TR), *row.itersiblings(TR, preceding=True))
        stay = [one for one in beside if one not in go]
        paragraph = next(stay[0].iter(P), None) if stay else None
        if paragraph is None or any(any(_of_table(one)) for one in stay):
            continue
        own = (ends for ends in _of_table(row) if not _is_numbered(*ends))
        for start, end in own:
            place = 0 if paragraph.find(P_PR) is None else 1
            paragraph.insert(place, end)
            paragraph.insert(place, start)


def _of_table(row: Element) -> Iterator[tuple[Element, Element]]:
    """The marks in a row that say of which table it is."""
    for start, end in list(_empty(row)):
        if table_name(start.get(NAME, "")):
            yield start, end


def _is_numbered(start: Element, _: Element) -> bool:
    """Whether it is a row's own mark, where the rows beside it have theirs."""
    return table_name(start.get(NAME, "")) != start.get(NAME, "")


def tidy(root: Element, others: int, come: Collection[Element]) -> None:
    """Drop the marks of rows that a table has twice, and those that Word does not take.

    `others` bookmarks are in other parts, `come` are what was put in.
    """
    _drop_moved(root, come)
    told: set[tuple[Element | None, str]] = set()
    left = []
    for start, end in list(_empty(root)):
        table = _table(start)
        name = start.get(NAME, "")
        if (table, name) in told:
            _drop(start, end)
        elif (table, table_name(name)) in told or not table_name(name):
            left.append((start, end))
        told |= {(table, name), (table, table_name(name))}
    count = others + sum(1 for _ in root.iter(START))
    for start, end in left[::-1][: max(0, count - WORD_TAKES)]:
        _drop(start, end)


def _drop_moved(root: Element, come: Collection[Element]) -> None:
    """Drop the mark of a row that somebody has moved to another table, where its own has it again.

    Where several stand that did not come, somebody has copied their table: the marks tell that.
    """
    new = {start: _table(start) for element in come for start, _ in _empty(element)}
    tables = {start.get(NAME, ""): table for start, table in new.items()}
    old: dict[str, list[tuple[Element, Element]]] = {}
    for start, end in list(_empty(root)) if new else ():
        if start not in new and start.get(NAME, "") in tables:
            old.setdefault(start.get(NAME, ""), []).append((start, end))
    for name, ((start, end), *more) in old.items():
        if not more and _table(start) is not tables[name]:
            _drop(start, end)


def _table(element: Element) -> Element | None:
    return next(element.iterancestors(TBL), None)


def _empty(root: Element) -> Iterator[tuple[Element, Element]]:
    """The marks of ours that hold nothing, not even a run."""
    for start in root.iter(START):
        end = start.getnext()
        is_its = end is not None and end.tag == END and end.get(ID) == start.get(ID)
        if end is not None and is_its and start.get(NAME, "").startswith("_gj"):
            yield start, end


def _drop(*ends: Element) -> None:
    for end in ends:
        holder = end.getparent()
        if holder is not None:
            holder.remove(end)
