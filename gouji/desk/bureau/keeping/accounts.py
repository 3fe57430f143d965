"""Who may come in: links that are opened once, and the sessions that come of them.

Both are secrets of 256 bits, of which only the hash is kept: who reads the database cannot use it.
"""

import secrets
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, delete, insert, select, update

from gouji.desk.bureau.keeping.model import DAY, Account
from gouji.desk.bureau.keeping.store import LINKS, SESSIONS

LINK_DAYS: Final = 14
SESSION_DAYS: Final = 30
_REMEMBERED: Final = 90 * DAY  # after a link has expired one who opens it is still told so
_TAKEN_BACK: Final = -1  # in the place of when a link was opened


class LinkFault(Enum):
    """Why a link lets nobody in, as its reader is told."""

    UNKNOWN = "这个链接不对。请核对是否复制完整,或向主管部门要一个新的。"
    USED = "这个链接已经用过了,一个链接只能用一次。请向主管部门要一个新的。"
    REPLACED = "这个链接已经换新或作废。请用主管部门后来发的那一个,没有就向他们要一个新的。"
    EXPIRED = "这个链接已经过期。请向主管部门要一个新的。"


@dataclass(frozen=True, slots=True)
class Session:
    """A session that has just begun: its secret, and until when it holds."""

    token: str
    account: Account
    expires: int


def _hash(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def new_link(base: Connection, account: Account, now: int) -> str:
    """The secret of a new link of that account; one that was made before holds no more."""
    token = secrets.token_urlsafe(32)
    _take_back(base, account)
    row = {"token_sha256": _hash(token), "account": str(account), "opened": 0}
    base.execute(insert(LINKS), [row | {"expires": now + LINK_DAYS * DAY}])
    return token


def looked_at(base: Connection, token: str, now: int) -> Account | LinkFault:
    """Whom a link would let in; it stays unopened, for mails and chats look at links too."""
    asked = select(LINKS.c.account, LINKS.c.expires, LINKS.c.opened)
    row = base.execute(asked.where(LINKS.c.token_sha256 == _hash(token))).one_or_none()
    if row is None:
        return LinkFault.UNKNOWN
    if row.opened:
        return LinkFault.REPLACED if row.opened == _TAKEN_BACK else LinkFault.USED
    return LinkFault.EXPIRED if row.expires <= now else Account.named(row.account)


def opened(base: Connection, token: str, now: int) -> Session | LinkFault:
    """The session that a link begins; the link is used up with it."""
    account = looked_at(base, token, now)
    if isinstance(account, LinkFault):
        return account
    ours = (LINKS.c.token_sha256 == _hash(token), LINKS.c.opened == 0)
    if base.execute(update(LINKS).where(*ours).values(opened=now)).rowcount != 1:
        return LinkFault.USED
    session = Session(secrets.token_urlsafe(32), account, now + SESSION_DAYS * DAY)
    row = {"token_sha256": _hash(session.token), "account": str(account)}
    base.execute(insert(SESSIONS), [row | {"expires": session.expires}])
    return session


def account_of(base: Connection, token: str, now: int) -> Account | None:
    """Whose session it is; None where there is none, or none any more."""
    asked = select(SESSIONS.c.account).where(SESSIONS.c.token_sha256 == _hash(token))
    found = base.execute(asked.where(SESSIONS.c.expires > now)).scalar_one_or_none()
    return None if found is None else Account.named(found)


def leave(base: Connection, token: str) -> None:
    """End a session."""
    base.execute(delete(SESSIONS).where(SESSIONS.c.token_sha256 == _hash(token)))


def turn_out(base: Connection, account: Account) -> None:
    """End all sessions of an account and its unopened links."""
    base.execute(delete(SESSIONS).where(SESSIONS.c.account == str(account)))
    _take_back(base, account)


def _take_back(base: Connection, account: Account) -> None:
    """Let nobody in by the links of an account that were not opened yet."""
    unopened = (LINKS.c.account == str(account), LINKS.c.opened == 0)
    base.execute(update(LINKS).where(*unopened).values(opened=_TAKEN_BACK))


def turn_out_all_but(base: Connection, accounts: set[Account]) -> None:
    """End the sessions and links of units that are not on the list any more."""
    rows = base.execute(select(SESSIONS.c.account).union(select(LINKS.c.account))).scalars()
    for text in set(rows) - {str(one) for one in accounts}:
        turn_out(base, Account.named(text))


def seen(base: Connection, now: int) -> tuple[set[Account], set[Account]]:
    """The accounts that have a session, and those that have a link which nobody has opened yet."""
    sessions = base.execute(select(SESSIONS.c.account).where(SESSIONS.c.expires > now)).scalars()
    waiting = (LINKS.c.expires > now, LINKS.c.opened == 0)
    links = base.execute(select(LINKS.c.account).where(*waiting)).scalars()
    return set(map(Account.named, sessions)), set(map(Account.named, links))


def forget_expired(base: Connection, now: int) -> None:
    """Let go of what has expired; a link is remembered a while, to be able to say so."""
    base.execute(delete(SESSIONS).where(SESSIONS.c.expires <= now))
    base.execute(delete(LINKS).where(LINKS.c.expires <= now - _REMEMBERED))
