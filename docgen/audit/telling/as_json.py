"""An audit and a refreshed report as JSON, for programs."""

import json
from pathlib import Path

from docgen.audit.audit import Audit
from docgen.audit.judging import Audited, copied
from docgen.audit.merging import Change
from docgen.audit.refresh import Refreshed
from docgen.audit.telling.sentences import block_place, place_of


def to_json(path: Path, workbook: Path, audit: Audit) -> str:
    """Both files, whether all is true, how many figures are in each state, and each figure."""
    content = {
        "report": str(path),
        "workbook": str(workbook),
        "ok": audit.is_true,
        "counts": dict(audit.counts),
        "figures": [_as_json(one) for one in audit.figures],
        "copied": [
            {"places": [line.where.within() for line in one.places], "marks": sorted(one.marks)}
            for one in copied(audit.figures)
        ],
        "missing": [
            {"cell": one.cell, "key": one.key, "tag": one.tag, "current": one.text}
            for one in audit.missing
        ],
        "charts": [
            {
                "mark": drawn.mark,
                "tag": drawn.tag,
                "original": dict(drawn.figures),
                "current": dict(now.figures) if now else None,
                "renewable": drawn.mark in audit.renewable,
            }
            for drawn, now in audit.charts
        ],
        "changes": [_change_as_json(one) for one in audit.changes],
        "reworded": [
            {"place": block_place(there), "original": was.text, "printed": there and there.text}
            for there, was in audit.reworded
        ],
        "written_in": [
            {"place": line.where.within(), "printed": number, "paragraph": line.text}
            for line, number in audit.written_in
        ],
        "notes": list(audit.notes),
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def refreshed_json(path: Path, workbook: Path, out: Path, made: Refreshed) -> str:
    """The audit after the refreshing, with what was rewritten and where the document lies."""
    content = json.loads(to_json(path, workbook, made.after))
    content["out"] = str(out)
    content["rewritten"] = [_as_json(one) for one in made.rewritten]
    content["changed"] = [_change_as_json(one) for one in made.changes]
    return json.dumps(content, ensure_ascii=False, indent=2)


def _change_as_json(one: Change) -> dict[str, object]:
    return {
        "kind": "added" if not one.old else "removed" if not one.new else "changed",
        "place": block_place(one.place),
        "printed": [block.text for block in one.old],
        "current": [block.text for block in one.new],
        "edited": one.is_edited,
        "placed": one.at is not None,
    }


def _raw(one: Audited) -> dict[str, str | None] | None:
    """The values behind the texts; None where the texts say them.

    An older report does not say what its figures were before they were rounded.
    """
    was = one.figure.exact
    if (was or one.original, one.raw or one.current) == (one.original, one.current):
        return None
    return {"original": was, "current": one.raw}


def _as_json(one: Audited) -> dict[str, object]:
    sheet, _, cell = one.figure.cell.rpartition("!")
    return {
        "mark": one.figure.mark,
        "state": one.state.value,
        "place": place_of(one),
        "printed": one.printed,
        "original": one.original,
        "current": one.current,
        "raw": _raw(one),
        "sheet": sheet,
        "cell": cell,
        "key": one.figure.key,
        "tag": one.figure.tag,
        "workbook_changed": one.workbook_changed,
    }
