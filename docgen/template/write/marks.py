"""The marks around printed figures, and the manifest that says where each figure came from.

A mark is a hidden bookmark; the manifest is a custom XML part that holds elements only, because
some programs drop attributes.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import chain, islice, repeat
from operator import length_hint
from sys import maxsize
from typing import Any, Final
from zlib import crc32

from markupsafe import Markup

from docgen.template.model.program import FIRST_LINE, Program
from docgen.template.model.sourced import Amount, Prose, Rounded, Source, SourcedText
from docgen.template.model.tags import MARKED_FORMS, ROW_MARKS, TagForm
from docgen.template.sandbox.environment import RowWriters, Writer
from docgen.template.word.changes import Changes
from docgen.template.word.names import R_NS
from docgen.template.word.package import Member, Package, Piece, main_part, pieced, replaced
from docgen.template.word.xml import escaped, joined, plain_text
from docgen.template.write.site import Site
from docgen.template.write.values import (
    NO_CELL,
    SIMPLE,
    broken_text,
    captured,
    needs_site,
    plainly,
    shown,
    written,
)

FIRST_ID: Final = 2_000_001
FIRST_REPEATED: Final = 3_000_001
# Word fails on more bookmarks, the template's own among them. Of long tables the first cells have
# marks of their own, further rows one each, then the table one, what comes behind it none but the
# first figure of each tag.
WORD_TAKES: Final = 16_380
MOST_MARKS: Final = 16_000
MOST_CELL_MARKS: Final = 3_000
NAMESPACE: Final = "urn:gouji:figures:2"
_OPENING: Final = f'<figures xmlns="{NAMESPACE}">'
AT_ONCE: Final = 250  # numbers that are kept together
OF_A_TABLE: Final = "_gjrows"  # how the marks of a table and of its rows begin
_RUN_ENDS: Final = "</w:t></w:r>"
PROPERTIES: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<ds:datastoreItem'
    ' ds:itemID="{6B1F0A52-7C1E-4E0B-9D55-60756A690001}"'
    ' xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)
PROPERTIES_TYPE: Final = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """What is always the same of the mark of one tag, ready to be joined with what is printed.

    For `{{ 户数 }}` as the first tag of the document: name `_gj0`, number "2000003", paths
    `("户数",)`, `opening` the start of the run. `entry` is what the manifest says of the tag, up to
    the cells of its paths.
    """

    form: TagForm
    name: str
    number: str
    opening: str
    paths: tuple[str, ...]
    entry: str
    is_cell: bool


# Of a mark at the start of rows also the pieces of XML between which its number stands.
RowMark = tuple[Mark, Sequence[str]]


@dataclass(slots=True)
class Marks:
    """The marks given out in one rendering, and what the manifest says of each figure.

    `known` are the marks of each part by line, `rows` those at the starts of rows, `sources` cells
    by path (`{"户数": "基本!B3"}`). `figures` grow with each figure by three: the name of its mark,
    its text as a text of XML, its cell; thousands of tuples would wake Python's collector. `charts`
    grow with every chart, `printed` with every tag; of `tallies` each row takes one, beside what
    they held at first. `numbers` are those that are left, `room` those of them that cells of looped
    rows may have.
    """

    known: Mapping[str, Mapping[int, Mark]]
    rows: Mapping[str, Mapping[int, RowMark]]
    sources: Mapping[str, str]
    numbers: Iterator[str]
    room: Iterator[str]
    figures: list[Any] = field(default_factory=list)
    charts: list[str] = field(default_factory=list)
    printed: dict[Mark, None] = field(default_factory=dict)
    tallies: dict[Mark, tuple[int, tuple[Iterator[object], ...]]] = field(default_factory=dict)

    def writers(self, part: str, site: Callable[[int], Site]) -> tuple[Writer, RowWriters]:
        """What a part calls for each value that is to be marked: with its line, and in rows."""
        marked = self.known.get(part, {})

        def write(value: Any, line: int) -> str:
            text, source = (value, NO_CELL) if value.__class__ is str else plainly(value)
            mark = marked[line]
            if text is None or not text.isprintable():
                return self._written(value, mark, partial(site, line))
            if "&" in text or "<" in text or ">" in text:
                text = escaped(text)
            return self._figure(mark, text, f"{mark.opening}{text}{_RUN_ENDS}", source)

        return write, self._begun(part) | self._in_rows(marked, site)

    def _in_rows(
        self, marked: Mapping[int, Mark], site: Callable[[int], Site]
    ) -> dict[int, Callable[[Any], str]]:
        """What is called for each value of a tag that a loop over rows repeats, by line."""
        printed, note, room, ends = self.printed, self.figures.extend, self.room, _RUN_ENDS

        def writer(line: int, mark: Mark) -> Callable[[Any], str]:
            is_full = False

            def write(
                value: Any, line: int = line, mark: Mark = mark, opening: str = mark.opening
            ) -> str:
                # done for 100,000 figures, hence all in one place; `_figure` does it for others
                nonlocal is_full
                text, source = (value, NO_CELL) if value.__class__ is str else plainly(value)
                if text is None or not text.isprintable():
                    return self._written(value, mark, partial(site, line))
                if "&" in text or "<" in text or ">" in text:
                    text = escaped(text)
                if is_full:
                    return f"{opening}{text}{ends}"
                if mark in printed and (mark.paths or source.path or source.cell):
                    if number := next(room, ""):
                        name = f"{mark.name}_{number}"
                        note((name, text, source))
                        return (
                            f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{opening}{text}'
                            f'{ends}<w:bookmarkEnd w:id="{number}"/>'
                        )
                    is_full = True
                return self._figure(mark, text, f"{opening}{text}{ends}", source)

            return write

        return {line: writer(line, mark) for line, mark in marked.items() if mark.is_cell}

    def _begun(self, part: str) -> dict[int, Callable[[Any], str]]:
        """What gives the marks at the starts of rows, "" where none is left, by line."""
        begun: dict[int, Callable[[Any], str]] = {}
        for line, (mark, between) in self.rows.get(part, {}).items():
            last: tuple[str, ...] = ()
            if mark.form is TagForm.TABLE_MARK:
                # in the second row without a mark: the first one may bear those of its tags
                last = ("", _around("", _row_name(mark), mark.number))
            tally = repeat(between, maxsize), iter(last), repeat("", maxsize)
            self.tallies[mark] = _left(tally), tally
            begun[line] = partial(next, chain(map(str.join, self.numbers, tally[0]), *tally[1:]))
        return begun

    @property
    def names(self) -> frozenset[str]:
        """The marks of the figures so far."""
        return frozenset(self.figures[::3])

    def drawn(self, run: str, site: Site, figures: Sequence[tuple[str, Source]]) -> str:
        """The run of a chart with a mark around it, its figures listed with their cells."""
        number = next(self.numbers, "") if figures else ""
        if not number:
            return run
        name = f"_gjchart{number}"
        points = "".join(
            f"<point><path>{_plain(path)}</path><cell>{_plain(cell)}</cell>"
            f"<value>{_plain(text)}</value></point>"
            for text, (path, cell, *_) in figures
        )
        tag = _plain(site.spot.text)
        self.charts.append(f"<chart><name>{name}</name><tag>{tag}</tag>{points}</chart>")
        return _around(run, name, number)

    def _written(self, value: Any, mark: Mark, site: Callable[[], Site]) -> str:
        """The runs of a value of any kind, with marks around what has a cell or a name."""
        if isinstance(value, Prose):
            return "".join([
                self._figure(mark, _plain(text), _run(text, mark, site), source) if source
                else _run(text, mark, site)
                for text, source in value.pieces()
            ])  # fmt: skip
        source = value.source if isinstance(value, Amount | Rounded | SourcedText) else NO_CELL
        text = shown(value)
        if text is None:
            return (captured if isinstance(value, Markup) else written)(value, site())
        return self._figure(mark, _plain(text), _run(text, mark, site), source)

    def _figure(self, mark: Mark, text: str, run: str, source: Source) -> str:
        """The run of a figure with a mark around it, or the run itself; `text` is one of XML.

        The first figure of a tag has the tag's own number.
        """
        if not (mark.paths or source.path or source.cell):
            return run
        if mark not in self.printed:
            self.printed[mark] = None
            name, number = mark.name, mark.number
        else:
            number = next(self.room if mark.is_cell else self.numbers, "")
            if not number:
                return run
            name = f"{mark.name}_{number}"
        self.figures += (name, text, source)
        return _around(run, name, number)

    def passes(self) -> dict[Mark, int]:
        """How often each loop over rows was gone through."""
        given = {mark: whole - _left(tally) for mark, (whole, tally) in self.tallies.items()}
        return {mark: passes for mark, passes in given.items() if passes}


def listed(names: Sequence[str], texts: Sequence[str], sources: Sequence[Source]) -> str:
    """What a manifest says of figures: their marks, what was printed, and the cells that they know.

    The texts of all of them stand together. Of a cell also its path and its row's key, and raw
    values where any is another than its text.
    """
    if not names:
        return ""
    said = f"<names>{joined(names)}</names><values>{joined(texts)}</values>"
    known = list(chain.from_iterable(sources))
    if not any(known):
        return f"{said}<raws/>"
    paths, cells, keys = (_column(known[column::4]) for column in range(3))
    raws = known[3::4]
    raw = f"<raws>{_column(raws)}</raws>" if any(raws) else "<raws/>"
    return f"{said}<paths>{paths}</paths><cells>{cells}</cells><keys>{keys}</keys>{raw}"


def words_said(before: str, behind: str) -> str:
    """What a manifest says of the template's words on both sides of a tag."""
    said = f"<before>{_plain(before)}</before>" if before else ""
    return f"{said}<behind>{_plain(behind)}</behind>" if behind else said


