"""Who did what, when and from where: a log that is only ever added to.

Each line has a link, the hash of it and of the link before: a line that is changed, put in or taken
out breaks the chain from there on. Who can write to the database can make the whole chain anew, and
is found out by any copy of the log that was taken away before.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from io import StringIO
from time import localtime, mktime, strftime, strptime
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, text

from gouji.desk.bureau.keeping.model import DAY, Asker, Role
from gouji.desk.bureau.keeping.store import AUDIT, CHAIN, log_start, start_log_after

# Network logs are kept for six months at least (网络安全法 2016, 第二十一条第三项).
LEAST_DAYS: Final = 183
_HEADS: Final = ("时间", "谁", "从哪里", "做了什么", "关于", "文件的 SHA-256", "校验码", "核对")
_MOMENT: Final = "%Y-%m-%d %H:%M:%S"
_BROKEN: Final = "对不上:这一行,或它前面的行,被改过或删过"
# A spreadsheet takes a text that begins so for a formula; Chinese ones the wide signs too.
_FORMULA_SIGNS: Final = tuple("=+-@\t\r\n|\uff1d\uff0b\uff0d\uff20")


class Act(StrEnum):
    """What there is to be written down."""

    STARTED = "启动"
    CAME = "登录"
    LEFT = "退出"
    NOT_LET_IN = "没有让进"
    MADE_LINK = "建链接"
    SENT = "上传"
    KEPT = "收到"
    REFUSED = "没有收下"
    RETURNED = "退回"
    ACCEPTED = "收下"
    FETCHED = "下载"
    EXPORTED = "导出"
    DELETED = "到期删除"
    MOVED = "名单改了"


_COLUMNS: Final = (
    AUDIT.c.number,
    *(AUDIT.c.at, AUDIT.c.who, AUDIT.c.address, AUDIT.c.act, AUDIT.c.about, AUDIT.c.sha256),
)


def write_down(base: Connection, now: int, asker: Asker, act: Act, **what: str) -> None:
    """Add a line; `what` may hold `about`, whom or what it concerns, and the file's `sha256`."""
    if base.dialect.name == "postgresql":  # links may be made beside the server; SQLite waits
        base.execute(text("LOCK TABLE audit IN EXCLUSIVE MODE"))
    who = str(asker.account) if asker.account else ""
    row = {"at": now, "who": who, "address": asker.where, "act": act, "about": "", "sha256": ""}
    row |= what
    (number,) = base.execute(insert(AUDIT).values(**row)).inserted_primary_key or (0,)
    last = select(CHAIN.c.link).order_by(CHAIN.c.number.desc()).limit(1)
    before = base.execute(last).scalar_one_or_none() or log_start(base)
    # SQLite gives the number of a last line that somebody took out once more; its link tells of it.
    base.execute(delete(CHAIN).where(CHAIN.c.number == number))
    link = _link(before, [number, *row.values()])
    base.execute(insert(CHAIN), [{"number": number, "link": link}])


def _link(before: str, line: Sequence[Any]) -> str:
    """The link of a line: number, time, who, from where, what, about what and the file's hash."""
    return sha256(before.encode() + msgspec.json.encode(list(line))).hexdigest()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log, as it stands, and whether the chain leads to it.

    `words` are who, from where, what, about what and the file's hash: `bureau`, `10.0.0.5`, 导出,
    汇总.xlsx and nothing.
    """

    number: int
    at: int
    words: tuple[str, ...]
    link: str
    is_whole: bool


def lines(base: Connection) -> Iterator[Line]:
    """All lines, the earliest first; those of a program that made no chain yet have no link."""
    links: dict[int, str] = dict(base.execute(select(CHAIN.c.number, CHAIN.c.link)).all())
    first = min(links, default=None)
    before, newest = log_start(base), 0
    for number, at, *words in base.execute(select(*_COLUMNS).order_by(AUDIT.c.number)):
        link = links.pop(number, "")
        is_older = first is None or number < first
        is_whole = is_older or link == _link(before, [number, at, *words])
        yield Line(number, at, tuple(words), link, is_whole)
        before, newest = link or before, number
    if max(links, default=0) > newest:  # the last lines were taken out, and not their links
        yield Line(max(links), 0, ("",) * 5, "", is_whole=False)


def as_csv(base: Connection, names: Mapping[str, str]) -> bytes:
    """All of it, for a spreadsheet: UTF-8 with a mark, no cell a formula, accounts by `names`."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(_HEADS)
    for one in lines(base):
        moment = strftime(_MOMENT, localtime(one.at)) if one.at else ""
        who, where, act, about, digest = one.words
        words = (_named(who, names), where, act, _named(about, names), digest)
        told = "" if one.is_whole else _BROKEN
        writer.writerow([moment, *map(harmless, words), one.link, told])
    return written.getvalue().encode("utf-8-sig")


def _named(text: str, names: Mapping[str, str]) -> str:
    """An account by what people call it; whatever else it is, as it is."""
    if text in names:
        return names[text]
    account, _, key = text.partition(":")
    return f"{key}(不在名单里)" if account == Role.UNIT and key else text


def harmless(text: str) -> str:
    """A text of a CSV file that no spreadsheet calculates."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def links_in(exported: bytes) -> list[tuple[int, str]]:
    """Time and link of each line of a log that was taken away; raises ValueError for no log."""
    rows = list(csv.reader(StringIO(exported.decode("utf-8-sig"))))
    place = _HEADS.index("校验码")
    if not rows or tuple(rows[0]) != _HEADS:
        raise ValueError("no log")
    linked = (row for row in rows[1:] if len(row) > place and row[place])
    return [(int(mktime(strptime(row[0], _MOMENT))), row[place]) for row in linked]


@dataclass(frozen=True, slots=True)
class Proof:
    """What a log was held against: its lines, those to which no chain leads, those that are lost.

    `lost` counts lines of a log that was taken away before, which are there no more although they
    are not as old as what is let go.
    """

    lines: int
    broken: int
    lost: int
    last: str


def proven(base: Connection, exported: Sequence[tuple[int, str]], now: int) -> Proof:
    """The log held against its own chain, and against the links of one that was taken away."""
    all_lines = list(lines(base))
    there = {one.link for one in all_lines}
    young = now - LEAST_DAYS * DAY
    lost = sum(link not in there for at, link in exported if at > young)
    broken = sum(not one.is_whole for one in all_lines)
    last = next((one.link for one in reversed(all_lines) if one.link), "")
    return Proof(len(all_lines), broken, lost, last)


def forget_old(base: Connection, keep_days: int, now: int) -> None:
    """Let go of lines older than the workbooks that are kept, and than the law asks for."""
    since = now - max(keep_days, LEAST_DAYS) * DAY
    # Of a clock that was set back the later lines stay: what goes is always the beginning.
    kept = select(func.min(AUDIT.c.number)).where(AUDIT.c.at >= since)
    first = base.execute(kept).scalar_one_or_none()
    newest = base.execute(select(func.max(AUDIT.c.number))).scalar_one_or_none()
    if newest is None:
        return
    end = newest + 1 if first is None else first
    gone = select(CHAIN.c.link).where(CHAIN.c.number < end).order_by(CHAIN.c.number.desc())
    if link := base.execute(gone.limit(1)).scalar_one_or_none():
        start_log_after(base, link)
    base.execute(delete(AUDIT).where(AUDIT.c.number < end))
    base.execute(delete(CHAIN).where(CHAIN.c.number < end))
