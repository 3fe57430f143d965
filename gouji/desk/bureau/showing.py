"""Pages out of what is known, and files that browsers save instead of opening them."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import localtime, strftime
from typing import IO, Any, Final, NamedTuple
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import FileResponse, HTMLResponse, Response, StreamingResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gouji.desk.bureau.keeping.model import Asker
from workbook.findings.model import Severity

PAGES: Final = Path(__file__).parent / "pages"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PER_PAGE: Final = 100  # rows of a list
_PIECE: Final = 1 << 16


def _moment(seconds: int) -> str:
    return strftime("%Y-%m-%d %H:%M", localtime(seconds)) if seconds else ""


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader([PAGES, PAGES.parent.parent / "pages"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["moment"] = _moment
    made.filters["weight"] = lambda said: Severity(said).word
    return made


_ENVIRONMENT: Final = _environment()


def page(
    request: Request, name: str, asker: Asker | None, values: Mapping[str, Any], status: int = 200
) -> Response:
    """A page; its head says who is there."""
    desk = request.app.state.desk
    account = asker.account if asker else None
    who = desk.name_of(account) if account else ""
    text = _ENVIRONMENT.get_template(name).render(values, who=who, title_of=desk.title_of)
    return HTMLResponse(text, status)


class Leaf(NamedTuple):
    """One page of a long list: its rows, its number from 1 on, and that of the last one."""

    rows: Sequence[Any]
    number: int
    last: int

    @property
    def near(self) -> list[int]:
        """The numbers to choose from: the first, the last, and those around; 0 where some miss."""
        shown = sorted(
            {1, self.last}
            | set(range(max(1, self.number - 2), min(self.last, self.number + 2) + 1))
        )
        found: list[int] = []
        for number in shown:
            found += [0, number] if found and number > found[-1] + 1 else [number]
        return found


def leaf(rows: Sequence[Any], number: int) -> Leaf:
    """The page of that number; the last where there are fewer."""
    last = max(1, -(-len(rows) // PER_PAGE))
    number = min(max(number, 1), last)
    return Leaf(rows[(number - 1) * PER_PAGE : number * PER_PAGE], number, last)


def download(data: bytes, name: str, media_type: str) -> Response:
    """Bytes to be saved under that name."""
    return Response(data, media_type=media_type, headers=_saved_as(name))


def file(path: Path, name: str, media_type: str) -> Response:
    """A file to be saved under that name."""
    return FileResponse(path, media_type=media_type, headers=_saved_as(name))


def stream(opened: IO[bytes], name: str, media_type: str) -> Response:
    """An open file to be saved under that name; it is closed when it is sent."""

    def pieces() -> Iterator[bytes]:
        with opened:
            yield from iter(lambda: opened.read(_PIECE), b"")

    return StreamingResponse(pieces(), media_type=media_type, headers=_saved_as(name))


def _saved_as(name: str) -> dict[str, str]:
    """RFC 6266, with the name in UTF-8."""
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
