"""What the bureau takes away: 汇总.xlsx, all reports and copies with it in one archive, links."""

import csv
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import IO, Final

from docgen.batch.model import COPIES, REPORTS, SUMMARY, Done, Status, Work
from docgen.batch.settling import settle
from docgen.batch.summary import summary
from gouji.desk.bureau.desk import Desk, accounts_of
from gouji.desk.bureau.keeping import accounts, submissions
from gouji.desk.bureau.keeping.audit import Act, harmless, write_down
from gouji.desk.bureau.keeping.model import (
    BUREAU,
    Account,
    Asker,
    Decision,
    Duty,
    State,
    Submission,
)
from gouji.desk.bureau.keeping.store import Store, listed, remembered_url
from gouji.desk.bureau.owning import by_duty, doubt_of, owner_of
from workbook.files.names import file_name

_TIME: Final = (1980, 1, 1, 0, 0, 0)  # of what lies in an archive: the same bytes for the same


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list of units, and the workbook that counts for it, if there is one.

    `doubt` says why a workbook is of no line, and how it stood.

    `Row("一中", "532", "", "project", None, State.ABSENT)` is a school that has sent nothing: 未报.
    """

    unit: str
    code: str
    above: str
    kind: str
    current: Submission | None
    state: State
    doubt: str = ""


def rows_of(desk: Desk, current: Sequence[Submission]) -> list[Row]:
    """How each unit stands, in the order of the list; before it what is of no line any more."""
    counting = by_duty(current)
    rows = []
    for line in desk.units.all:
        one = counting.pop(Duty.of(line), None)
        kind = one.kind if one else line.kind
        state = one.state if one else absent(desk)
        rows.append(Row(line.name, line.code, line.above, kind, one, state))
    listed = {row.current.id for row in rows if row.current}
    return [_undecided(desk, one) for one in current if one.id not in listed] + rows


def _undecided(desk: Desk, one: Submission) -> Row:
    """The row of a workbook that is of no line, or of one for which another counts."""
    doubt = doubt_of(one, desk.units) or "同一个单位、同一种报告还有一本算数的"
    told = f"原来{one.state}。{doubt}"
    return Row(one.name, one.code, "", one.kind, one, State.UNDECIDED, told)


def absent(desk: Desk) -> State:
    """How a unit stands that has handed in nothing."""
    due = desk.options.due
    return State.OVERDUE if due and desk.today > due else State.ABSENT


def names_of(desk: Desk, current: Sequence[Submission]) -> dict[str, str]:
    """By id the name under which each is given away, `532 一中 自评报告 2022`, without ending."""
    names: dict[str, str] = {}
    for one in sorted(current, key=lambda one: one.number):
        words = " ".join(filter(None, (one.code, one.name, desk.title_of(one.kind), one.year)))
        name = file_name(words, "") or one.id
        names[one.id] = name if name not in names.values() else f"{name} {one.number}"
    return names


def summary_of(desk: Desk, *, is_linked: bool = False) -> bytes:
    """汇总.xlsx; `is_linked`: it will lie beside the reports and copies, and leads to them."""
    with desk.store.read() as base:
        current = submissions.current(base)
        figures = submissions.figures_of(base, (one.id for one in current))
    names = names_of(desk, current)
    owners = {f"{names[one.id]}.xlsx": owner_of(one, desk.units) for one in current}
    dones = {}
    for path, one in zip(owners, current, strict=True):
        dones[path] = (_done(one, names[one.id], owners[path].doubt, is_linked=is_linked), 1)
    by_path = {f"{names[one.id]}.xlsx": figures.get(one.id, {}) for one in current}
    settled = settle(dones, desk.units, lambda done: owners[done.path])
    return summary(settled, desk.units, by_path.__getitem__, desk.options.templates)


def _done(one: Submission, name: str, doubt: str, *, is_linked: bool) -> Done:
    """A submission as a batch knows a workbook; what the bureau said of it stands in front.

    A `doubt` was noted when it came, and is told by the summary itself.
    """
    decided = {Decision.RETURNED: f"退回:{one.remark}", Decision.ACCEPTED: "已收"}
    note = one.note.removeprefix(doubt).removeprefix("。")
    words = (decided.get(one.decision, ""), note, one.message)
    return Done(
        f"{name}.xlsx",
        Status(one.status),
        "。".join(filter(None, words)),
        *(one.kind, one.name, one.code, one.year),
        errors=one.errors,
        warnings=one.warnings,
        report=f"{REPORTS}/{name}.docx" if one.report and is_linked else "",
        copy=f"{COPIES}/{name}.xlsx" if one.copy and is_linked else "",
    )


def archive(desk: Desk) -> IO[bytes]:
    """A file without a name, with all reports, annotated copies and 汇总.xlsx in a zip."""
    with desk.store.read() as base:
        current = submissions.current(base)
    names = names_of(desk, current)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as zipped:  # they are packed already
        zipped.writestr(zipfile.ZipInfo(SUMMARY, _TIME), summary_of(desk, is_linked=True))
        for one in current:
            if work := desk.places.work(one.id):
                for path, name in _placed(one, work, names[one.id]):
                    zipped.writestr(zipfile.ZipInfo(name, _TIME), path.read_bytes())
    file.seek(0)
    return file


def _placed(one: Submission, work: Work, name: str) -> Iterator[tuple[Path, str]]:
    """What was made of a workbook, and where it lies in an archive."""
    if one.report and work.report.is_file():
        yield work.report, f"{REPORTS}/{name}.docx"
    if one.copy and work.copy.is_file():
        yield work.copy, f"{COPIES}/{name}.xlsx"


def new_link(store: Store, account: Account, asker: Asker, now: int) -> str:
    """The address of a new link that lets that account in once."""
    with store.step() as base:
        token = accounts.new_link(base, account, now)
        units = accounts_of(listed(base))
        about = units[account].name if account in units else str(account)
        write_down(base, now, asker, Act.MADE_LINK, about=about)
        return f"{remembered_url(base)}/in/{token}"


def links_table(store: Store, asker: Asker, now: int, *, with_bureau: bool = False) -> bytes:
    """A CSV file of new links for all units that have no session; the bureau's own first."""
    with store.read() as base:
        inside, _ = accounts.seen(base, now)
        units = accounts_of(listed(base))
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(("单位名称", "单位代码", "链接"))
    if with_bureau:
        writer.writerow(("主管部门", "", new_link(store, BUREAU, asker, now)))
    for account, unit in units.items():
        if account not in inside:
            link = new_link(store, account, asker, now)
            writer.writerow((harmless(unit.name), harmless(unit.code), link))
    return text.getvalue().encode("utf-8-sig")
