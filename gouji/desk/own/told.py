"""What the page is told of a check: findings in order, progress, and what was mended."""

from collections.abc import Iterator
from typing import Any

from workbook.catalogue.findings import WHERE
from workbook.checking.as_json import finding_as_data
from workbook.checking.check import Checked
from workbook.checking.intake import Intake
from workbook.checking.show import summary
from workbook.findings.groups import in_order
from workbook.findings.model import Finding, flattened
from workbook.outline.progress import progress


def findings_told(intake: Intake, before: Checked | None) -> dict[str, Any]:
    """The whole result of a check as plain data, beside the check of the save before.

    {"summary": "发现 1 处错误", "is_fit": false, "findings": [{"sheet": "预算收支", "cell": "C17",
    "severity": "error", "word": "错误", "label": "基本支出", "found": "195.94", …}],
    "unchecked": 0, "filled": 170, "wanted": 175, "mended": ["预算收支!C9 基本支出:没有填"]}
    """
    checked = intake.checked
    told: dict[str, Any] = {
        "summary": summary(checked.findings, checked.language),
        "is_fit": checked.is_fit,
        "findings": [_told(one) for one in in_order(checked.findings)],
        "unchecked": len(checked.unchecked),
        "mended": [_in_short(one) for one in mended(before, checked)] if before else [],
    }
    if intake.kind is not None and checked.values.fields:  # none where the form was not read
        made = progress(checked.values, intake.kind.form)
        told |= {"wanted": made.wanted, "filled": made.filled}
    return told


def mended(before: Checked, now: Checked) -> Iterator[Finding]:
    """The findings of the save before that are gone, and not only hidden by another one.

    A rule says nothing while one of its cells cannot be read, and a cell of which something else
    is told now is not in order either.
    """
    left = flattened(now.findings)
    same = {(one.code, one.rule, one.place) for one in left}
    places = {one.place for one in left}
    for one in flattened(before.findings):
        is_open = (one.code, one.rule, one.place) in same or one.place in places
        if not is_open and not (one.rule and one.rule in now.unchecked):
            yield one


def _told(one: Finding) -> dict[str, Any]:
    """A finding, with the words for its severity in it and in all that hangs from it."""
    data = finding_as_data(one)
    data["word"] = one.severity.text(one.language)
    data["consequences"] = [_told(below) for below in one.consequences]
    return data


def _in_short(one: Finding) -> str:
    where = " ".join(part for part in (str(one.place or ""), one.label) if part)
    return f"{WHERE(one.language, where=where)}{one.what}" if where else one.what
