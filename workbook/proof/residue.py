"""What a template left behind: XX, 增加(减少), a unit without its figure, words to the filler."""

import re
from collections.abc import Iterator
from typing import Final

from workbook.proof.model import Severity, Slip, Statement
from workbook.stated.folded import sentence

RULE: Final = "residue"
_HAN: Final = "\u4e00-\u9fff"
_NAME: Final = 4  # letters of a person's name
_LONG: Final = 30  # letters of a cell that is prose
_ASKED: Final = "填写|说明|描述|列示|概述|阐述|补充|插入|另附页|附页"
_HOW: Final = "如实|自行|根据实际|视情况|按要求|简要|详细|逐项"
_MARKS: Final = (
    (
        r"(?<![A-Za-z0-9])(?:[XxＸ]{2,}|[×╳]{2,}|(?<![一二三四五六七八九零])○{2,}|〇{3,}|\*{3,})(?![A-Za-z0-9])",
        "写上名称或数字",
    ),
    (r"20(?:[XxＸ×*]{2}|_{2,})年?", "写上年份"),
    (
        r"(?:_{2,}|＿{2,})(?=\s*(?:万元|亿元|元|人|个|名|次|%|％|年|月|日(?!期)))",
        "写上内容或删去横线",
    ),
    (r"[（(](?:参考)?(?:提纲|格式|模板|范本|样式|示例|样本|范例)[)）]", "删去"),
    (r"[（(](?:每个?|一个)(?:专项|项目|单位|部门)(?:资金)?一(?:行|张|表|段|份)[)）]", "删去"),
    (
        r"[（(][^（()）]{0,12}?\d{2,4}\s*字\s*(?:以内|左右|以上|以下|内)[^（()）]{0,8}[)）]",
        "删去",
    ),
    (rf"[（(](?:请|可|应|需)(?:{_HOW})?(?:{_ASKED})[^（()）]{{0,30}}[)）]", "删去"),
    (rf"[（(](?:{_HOW})?填写[^（()）]{{0,30}}[)）]", "删去"),
    (r"[（(](?:简要|逐项|分项)(?:说明|描述|概述|阐述|列示)(?!见)[^（()）]{0,30}[)）]", "删去"),
    (
        r"[（(](?:如有|如无则?填?[“”\"无]*|可选|选填|必填|待填|待补充|待定|此处[^（()）]{0,20}|"
        r"根据实际情况[^（()）]{0,12})[)）]",
        "写定或删去",
    ),
    (
        r"[【\[](?:请)?(?:填写|填入|输入|此处|单位名称|年份|金额|日期|项目名称)[^】\]]{0,20}[】\]]",
        "写上内容",
    ),
    (r"\{\{.{0,60}?\}\}|\{%.{0,60}?%\}", "写上内容"),
    (
        r"#REF!|#DIV/0!|#N/A|#VALUE!|#NAME\?|#NUM!|#NULL!|错误[!！]未(?:找到引用源|定义书签)。?|"
        r"Error! Reference source not found\.?",
        "写上内容",
    ),
)
_LEFT: Final = tuple((re.compile(pattern), todo) for pattern, todo in _MARKS)
# A letter or word that each of them needs: most texts have none.
_NEEDED: Final = re.compile(r"[XxＸ×╳○〇*_＿（(【\[{#]|错误|Error")
_EITHER: Final = re.compile(
    r"(?:增加|增长|上升|提高|节约|超支|盈余|大于|高于)\s*[（(/／、或]\s*(?:或)?\s*"
    r"(?:减少|下降|降低|超支|节约|亏损|小于|低于)\s*[)）]?"
    r"|增[（(]减[)）]|[（(](?:增加|减少|增长|下降)/(?:减少|增加|下降|增长)[)）]"
)
_BOTH: Final = re.compile(
    r"(?:大小|高低|大于小|小于大)于(?:年初|全年)?(?:预|决)算数?"
    r"|(?:大于|小于|持平于|等于)[^，。；（(]{0,8}[（(](?:或|/)[^）)]{0,10}(?:持平|大于|小于)[）)]"
)
_ALLOWED_EITHER: Final = re.compile(r"^(?:率|额|数|幅|情况|原因|变动|变化|幅度|趋势|的)")
_NO_FIGURE: Final = re.compile(
    rf"(?<=[{_HAN}）)”])[\s_＿]*[%％](?=[，,。；;、）)]|\s*$)"
    rf"|(?:占|为|达|达到|增长|下降|完成|共计|比重)[\s_＿]*[%％]"
    rf"|(?<=[{_HAN}])(?<!单位)(?:[ 　\t]{{2,}}|[ 　\t]*[_＿]{{2,}}[ 　\t]*)(?:万元|亿元|％|%)"
    rf"|(?<=[{_HAN}])[ 　\t]{{2,}}(?:元|人|名|个|次)(?=[，,。；;、])"
    rf"|(?:共计|合计|分别为|(?<!单位)为|增加|减少|收入|支出|结余|预算数?|决算数?|经费)\s*万元"
    rf"(?=[，,。；;、]|$)"
)
# 占76.23,增长5.2% lacks the sign of its first rate; 占5.20 alone may lack 亩 or 平方米 as well.
_NO_SIGN: Final = re.compile(
    r"(?<=[元人个件户次])[,，]占(?P<of>比|[^，。；,;\d]{2,12}的)?(?P<rate>\d{1,2}\.\d{1,2})(?=[;；，,。]|$)"
)
_PERCENT: Final = re.compile("[%％]")
# 以元为单位汇总后换算为万元 speaks of units and wants no figure.
_OF_UNITS: Final = re.compile(
    r"(?:单位|换算|折算|折合|换成|转换|换为|改为|统一|取整|计量|计价|精确|保留|四舍五入)[^，。；,;\d]*$"
)
_CLAUSE: Final = 24  # letters before a gap that may say what it is about
_EMPTY: Final = re.compile(r"[《][\s_＿]*[》]|〔[\s_＿]*〕|\d{4}年[ 　]+月[ 　]*日?")


