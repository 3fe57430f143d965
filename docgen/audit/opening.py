"""A report of ours opened, and made anew; or why it does not belong to the workbook."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from docgen.manifest.blocks import Block, read_blocks
from docgen.manifest.keeping import kept_manifest
from docgen.manifest.lines import Line, read_lines
from docgen.manifest.reading import Manifest, read_manifest
from docgen.manifest.remarks import without_remarks
from docgen.manifest.row_cells import with_cells
from docgen.report.given_faults import DataError
from docgen.report.report import about_report, rendering
from docgen.template.model.errors import TemplateError
from docgen.template.template import LIMITS
from docgen.template.word.package import Package, bookmark_count, main_part, read_document, unpack
from docgen.template.write.marks import manifest_of
from docgen.template.write.render import Limits
from workbook.checking.kinds import Kind
from workbook.reading.values import Values

_NO_LIMITS: Final = replace(LIMITS, marks=sys.maxsize, cell_marks=sys.maxsize)


class NotComparableError(DataError):
    """The report and the workbook do not belong together, or the report is none of ours."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report of ours: its file, its parts, what its manifest says, its paragraphs and blocks.

    `every` is one that was made anew with a mark at each figure, where Word takes less.

    Of 自评报告.docx: `manifest` says that 0.03 was printed at the mark `_gj276_3000023`, and one of
    `lines` says where the mark stands now.
    """

    path: Path
    package: Package
    manifest: Manifest
    lines: Sequence[Line]
    blocks: Sequence[Block]
    every: "Report | None" = None


def open_report(path: Path, workbook: Path) -> Report:
    """The report with its manifest, which may lie beside its workbook; raises as `audit_report`."""
    package = without_remarks(read_document(path.read_bytes(), path.name))
    own = manifest_of(package)
    content = own.read() if own else kept_manifest(package, workbook.parent, path.parent)
    report = read_report(path, package, content) if content else None
    if report is None:
        raise NotComparableError(
            f"「{path.name}」里没有勾稽的数字清单:它不是由勾稽生成的报告,或者清单在别的程序里丢了,核对不了。"
        )
    return report


def read_report(path: Path, package: Package, content: bytes) -> Report | None:
    """A report's parts with what its manifest says; None where that cannot be read."""
    manifest = read_manifest(content)
    if manifest is None:
        return None
    figures = with_cells(manifest.figures, manifest.traces)
    manifest = replace(manifest, figures=figures)
    lines = read_lines(package, also=main_part(package))  # whose marks may all be gone
    blocks = read_blocks(lines, main_part(package), manifest.marks)
    return Report(path, package, manifest, lines, blocks)


def made_anew(report: Report, kind: Kind, values: Values, *, limits: Limits = LIMITS) -> Report:
    """The report as the workbook gives it now; raises `NotComparableError` where it gives none."""
    about = _same(report.manifest, kind, values, report.path)
    try:
        render = rendering(kind, values, draft=bool(about["draft"]))
        anew = _rendered(report, render(limits))
        # there may be cells without a mark: the bookmarks are used up, or those for cells are
        is_full = bookmark_count(anew.package) >= limits.cell_marks
        every = render(_NO_LIMITS) if is_full else b""
    except TemplateError as error:
        raise NotComparableError(
            "按填报表现在的数生成不了报告,所以不能核对。请先核对填报表(校验),改正里面的错误。"
            f"\n{error}"
        ) from error
    traces = tuple(block.trace for block in anew.blocks)
    anew = replace(anew, manifest=replace(anew.manifest, traces=traces))
    return replace(anew, every=_rendered(report, every)) if every else anew


def _rendered(report: Report, document: bytes) -> Report:
    package = unpack(document)
    own = manifest_of(package)
    anew = read_report(report.path, package, own.read()) if own else None
    assert anew is not None  # it has just been made
    return anew


def _same(manifest: Manifest, kind: Kind, values: Values, path: Path) -> Mapping[str, str]:
    """What a report made now would say of itself; raises `NotComparableError`."""
    said = manifest.about
    now = about_report(kind, values, draft=bool(said.get("draft")))
    if said.get("kind") != now["kind"]:
        raise NotComparableError(
            f"「{path.name}」是「{said.get('kind', '?')}」的报告,这份填报表是「{now['kind']}」的,"
            "不能互相核对。"
        )
    if not is_of_same_unit(said, now):
        raise NotComparableError(
            f"「{path.name}」生成时叫「{said.get('name', '?')}」,这份填报表现在的报告叫"
            f"「{now['name']}」:单位或年度不同,不能互相核对。请换成同一单位、同一年度的填报表。"
        )
    if said.get("form") != now["form"]:
        raise NotComparableError(
            f"「{path.name}」生成以后,「{now['kind']}」的表单改过了,不能互相核对。请重新生成报告。"
        )
    return now


def is_of_same_unit(said: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Whether both are of one unit and one year: a name that was corrected is no other unit's."""
    if said.get("name") == now["name"]:
        return True
    then, today = (json.loads(about.get("whose") or "{}") for about in (said, now))
    same = {key for key in today if today[key] == then.get(key)}
    names = {key for key in today if not today[key].isdigit()}
    return today.keys() - names <= same and bool(names & same)
