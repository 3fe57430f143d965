"""What a unit sees and does: hand in a workbook, read what is found, take home what is made."""

import asyncio
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Annotated, Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive

from docgen.batch.found import FOREIGN
from gouji.desk.bureau import submissions
from gouji.desk.bureau.asking import NOT_THERE, AtDesk, Known, Refused
from gouji.desk.bureau.audit import Act, write_down
from gouji.desk.bureau.desk import Desk, new_id
from gouji.desk.bureau.exports import absent, names_of
from gouji.desk.bureau.model import DAY, MEGABYTE, Account, Asker, Duty, Role, Stage, Submission
from gouji.desk.bureau.places import ENDINGS
from gouji.desk.bureau.showing import DOCX, XLSX, file, page
from gouji.desk.bureau.submissions import Sent
from workbook.files.names import file_name
from workbook.files.reasons import why

routes = APIRouter()
MOST_CHECKING: Final = 3  # workbooks of a unit that wait at once
MOST_A_DAY: Final = 100  # workbooks of a unit, replaced and refused ones too
_PATIENCE: Final = 25.0  # seconds that a browser waits for the check; then the page tells more
_AROUND: Final = 64 << 10  # bytes of a form beside its file
_MOST_NAME: Final = 120


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
    current = {one.duty: one for one in sent if one.is_current}
    duties = [(line, current.get(Duty.of(line))) for line in lines]
    values = {"duties": duties, "sent": sent, "findings": findings, "told": told}
    values |= {"absent": absent(desk), "due": desk.options.due, "most": desk.options.most_bytes}
    values |= {"is_waiting": any(one.stage is Stage.CHECKING for one in sent)}
    return page(request, "unit.html", asker, values, status)


@dataclass(frozen=True, slots=True)
class _Received:
    """A file that lies in the folder of what comes in."""

    path: Path
    file: str
    ending: str
    sha256: str
    size: int


@routes.post("/upload")
async def upload(request: Request, desk: AtDesk, asker: Known) -> Response:
    """Take a workbook and have it checked; answers when that is done, or after a while."""
    assert asker.account is not None
    try:
        if asker.account.is_bureau:
            raise Refused(403, "主管部门不报工作簿。要替单位报,请用那个单位的链接。")
        await run_in_threadpool(_must_have_room, desk, asker.account.unit)
        form = await _form_within(request, desk.options.most_bytes)
        try:
            received = await run_in_threadpool(_received, desk, form)
        finally:
            await form.close()
    except Refused as refused:
        return await run_in_threadpool(_answered, request, desk, asker, refused)
    sent = Sent(new_id(), asker.account.unit, received.file, received.sha256, received.size)
    settled = await run_in_threadpool(desk.take, received.path, sent, received.ending, asker)
    await asyncio.wait([asyncio.wrap_future(settled)], timeout=_PATIENCE)
    return RedirectResponse("/#result", 303)


def _answered(request: Request, desk: Desk, asker: Asker, refused: Refused) -> Response:
    """The unit's page with why nothing was taken."""
    with desk.store.step() as base:
        write_down(base, desk.now, asker, Act.REFUSED, about=refused.told)
    if asker.account is None or asker.account.is_bureau:
        raise refused
    return unit_page(request, desk, asker, refused.told, refused.status)


def _must_have_room(desk: Desk, unit: str) -> None:
    with desk.store.read() as base:
        checking = len(submissions.being_checked(base, unit))
        today = submissions.count_since(base, unit, desk.now - DAY)
    if desk.is_full:
        raise Refused(
            503, "现在报的人太多,或服务器的磁盘快满了。请过几分钟再报,还不行请告诉主管部门。"
        )
    if checking >= MOST_CHECKING:
        raise Refused(429, f"前面 {checking} 本还在核对,请等核对完再报。")
    if today >= MOST_A_DAY:
        raise Refused(429, f"一天里已经报了 {today} 次,请明天再报。")


async def _form_within(request: Request, most: int) -> FormData:
    """The form that is sent, whose file may have `most` bytes; raises `Refused`."""
    limited = Request(request.scope, _Limited(request.receive, most))
    try:
        return await limited.form(max_files=1, max_fields=4)
    except HTTPException as error:
        raise Refused(400, "没有收到文件。请选一本工作簿再报。") from error
    except ClientDisconnect as error:
        raise Refused(400, "文件没有传完。请再报一次。") from error


def too_large(most: int) -> str:
    """What is said of a file that is larger than `most` bytes."""
    return f"文件超过 {most / MEGABYTE:g} MB,没有收。请删去工作簿里的图片等再报。"


class _Limited:
    """What is received, up to so many bytes and a form around them; of more comes a `Refused`.

    It is read to its end first: browsers that are answered while they still send show no answer
    at all. The guard in front breaks off what never ends.
    """

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive, self._most = receive, most
        self._left = most + _AROUND

    async def __call__(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left >= 0:
            return message
        while message.get("more_body"):
            message = await self._receive()
        raise Refused(413, too_large(self._most))


def _received(desk: Desk, form: FormData) -> _Received:
    """The file of a form, put down where things come in; raises `Refused`."""
    sent = form.get("workbook")
    if not isinstance(sent, UploadFile) or not sent.filename:
        raise Refused(400, "没有选文件。请选一本工作簿再报。")
    name = own_name(sent.filename)
    ending = Path(name).suffix.lower()
    if ending in FOREIGN:
        told = f"{ending} 格式的工作簿读不了,请用 Excel 或 WPS 另存为 .xlsx 再报。"
        raise Refused(415, told)
    if ending not in ENDINGS:
        raise Refused(415, f"「{name}」不是工作簿。这里只收 {'、'.join(ENDINGS)}。")
    path = desk.places.incoming()
    try:
        digest, size = _put_down(sent.file, path, desk.options.most_bytes)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise Refused(507, f"没有存下来:{why(error)}。请告诉主管部门。") from error
    if not size or size > desk.options.most_bytes:
        path.unlink()
        told = too_large(desk.options.most_bytes) if size else f"「{name}」是空的,请重新选。"
        raise Refused(413 if size else 400, told)
    return _Received(path, name, ending, digest, size)


def own_name(said: str) -> str:
    r"""A file's name as we show it: no folders, no signs that nobody sees, no name of Windows' own.

    `..\..\一中.xlsx` and `/etc/一中.xlsx` are 一中.xlsx; a name of nothing but an ending has none.
    """
    last = said.replace("\\", "/").rpartition("/")[2]
    stem, dot, ending = last.rpartition(".")
    return file_name(stem[:_MOST_NAME], f"{dot}{ending[:8]}") if dot else file_name(last, "")


def _put_down(sent: IO[bytes], path: Path, most: int) -> tuple[str, int]:
    """Copy what was sent; its SHA-256 and its size, of which one more than `most` tells enough."""
    digest, size = sha256(), 0
    with path.open("xb") as out:
        while (piece := sent.read(MEGABYTE)) and size <= most:
            digest.update(piece)
            size += len(piece)
            out.write(piece)
    return digest.hexdigest(), size


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
    values = {"one": sent, "findings": findings, "others": others, "is_head": is_head}
    unit = desk.name_of(Account(Role.UNIT, sent.duty.unit)) or sent.name
    values |= {"unit": unit, "told": told}
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