def _column(texts: Collection[str]) -> str:
    """The texts as one; a key or a path is that of many figures, and looked at once."""
    text = joined(texts)
    return text if _is_plain("".join(set(texts))) else plain_text(text)


def _left(tally: Sequence[Iterator[object]]) -> int:
    return sum(map(length_hint, tally))


def _row_name(mark: Mark) -> str:
    """What the marks at the starts of rows are called, up to their numbers.

    Where one table alone has such rows, they say which it is.
    """
    is_of_one = mark.form is TagForm.TABLE_MARK
    return f"{OF_A_TABLE}{mark.name.removeprefix('_gj')}" if is_of_one else mark.name


def _around(run: str, name: str, number: str) -> str:
    """The run in a mark."""
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{run}<w:bookmarkEnd w:id="{number}"/>'
    )


def _plain(text: str) -> str:
    """A text for the inside of an element; most need nothing done."""
    return text if _is_plain(text) else plain_text(text)


def _is_plain(text: str) -> bool:
    return text.isprintable() and not ("&" in text or "<" in text or ">" in text)


def _run(text: str, mark: Mark, site: Callable[[], Site]) -> str:
    if needs_site(text):
        return written(text, site())
    return f"{mark.opening}{broken_text(text, SIMPLE)}{_RUN_ENDS}"


