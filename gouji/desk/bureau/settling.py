"""What comes of a workbook that was checked: whose it is, and whether it counts from now on."""

from dataclasses import dataclass, replace
from typing import Any, Final

import msgspec
from msgspec import structs

from docgen.batch.model import SINGLE, Done, Status
from docgen.batch.units import Units, folded, unit_key
from docgen.batch.workers import MOST_TRIES, Lost
from gouji.desk.bureau.keeping.model import Decision, Duty, Stage, Submission
from gouji.desk.bureau.keeping.places import ENDINGS, WORKBOOK
from workbook.checking.as_json import finding_as_data
from workbook.findings.groups import in_order
from workbook.findings.model import Finding

_LOST: Final = {
    Lost.LATE: "核对了很久还没有做完,已停下。请打开看看是不是行数太多,改好再报",
    Lost.GONE: f"核对到一半程序没有了,试了 {MOST_TRIES} 次。请用 Excel 或 WPS 另存一次再报",
}
NOBODYS: Final = "没有填单位名称,不知道是哪个单位的。请填好再报"
READ_BELOW: Final = "原因和怎么办写在下面"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a workbook is taken, what for, and why not or what is odd about it."""

    is_kept: bool
    told: str = ""
    duty_kind: str = ""
    note: str = ""


def verdict(sent: Submission, done: Done | Lost, units: Units) -> Verdict:
    """What is to be done with a workbook; `told` is the sentence for whoever sent it."""
    if isinstance(done, Lost):
        return Verdict(False, _LOST[done])
    if done.status is Status.UNREADABLE:
        return Verdict(False, READ_BELOW if done.findings else done.message)
    lines = units.lines_of(sent.duty.unit)
    if not lines:
        return Verdict(False, "名单里已经没有您的单位。请联系主管部门")
    # Of units that are called alike it is the sender's, unless the workbook itself says another.
    owner = units.owner(replace(done, path=lines[0].code))
    if owner.unit is None:
        todo = "请核对单位名称和单位代码" if done.code else "请选对文件"
        return Verdict(False, f"{owner.doubt}。{todo}" if done.name or done.code else NOBODYS)
    if unit_key(owner.unit.name, owner.unit.code) != sent.duty.unit:
        told = f"这一本是「{owner.unit.name}」的,您是「{lines[0].name}」。请选对文件"
        return Verdict(False, told)
    if owner.line is None:
        asked = "、".join(one.kind for one in lines)
        return Verdict(False, f"要您报的是 {asked},这一本是 {done.kind}。请选对文件")
    return Verdict(True, done.message, folded(owner.line.kind), owner.doubt)


def against_earlier(said: Verdict, done: Done, earlier: Submission | None) -> Verdict:
    """What the workbook that counted until now changes: one that was accepted stays."""
    if not said.is_kept or earlier is None:
        return said
    if earlier.decision is Decision.ACCEPTED:
        told = "主管部门已经收下您报的一本,不能再换。要改,请先请他们退回"
        return Verdict(False, told)
    before, now = (f"{one.kind} {one.year}".strip() for one in (earlier, done))
    if before == now:
        return said
    odd = f"原来报的是 {before},换成了 {now}。请核对有没有报错"
    return replace(said, note="。".join(filter(None, (said.note, odd))))


def columns_of(said: Verdict, done: Done | Lost, file: str) -> dict[str, Any]:
    """What the database keeps of it, by column; `file` is what its sender calls it."""
    kept: dict[str, Any] = {
        "stage": Stage.KEPT if said.is_kept else Stage.REFUSED,
        **{"message": said.told, "duty_kind": said.duty_kind, "note": said.note},
    }
    if isinstance(done, Lost):
        return kept | {"status": Status.LATE if done is Lost.LATE else Status.UNREADABLE}
    found = [finding_as_data(_of_file(one, file)) for one in in_order(done.findings)]
    kept |= {"status": done.status, "errors": done.errors, "warnings": done.warnings}
    if said.is_kept or done.status is Status.UNREADABLE:  # of another unit's nothing is told
        kept["findings"] = msgspec.json.encode(found).decode()
    if said.is_kept:
        figures = {one.field: one.text for one in done.figures if one.row == SINGLE}
        kept |= {"kind": done.kind, "name": done.name, "code": done.code, "year": done.year}
        kept |= {"report": done.made[0], "copy": done.made[1]}
        kept["figures"] = msgspec.json.encode(figures).decode()
    else:
        kept |= {"errors": 0, "warnings": 0}
    return kept


def _of_file(one: Finding, file: str) -> Finding:
    """A finding on the file itself, which has another name on our disk, names it as its sender."""
    if not one.code.startswith("file-"):
        return one
    what = one.what
    for ending in ENDINGS:
        what = what.replace(f"「{WORKBOOK}{ending}」", f"「{file}」")
    return structs.replace(one, what=what)


def duty_of(sent: Submission, said: Verdict) -> Duty:
    """What a workbook was taken for."""
    return Duty(sent.duty.unit, said.duty_kind)
