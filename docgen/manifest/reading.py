"""The manifest of a report: which figures were printed under which marks, and from which cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from lxml import etree
from lxml.etree import _Element as Element

from docgen.manifest.blocks import Trace, as_traces
from docgen.template.word.xml import joined, parted
from docgen.template.write.marks import NAMESPACE, tag_name

_NS: Final = f"{{{NAMESPACE}}}"
UNSAID: Final = "?"  # in place of a raw value of which nobody knows; no figure and no date is that


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as it was printed.

    `Printed("_gj276_3000023", "{{ 项.金额 }}", ("项目[*].金额",), "项目支出!C12", "统战工作经费",
    "0.03")`: the mark, the tag, the paths of its names, cell and key of its row where it knows
    them, and the text. `raw` is the value where the text does not say it, "" where it does, None
    where an older manifest tells neither; `before` and `behind` are the template's words on both
    sides of the tag, up to its neighbours.
    """

    mark: str
    tag: str
    paths: tuple[str, ...]
    cell: str
    key: str
    text: str
    raw: str | None = ""
    before: str = ""
    behind: str = ""

    @property
    def exact(self) -> str | None:
        """The value as it was before it was rounded, scaled or written out; None if unknown."""
        return self.raw if self.raw is None else self.raw or self.text


class Point(NamedTuple):
    """A figure of a chart: `Point("项目支出!C6", "4.68", "项目[*].金额")`."""

    cell: str
    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as it was drawn: its mark, its tag, and its figures."""

    mark: str
    tag: str
    points: tuple[Point, ...]

    @property
    def figures(self) -> Mapping[str, str]:
        """The texts of its figures by their cells."""
        return {point.cell: point.text for point in self.points}


BETWEEN: Final = "\n"  # the cells of one figure in a manifest: no name of a sheet has it


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a report says of itself, and its figures and charts in the order of printing.

    `traces` are those of its rows and paragraphs, as they were printed.
    """

    about: Mapping[str, str]
    figures: tuple[Printed, ...]
    charts: tuple[Drawn, ...] = ()
    traces: tuple[Trace, ...] = ()

    @property
    def marks(self) -> frozenset[str]:
        """The marks of its figures."""
        return frozenset(figure.mark for figure in self.figures)


def read_manifest(content: bytes) -> Manifest | None:
    """What a manifest says; None where it is none that can be read."""
    root = _root(content)
    return None if root is None else _manifest(root)


def _root(content: bytes) -> Element | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return None
    return root if root.tag == f"{_NS}figures" else None


def _manifest(root: Element) -> Manifest:
    about = {one.tag.removeprefix(_NS): one.text or "" for one in root.iterfind(f"{_NS}report/*")}
    tags = {_first(said, "name"): said for said in map(_told, root.iterfind(f"{_NS}tag"))}
    figures = []
    raws = _raws(root)
    for name, text, path, cell, key in (*_listed(root), *_one_by_one(root)):
        tag = tags.get(name) or tags.get(tag_name(name)) or {}
        paths = tuple(parted(path) if path else tag.get("path") or ())
        known = cell.replace(BETWEEN, "、") or "、".join(tag.get("cell") or ())
        words = _first(tag, "before"), _first(tag, "behind")
        raw = raws.get(name, "") if raws is not None else None
        figures.append(Printed(name, _first(tag, "text"), paths, known, key, text, raw, *words))
    charts = tuple(_drawn(one) for one in root.iterfind(f"{_NS}chart"))
    return Manifest(about, tuple(figures), charts, tuple(as_traces(_said(root, "blocks"))))


def _listed(root: Element) -> Iterator[Sequence[str]]:
    """The name, text, paths, cell and key of each figure; none where their numbers differ."""
    names = _said(root, "names")
    columns: list[Sequence[str]] = [parted(names) if names else ()]
    count = len(columns[0])
    for name in ("values", "paths", "cells", "keys"):
        said = root.findtext(f"{_NS}{name}")
        columns.append([""] * count if said is None else parted(said))
    if all(len(column) == count for column in columns):
        yield from zip(*columns, strict=True)


def _raws(root: Element) -> Mapping[str, str | None] | None:
    """The raw values by mark, of those that have one; None where the manifest knows of none.

    Of a single figure it may not know: one of an older report that a refresh has left as it was.
    """
    said = root.findtext(f"{_NS}raws")
    if said is None:
        return None
    names = parted(_said(root, "names"))
    raws = zip(names, parted(said), strict=False) if said else ()
    return {name: None if raw == UNSAID else raw for name, raw in raws}


def _one_by_one(root: Element) -> Iterator[Sequence[str]]:
    """The same of the figures of older reports, each of which has an element of its own."""
    for said in map(_told, root.iterfind(f"{_NS}figure")):
        paths, cells = joined(said.get("path", ())), "、".join(said.get("cell", ()))
        yield _first(said, "name"), _first(said, "value"), paths, cells, _first(said, "key")


def _drawn(chart: Element) -> Drawn:
    points = tuple(
        Point(_said(one, "cell"), _said(one, "value"), _said(one, "path"))
        for one in chart.iterfind(f"{_NS}point")
    )
    return Drawn(_said(chart, "name"), _said(chart, "tag"), points)


def _said(element: Element, name: str) -> str:
    return element.findtext(f"{_NS}{name}") or ""


def _told(entry: Element) -> dict[str, list[str]]:
    """The texts of an entry's elements by their names."""
    told: dict[str, list[str]] = {}
    for one in entry:
        told.setdefault(one.tag.removeprefix(_NS), []).append(one.text or "")
    return told


def _first(told: Mapping[str, Sequence[str]], name: str) -> str:
    return told[name][0] if name in told else ""