def mark_name(part: str, spot: int) -> str:
    """The name of the first mark of a tag: the document's have a number, others a letter too."""
    stem = part.rpartition("/")[2].removesuffix(".xml")
    return f"_gj{spot}" if stem == "document" else f"_gj{stem}{spot}"


def tag_name(mark: str) -> str:
    """The name of the tag that a mark was printed by: `_gj276` for `_gj276_3000023`."""
    stem, _, number = mark.rpartition("_")
    return stem if stem and number.isdigit() else mark


def with_manifest(package: Package) -> tuple[Package, str]:
    """The package with an empty manifest in its place, and the manifest's name."""
    changes, main = Changes(package), main_part(package)
    name = changes.add("customXml/item{}.xml", b"<x/>", "application/xml")
    properties = name.replace("item", "itemProps")
    changes.put(properties, PROPERTIES.encode(), PROPERTIES_TYPE)
    kind = f"{R_NS}/customXmlProps"
    changes.relate(name, kind, properties)
    changes.relate(main, f"{R_NS}/customXml", name)
    return replaced(package, changes.members()), name


def manifest_of(package: Package) -> Member | None:
    """The part of a document that is its manifest; None where there is none."""
    for member in package.members:
        is_data = member.name.startswith("customXml/") and member.name.endswith(".xml")
        if is_data and f'<figures xmlns="{NAMESPACE}">'.encode() in member.read()[:400]:
            return member
    return None


def _numbers(most: int) -> Iterator[str]:
    """The first numbers of repeated marks; a report needs a thousand, each time the same."""
    blocks = map(_block, range(FIRST_REPEATED + 1, FIRST_REPEATED + most + 1, AT_ONCE))
    return islice(chain.from_iterable(blocks), most)


