"""The charts of a report put in place anew, where only their figures differ."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.manifest.lines import inside
from docgen.manifest.reading import Drawn
from docgen.template.word.changes import Changes, read_relations, target_name
from docgen.template.word.names import R_NS, WP, W
from docgen.template.word.package import Member, Package, deflated, main_part

_EXTENT: Final = f"{WP}extent"
_CHART: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def renewed(
    package: Package, anew: Package, charts: Sequence[tuple[Drawn, Drawn | None]]
) -> Iterator[tuple[Drawn, Sequence[Member]]]:
    """Each chart that can be put in anew, as it is now, with the parts that take its place.

    A chart that somebody or another program has changed is left: of its part more differs than its
    figures and how many they are.
    """
    if not charts:
        return
    before = _parts(package, {drawn.mark for drawn, _ in charts})
    after = _parts(anew, {now.mark for _, now in charts if now})
    for drawn, now in charts:
        old = before.get(drawn.mark)
        new = after.get(now.mark) if now else None
        if now is None or old is None or new is None:
            continue
        if _without_figures(package.read(old)) != _without_figures(anew.read(new)):
            continue
        members = [deflated(old, anew.read(new))]
        book, filled = (
            Changes(one).related(part, "package") for one, part in ((package, old), (anew, new))
        )
        if book and filled:
            members.append(deflated(book, anew.read(filled)))
        yield Drawn(drawn.mark, drawn.tag, now.points), members


def _parts(package: Package, marks: Collection[str]) -> Mapping[str, str]:
    """The part of the chart inside each of these marks that still holds one."""
    main = main_part(package)
    targets = {
        relation.get("Id"): target_name(main, relation.get("Target", ""))
        for relation in read_relations(package, main)
    }
    found: dict[str, str] = {}
    for start in etree.fromstring(package.read(main)).iter(f"{W}bookmarkStart"):
        if (mark := start.get(f"{W}name", "")) not in marks:
            continue
        for chart in (one for item in inside(start) for one in item.iter(f"{_CHART}chart")):
            name = targets.get(chart.get(f"{{{R_NS}}}id"))
            if name is not None and name in package.names():
                found.setdefault(mark, name)
    return found


def _without_figures(chart: bytes) -> bytes:
    """The chart's part with every figure and name in it left out, and where they come from."""
    root = etree.fromstring(chart)
    for value in root.iter(f"{_CHART}v", f"{_CHART}f"):
        value.text = ""
    for cache in root.iter(f"{_CHART}strCache", f"{_CHART}numCache"):
        for point in list(cache.iterchildren(f"{_CHART}pt", f"{_CHART}ptCount")):
            cache.remove(point)
    return etree.tostring(root, method="c14n")


def sizes(
    anew: Package, charts: Sequence[tuple[Drawn, Drawn | None]]
) -> Mapping[str, Mapping[str, str]]:
    """The sizes, by mark, of charts that have more or fewer figures now."""
    root = etree.fromstring(anew.read(main_part(anew)))
    drawn = {start.get(f"{W}name"): start for start in root.iter(f"{W}bookmarkStart")}
    grown = {
        old.mark: drawn[now.mark]
        for old, now in charts
        if now and now.mark in drawn and len(old.points) != len(now.points)
    }
    return {
        mark: dict(extent.attrib)  # type: ignore[arg-type] # names are texts
        for mark, start in grown.items()
        for item in inside(start)
        for extent in item.iter(_EXTENT)
    }


def resize(root: Element, sizes: Mapping[str, Mapping[str, str]]) -> None:
    """Give the charts at marks these sizes."""
    for start in root.iter(f"{W}bookmarkStart"):
        for item in inside(start) if start.get(f"{W}name") in sizes else ():
            for extent in item.iter(_EXTENT):
                for name, value in sizes[start.get(f"{W}name", "")].items():
                    extent.set(name, value)
