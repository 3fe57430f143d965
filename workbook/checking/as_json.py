"""Findings for machines; figures are strings, because they are exact."""

from decimal import Decimal
from typing import Any

import msgspec

from workbook.checking.intake import Intake
from workbook.files.names import shown
from workbook.findings.model import Finding
from workbook.findings.place import Place
from workbook.rules.judge import Outcome


def to_json(intake: Intake) -> str:
    """Everything that was found, as one JSON object."""
    checked = intake.checked
    data = {
        "file": shown(intake.path),
        "kind": intake.kind.name if intake.kind else None,
        "ok": checked.is_fit,
        "findings": [finding_as_data(one) for one in checked.findings],
        "rules": [_outcome(one) for one in checked.outcomes],
    }
    return msgspec.json.format(msgspec.json.encode(data), indent=2).decode()


def finding_as_data(one: Finding) -> dict[str, Any]:
    """A finding with all that hangs from it, as plain data."""
    return {
        "code": one.code,
        "severity": one.severity.value,
        **_place(one.place),
        "label": one.label,
        "found": one.found,
        "expected": one.expected,
        "difference": _figure(one.difference),
        "message": str(one),
        "what": one.what,
        "todo": one.todo,
        "causes": one.causes,
        "parts": [
            {
                "label": part.label,
                **_place(part.place),
                "value": "" if part.is_place else _figure(part.value),
            }
            for part in one.parts
        ],
        "rule": one.rule,
        "source": one.source,
        "consequences": [finding_as_data(consequence) for consequence in one.consequences],
    }


def _outcome(one: Outcome) -> dict[str, Any]:
    first = next(one.entries(), None)
    return {
        "id": one.rule.spec.id,
        "verdict": one.verdict.word(one.rule.language),
        "severity": one.rule.severity.value,
        **_place(first.place if first else None),
        "left": _figure(one.left),
        "right": _figure(one.right),
        "difference": _figure(one.difference),
        "tolerance": _figure(one.tolerance),
    }


def _place(place: Place | None) -> dict[str, str | None]:
    return {"sheet": place.sheet if place else None, "cell": place.address if place else None}


def _figure(figure: Decimal | None) -> str | None:
    return None if figure is None else f"{figure:f}"
