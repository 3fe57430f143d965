"""A manifest written: the traces of a new report, and the whole after a report was changed."""

from collections.abc import Collection, Iterator, Sequence

from docgen.manifest.blocks import Trace, as_text, read_blocks
from docgen.manifest.lines import read_lines
from docgen.manifest.reading import BETWEEN, UNSAID, Drawn, Manifest, Printed
from docgen.manifest.tracing import OnlyInTreeError, read_traces
from docgen.template.model.sourced import Source
from docgen.template.word.package import Package, main_part
from docgen.template.word.xml import joined, plain_text
from docgen.template.write.marks import listed, sealed, tag_name, words_said


def written(manifest: Manifest) -> bytes:
    """The manifest as bytes, which read the same again."""
    said = "".join(_said(name, text) for name, text in manifest.about.items())
    entries = [f"<report>{said}</report>", *_figures(manifest)]
    entries += [_chart(one) for one in manifest.charts]
    if manifest.traces:
        entries.append(_said("blocks", as_text(manifest.traces)))
    return sealed("".join(entries))


def traces_said(document: Package, marks: Collection[str]) -> str:
    """What the manifest of a new report says of its rows and paragraphs.

    `marks` are those of its figures.
    """
    return _said("blocks", as_text(_traces(document, marks)))


def _traces(document: Package, marks: Collection[str]) -> Sequence[Trace]:
    main = main_part(document)
    try:
        return read_traces(
            next(one for one in document.members if one.name == main),
            frozenset(mark.encode() for mark in marks),
        )
    except OnlyInTreeError:
        return [block.trace for block in read_blocks(read_lines(document), main, marks)]


def _figures(manifest: Manifest) -> Iterator[str]:
    """The tags that have printed, and the figures."""
    tags = {tag_name(one.mark): one for one in reversed(manifest.figures)}
    for name, one in tags.items():
        words = words_said(one.before, one.behind)
        yield f"<tag>{_said('name', name)}{_said('text', one.tag)}{words}</tag>"
    yield listed(
        [one.mark for one in manifest.figures],
        [plain_text(one.text) for one in manifest.figures],
        [
            Source(joined(one.paths), _cells(one), one.key, UNSAID if one.raw is None else one.raw)
            for one in manifest.figures
        ],
    )


def _cells(one: Printed) -> str:
    return one.cell.replace("、", BETWEEN)


def _chart(one: Drawn) -> str:
    points = "".join(
        f"<point>{_said('path', path)}{_said('cell', cell)}{_said('value', text)}</point>"
        for cell, text, path in one.points
    )
    return f"<chart>{_said('name', one.mark)}{_said('tag', one.tag)}{points}</chart>"


def _said(name: str, text: str) -> str:
    return f"<{name}>{plain_text(text)}</{name}>"
