"""Words that say what was added to a budget, or what it came to, in the words of the basis.

年中追加专项, 执行中调增财政补助 and 预算调整增加 are 预算追加; 调整后 alone is 调整后预算;
县财政年初核定我社预算 is 年初核定预算.
"""

import re
from typing import Final

from workbook.stated.folded import letters

_WHEN: Final = (
    r"(?:年度|预算|在|于)?(?:执行|过程|年中|期间|年度中|年内|当年|本年度?|全年|中|内|期|又|另|共|实际|"
    r"财政|后|经批准|按规定)*"
)
_MORE: Final = re.compile(
    rf"{_WHEN}(?:预算)?(?:追加|调增|调整增加|核增|增拨)了?"
    r"(?:专项|预算|指标|资金|经费|财政补助|财政拨款|补助|安排)*(?:共计|合计|共|为|是|达|额|数)*"
)
_LESS: Final = re.compile(rf"{_WHEN}(?:预算)?(?:调减|追减|核减|调整减少)了?(?:预算|指标|资金)*")
_ADJUSTED: Final = re.compile(
    r"(?:年中|预算|经)*(?:调整|追加|变更)后(?:的|预算|总额|指标|合计|共计|共|为|是|达到?)*"
)
_OF_US: Final = re.compile(
    r"(?<=核定|批复|批准|下达|安排)(?:我|本)[\u4e00-\u9fff]{1,2}?(?=预算|部门预算)"
)
_BY: Final = re.compile(
    r"^(?:(?:19|20)\d\d年度?,?)?(?:[省市县区州旗]|我[省市县区州旗])?财政(?:局|厅|部门)?(?=年初)"
)


def budgeted(phrase: str) -> str:
    """The phrase before an amount in the words of `words.toml`, mostly as it is."""
    said = letters(phrase)
    if _MORE.fullmatch(said):
        return "预算追加"
    if _LESS.fullmatch(said):
        return "调减预算"
    if _ADJUSTED.fullmatch(said):
        return "调整后预算"
    return _BY.sub("", _OF_US.sub("", phrase))
