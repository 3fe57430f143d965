"""What a unit sees and does: hand in a workbook, read what is found, take home what is made."""

import asyncio
from pathlib import Path
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from gouji.desk.bureau.asking import NOT_THERE, AtDesk, Known, Refused
from gouji.desk.bureau.desk import Desk
from gouji.desk.bureau.exports import absent, names_of
from gouji.desk.bureau.keeping import submissions
from gouji.desk.bureau.keeping.audit import Act, write_down
from gouji.desk.bureau.keeping.model import Account, Asker, Duty, Role, Stage, Submission
from gouji.desk.bureau.owning import by_duty, doubt_of
from gouji.desk.bureau.receiving import received
from gouji.desk.bureau.showing import DOCX, XLSX, file, page

routes = APIRouter()
UPLOAD: Final = "/upload"
MOST_SHOWN: Final = 50  # of what a unit has sent
UNDECIDED: Final = "请把名单改好,用 --units 重新启动;或请单位重报。以前的处理都还在"
_PATIENCE: Final = 25.0  # seconds that a browser waits for the check; then the page tells more


def unit_page(
    request: Request, desk: Desk, asker: Asker, told: str = "", status: int = 200
) -> Response:
    """A unit's own page, with a sentence about what it just tried."""
    assert asker.account is not None
    unit = asker.account.unit
    with desk.store.read() as base:
        sent = submissions.of_unit(base, unit)
        findings = submissions.findings_of(base, sent[0].id) if sent else []
    lines = [one for one in desk.units.all if Duty.of(one).unit == unit]
    current = by_duty(one for one in sent if one.is_current)
    duties = [(line, current.get(Duty.of(line))) for line in lines]
    values = {"duties": duties, "sent": sent[:MOST_SHOWN], "findings": findings, "told": told}
    values |= {"absent": absent(desk), "due": desk.options.due, "most": desk.options.most_bytes}
    values |= {"is_waiting": any(one.stage is Stage.CHECKING for one in sent)}
    return page(request, "unit.html", asker, values, status)


@routes.post(UPLOAD)
async def upload(request: Request, desk: AtDesk, asker: Known) -> Response:
    """Take a workbook and have it checked; answers when that is done, or after a while."""
    assert asker.account is not None
    try:
        if asker.account.is_bureau:
            raise Refused(403, "主管部门不报工作簿。要替单位报,请用那个单位的链接。")
        with desk.receiving(asker.account.unit) as coming:
            new = await received(request, desk, asker.account.unit, coming)
            settled = await run_in_threadpool(desk.take, new.path, new.sent, new.ending, asker)
    except Refused as refused:
        return await run_in_threadpool(_answered, request, desk, asker, refused)
    await asyncio.wait([asyncio.wrap_future(settled)], timeout=_PATIENCE)
    return RedirectResponse("/#result", 303)


def _answered(request: Request, desk: Desk, asker: Asker, refused: Refused) -> Response:
    """The unit's page with why nothing was taken."""
    with desk.store.step() as base:
        write_down(base, desk.now, asker, Act.REFUSED, about=refused.told)
    if asker.account is None or asker.account.is_bureau:
        raise refused
    return unit_page(request, desk, asker, refused.told, refused.status)


def theirs(submission: str, desk: AtDesk, asker: Known) -> Submission:
    """A workbook that the asker may see; raises `Refused`, whether or not there is one."""
    with desk.store.read() as base:
        found = submissions.of_id(base, submission)
    assert asker.account is not None
    if found is None or not (asker.account.is_bureau or asker.account.unit == found.duty.unit):
        raise Refused(404, NOT_THERE)
    return found


Theirs = Annotated[Submission, Depends(theirs)]


@routes.get("/submissions/{submission}")
def look(request: Request, desk: AtDesk, asker: Known, sent: Theirs) -> Response:
    """One workbook: what was found in it, what can be fetched, what the bureau says."""
    return submission_page(request, desk, asker, sent)


def submission_page(
    request: Request, desk: Desk, asker: Asker, sent: Submission, told: str = ""
) -> Response:
    """The page of a workbook, with a sentence about what was just tried."""
    with desk.store.read() as base:
        findings = submissions.findings_of(base, sent.id)
        others = submissions.of_unit(base, sent.duty.unit)
    is_head = bool(asker.account and asker.account.is_bureau)
    values = {"one": sent, "findings": findings, "others": others[:MOST_SHOWN], "is_head": is_head}
    unit = desk.name_of(Account(Role.UNIT, sent.duty.unit)) or sent.name
    doubt = doubt_of(sent, desk.units) if sent.is_current else ""
    doubt = doubt and f"{doubt}。{UNDECIDED if is_head else '请联系主管部门'}"
    values |= {"unit": unit, "told": told, "doubt": doubt}
    return page(request, "submission.html", asker, values, 409 if told else 200)


@routes.get("/submissions/{submission}/{what}")
def fetch(what: str, desk: AtDesk, asker: Known, sent: Theirs) -> Response:
    """The report, the annotated copy or the workbook itself."""
    work = desk.places.work(sent.id)
    if work is None:
        raise Refused(404, NOT_THERE)
    name = names_of(desk, [sent])[sent.id]
    kinds = {
        "report": (work.report, f"{name}.docx", DOCX, sent.report),
        "copy": (work.copy, f"{name} 批注.xlsx", XLSX, sent.copy),
        "workbook": (work.source, sent.file, XLSX, sent.sha256),
    }
    path, shown, media_type, digest = kinds.get(what, (Path(), "", "", ""))
    if not digest or not path.is_file():
        raise Refused(404, NOT_THERE)
    with desk.store.step() as base:
        write_down(base, desk.now, asker, Act.FETCHED, about=shown, sha256=digest)
    return file(path, shown, media_type)
