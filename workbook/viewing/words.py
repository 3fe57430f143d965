"""The words of a form as keys and units: `其中：人员经费（万元）` is 人员经费 in 万元."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final
from unicodedata import normalize

from workbook.figures.numerals import in_words
from workbook.figures.units import UNITS
from workbook.form.behind import base_of, parts, says_unit, units_of
from workbook.form.faults.keys import MOST_LETTERS, is_cell_like
from workbook.form.grid import NUMBERED, OF_WHICH

_PER: Final = re.compile(r"/")
_LONGEST_PER: Final = 6  # letters behind the stroke of 千瓦时/平方米
_PERSONS: Final = {"人", "名", "人次"}
_LOTS: Final = {"批", "批次"}
_IN_BRACKETS: Final = re.compile(r"[(（]\s*(?:单位\s*[:：]\s*)?([^()（）]{1,6}?)\s*[)）]")
_ANY_BRACKETS: Final = re.compile(r"[(（]\s*([^()（）]{1,12}?)\s*[)）]")
_PER_BRACKETS: Final = re.compile(r"[(（][^()（）/]{1,6}/[^()（）/]{1,6}[)）]")  # 千克/平方米
_SAID: Final = re.compile(
    r"(?:(?:金额)?单位|金额)\s*[:：]\s*(?:人民币)?"
    r"(?=([^\s()（）:：,，;；、]{1,4})((?:[(（][^()（）]*[)）])?(?:[、,，;；][^\s:：、,，;；()（）]{1,8})*))"
)
_BOTH: Final = re.compile(r"\s*[^\s:：。]{2,8}[:：]\s*[^\s:：]{1,20}(?:\s|$)")
AND: Final = "|"  # between units of one note
_WHO: Final = re.compile(  # ends of labels behind which somebody says who, where and when
    r"(?:人|员|单位|部门|机关|电话|手机|日期|时间|审核|复核|制表|填表|经办|负责|主管|校长|主任|会计"
    r"|出纳|名称|学校|地址|邮编|编码|代码|年度|季度|月份|签字|签名|盖章|领导|机构|书记|主席|秘书|监事"
    r"|[报统所][告计表属]期|保管|总监|经理|委员会|制单|经手|记账|审批|截[止至])$"
)
_CHIEF: Final = re.compile(  # not 周长, 桥长
    r"(?:[校院园馆局所站科处组队村镇乡县区市州厂会事行班店社部室厅署庭场司]|秘书|检察)长$"
    r"|[河湖林路田]长$"
)
_MEASURED: Final = re.compile(r"约?\d")
_PART: Final = re.compile(r"\s*第?[一二三四五六七八九十]+[、.．]")
_LEVEL: Final = re.compile(r"第?[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十]+\)")
_YEAR: Final = re.compile(r"^(?:19|20)\d\d年度?(?=\S)")
_ANY_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)年度?")
_BY_YEAR: Final = {-2: "前年", -1: "上年", 0: "本年", 1: "下年"}
_COUNT: Final = re.compile(r"^\d{1,2}(?=月|季度|级|类|号|路|线)")
_RANGE: Final = re.compile(r"(\d)\s*[-—–~～]\s*(\d)")  # 1-6月 is 一至6月
_BLANKS: Final = re.compile(r"[\s　]+")
_NO_WORD: Final = re.compile(r"[^\w]|_(?=_)")
_TOTAL: Final = re.compile(
    r"(?:[本上全去当](?:[页月期年]|季度?|年度|年同期|月同期)?|全[县市镇乡区局校院省]|年度)?"
    r"(?:[合总小共]计|累计)(?:金?额|数)?|总[额分]|得分合计"
)


def bare_words(text: str) -> str:
    """A label without number, star, unit, blanks and the colon behind it."""
    words = _BLANKS.sub("", normalize("NFKC", text))
    words = OF_WHICH.sub("", NUMBERED.sub("", words))
    return _IN_BRACKETS.sub("", _PER_BRACKETS.sub("", words)).strip("*:;,、。-—_ ") if words else ""


def is_total(text: str) -> bool:
    """Whether a label stands for the total of what is above it."""
    return _TOTAL.fullmatch(bare_words(text)) is not None


def says_both(text: str) -> bool:
    """Whether a cell holds a label and what was typed behind it: `填报人：张三`."""
    is_part = OF_WHICH.match(_BLANKS.sub("", normalize("NFKC", text))) is not None
    return not is_note(text) and not is_part and _BOTH.match(text) is not None


def numbered_as(text: str) -> str:
    """How a label is numbered, `(1)` for `（2）公务用车`, "" where it is not."""
    number = match[0] if (match := NUMBERED.match(text)) else ""
    signs = normalize("NFKC", number).strip().replace("、", ".")
    return re.sub(r"[一二三四五六七八九十]+", "一", re.sub(r"\d+", "1", signs))


def is_numbered(text: str) -> bool:
    """Whether a label is one of a part, or part of the one above: `一、收入`, `(一)`, `其中:`."""
    words = _BLANKS.sub("", normalize("NFKC", text))
    return _LEVEL.match(words) is not None or OF_WHICH.match(words) is not None


def begins_part(text: str) -> bool:
    """Whether a label begins a part of its own: `三、本月结余`."""
    return _PART.match(text) is not None


def unit_in(text: str) -> str:
    """The unit that a label names in brackets, or % behind it: 增减%; "" for none."""
    found = next((unit for unit in _IN_BRACKETS.findall(text) if unit in UNITS), "")
    return found or ("%" if text.rstrip().endswith(("%", "％")) else "")


def in_brackets(text: str) -> list[str]:
    """What stands in the brackets of a label: 工作日 of 平均时限（工作日）."""
    return _ANY_BRACKETS.findall(text)


def unit_said(texts: Iterable[str]) -> str:
    """The unit that a note such as 单位：万元 gives all amounts, "" where there is none.

    填报单位：某局　单位：万元 has one too. Of 单位：公斤、元 they are both, with AND between them.
    """
    for match in (match for text in texts for match in _SAID.finditer(text)):
        several = units_of(match[1] + match[2])
        if len(several) > 1:
            return AND.join(several)
        if match[1] in UNITS:
            return match[1]
    return ""


def is_note(text: str) -> bool:
    """Whether a text is a note on units, and no label: 填报单位:某局 is one."""
    said = [match[1] for match in _SAID.finditer(text)]
    if any(len(units_of(match[1] + match[2])) > 1 for match in _SAID.finditer(text)):
        return not _of_who(text)
    return any(is_unit(one) or one.endswith("元") for one in said) and not _of_who(text)


def labels_inside(text: str) -> list[str]:
    """The labels that a cell holds, where each is of who, where and when; none for other words."""
    labels = [bare_words(base_of(one.label)) for one in parts(text)]
    return labels if OF_WHICH.match(text) is None and _of_who(text) else []


def _of_who(text: str) -> bool:
    """Whether a cell's labels are of who, where and when, but for those of units."""
    found = [one for one in parts(text) if not says_unit(one.label, text[one.start : one.end])]
    said = [(bare_words(base_of(one.label)), text[one.start : one.end]) for one in found]
    return bool(said) and all(
        _WHO.search(label) or (_CHIEF.search(label) and not _MEASURED.match(typed))
        for label, typed in said
    )


