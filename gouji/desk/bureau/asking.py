"""Who asks: by the session's cookie, or by the header of a proxy at a configured address."""

from ipaddress import ip_address
from typing import Annotated, Final

from fastapi import Depends, Request

from docgen.batch.units import folded, unit_key
from docgen.report.given_faults import DataError
from gouji.desk.bureau.desk import Desk
from gouji.desk.bureau.keeping import accounts
from gouji.desk.bureau.keeping.audit import Act, write_down
from gouji.desk.bureau.keeping.model import BUREAU, Account, Asker, Networks, Role

NO_HEADER: Final = "这个请求自称来自统一登录,但不是从登记的地址来的,没有让进。"
NOBODY: Final = "请打开主管部门发给您的链接进来。链接用过或过期了,请向他们要一个新的。"


class Refused(Exception):  # noqa: N818 - it is no fault of anybody's program
    """A request that is answered with a sentence and nothing else."""

    def __init__(self, status: int, told: str) -> None:
        super().__init__(told)
        self.status, self.told = status, told


def desk_of(request: Request) -> Desk:
    """The desk that the application serves."""
    desk: Desk = request.app.state.desk
    return desk


AtDesk = Annotated[Desk, Depends(desk_of)]


def is_among(address: str, networks: Networks) -> bool:
    """Whether an address is one of these; what is no address is not."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in one for one in networks)


def asker_of(request: Request, desk: AtDesk) -> Asker:
    """Who asks, with or without an account; raises `Refused` for a header that nobody may send."""
    options = desk.options
    peer = request.client.host if request.client else ""
    is_proxy = is_among(peer, options.believed)
    where = _forwarded(request) or peer if is_proxy else peer
    if options.header and (said := request.headers.getlist(options.header)):
        if not is_proxy or len(said) > 1:
            if desk.is_news(Asker(where)):
                with desk.store.step() as base:
                    write_down(base, desk.now, Asker(where), Act.NOT_LET_IN, about=options.header)
            raise Refused(403, NO_HEADER)
        return Asker(where, _named(desk, said[0]))
    token = request.cookies.get(cookie_name(desk))
    if not token:
        return Asker(where)
    with desk.store.read() as base:
        return Asker(where, accounts.account_of(base, token, desk.now))


def cookie_name(desk: Desk) -> str:
    """The name of the session's cookie; by its prefix browsers keep others from setting it."""
    return "__Host-gouji" if is_https(desk) else "gouji"


def is_https(desk: Desk) -> bool:
    """Whether browsers reach the desk through HTTPS."""
    return desk.options.url.startswith("https:")


def _forwarded(request: Request) -> str:
    """The address that the proxy nearest to us says it was asked from."""
    last = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    try:
        return str(ip_address(last))
    except ValueError:
        return ""


def _named(desk: Desk, said: str) -> Account:
    """The account of a name in the proxy's header, which may be UTF-8; raises `Refused`."""
    try:
        name = said.encode("latin-1").decode()
    except UnicodeError:
        name = said
    if folded(name) in map(folded, desk.options.heads):
        return BUREAU
    try:
        unit = desk.units.named(name)
    except DataError:
        unit = None
    if unit is None:
        raise Refused(403, f"名单里没有「{name}」。请联系主管部门把您的单位加进名单。")
    return Account(Role.UNIT, unit_key(unit.name, unit.code))


AnyAsker = Annotated[Asker, Depends(asker_of)]


def known(asker: AnyAsker) -> Asker:
    """Somebody with an account; raises `Refused` for anybody else."""
    if asker.account is None:
        raise Refused(401, NOBODY)
    return asker


def head(asker: Annotated[Asker, Depends(known)]) -> Asker:
    """The bureau; raises `Refused` for anybody else, who need not know what is there."""
    assert asker.account is not None
    if not asker.account.is_bureau:
        raise Refused(404, NOT_THERE)
    return asker


NOT_THERE: Final = "没有这一页。请从首页重新进入。"
Known = Annotated[Asker, Depends(known)]
Head = Annotated[Asker, Depends(head)]
