"""Figures that lack their unit among others that have it: 办公费4561.66,占21.13%."""

import re
from collections.abc import Iterator
from typing import Final

from workbook.proof.model import Severity, Slip, Spot, Statement, Words
from workbook.proof.residue import RULE
from workbook.stated.clauses import Sentence
from workbook.stated.figures import NUMBER
from workbook.stated.units import declared_units

_BARE: Final = re.compile(
    rf"(?<=[\u4e00-\u9fff)])(?<![第])(?P<figure>{NUMBER})(?=[,;。、](?!\d)|$)"
)
_MONEY: Final = re.compile(
    r"(?:支出|收入|经费|费|资金|预算|决算|总额|总计|合计|金额|追加|结转|结余|拨款|补助|补贴|投资|增加|减少|"
    r"\((?:类|款|项)\))数?(?:为|共|达)?$"
)
_LISTED: Final = re.compile(r"\d万元[、;,][\u4e00-\u9fff]{2,16}$")
_RATE: Final = re.compile(
    r"(?:完成(?:年初|全年|调整)?预算数?的?|[行收位成用格制分]率(?:为|达到?)?|满意度(?:为|达到?)?|增长|下降|"
    r"占[^,;。]{2,20}\d[^,;。]{1,3}的)$"
)
_OTHER: Final = re.compile(r"指数|系数|比例|得分|评分|分值|分数|均衡|编号|代码|版本|倍|坪效")
_RESPECTIVELY: Final = re.compile(r"[、和及与]\D{0,2}\d")
_PRICED: Final = re.compile(rf"{NUMBER}[亿万]?元")
_BESIDE: Final = re.compile(  # 性别比为111.3,较2010年下降: of what has no unit itself
    rf"(?<=[\u4e00-\u9fff]){NUMBER},[^\d,]{{0,6}}(?:(?:19|20)\d\d年)?[^\d,]*(?:增长|下降)$"
)
_DECIMALS: Final = 2


def unitless(statement: Statement) -> Iterator[tuple[str, Slip | None]]:
    """Each amount and rate of a paragraph that has no unit where nearly all others have one."""
    text = statement.folded.text
    if statement.is_cell or declared_units(text) or "(万元" in text:
        return
    found = [
        (unit, match, sentence)
        for sentence in statement.sentences
        for match in _BARE.finditer(sentence.text)
        if (unit := _lacks(match, sentence))
    ]
    money = sum(unit == "万元" for unit, _, _ in found)
    rates = len(found) - money
    for unit, match, sentence in found:
        lone = money if unit == "万元" else rates
        known = len(_PRICED.findall(text)) if unit == "万元" else text.count("%")
        is_sure = "预算" in sentence.text[: match.start()][-6:] or "." in match["figure"]
        least = 2 if unit == "万元" else int(not is_sure)
        if known < least * lone:
            continue
        due = f"写上单位,如{match['figure']}{unit}"
        says = f"{sentence.text[max(match.start() - 12, 0) : match.start()]}{match['figure']}"
        spot = Spot(sentence, statement)
        yield RULE, spot.slip(RULE, Severity.ERROR, (match["figure"],), Words(says, due))


def _lacks(match: re.Match[str], sentence: Sentence) -> str:
    """The unit that a figure lacks, empty for a number that needs none."""
    text = sentence.text
    before, after = text[: match.start()], text[match.end() :]
    clause = re.split("[,;。:]", before)[-1]
    if before.count("(") > before.count(")") or _OTHER.search(clause):
        return ""
    if _RESPECTIVELY.match(after) or "分别" in clause or "各" in clause:
        return ""
    if _RATE.search(before):
        return "" if _BESIDE.search(before) else "%"
    places = len(match["figure"].partition(".")[2])
    is_money = _MONEY.search(clause) or _LISTED.search(before)
    return "万元" if places == _DECIMALS and is_money else ""