def is_unit(text: str) -> bool:
    """Whether a text is nothing but a unit: 万元, 千瓦时/人."""
    first, *others = _PER.split(normalize("NFKC", bare_words(text) or text).strip())
    is_short = all(0 < len(one) <= _LONGEST_PER for one in others)
    return (first in UNITS and is_short) or text.strip() in UNITS


def is_other_count(unit: str, after: str) -> bool:
    """Whether other things are counted by what stands behind a figure: 台 where 人 were."""
    if unit not in UNITS or unit.endswith("元"):
        return False
    said = max((one for one in UNITS if after.startswith(one)), key=len, default=unit)
    is_same = any({said, unit} <= some for some in (_PERSONS, _LOTS))
    return said != unit and not is_same


def by_year(labels: Iterable[str]) -> dict[str, str]:
    """Labels that differ by their year alone as those of any year: 2024年决算 is 上年决算.

    The last of their years is this one, and each other label stays as it is.
    """
    years: dict[str, dict[str, int]] = {}
    labels = list(labels)
    for label in labels:
        said = _ANY_YEAR.findall(label)
        if len(said) == 1:
            years.setdefault(bare_words(_ANY_YEAR.sub("", label)), {})[label] = int(said[0])
    told = {label: label for label in labels}
    for alike in (one for one in years.values() if len(one) > 1):
        last = max(alike.values())
        told |= {
            label: _ANY_YEAR.sub(_BY_YEAR[year - last], label)
            for label, year in alike.items()
            if year - last in _BY_YEAR
        }
    return told


def key_of(text: str, taken: set[str], of: str = "") -> str:
    """A key made of a label, one that no other field has; `taken` then holds it.

    `2022年预算数` is 预算数, for next year's form says another year; what cannot be a key is 项.
    A second one gets the name `of` its sheet, or a number.
    """
    words = _word(text)
    tries = (words, *((f"{_word(of)}_{words}",) if of else ()))
    key = next((one for one in tries if one.casefold() not in taken), "")
    number = 2
    while not key:
        key = f"{words}{number}" if f"{words}{number}".casefold() not in taken else ""
        number += 1
    taken.add(key.casefold())
    return key


def _word(text: str) -> str:
    """A label as letters that a key may have; `1月` is 一月."""
    words = _RANGE.sub(r"\1至\2", _YEAR.sub("", bare_words(text)))
    words = _NO_WORD.sub("", words).strip("_")
    words = _COUNT.sub(lambda found: in_words(Decimal(found[0])), words)
    words = re.sub(r"^\d+", "", words)[: MOST_LETTERS // 4] or "项"
    if is_cell_like(words) or not words.isidentifier():
        words = f"项{words}" if f"项{words}".isidentifier() else "项"
    return words
