"""Whose a workbook is that was taken, by the list of units as it is now.

The rule is that of a batch (`Units.owner`), so that the bureau's page and 汇总.xlsx agree, whatever
becomes of the list. What is of no line any more is 未定, and stays with all that was said of it.
"""

from collections.abc import Iterable
from typing import Final

from docgen.batch.model import Done, Status
from docgen.batch.units import Owner, Units, folded, unit_key
from gouji.desk.bureau.keeping.model import Decision, Duty, Stage, Submission

# Before the key of the unit that had it; no account is called so, for no key begins with a blank.
NOBODYS: Final = " "


def owner_of(one: Submission, units: Units) -> Owner:
    """Whose one is, by what it says of itself; where that is no code, by its sender's."""
    had = one.duty.unit.removeprefix(NOBODYS)
    code = one.code or ("" if had == folded(one.name) else had)
    return units.owner(Done("", Status(one.status), kind=one.kind, name=one.name, code=code))


def duty_of(one: Submission, units: Units, before: Units) -> Duty:
    """What one counts for by this list; `before` is the list by which it counted until now."""
    had = one.duty.unit.removeprefix(NOBODYS)
    if one.stage is Stage.KEPT:
        owner = owner_of(one, units)
    else:  # nobody knows what it said: it goes where its sender goes
        lines = before.lines_of(one.duty.unit)
        sender = lines[0] if lines else None
        owner = units.owner(
            Done("", Status.PASSED, name=sender.name, code=sender.code)
            if sender
            else Done("", Status.PASSED)
        )
    if owner.unit is None:
        return Duty(f"{NOBODYS}{had}", one.duty.kind)
    kind = owner.line.kind if owner.line else one.kind
    return Duty(unit_key(owner.unit.name, owner.unit.code), folded(kind))


def by_duty(current: Iterable[Submission]) -> dict[Duty, Submission]:
    """The one that counts for each thing to be handed in: what was accepted, else the latest.

    Two may count for one thing after the list has changed.
    """
    ranked = sorted(current, key=lambda one: (one.decision is Decision.ACCEPTED, one.number))
    return {one.duty: one for one in ranked}


def doubt_of(one: Submission, units: Units) -> str:
    """Why no line of the list asks for one that counts; "" where one does."""
    owner = owner_of(one, units)
    if owner.unit is None:
        return owner.doubt
    return "" if owner.line else owner.doubt
