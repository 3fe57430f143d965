"""A report, edited at random, held against workbooks that were changed in each manner."""

import io
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx

from docgen.audit.audit import audit
from docgen.audit.judging import State
from docgen.audit.opening import Report, made_anew, open_report
from docgen.audit.refresh import Refreshed, refreshed
from docgen.manifest.lines import MARK
from docgen.report.report import make_report
from tools.editing.report_edits import BY_HAND, NAME, START, TBL, edited, held, text_in, text_of
from workbook.checking.intake import Intake, take_in
from workbook.checking.kinds import Kind, find_kind
from workbook.form.sample import Sample
from workbook.making.build import as_bytes, build_workbook

Done = dict[str, set[str]]  # what was done to the figure of each mark
FUND = {
    "基金_年初预算数": 120,
    "基金_全年预算数": 120,
    "基金_本年收入": 120,
    "基金_全年执行数": 120,
}


class Trials:
    """A report of the sample and its workbooks: its own, and those that were changed since."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        kind = find_kind("department")
        self.own = self._taken("填报", kind, kind.sample)
        self.report = make_report(self.own, folder / "报告.docx", draft=True).path
        changed = {name: change(kind.sample) for name, change in CHANGES.items()}
        self.changed = {name: self._taken(name, kind, one) for name, one in changed.items()}
        opened = open_report(self.report, self.own.path)
        self.anew = {
            name: made_anew(opened, kind, one.checked.values)
            for name, one in {"填报": self.own, **self.changed}.items()
        }
        printed = {name: {one.mark: one.text for one in made.manifest.figures}
                   for name, made in self.anew.items()}  # fmt: skip
        self.blank = {mark for mark, text in printed["填报"].items() if not text}
        self.stale = {mark for mark, text in printed["数"].items() if text != printed["填报"][mark]}

    def _taken(self, name: str, kind: Kind, sample: Sample) -> Intake:
        path = self.folder / f"{name}.xlsx"
        path.write_bytes(as_bytes(build_workbook(kind.form, kind.rules, sample)))
        return take_in(path)

    def faults(self, seed: int) -> list[str]:
        """What audit and refresh do wrong with the report after the edits of this seed."""
        document = docx.Document(str(self.report))
        effects, done = edited(document.element.body, seed)
        path = self.folder / "改稿.docx"
        document.save(str(path))
        chance = random.Random(seed)
        name = chance.choice([*self.changed])
        report = open_report(path, self.own.path)
        found = [*self._audited(report, "填报", effects), *self._audited(report, "数", effects)]
        found += self._refreshed(report, name, document)
        return [f"{seed} {done}: {one}" for one in found]

    def _audited(self, report: Report, name: str, effects: Done) -> Iterator[str]:
        """No edit passes for a true figure, no stale one is missed."""
        made = audit(report, self.anew[name])
        states = {}
        for one in made.figures:
            states.setdefault(one.figure.mark, set()).add(one.state.value)
        for mark, found in states.items():
            effect = effects.get(mark, set())
            right = {"stale"} if name == "数" and mark in self.stale else {"ok"}
            if effect == {"copied", "gone"}:  # which of the two is gone?
                is_right = True
            elif effect & {"retyped", "gone"}:
                is_right = "ok" not in found
            elif effect:
                is_right = found == {"doubled"}
            else:  # what was typed between a figure and a blank beside it may be either's
                is_right = found == right or (mark in self.blank and found == {"edited"})
            if not is_right:
                yield f"{mark} {sorted(effect)} against {name}: {sorted(found)}"

    def _refreshed(self, report: Report, name: str, document: Any) -> Iterator[str]:
        """What is true after a refresh stands there, what was written is kept, twice is as once."""
        made = refreshed(report, self.anew[name], force=False, tracked=False)
        body = docx.Document(io.BytesIO(made.document)).element.body
        for word in (BY_HAND, "7654.32", "4321.09", "另一个"):
            before, after = (text_in(one).count(word) for one in (document.element.body, body))
            if before > after:
                yield f"refreshed from {name}: {word} {before} times before, {after} after"
        yield from (f"refreshed from {name}: {one}" for one in self._untrue(made, name, body))
        again = self.folder / "再更新.docx"
        again.write_bytes(made.document)
        opened = open_report(again, self.own.path)
        more = refreshed(opened, self.anew[name], force=False, tracked=False)
        if more.is_changed:
            yield f"refreshed from {name}: again {len(more.rewritten)}, {len(more.changes)}"

    def _untrue(self, made: Refreshed, name: str, body: Any) -> Iterator[str]:
        """Figures that are not as the refreshed report says, rows in a table of others."""
        fresh = {one.mark: one.text for one in self.anew[name].manifest.figures}
        shown: dict[str, list[Any]] = {}
        for start in body.iter(START):
            if match := MARK.fullmatch(start.get(NAME, "")):
                shown.setdefault(match[1], []).append(start)
        for one in made.after.figures:
            mark = one.figure.mark
            if one.state is State.STALE and one.current is not None:
                yield f"{mark} is still {one.printed}"
            if one.state is not State.OK:
                continue
            if mark in fresh and len(shown[mark]) != 1:
                yield f"{mark} stands there {len(shown[mark])} times"
            if held(shown[mark][0]) and text_of(shown[mark][0]) != fresh.get(mark):
                yield f"{mark} is {text_of(shown[mark][0])}, not {fresh.get(mark)}"
        home = {mark: block.trace.table for block in self.anew[name].blocks for mark in block.marks}
        for table in body.iterchildren(TBL):
            homes = {home[mark] for mark in map(_mark, table.iter(START)) if mark in home}
            if len(homes) > 1:
                yield f"a table has rows of {homes}"


def _mark(start: Any) -> str:
    """The name of a mark, as it was before somebody copied it."""
    match = MARK.fullmatch(start.get(NAME, ""))
    return match[1] if match else ""


def _figures(sample: Sample) -> Sample:
    """Other figures and words in the same cells."""
    first, *others = sample.tables["项目"]
    fields = {**sample.fields, "行政编制": 8, "因公出国费": 1.5, "填表人": "王五"}
    return replace(
        sample, fields=fields, tables={**sample.tables, "项目": [{**first, "金额": 4.7}, *others]}
    )


def _more(sample: Sample) -> Sample:
    """A new project in the midst of the others, and a paragraph more."""
    rows = sample.tables["项目"]
    new = {**rows[0], "名称": "新项目", "金额": 10}
    tables = {**sample.tables, "项目": [*rows[:3], new, *rows[3:]]}
    return replace(sample, tables=tables)


def _fewer(sample: Sample) -> Sample:
    """A project less, with its indicators."""
    rows = sample.tables["项目"]
    named = [one for one in sample.tables["项目指标"] if one.get("项目名称") != rows[2]["名称"]]
    return replace(sample, tables={**sample.tables, "项目": rows[:2] + rows[3:], "项目指标": named})


def _fund(sample: Sample) -> Sample:
    """A fund where there was none: 无。 becomes a paragraph."""
    return replace(sample, fields={**sample.fields, **FUND})


def _none(sample: Sample) -> Sample:
    """No project any more: paragraphs become 无."""
    return replace(sample, tables={**sample.tables, "项目": [], "项目指标": []})


def _sorted(sample: Sample) -> Sample:
    """The projects in another order."""
    return replace(sample, tables={**sample.tables, "项目": sample.tables["项目"][::-1]})


def _renamed(sample: Sample) -> Sample:
    """A project of another name, its indicators too."""
    rows, old = sample.tables["项目"], sample.tables["项目"][0]["名称"]
    named = [
        {**one, "项目名称": "改了名的项目"} if one.get("项目名称") == old else one
        for one in sample.tables["项目指标"]
    ]
    first = {**rows[0], "名称": "改了名的项目"}
    return replace(sample, tables={**sample.tables, "项目": [first, *rows[1:]], "项目指标": named})


CHANGES = {
    "数": _figures, "多": _more, "少": _fewer, "基金": _fund, "无": _none, "序": _sorted,
    "名": _renamed,
}  # fmt: skip