def residue(statement: Statement) -> Iterator[Slip | None]:
    """Each place where a template's own words are left."""
    text = statement.text
    is_prose = not statement.is_cell or len(text) > _LONG
    is_name = statement.is_cell and len(text.strip()) <= _NAME  # 王××, in a list of people
    for pattern, todo in _LEFT[is_name:] if _NEEDED.search(text) else ():
        for match in pattern.finditer(text):
            yield _slip(statement, match, todo)
    if not is_prose:
        return
    for match in _EITHER.finditer(text):
        if not _ALLOWED_EITHER.match(text[match.end() :]) or re.match(
            r"的[^，。]{0,6}\d", text[match.end() :]
        ):
            yield _slip(statement, match, "选定一个,删去另一个")
    for match in _BOTH.finditer(text):
        yield _slip(statement, match, "选定一个,删去另一个")
    for match in _NO_FIGURE.finditer(text):
        before = text[max(match.start() - _CLAUSE, 0) : match.start()]
        if "百分比" not in before[-6:] and not _OF_UNITS.search(before):
            yield _slip(statement, match, "写上数字")
    for match in _NO_SIGN.finditer(text):
        if match["of"] or _has_percent(text, match.end()):
            yield _slip(statement, match, f"{match['rate']}%")
    for match in _EMPTY.finditer(text):
        yield _slip(statement, match, "写上内容或删去")


def _has_percent(text: str, at: int) -> bool:
    """Whether the sentence around a place, from one 。 to the next, has a percentage elsewhere."""
    end = text.find("。", at)
    whole = text[text.rfind("。", 0, at) + 1 : end if end >= 0 else None]
    return _PERCENT.search(whole) is not None


def _slip(statement: Statement, match: re.Match[str], todo: str) -> Slip:
    words = statement.text[max(match.start() - 6, 0) : match.end() + 2].strip()
    return Slip(
        RULE, Severity.ERROR, statement.place, sentence(statement.text, match.start(), match.end()),
        (), words, todo,
    )  # fmt: skip
