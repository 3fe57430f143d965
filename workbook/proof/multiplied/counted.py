"""How many there are of what a price is of: by its unit, and by the noun behind it."""

import re
from collections.abc import Sequence
from typing import Final

from workbook.proof.multiplied.made import base_unit, is_plain, measure
from workbook.stated.clauses import Said

_PEOPLE: Final = frozenset("人名生")
_COUNTED: Final = {
    "车": "辆",
    "床": "张",
    "村": "个",
    "校": "所",
    "班": "个",
    "单": "亩",
}  # how what a mean is of is counted
_NOUN: Final = {"班": "班", "村": "村"}  # what counts in 个 and is called so
_VERBS: Final = re.compile(r"^(?:平均|配送|发放|补助|补贴|安排|接待|投入|支出|约|为)+|为$")


def is_counted(one: Said, match: re.Match[str]) -> bool:
    """Whether a figure counts what the price is of: 人 of 每人, 生均 and 人均, 台 of 每台."""
    unit = match["unit"] or (match["mean"] or "")[:1]
    noun = _NOUN.get(unit, "")
    unit = _COUNTED.get(unit, unit)
    if base_unit(one) == "元" or (one.decimals and one.unit[:1] != "万" and unit != "亩"):
        return False
    if unit in _PEOPLE and unit:
        return one.unit in ("人", "名") or (
            one.unit == "人次" and (match["mean"] == "人均" or match["rest"].startswith("次"))
        )
    if not unit:
        return one.unit in tuple("台套件辆个张座")
    if noun and one.unit == noun:
        return True
    return base_unit(one) == unit and (not noun or one.clause.endswith(noun))


def counted_near(match: re.Match[str], before: Sequence[Said]) -> Said | None:
    """The one count of what a mean is of in what is said before it, parts of others left out."""
    name = _VERBS.sub("", match["rest"]) if match["unit"] == "个" else ""
    found = [
        one for one in before
        if is_plain(one) and is_counted(one, match)
        and (match["unit"] != "个" or (name and one.clause.endswith(name)))
    ]  # fmt: skip
    if match["unit"] != "个" and len(found) > 1:
        found = [one for one in found if "其中" not in one.gap and one.gap[:1] != "、"]
    amounts = {measure(one).amount for one in found}
    return found[-1] if len(amounts) == 1 else None
