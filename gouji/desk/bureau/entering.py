"""Coming in by a link and going out again."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response
from starlette.requests import Request

from gouji.desk.bureau.asking import AnyAsker, AtDesk, Refused, cookie_name, is_https
from gouji.desk.bureau.keeping import accounts
from gouji.desk.bureau.keeping.accounts import LinkFault
from gouji.desk.bureau.keeping.audit import Act, write_down
from gouji.desk.bureau.keeping.model import DAY
from gouji.desk.bureau.showing import page

routes = APIRouter()
_GONE = 410


@routes.get("/in/{token}")
def look(token: str, request: Request, desk: AtDesk) -> Response:
    """What a link is for; mails and chats that look at it do not use it up."""
    with desk.store.read() as base:
        account = accounts.looked_at(base, token, desk.now)
    if isinstance(account, LinkFault):
        raise Refused(_GONE, account.value)
    name = desk.name_of(account)
    values = {"token": token, "name": name, "days": accounts.SESSION_DAYS}
    return page(request, "enter.html", None, values)


@routes.post("/in")
def enter(token: Annotated[str, Form()], desk: AtDesk, asker: AnyAsker) -> Response:
    """Open a link: it is used up, and a session begins."""
    with desk.store.step() as base:
        session = accounts.opened(base, token, desk.now)
        if isinstance(session, LinkFault):
            if desk.is_news(asker):
                write_down(base, desk.now, asker, Act.NOT_LET_IN, about=session.value)
        else:
            come = replace(asker, account=session.account)
            write_down(base, desk.now, come, Act.CAME, about=desk.name_of(session.account))
    if isinstance(session, LinkFault):
        raise Refused(_GONE, session.value)
    answer = RedirectResponse("/", 303)
    answer.set_cookie(
        cookie_name(desk),
        session.token,
        max_age=accounts.SESSION_DAYS * DAY,
        httponly=True,
        secure=is_https(desk),
        samesite="strict",
    )
    return answer


@routes.post("/out")
def go(request: Request, desk: AtDesk, asker: AnyAsker) -> Response:
    """End the session."""
    token = request.cookies.get(cookie_name(desk), "")
    with desk.store.step() as base:
        accounts.leave(base, token)
        write_down(base, desk.now, asker, Act.LEFT)
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(cookie_name(desk), secure=is_https(desk), httponly=True, samesite="strict")
    return answer
