"""What a unit sends: a form whose file is hostile until it is checked, put down under our name."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Final

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive

from docgen.batch.found import FOREIGN
from gouji.desk.bureau.asking import Refused
from gouji.desk.bureau.desk import Desk, new_id
from gouji.desk.bureau.keeping import submissions
from gouji.desk.bureau.keeping.model import DAY, MEGABYTE
from gouji.desk.bureau.keeping.places import ENDINGS
from gouji.desk.bureau.keeping.submissions import Sent
from workbook.files.names import file_name
from workbook.files.reasons import why

MOST_CHECKING: Final = 3  # workbooks of a unit that wait at once
MOST_A_DAY: Final = 100  # workbooks of a unit, replaced and refused ones too
_AROUND: Final = 64 << 10  # bytes of a form beside its file
_MOST_NAME: Final = 120


@dataclass(frozen=True, slots=True)
class Received:
    """A file that lies at `path`, where things come in, and what there is to be said of it."""

    path: Path
    ending: str
    sent: Sent


async def received(request: Request, desk: Desk, unit: str, coming: int) -> Received:
    """The workbook that a unit sends with a form; raises `Refused` where none is taken.

    `coming` are others of the unit that are being received at the same moment.
    """
    await run_in_threadpool(_must_have_room, desk, unit, coming)
    form = await _form_within(request, desk.options.most_bytes)
    try:
        return await run_in_threadpool(_put_down, desk, form, unit)
    finally:
        await form.close()


def _must_have_room(desk: Desk, unit: str, coming: int) -> None:
    with desk.store.read() as base:
        checking = len(submissions.being_checked(base, unit)) + coming
        today = submissions.count_since(base, unit, desk.now - DAY) + coming
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
        told = "没有收到文件。请选一本工作簿再报;文件名特别长的,请改短。"
        raise Refused(400, told) from error
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


def _put_down(desk: Desk, form: FormData, unit: str) -> Received:
    """The file of a form, put down where things come in; raises `Refused`."""
    sent = form.get("workbook")
    if not isinstance(sent, UploadFile) or not sent.filename:
        raise Refused(400, "没有选文件。请选一本工作簿再报。")
    name = own_name(sent.filename)
    if not name:
        raise Refused(415, "这个文件没有名字,只有后缀。请改名再报。")
    ending = Path(name).suffix.lower()
    if ending in FOREIGN:
        told = f"{ending} 格式的工作簿读不了,请用 Excel 或 WPS 另存为 .xlsx 再报。"
        raise Refused(415, told)
    if ending not in ENDINGS:
        raise Refused(415, f"「{name}」不是工作簿。这里只收 {'、'.join(ENDINGS)}。")
    path = desk.places.incoming()
    try:
        digest, size = _copied(sent.file, path, desk.options.most_bytes)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise Refused(507, f"没有存下来:{why(error)}。请告诉主管部门。") from error
    if not size or size > desk.options.most_bytes:
        path.unlink()
        told = too_large(desk.options.most_bytes) if size else f"「{name}」是空的,请重新选。"
        raise Refused(413 if size else 400, told)
    return Received(path, ending, Sent(new_id(), unit, name, digest, size))


def own_name(said: str) -> str:
    r"""A file's name as we show it: no folders, no signs that nobody sees, no name of Windows' own.

    `..\..\一中.xlsx` and `/etc/一中.xlsx` are 一中.xlsx; a name of nothing but an ending has none.
    """
    last = said.replace("\\", "/").rpartition("/")[2]
    stem, dot, ending = last.rpartition(".")
    return file_name(stem[:_MOST_NAME], f"{dot}{ending[:8]}") if dot else file_name(last, "")


def _copied(sent: IO[bytes], path: Path, most: int) -> tuple[str, int]:
    """Copy what was sent; its SHA-256 and its size, of which one more than `most` tells enough."""
    digest, size = sha256(), 0
    with path.open("xb") as out:
        while (piece := sent.read(MEGABYTE)) and size <= most:
            digest.update(piece)
            size += len(piece)
            out.write(piece)
    return digest.hexdigest(), size