@lru_cache(MOST_MARKS // AT_ONCE + 1)
def _block(first: int) -> Sequence[str]:
    return tuple(map(str, range(first, first + AT_ONCE)))


class Marking:
    """What the marks and the manifest of a template say of its tags, whatever is printed."""

    def __init__(self, name: str, programs: Sequence[Program], bookmarks: int) -> None:
        """Give the manifest a name; so many `bookmarks` the template has of its own."""
        self._name = name
        self._last: tuple[Sequence[Mark], Mapping[str, str], Piece] | None = None
        self._known = {program.source.file: _known(program) for program in programs}
        self._rows = {
            part: {
                line: (mark, _around("", f"{_row_name(mark)}_\0", "\0").split("\0"))
                for line, mark in marked.items()
                if mark.form in ROW_MARKS
            }
            for part, marked in self._known.items()
        }
        tags = chain.from_iterable(marked.values() for marked in self._known.values())
        self.taken = bookmarks + sum(mark.form is not TagForm.ROW_MARK for mark in tags)

    def begin(self, sources: Mapping[str, str], most: int, most_cells: int) -> Marks:
        """The marks of one rendering, none so far; `sources` are cells by path.

        `most` are as many bookmarks as there may be in all, the template's own and the first one of
        each tag counted; `most_cells` marks are in the cells of looped rows.
        """
        numbers = _numbers(max(0, most - self.taken))
        return Marks(self._known, self._rows, sources, numbers, islice(numbers, most_cells))

    def manifest(self, marks: Marks, about: Mapping[str, str], closing: str) -> Member:
        """The part that lists every marked figure and every marked loop over rows.

        At its end stands what is said in `closing`.
        """
        own = "".join([f"<{name}>{_plain(text)}</{name}>" for name, text in about.items()])
        passes, figures = marks.passes(), marks.figures
        rows = [
            f"<rows><name>{mark.name}</name><count>{times}</count></rows>"
            for mark, times in passes.items()
        ]
        tags = self._said((*marks.printed, *passes), marks.sources)
        listing = listed(figures[::3], figures[1::3], figures[2::3])
        behind = "".join([listing, *marks.charts, *rows, closing])
        first = _bytes(f"{_OPENING}<report>{own}</report>" if own else _OPENING)
        last = _bytes(behind)
        last += _ending(crc32(last, crc32(tags.data, crc32(first))))
        return pieced(self._name, first, tags, last)

    def _said(self, tags: Sequence[Mark], sources: Mapping[str, str]) -> Piece:
        """What is said of the tags that printed or went through rows, kept for the next report."""
        last = self._last  # another thread may put its own there
        if last is None or last[0] != tags or last[1] != sources:
            told = "".join([_told(tag, sources) for tag in tags])
            last = self._last = tags, dict(sources), Piece(_bytes(told))
        return last[2]


def sealed(listed: str) -> bytes:
    """The manifest that lists so much, at its end a hash of all before it."""
    begun = _bytes(f"{_OPENING}{listed}")
    return begun + _ending(crc32(begun))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "ignore")


def _ending(checksum: int) -> bytes:
    return b"<hash>%08x</hash></figures>" % checksum


def _told(tag: Mark, sources: Mapping[str, str]) -> str:
    """What the manifest says of one tag, with the cells of its paths."""
    cells = [f"<cell>{_plain(sources[path])}</cell>" for path in tag.paths if path in sources]
    return f"{tag.entry}{''.join(cells)}</tag>"


def _known(program: Program) -> dict[int, Mark]:
    """The marks of a part by the line of their tag."""
    by_text: dict[str, tuple[str, ...]] = {}
    known = {}
    for line, spot in enumerate(program.source.spots, FIRST_LINE):
        # a row's mark says none, but has the text of its loop and so the loop's names
        paths = program.paths.get(line) or by_text.get(spot.text, ())
        by_text[spot.text] = paths  # of the nearest: two loops may have tags of the same words
        if spot.form in MARKED_FORMS:
            inner = "".join([f"<path>{_plain(name)}</path>" for name in paths])
            name, number = mark_name(program.source.file, line - FIRST_LINE), str(FIRST_ID + line)
            opening = "".join([level.opening for level in spot.levels])
            entry = f"<tag><name>{name}</name><text>{_plain(spot.text)}</text>{inner}"
            entry += words_said(*spot.beside)
            is_cell = spot.form is TagForm.ROW_FIGURE
            known[line] = Mark(spot.form, name, number, opening, paths, entry, is_cell)
    return known
