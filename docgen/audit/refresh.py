"""A report brought up to date: its stale figures rewritten, all that was written by hand kept."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.audit.audit import Audit, Report, audit, made_anew, open_report, read_report
from docgen.audit.charts import renewed
from docgen.audit.judging import Audited, State
from docgen.audit.page import inside
from docgen.manifest.keeping import changed_manifest, numbered, with_manifest_part
from docgen.manifest.reading import Drawn
from docgen.template.word.changes import serialised
from docgen.template.word.names import R_PR, R, T, W
from docgen.template.word.package import Member, deflated, pack, replaced
from workbook.checking.kinds import Kind
from workbook.reading.values import Values

_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A report with the figures of its workbook.

    `rewritten` are those that were brought up to date, as they were before, and `charts` how many
    charts were; `after` is the audit of the new document, in which what is not `ok` was left for a
    person to decide.
    """

    document: bytes
    rewritten: tuple[Audited, ...]
    charts: int
    after: Audit


def refresh_report(
    path: Path, kind: Kind, values: Values, workbook: Path, *, force: bool = False
) -> Refreshed:
    """The report at `path` with its stale figures rewritten, with `force` the retyped ones too.

    A figure of which the page shows more or less than its mark holds is left, and so is what was
    lost, copied, or printed by a condition that has changed. Raises as `audit_report`.
    """
    report = open_report(path, workbook)
    anew = made_anew(report, kind, values)
    states = (State.STALE, State.EDITED) if force else (State.STALE,)
    before = audit(report, anew)
    wanted = [one for one in before.figures if one.state in states and _fits(one)]
    charts = list(renewed(report.package, anew.package, before.charts))
    while True:
        made = _rewritten(report, wanted, charts)
        after = audit(made, anew)
        true = {one.figure.mark for one in after.figures if one.state is State.OK}
        kept = [one for one in wanted if one.figure.mark in true]
        if len(kept) == len(wanted):
            break
        wanted = kept
    document = b"".join(pack(made.package))
    return Refreshed(numbered(document, workbook.parent), tuple(wanted), len(charts), after)


def _fits(one: Audited) -> bool:
    """Whether a figure is one line of text that stands in its mark, and is to be one."""
    texts = (one.printed, one.current)
    return one.place is not None and all(text is not None and "\n" not in text for text in texts)


def _rewritten(
    report: Report, wanted: Sequence[Audited], charts: Sequence[tuple[Drawn, Sequence[Member]]]
) -> Report:
    """The report with these figures and charts, on its pages and in its manifest."""
    texts = {one.figure.mark: one.current or "" for one in wanted}
    files = dict.fromkeys(one.place.where.file for one in wanted if one.place)
    members = [deflated(name, _part(report.package.read(name), texts)) for name in files]
    members += [member for _, some in charts for member in some]
    content = changed_manifest(report.content, texts, [drawn for drawn, _ in charts])
    package = with_manifest_part(replaced(report.package, members), content)
    made = read_report(report.path, package, content)
    assert made is not None  # it says what it said, with other texts
    return made


def _part(content: bytes, texts: Mapping[str, str]) -> bytes:
    root = etree.fromstring(content)
    for start in root.iter(f"{W}bookmarkStart"):
        text = texts.get(start.get(f"{W}name", ""))
        if text is not None:
            _write(start, text)
    return serialised(root)


def _write(start: Element, text: str) -> None:
    """Put a text into the runs of a mark, in the format of the first."""
    held = list(inside(start))
    if held and held[-1].tag != f"{W}bookmarkEnd":
        return  # the mark ends elsewhere: nobody knows what is inside of it
    words = [word for one in held for word in one.iter(T) if _is_plain(word)]
    if not words:
        words = [_new_run(start)]
    words[0].text = text
    words[0].set(_SPACE, "preserve")
    for word in words[1:]:
        word.text = ""


def _is_plain(word: Element) -> bool:
    """Whether a text is not that of a field, which would be worked out anew."""
    return next(word.iterancestors(f"{W}fldSimple"), None) is None


def _new_run(start: Element) -> Element:
    """A run behind the beginning of a mark that holds none, in the format of its neighbour."""
    run = etree.Element(R)
    beside = next(start.itersiblings(R), None)
    if beside is None:
        beside = next(start.itersiblings(R, preceding=True), None)
    properties = None if beside is None else beside.find(R_PR)
    if properties is not None:
        run.append(deepcopy(properties))
    start.addnext(run)
    return etree.SubElement(run, T)
