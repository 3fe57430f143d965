"""Who did what, when and from where: a log that is only ever added to."""

import csv
from collections.abc import Mapping
from enum import StrEnum
from io import StringIO
from time import localtime, strftime
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from gouji.desk.bureau.keeping.model import DAY, Asker
from gouji.desk.bureau.keeping.store import AUDIT

# Network logs are kept for six months at least (网络安全法 2016, 第二十一条第三项).
LEAST_DAYS: Final = 183
_HEADS: Final = ("时间", "谁", "从哪里", "做了什么", "关于", "文件的 SHA-256")
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


def write_down(base: Connection, now: int, asker: Asker, act: Act, **what: str) -> None:
    """Add a line; `what` may hold `about`, whom or what it concerns, and the file's `sha256`."""
    who = str(asker.account) if asker.account else ""
    row = {"at": now, "who": who, "address": asker.where, "act": act, "about": "", "sha256": ""}
    base.execute(insert(AUDIT), [row | what])


def as_csv(base: Connection, names: Mapping[str, str]) -> bytes:
    """All of it, for a spreadsheet: UTF-8 with a mark, no cell a formula, accounts by `names`."""
    columns = (AUDIT.c.at, AUDIT.c.who, AUDIT.c.address, AUDIT.c.act, AUDIT.c.about, AUDIT.c.sha256)
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(_HEADS)
    for at, who, *words in base.execute(select(*columns).order_by(AUDIT.c.number)):
        moment = strftime("%Y-%m-%d %H:%M:%S", localtime(at))
        writer.writerow([moment, *map(harmless, (names.get(who, who), *words))])
    return text.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """A text of a CSV file that no spreadsheet calculates."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def forget_old(base: Connection, keep_days: int, now: int) -> None:
    """Let go of lines older than the workbooks that are kept, and than the law asks for."""
    since = now - max(keep_days, LEAST_DAYS) * DAY
    base.execute(delete(AUDIT).where(AUDIT.c.at < since))
