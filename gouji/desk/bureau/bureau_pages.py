"""What the bureau sees and does: who stands how, send back, accept, links, what it takes away."""

from collections import Counter
from typing import Annotated, Final
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel

from docgen.batch.model import SUMMARY
from docgen.batch.units import Units, folded
from gouji.desk.bureau.asking import NOT_THERE, AtDesk, Head, Known, Refused
from gouji.desk.bureau.desk import Desk
from gouji.desk.bureau.exports import Row, archive, links_table, new_link, rows_of, summary_of
from gouji.desk.bureau.keeping import accounts, audit, submissions
from gouji.desk.bureau.keeping.audit import Act, write_down
from gouji.desk.bureau.keeping.model import (
    Account,
    Asker,
    Decision,
    Role,
    Stage,
    State,
    Submission,
)
from gouji.desk.bureau.owning import doubt_of
from gouji.desk.bureau.showing import XLSX, download, leaf, page, stream
from gouji.desk.bureau.unit_pages import UNDECIDED, Theirs, submission_page, unit_page

routes = APIRouter()
MOST_REMARK: Final = 500  # letters
_MOST_DIGITS: Final = 6  # of a page's number


class Asked(BaseModel):
    """Of which rows of a long list which page is asked for."""

    state: str = ""
    words: str = ""
    page: int = 1

    def query(self, **changed: object) -> str:
        """The same in an address, but for what is `changed`."""
        asked = self.model_dump(exclude_defaults=True) | changed
        return urlencode({key: value for key, value in asked.items() if value})

    @classmethod
    def of(cls, query: str) -> "Asked":
        """What an address asks for; nothing else in it counts."""
        said = dict(parse_qsl(query))
        number = said.get("page", "")
        page = int(number) if number.isdecimal() and len(number) < _MOST_DIGITS else 1
        return cls(state=said.get("state", ""), words=said.get("words", ""), page=page)


@routes.get("/")
def front(
    request: Request, desk: AtDesk, asker: Known, asked: Annotated[Asked, Query()]
) -> Response:
    """A unit's own page; the bureau's is the list of units, of which it may ask for some."""
    assert asker.account is not None
    if not asker.account.is_bureau:
        return unit_page(request, desk, asker)
    with desk.store.read() as base:
        rows = rows_of(desk, submissions.current(base))
        waiting = len(submissions.being_checked(base))
    shown = [one for one in rows if asked.state in ("", one.state) and _has(desk, one, asked.words)]
    counts = Counter(one.state for one in rows)
    values = {"leaf": leaf(shown, asked.page), "total": len(rows), "counts": counts}
    values |= {"states": list(State), "found": len(shown), "asked": asked}
    values |= {"due": desk.options.due, "waiting": waiting}
    return page(request, "bureau.html", asker, values)


def _has(desk: Desk, row: Row, words: str) -> bool:
    asked = folded(words)
    texts = (row.unit, row.code, row.above, row.kind, desk.title_of(row.kind))
    return any(asked in folded(text) for text in texts)


@routes.post("/submissions/{submission}/accept")
def accept(
    request: Request, desk: AtDesk, asker: Head, sent: Theirs, back: Annotated[str, Form()] = ""
) -> Response:
    """Accept a workbook that is in order; `back` is what the list asked for, if pressed there."""
    told = _decide(desk, asker, sent, Decision.ACCEPTED)
    if told:
        return submission_page(request, desk, asker, sent, told)
    where = f"/?{Asked.of(back).query()}" if back else f"/submissions/{sent.id}"
    return RedirectResponse(where, 303)


@routes.post("/submissions/{submission}/return")
def send_back(
    request: Request,
    desk: AtDesk,
    asker: Head,
    sent: Theirs,
    remark: Annotated[str, Form()] = "",
) -> Response:
    """Send a workbook back with a remark, which its unit sees."""
    said = "".join(one for one in remark if one.isprintable() or one == "\n").strip()[:MOST_REMARK]
    told = "" if said else "请写明为什么退回,单位会看到。"
    told = told or _decide(desk, asker, sent, Decision.RETURNED, said)
    if told:
        return submission_page(request, desk, asker, sent, told)
    return RedirectResponse(f"/submissions/{sent.id}", 303)


def _decide(
    desk: Desk, asker: Asker, sent: Submission, decision: Decision, remark: str = ""
) -> str:
    """Write down what the bureau says; the sentence why not, where its unit has sent another."""
    act = Act.ACCEPTED if decision is Decision.ACCEPTED else Act.RETURNED
    with desk.store.step() as base:
        told = _hindrance(submissions.of_id(base, sent.id), decision, desk.units)
        if told:
            return told
        submissions.decide(base, sent.id, decision, remark, desk.now)
        about = f"{desk.name_of(Account(Role.UNIT, sent.duty.unit))} {sent.file}"
        write_down(base, desk.now, asker, act, about=about, sha256=sent.sha256)
    return ""


