"""Whether the words before a change name another figure than the one that it is laid to."""

import re
from typing import Final

from workbook.stated.clauses import Said, Way

_FILLERS: Final = re.compile(
    r"上年度?|去年|上?月|上一年|同期|年初|全年|年度|决算|预算|(?:19|20)\d\d年?|年|总额|支出数|金额|对比|情况|"
    r"总计|合计|原?计划|原定|目标|任务|规定|预期|预计|标准|本|减少|增加|实际|执行|安排|调整后|为|完成|累计|[比较与同相由从,:;、()和及的数各均共也略有所其中净末底]"
)
# 收入总计 holds what was left of the year before, 本年收入 does not.
_WITH_REST: Final = re.compile(r"(?:收入|支出|收支)总计")
_OF_YEAR: Final = re.compile(r"本年(?:收入|支出|收支)")
SHARE: Final = re.compile(r"占[^,;]*%[,;]?")


def names_another(one: Said, now: Said) -> bool:
    """Whether the words before a base or a change name what the figure itself does not."""
    words = one.clause if one.way is Way.VALUE else unsigned(SHARE.sub("", one.gap))
    if _WITH_REST.search(words + now.clause) and _OF_YEAR.search(words + now.clause):
        return True
    name = _FILLERS.sub("", re.sub(r"\d+", "", words))
    return not all(letter in now.clause for letter in name)


def unsigned(words: str) -> str:
    """Words before a change without those that say whether it is more or less."""
    return re.sub(
        r"(增加|增长|上升|上涨|提高|延长|扩大|减少|下降|降低|缩短|缩减|压缩|回落|节约|压减|调[增减]|增[收支产]|减[收支产]|[多少]支出|增|减|多|少|超出|超支|同比)(了|额|数|率|幅度)?为?$",
        "", words,
    )  # fmt: skip
