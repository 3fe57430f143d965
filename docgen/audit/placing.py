"""Rows and paragraphs of a report made anew, put into the report in the place of its own."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import count
from typing import Final

from lxml.etree import _Element as Element

from docgen.audit.merging import Change, Segment, Spot
from docgen.manifest.blocks import Block
from docgen.manifest.lines import MARK
from docgen.template.rich.subdocuments import bring_relations, bring_styles
from docgen.template.word.changes import Changes
from docgen.template.word.names import TBL, TC, TC_PR, TR, V_MERGE, WP, W
from docgen.template.word.package import Package, main_part

START, END, NAME, ID = f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}name", f"{W}id"
_DRAWN: Final = f"{WP}docPr"
_BEFORE_MERGE: Final = frozenset(f"{W}{name}" for name in ("cnfStyle", "tcW", "gridSpan", "hMerge"))


def rename(root: Element, names: Mapping[str, str]) -> None:
    """Give the marks below `root` their new names, copies too."""
    for start in root.iter(START):
        called = start.get(NAME, "")
        match = MARK.fullmatch(called)  # of a figure: those of charts are never copied
        name = match[1] if match else called
        if name in names:
            start.set(NAME, names[name] + called.removeprefix(name))


def chart_marks(block: Block) -> Iterator[str]:
    """The marks around the charts of a block."""
    for start in block.element.iter(START):
        if start.get(NAME, "").startswith("_gjchart"):
            yield start.get(NAME, "")


class Placing:
    """A report's main part, into which blocks of the one made anew are put.

    `own` are its blocks, whose tree is changed; what comes brings its charts along from `anew`.
    """

    def __init__(self, own: Sequence[Block], anew: Package, changes: Changes) -> None:
        self._own, self._anew, self._changes = own, anew, changes
        root = own[0].element.getroottree().getroot()
        numbers = [one.get(ID, "") for one in root.iter(START)]
        self._marks = count(max((int(one) for one in numbers if one.isdigit()), default=0) + 1)
        numbers = [one.get("id", "") for one in root.iter(_DRAWN)]
        self._drawn = count(max((int(one) for one in numbers if one.isdigit()), default=0) + 1)
        self._is_restyled = _styles(anew) != _styles(changes.package)
        self._last: dict[tuple[Element, Spot], Element] = {}

    def put(self, change: Change) -> list[Element]:
        """Put a change's new blocks in; these rows, paragraphs and tables."""
        if change.at is None:
            return []
        block, spot = change.at
        target = self._own[block.number].element
        if spot in {Spot.ABOVE, Spot.BELOW} and block.is_row:
            target = next(target.iterancestors(TBL))
        made = [self._copied(element) for element in _wholes(change.new)]
        if spot in {Spot.BEFORE, Spot.ABOVE}:
            for element in made:
                target.addprevious(element)
        elif made:
            last = self._last.get((target, spot), target)
            for element in reversed(made):
                last.addnext(element)
            self._last[target, spot] = made[-1]
        return made

    def old(self, change: Change) -> list[Element]:
        """The rows and paragraphs that give way."""
        return [self._own[block.number].element for block in change.old]

    def _copied(self, element: Element) -> Element:
        copy = deepcopy(element)
        copy.tail = None
        given: dict[str, str] = {}
        for mark in copy.iter(START, END):
            number = mark.get(ID, "")
            if number not in given:
                given[number] = str(next(self._marks))
            mark.set(ID, given[number])
        for drawing in copy.iter(_DRAWN):
            drawing.set("id", str(next(self._drawn)))
        if self._is_restyled:
            bring_styles(copy, self._anew, self._changes)
        main = main_part(self._anew)
        bring_relations(copy, self._anew, main, main_part(self._changes.package), self._changes)
        return copy


def _styles(package: Package) -> bytes:
    """The styles of a document; another program may have given them other names."""
    name = Changes(package).related(main_part(package), "styles")
    return package.read(name) if name else b""


def take_out(elements: Sequence[Element]) -> None:
    """Remove rows and paragraphs, and the tables that are left without rows."""
    for element in elements:
        table = next(element.iterancestors(TBL), None) if element.tag == TR else None
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
        if table is not None and next(table.iter(TR), None) is None:
            holder = table.getparent()
            if holder is not None:
                holder.remove(table)


def join_cells(own: Sequence[Block], segments: Sequence[Segment], made: Sequence[Change]) -> None:
    """Let cells of rows that stay be joined as they are now, in the tables that have changed."""
    tables = {block.trace.table for change in made for block in change.old if block.is_row}
    tables |= {
        change.at[0].trace.table
        for change in made
        if change.at and change.at[1] in {Spot.BEFORE, Spot.BEHIND}
    }
    for segment in segments:
        for found, block in zip(segment.found, segment.now, strict=False):
            if segment.is_same and found and block.is_row and found.block.trace.table in tables:
                _join_as(own[found.block.number].element, block.element)


def _join_as(row: Element, model: Element) -> None:
    cells, others = list(row.iterchildren(TC)), list(model.iterchildren(TC))
    for cell, other in zip(cells, others, strict=False):
        own, wanted = cell.find(f"{TC_PR}/{V_MERGE}"), other.find(f"{TC_PR}/{V_MERGE}")
        properties = cell.find(TC_PR)
        if len(cells) != len(others) or properties is None:
            continue
        if own is not None and wanted is not None:
            own.attrib.clear()
            own.attrib.update(wanted.attrib)
        elif own is not None:
            properties.remove(own)
        elif wanted is not None:
            _put_merge(properties, deepcopy(wanted))


def _put_merge(properties: Element, merge: Element) -> None:
    """Put a joining of cells where the schema wants it: behind width and span."""
    before = [one for one in properties if one.tag in _BEFORE_MERGE]
    if before:
        before[-1].addnext(merge)
    else:
        properties.insert(0, merge)


def _wholes(blocks: Sequence[Block]) -> Iterator[Element]:
    """The elements of blocks, a table in the place of its rows where all of them are there."""
    elements = {block.element for block in blocks}
    told: set[Element] = set()
    for block in blocks:
        table = next(block.element.iterancestors(TBL), None) if block.is_row else None
        if table is None:
            yield block.element
        elif table not in told:
            rows = [row for row in table.iter(TR) if next(row.iterancestors(TBL)) is table]
            if all(row in elements for row in rows):
                told.add(table)
                yield table
            else:
                yield block.element
