"""Whose a figure is: of the whole unit, of what a heading is about, of a body, of a total."""

import re
from collections.abc import Collection
from typing import Final

from workbook.stated.folded import letters
from workbook.stated.item_names import item_words
from workbook.stated.model import Basis
from workbook.stated.phrases import UNSURE, State, has_any, item_of
from workbook.stated.words import Named, canonical, general, is_known, named, parted

WHOLES: Final = ("收入合计", "支出合计")
_SOURCES: Final = ("拨款", "一般公共预算", "财政")  # of which a heading's totals are
_OF_TOPIC: Final = re.compile(r"(?:使用|执行|开支|管理)?情况(?:说明)?$")
_FOR: Final = re.compile(r"(?:用于|使用|安排|动用|由).{2,24}的(?P<last>[^的]+)")
_GRANTED: Final = re.compile(
    r".{0,8}(?:编委|编办|编制办|编制部门|编委办|机构编制.{0,4})(?:核定|批复|核准|批准|下达)"
    r"(?:给)?(?:(?:我|本|全)[\u4e00-\u9fff]{1,2}?)?(?P<last>(?:人员|行政|事业|工勤|政法专项)?编制数?)"
)
SUBORDINATE: Final = re.compile("下属|所属")


def heading(topic: str) -> str:
    """What a heading says that a figure without a name is of, empty for the whole unit."""
    words = general().words
    is_whole = any(word in topic for word in words.whole) and not has_any(topic, words.items)
    return "" if is_whole else letters(topic)


def last_of(name: str) -> str:
    """The name behind its own categories: 人员经费 of 工资福利支出等人员经费, or behind 含.

    So is 人员经费 behind 用于…的, and 编制数 behind 编委核定我院.
    """
    if name.startswith("含") and is_known(name[1:]):
        return name[1:]  # (含人员经费9万元、公用经费3万元)
    if (match := _FOR.fullmatch(name) or _GRANTED.fullmatch(name)) and is_known(match["last"]):
        return match["last"]
    before, _, last = name.rpartition("等")
    is_whole = before.startswith(tuple(item_words().categories)) and is_known(last)
    return last if is_whole else name


def side(phrase: str) -> str:
    """Whether a phrase that names nothing else says 收入 or 支出: 2023年度收入决算."""
    name = named(phrase).name
    if name and name not in general().words.totals:
        return ""
    words = letters(phrase)
    if "预算" in words:
        return ""
    sides = [side for side in ("收入", "支出") if side in words]
    return sides[0] if len(sides) == 1 else ""


def of_all(name: str, basis: Basis, side: str, state: State) -> tuple[str, Basis]:
    """The name and the basis of 全年支出: of the whole unit, or of what the heading is about.

    Behind an item that was named in a sentence before nobody can tell.
    """
    if not side or state.is_part or basis not in (Basis.NONE, Basis.OUTTURN):
        return name, basis
    is_whole = heading(state.heading) == "" and not has_any(state.heading, _SOURCES)
    subject = item_of(state.subject)
    if is_whole and not state.is_item and subject in ("", UNSURE, *WHOLES):
        return f"{side}合计", basis
    if side == "支出" and basis is Basis.NONE and subject not in ("", UNSURE):
        own = _OF_TOPIC.sub("", subject)
        return own if own != subject else "", Basis.OUTTURN
    return name, basis


def of_body(found: Named, phrase: str, state: State, known: Collection[str]) -> tuple[str, str]:
    """The body whose the figure is, which holds for those behind it, and what is named of it."""
    prefix, name = parted(found.name, known)
    if not prefix and found.basis is not Basis.NONE and name in general().sort:
        prefix, name = name, ""  # 学校年初预算
        state.scope = prefix
    if SUBORDINATE.match(letters(phrase)):
        state.scope = "下属单位"  # 下属单位编制41名,实有38名: both are theirs
    state.body = prefix or state.body or state.scope
    return state.body, name


def as_part(name: str, of: str, *, has_unit: bool) -> str:
    """The whole name of a part: 行政编制 of 行政 in 65名(行政30,事业35)."""
    name = general().part.get(canonical(of), {}).get(name, name)
    if not of or not name:
        return name
    whole = f"{canonical(of).removesuffix('数')}{name}"
    return canonical(whole) if not has_unit or is_known(whole) else name
