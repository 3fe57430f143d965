"""The workbooks that were sent, as the database has them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from gouji.desk.bureau.keeping.model import Decision, Duty, Stage, Submission
from gouji.desk.bureau.keeping.store import SUBMISSIONS

_ROW = SUBMISSIONS.c
_WORDS: Final = (_ROW.status, _ROW.message, _ROW.note, _ROW.kind, _ROW.name, _ROW.code, _ROW.year)
_COLUMNS: Final = (
    *(_ROW.id, _ROW.number, _ROW.unit, _ROW.duty_kind, _ROW.file, _ROW.sha256, _ROW.size, _ROW.at),
    *(_ROW.stage, *_WORDS, _ROW.errors, _ROW.warnings, _ROW.report, _ROW.copy),
    *(_ROW.decision, _ROW.remark, _ROW.decided, _ROW.replaced),
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A workbook as it came in: our own `id` for it, what its sender calls it, its hash and size.

    Sent("3f…", "532532011", "一中 2023.xlsx", "9b…", 48_113)
    """

    id: str
    unit: str
    file: str
    sha256: str
    size: int


def take(base: Connection, sent: Sent, now: int) -> None:
    """Write down that a workbook has come in and is being checked."""
    row = {"id": sent.id, "unit": sent.unit, "file": sent.file, "sha256": sent.sha256}
    base.execute(
        insert(SUBMISSIONS), [row | {"size": sent.size, "at": now, "stage": Stage.CHECKING}]
    )


def _made(row: Any) -> Submission:
    said = row._asdict()
    duty = Duty(said.pop("unit"), said.pop("duty_kind"))
    said |= {"stage": Stage(said["stage"]), "decision": Decision(said["decision"])}
    return Submission(duty=duty, **said)


def of_id(base: Connection, submission: str) -> Submission | None:
    """The one of that id; None where there is none."""
    row = base.execute(select(*_COLUMNS).where(_ROW.id == submission)).one_or_none()
    return None if row is None else _made(row)


def of_unit(base: Connection, unit: str) -> list[Submission]:
    """All that a unit has sent, the latest first."""
    asked = select(*_COLUMNS).where(_ROW.unit == unit).order_by(_ROW.number.desc())
    return [_made(row) for row in base.execute(asked)]


def everything(base: Connection) -> list[Submission]:
    """All that was ever sent and is still kept, the earliest first."""
    return [_made(row) for row in base.execute(select(*_COLUMNS).order_by(_ROW.number))]


def current(base: Connection, duty: Duty | None = None) -> list[Submission]:
    """The workbooks that count, the earliest first; all, or those for one thing to be handed in."""
    asked = select(*_COLUMNS).where(_ROW.stage == Stage.KEPT, _ROW.replaced == 0)
    if duty is not None:
        asked = asked.where(_ROW.unit == duty.unit, _ROW.duty_kind == duty.kind)
    return [_made(row) for row in base.execute(asked.order_by(_ROW.number))]


def move(base: Connection, submission: str, duty: Duty) -> None:
    """Let one count for something else."""
    said = {"unit": duty.unit, "duty_kind": duty.kind}
    base.execute(update(SUBMISSIONS).where(_ROW.id == submission).values(**said))


def being_checked(base: Connection, unit: str | None = None) -> list[str]:
    """The ids of those that are not checked yet, in their order; of a unit, or all."""
    asked = select(_ROW.id).where(_ROW.stage == Stage.CHECKING).order_by(_ROW.number)
    if unit is not None:
        asked = asked.where(_ROW.unit == unit)
    return list(base.execute(asked).scalars())


def count_since(base: Connection, unit: str, moment: int) -> int:
    """How many workbooks a unit has sent since then, replaced and refused ones too."""
    asked = select(func.count()).select_from(SUBMISSIONS)
    return base.execute(asked.where(_ROW.unit == unit, _ROW.at >= moment)).scalar_one()


def settle(base: Connection, submission: str, said: Mapping[str, Any]) -> None:
    """Write down what came of a check, by the names of columns."""
    base.execute(update(SUBMISSIONS).where(_ROW.id == submission).values(**said))


def replace_earlier(base: Connection, by: Submission, now: int) -> None:
    """Let the latest of all that were handed in for one thing be the one that counts."""
    same = (
        *(_ROW.unit == by.duty.unit, _ROW.duty_kind == by.duty.kind),
        *(_ROW.stage == Stage.KEPT, _ROW.replaced == 0),
    )
    latest = select(func.max(_ROW.number)).where(*same).scalar_subquery()
    base.execute(update(SUBMISSIONS).where(*same, _ROW.number < latest).values(replaced=now))


def decide(base: Connection, submission: str, decision: Decision, remark: str, now: int) -> None:
    """Write down what the bureau says of one."""
    said = {"decision": decision, "remark": remark, "decided": now}
    base.execute(update(SUBMISSIONS).where(_ROW.id == submission).values(**said))


def findings_of(base: Connection, submission: str) -> list[dict[str, Any]]:
    """What the check found, as `workbook.checking.as_json` tells it."""
    text = base.execute(select(_ROW.findings).where(_ROW.id == submission)).scalar_one_or_none()
    return msgspec.json.decode(text, type=list[dict[str, Any]]) if text else []


def figures_of(base: Connection, submissions: Iterable[str]) -> dict[str, Mapping[str, str]]:
    """The single figures of each of these, by id."""
    asked = select(_ROW.id, _ROW.figures).where(_ROW.id.in_(list(submissions)))
    found = base.execute(asked)
    return {one: msgspec.json.decode(text, type=dict[str, str]) for one, text in found if text}


def older_than(base: Connection, moment: int) -> list[Submission]:
    """All that were sent before that moment."""
    return [_made(row) for row in base.execute(select(*_COLUMNS).where(_ROW.at < moment))]


def ids(base: Connection) -> set[str]:
    """The ids of all there are."""
    return set(base.execute(select(_ROW.id)).scalars())


def forget(base: Connection, submissions: Sequence[str]) -> None:
    """Strike them."""
    for one in submissions:
        base.execute(delete(SUBMISSIONS).where(_ROW.id == one))
