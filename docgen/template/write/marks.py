"""The marks around printed figures, and the manifest that says where each figure came from.

A mark is a hidden bookmark; the manifest is a custom XML part that holds elements only, because
some programs drop attributes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final
from zlib import crc32

from markupsafe import Markup

from docgen.template.model.program import FIRST_LINE, Program
from docgen.template.model.sourced import Amount, Prose, Source, SourcedText
from docgen.template.model.tags import MARKED_FORMS, TagForm
from docgen.template.sandbox.environment import Writer
from docgen.template.word.changes import Changes
from docgen.template.word.names import R_NS
from docgen.template.word.package import STORED, Member, Package, deflated, main_part, replaced
from docgen.template.word.xml import escaped, plain_text
from docgen.template.write.site import Site
from docgen.template.write.values import shown, written

NAMESPACE: Final = "urn:gouji:figures:1"
FIRST_ID: Final = 2_000_001
FIRST_REPEATED: Final = 3_000_001
_MANIFEST: Final = b'<figures xmlns="%s">%%s<hash>%%08x</hash></figures>' % NAMESPACE.encode()
MOST_STORED: Final = 65_536
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

    For `{{ 户数 }}` as the first tag of the document: name `_gj0`, number 2000003, paths
    `("户数",)`, `before` the bookmark's start and the run's, `after` their ends.
    `entry` is the manifest's, up to the value, of the first figure if its cell is not known.
    """

    form: TagForm
    name: str
    number: int
    opening: str
    tag: str
    head: str
    paths: tuple[str, ...]
    before: str
    after: str
    entry: str


@dataclass(slots=True)
class Marks:
    """The marks given out in one rendering, and what the manifest says of each figure.

    `known` are the marks of each part by line, `sources` cells by path (`{"户数": "基本!B3"}`);
    `entries` grow with every figure, `counts` with every row.
    """

    known: Mapping[str, Mapping[int, Mark]]
    sources: Mapping[str, str]
    last_id: int = FIRST_REPEATED
    entries: list[str] = field(default_factory=list)
    counts: dict[Mark, int] = field(default_factory=dict)

    def writer(self, part: str, site: Callable[[int], Site]) -> Writer:
        """What a part calls for each value that is to be marked, and at the starts of rows."""
        marked = self.known.get(part, {})
        fresh = dict(marked)
        note, quick = self.entries.append, not self.sources

        def write(value: Any, line: int) -> str:
            mark = marked[line]
            # nearly all figures: plain text, printed once, with no cells to be looked up
            if quick and value.__class__ is str and mark.paths and value.isprintable():
                if line in fresh:
                    del fresh[line]
                    inner = (
                        escaped(value) if "&" in value or "<" in value or ">" in value else value
                    )
                    note(f"{mark.entry}{inner}</value></figure>")
                    return f"{mark.before}{inner}{mark.after}"
            elif mark.form is TagForm.ROW_MARK:
                return self._row(mark)
            is_first = fresh.pop(line, None) is not None
            return self._written(value, mark, partial(site, line), is_first=is_first)

        return write

    def drawn(self, run: str, site: Site, figures: Sequence[tuple[str, Source]]) -> str:
        """The run of a chart with a mark around it, its figures listed with their cells."""
        if not figures:
            return run
        self.last_id = number = self.last_id + 1
        name = f"_gjchart{number}"
        points = "".join(
            f"<point><path>{plain_text(path)}</path><cell>{plain_text(cell)}</cell>"
            f"<value>{plain_text(text)}</value></point>"
            for text, (path, cell) in figures
        )
        tag = plain_text(site.spot.text)
        self.entries.append(f"<chart><name>{name}</name><tag>{tag}</tag>{points}</chart>")
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{run}'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )

    def _row(self, mark: Mark) -> str:
        """The mark at the start of a row."""
        self.last_id = number = self.last_id + 1
        self.counts[mark] = self.counts.get(mark, 0) + 1
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{mark.name}_{number}"/>'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )

    def _written(self, value: Any, mark: Mark, site: Callable[[], Site], *, is_first: bool) -> str:
        """The runs of a value of any kind, with marks around what has a cell or a name."""
        if isinstance(value, Prose):
            return "".join([
                self._figure(text, mark, _run(text, mark, site), source) if source
                else _run(text, mark, site)
                for text, source in value.pieces()
            ])  # fmt: skip
        source = value.source if isinstance(value, Amount | SourcedText) else None
        text = shown(value)
        if text is None or not (mark.paths or source):
            return str(value) if isinstance(value, Markup) else written(value, site())
        return self._figure(text, mark, _run(text, mark, site), source, is_first=is_first)

    def _figure(
        self, text: str, mark: Mark, run: str, source: Source | None, *, is_first: bool = False
    ) -> str:
        """The run of a figure with a mark around it."""
        number, ending = mark.number, ""
        if not is_first:
            self.last_id = number = self.last_id + 1
            ending = f"_{number}"
        self.entries.append(
            f"<figure><name>{mark.name}{ending}{_origin(mark, source, self.sources)}<value>"
            f"{plain_text(text)}</value></figure>"
        )
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{mark.name}{ending}"/>{run}'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )


def _run(text: str, mark: Mark, site: Callable[[], Site]) -> str:
    if text.isprintable():
        return f"{mark.opening}{escaped(text)}</w:t></w:r>"
    return written(text, site())


def mark_name(part: str, spot: int) -> str:
    """The name of the first mark of a tag: the document's have a number, others a letter too."""
    stem = part.rpartition("/")[2].removesuffix(".xml")
    return f"_gj{spot}" if stem == "document" else f"_gj{stem}{spot}"


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


class Marking:
    """What the marks and the manifest of a template say of its tags, whatever is printed."""

    def __init__(self, name: str, programs: Sequence[Program]) -> None:
        self._name = name
        self._known = {program.source.file: _known(program) for program in programs}

    def begin(self, sources: Mapping[str, str]) -> Marks:
        """The marks of one rendering, none so far; `sources` are cells by path."""
        return Marks(self._known, sources)

    def manifest(self, marks: Marks) -> Member:
        """The part that lists every marked figure and every marked loop over rows."""
        items = marks.entries + [
            f"<rows><name>{mark.name}{mark.head}<count>{count}</count></rows>"
            for mark, count in marks.counts.items()
        ]
        listed = "".join(items).encode("utf-8", "ignore")
        data = _MANIFEST % (listed, crc32(listed))
        if len(data) > MOST_STORED:
            return deflated(self._name, data)
        return Member(self._name, STORED, crc32(data), len(data), data)


def _known(program: Program) -> dict[int, Mark]:
    """The marks of a part by the line of their tag."""
    by_text: dict[str, tuple[str, ...]] = {}
    known = {}
    for line, spot in enumerate(program.source.spots, FIRST_LINE):
        # a row's mark says none, but has the text of its loop and so the loop's names
        paths = by_text.setdefault(spot.text, program.paths.get(line, ()))
        if spot.form in MARKED_FORMS:
            inner = "".join([f"<path>{plain_text(name)}</path>" for name in paths])
            tag = f"</name><tag>{plain_text(spot.text)}</tag>"
            name, number = mark_name(program.source.file, line - FIRST_LINE), FIRST_ID + line
            opening = "".join([level.opening for level in spot.levels])
            known[line] = Mark(
                spot.form, name, number, opening, tag, f"{tag}{inner}", paths,
                f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{opening}',
                f'</w:t></w:r><w:bookmarkEnd w:id="{number}"/>',
                f"<figure><name>{name}{tag}{inner}<value>",
            )  # fmt: skip
    return known


def _origin(mark: Mark, source: Source | None, sources: Mapping[str, str]) -> str:
    """The tag, and the path and cell that the value itself knows, else those of its names."""
    if source is not None:
        path, cell = plain_text(source.path), plain_text(source.cell)
        return f"{mark.tag}<path>{path}</path><cell>{cell}</cell>"
    cells = [plain_text(sources[path]) for path in mark.paths if path in sources]
    return mark.head + "".join(f"<cell>{cell}</cell>" for cell in cells)