def _hindrance(now: Submission | None, decision: Decision, units: Units) -> str:
    """Why nothing can be said of a workbook as it stands now; "" where nothing is in the way."""
    if now is None or now.replaced:
        return "这一本已被后一本替换,现在不算数了。请看单位最近报的一本。"
    if now.stage is Stage.CHECKING:
        return "这一本还在核对。请等核对完再看。"
    if now.stage is Stage.REFUSED:
        return "这一本报送时就没有收下,不算数。请等单位重报。"
    if doubt := doubt_of(now, units):
        return f"{doubt}。{UNDECIDED}。"
    if decision is Decision.ACCEPTED and not now.is_fit:
        return "这一本还有错误,不能收下。请退回。"
    return ""


@routes.get(f"/{SUMMARY}")
def fetch_summary(desk: AtDesk, asker: Head) -> Response:
    """汇总.xlsx of all units."""
    _exported(desk, asker, SUMMARY)
    return download(summary_of(desk), SUMMARY, XLSX)


@routes.get("/全部报告.zip")
def fetch_all(desk: AtDesk, asker: Head) -> Response:
    """All reports and annotated copies, with 汇总.xlsx, which leads to them."""
    _exported(desk, asker, "全部报告.zip")
    return stream(archive(desk), "全部报告.zip", "application/zip")


@routes.get("/日志.csv")
def fetch_log(desk: AtDesk, asker: Head) -> Response:
    """The log of who did what."""
    _exported(desk, asker, "日志.csv")
    with desk.store.read() as base:
        data = audit.as_csv(base, desk.names)
    return download(data, "日志.csv", "text/csv; charset=utf-8")


def _exported(desk: Desk, asker: Asker, what: str) -> None:
    with desk.store.step() as base:
        write_down(base, desk.now, asker, Act.EXPORTED, about=what)


@routes.get("/links")
def links(
    request: Request, desk: AtDesk, asker: Head, asked: Annotated[Asked, Query()]
) -> Response:
    """Which units are in, and which have a link that nobody has opened yet."""
    return _links_page(request, desk, asker, asked)


def _links_page(
    request: Request, desk: Desk, asker: Asker, asked: Asked, made: tuple[str, str] | None = None
) -> Response:
    with desk.store.read() as base:
        inside, invited = accounts.seen(base, desk.now)
    rows = [
        (unit, account.unit, account in inside, account in invited)
        for account, unit in desk.accounts.items()
        if any(folded(asked.words) in folded(text) for text in (unit.name, unit.code, unit.above))
    ]
    values = {"leaf": leaf(rows, asked.page), "found": len(rows), "asked": asked}
    values |= {"made": made, "days": accounts.LINK_DAYS}
    return page(request, "links.html", asker, values)


@routes.post("/links")
def make_link(
    request: Request,
    desk: AtDesk,
    asker: Head,
    unit: Annotated[str, Form()],
    back: Annotated[str, Form()] = "",
) -> Response:
    """A new link for one unit, which is shown this once above the list that was there."""
    account = _account_of(desk, unit)
    link = new_link(desk.store, account, asker, desk.now)
    made = (desk.name_of(account), link)
    return _links_page(request, desk, asker, Asked.of(back), made)


@routes.post("/links/all")
def make_links(desk: AtDesk, asker: Head) -> Response:
    """New links for all units that are not in yet, as a table."""
    data = links_table(desk.store, asker, desk.now)
    return download(data, "链接.csv", "text/csv; charset=utf-8")


@routes.post("/links/end")
def turn_out(
    desk: AtDesk, asker: Head, unit: Annotated[str, Form()], back: Annotated[str, Form()] = ""
) -> Response:
    """End the sessions and links of a unit."""
    account = _account_of(desk, unit)
    with desk.store.step() as base:
        accounts.turn_out(base, account)
        write_down(base, desk.now, asker, Act.LEFT, about=desk.name_of(account))
    return RedirectResponse(f"/links?{Asked.of(back).query()}", 303)


def _account_of(desk: Desk, unit: str) -> Account:
    """The account of a unit of the list; raises `Refused`."""
    account = Account(Role.UNIT, unit)
    if account not in desk.accounts:
        raise Refused(404, NOT_THERE)
    return account
