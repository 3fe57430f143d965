"""A report and its workbook brought together: the state of each figure, or why there is none."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docgen.audit.judging import Audited, Fresh, State, added, judged
from docgen.audit.page import FIGURE, Line, read_lines, shown
from docgen.manifest.keeping import kept_manifest
from docgen.manifest.reading import Drawn, Manifest, Printed, read_manifest
from docgen.report.given_faults import DataError
from docgen.report.report import about_report, render_report
from docgen.template.model.errors import TemplateError
from docgen.template.word.guarded import read_document
from docgen.template.word.package import Package
from docgen.template.write.marks import manifest_part
from workbook.checking.kinds import Kind
from workbook.reading.values import Values

FEW_LETTERS: Final = 8  # of a paragraph, as headings of tables have, say nothing
MOST_LETTERS: Final = 40  # of a paragraph that is named


class NotComparableError(DataError):
    """The report and the workbook do not belong together, or the report is none of ours."""


@dataclass(frozen=True, slots=True)
class Audit:
    """All figures of a report with their states, and those that it would have if made anew.

    `charts` are those that show what the workbook gives no more, each beside what it would show
    now, None for one that would not be drawn. `notes` are sentences on the whole, such as that the
    template has changed since; `anew` is the report made anew.
    """

    figures: tuple[Audited, ...]
    missing: tuple[Printed, ...]
    notes: tuple[str, ...]
    charts: tuple[tuple[Drawn, Drawn | None], ...]
    anew: Package

    @property
    def is_true(self) -> bool:
        """Whether every figure is there once and as the workbook gives it, in charts too."""
        nothing_else = not self.missing and not self.charts
        return nothing_else and all(one.state is State.OK for one in self.figures)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many figures there are in each state."""
        return {state: sum(one.state is state for one in self.figures) for state in State}


@dataclass(frozen=True, slots=True)
class Report:
    """A report of ours as it was opened: its file, its parts, and its manifest's bytes."""

    path: Path
    package: Package
    manifest: bytes


def audit_report(path: Path, kind: Kind, values: Values, workbook: Path) -> Audit:
    """The figures of the report at `path` held against the values of its workbook.

    Raises `TemplateError` for a file that is no Word document, `NotComparableError` for one that
    is not this workbook's report, `KindError` where the kind has no template.
    """
    return audit(open_report(path, workbook), kind, values)


def open_report(path: Path, workbook: Path) -> Report:
    """The report with its manifest, which may lie beside its workbook; raises as `audit_report`."""
    package = read_document(path.read_bytes(), path.name)
    content = manifest_part(package) or kept_manifest(package, workbook.parent, path.parent)
    if content is None or read_manifest(content) is None:
        raise NotComparableError(
            f"「{path.name}」里没有勾稽的数字清单:它不是由勾稽生成的报告,或者清单在别的程序里丢了,核对不了。"
        )
    return Report(path, package, content)


def audit(report: Report, kind: Kind, values: Values) -> Audit:
    """The figures of a report held against the values of its workbook."""
    manifest = read_manifest(report.manifest)
    assert manifest is not None
    about = _same(manifest, kind, values, report.path)
    lines = read_lines(report.package)
    anew = _made_anew(kind, values, is_draft=bool(about["draft"]))
    now = _manifest(anew)
    new_lines = read_lines(anew)
    fresh = Fresh(now.figures, shown(new_lines))
    figures = tuple(judged(manifest.figures, shown(lines), lines, fresh))
    missing, charts = added(manifest.figures, fresh), _stale(manifest, now)
    notes = (*_notes(manifest, about), *_other_words(lines, new_lines))
    return Audit(figures, tuple(missing), notes, tuple(charts), anew)


def _made_anew(kind: Kind, values: Values, *, is_draft: bool) -> Package:
    """The report as the workbook gives it now; raises `NotComparableError` where it gives none."""
    try:
        return read_document(render_report(kind, values, draft=is_draft), "报告.docx")
    except TemplateError as error:
        raise NotComparableError(
            "按填报表现在的数生成不了报告,所以不能核对。请先核对填报表(校验),改正里面的错误。"
            f"\n{error}"
        ) from error


def _other_words(lines: Sequence[Line], new: Sequence[Line]) -> Iterator[str]:
    """That the report lacks paragraphs which the workbook prints now, whoever changed the words."""
    left = Counter(line.words for line in new) - Counter(line.words for line in lines)
    missing = [words for words in left if len(words) > FEW_LETTERS]
    if missing:
        first = missing[0].replace(FIGURE, "…")
        shown = f"{first[:MOST_LETTERS]}…" if len(first) > MOST_LETTERS else first
        yield (
            f"文字不在核对之内:填报表现在印出的有 {len(missing)} 段和报告里的不一样"
            f"(在报告里改过的也算),如「{shown}」。"
        )


def _stale(then: Manifest, now: Manifest) -> Iterator[tuple[Drawn, Drawn | None]]:
    """The charts of which another is drawn now, or none; those of one tag by their order."""
    left: dict[str, list[Drawn]] = {}
    for one in now.charts:
        left.setdefault(one.tag, []).append(one)
    for one in then.charts:
        same = left.get(one.tag)
        other = same.pop(0) if same else None
        if other is None or other.points != one.points:
            yield one, other


def _same(manifest: Manifest, kind: Kind, values: Values, path: Path) -> Mapping[str, str]:
    """What a report made now would say of itself; raises `NotComparableError`."""
    said = manifest.about
    now = about_report(kind, values, draft=bool(said.get("draft")))
    if said.get("kind") != now["kind"]:
        raise NotComparableError(
            f"「{path.name}」是「{said.get('kind', '?')}」的报告,这份填报表是「{now['kind']}」的,"
            "不能互相核对。"
        )
    if said.get("name") != now["name"]:
        raise NotComparableError(
            f"「{path.name}」生成时叫「{said.get('name', '?')}」,这份填报表现在的报告叫"
            f"「{now['name']}」:单位或年度不同,不能互相核对。请换成同一单位、同一年度的填报表。"
        )
    if said.get("form") != now["form"]:
        raise NotComparableError(
            f"「{path.name}」生成以后,「{now['kind']}」的表单改过了,不能互相核对。请重新生成报告。"
        )
    return now


def _notes(manifest: Manifest, about: Mapping[str, str]) -> tuple[str, ...]:
    if manifest.about.get("template") == about["template"]:
        return ()
    return ("报告生成以后 Word 模板改过了:只核对标记没有变的数。",)


def _manifest(package: Package) -> Manifest:
    """The manifest of a report that has just been made."""
    content = manifest_part(package)
    assert content is not None
    manifest = read_manifest(content)
    assert manifest is not None
    return manifest
