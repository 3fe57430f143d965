"""Labels that stand in one cell with what is typed: `填表人：张三　　联系电话：0731-85221234`."""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from workbook.figures.units import UNITS

# Labels however their letters are spaced, 填 表 人：, and right behind a colon.
_USUAL: Final = (
    "填表人", "制表人", "填报人", "编制人", "经办人", "审核人", "复核人", "审批人", "批准人",
    "负责人", "单位负责人", "部门负责人", "财务负责人", "主管", "记账", "会计", "出纳", "联系人",
    "联系电话", "电话", "手机", "姓名", "日期", "时间", "填表日期", "填报日期", "制表日期",
    "编制日期", "报送日期", "填表时间", "填报时间", "单位", "填报单位", "编制单位", "单位名称",
)  # fmt: skip
_BRACKETS: Final = {"(": "[(（]", "（": "[(（]", ")": "[)）]", "）": "[)）]"}
_BRACKETED: Final = r"(?:[(（][^()（）\s]{1,8}[)）])?"
_COLON: Final = r"\s*[:：﹕∶]"
_APART: Final = r"(?:(?<=[\s:：﹕∶,，;；、|/])|^)"
_STAMP: Final = re.compile(  # is no part of a name, nor is a unit of amounts
    r"(?:\s*[(（](?:公章|盖章|签字|签章|签名|(?:金额)?单位\s*[:：][^()（）]{1,8})[)）])+$"
)
_NOTE: Final = re.compile(rf"\s*注\d?{_COLON}")  # begins a form's own words
_UNIT_LABEL: Final = re.compile(r"(?:金额|货币|计量)?单位")
_BRACKETED_PART: Final = re.compile(r"[(（][^()（）]*[)）]")
_BETWEEN_UNITS: Final = re.compile(r"[、,，;；和及]|/(?=[亿万千]?元)")
_LONGEST_UNIT: Final = 5  # letters
_SIGNS: Final = ",，;；、|/"  # between what is typed and the next label
_ANY_LABEL: Final = re.compile(rf"[一-龥A-Za-z)）]{_COLON}(?!//)")
_TO_FILL: Final = re.compile(  # the form's own 年 月 日 and lines, between which somebody writes
    r"(?=\s{2,}[年月日第季度时分_＿]|[\s20_＿]*(?:[_＿]|年\s*[月第]|月\s*日|第\s*季))"
    r"(?:\s*20(?=[\s_＿]+年))?[\s_＿年月日第季度时分至]+(?=[\s,，;；|(（]|$)"
)
_BLANKS: Final = re.compile(r"\s+")
_FULL: Final = str.maketrans("()", "（）")
_DIGITS: Final = "0123456789"


class Part(NamedTuple):
    """A label in a cell, where it begins, and where what is typed behind it begins and ends.

    A label that stands in the cell again has its number behind it: 日期, then 日期2.
    """

    label: str
    start: int
    end: int
    begin: int


def parts(text: str, known: Collection[str] = ()) -> Iterator[Part]:
    """The labels of a cell, each with its own place; blanks around what is typed do not count.

    `known` are labels that the cell is to have: they are found whatever blanks stand between their
    letters, and without a blank before them where a sign is.
    """
    bases = tuple(sorted({base_of(one) for one in known}, key=lambda one: (-len(one), one)))
    found = [*_pattern(bases).finditer(text)]
    spelt = {_folded(one): one for one in bases}
    counts: dict[str, int] = {}
    for one, following in pairwise([*found, None]):
        assert one is not None
        words = _BLANKS.sub("", one["label"])
        label = spelt.get(_folded(words), words)
        counts[label] = counts.get(label, 0) + 1
        inside = text[one.end() : following.start() if following else None]
        typed = _STAMP.sub("", inside.strip())
        if following and inside.endswith(tuple(_SIGNS)):
            typed = typed.rstrip(_SIGNS).rstrip()
        start = one.end() + (inside.index(typed) if typed else 0)
        if is_to_fill(text[one.end() : start + len(typed)]):
            start, typed = one.end(), ""
        number = str(counts[label]) if counts[label] > 1 else ""
        yield Part(f"{label}{number}", start, start + len(typed), one.start())


def is_to_fill(text: str) -> bool:
    """Whether a text is nothing but what a form has to write between: 年  月  日, ____."""
    return _TO_FILL.fullmatch(text) is not None


def base_of(label: str) -> str:
    """A label as it stands in the cell, without the number of one that stands there again."""
    return label.rstrip(_DIGITS)


def says_unit(label: str, typed: str) -> bool:
    """Whether a label with what stands behind it tells the unit of amounts: 金额单位：万元.

    So does one with several units, 单位：公斤、元, of which a few may be known nowhere else.
    """
    words = typed.removeprefix("人民币").split()
    unit = words[0].strip("()（）").split("/")[0] if words else ""
    return _UNIT_LABEL.fullmatch(base_of(label)) is not None and (
        unit in UNITS or unit.endswith("元") or len(units_of(typed)) > 1
    )


def units_of(typed: str) -> list[str]:
    """The units that stand one behind another, those in brackets left out: 件、本(份) are two.

    [] where the first is not known, or where one has too many letters for a unit.
    """
    words = _BRACKETED_PART.sub("", typed).removeprefix("人民币").split()
    units = [one for one in _BETWEEN_UNITS.split(words[0]) if one] if words else []
    are_short = all(len(one) <= _LONGEST_UNIT for one in units)
    return units if are_short and units[:1] and units[0] in UNITS else []


def runs_together(text: str) -> bool:
    """Whether words with a colon stand where something is typed: 填表人：张三审核人：李四."""
    ends = [0]
    for one in parts(text):
        ends += [one.begin, one.start]
    ends.append(len(text))
    ends[0] = note.end() if (note := _NOTE.match(text)) else 0
    outside = (text[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True))
    return any(_ANY_LABEL.search(_STAMP.sub("", one.rstrip())) for one in outside)


def typed_behind(text: str, label: str, known: Collection[str] = ()) -> str:
    """What is typed behind a label, "" where nothing is, or where the label is gone."""
    found = parts(text, {label, *known})
    return next((text[one.start : one.end] for one in found if one.label == label), "")


def with_typed(text: str, typed: Mapping[str, str], known: Collection[str] = ()) -> str:
    """The text with these words behind its labels, and all else as it was.

    `known` are labels that it has besides.
    """
    for one in reversed([*parts(text, {*typed, *known})]):
        if one.label in typed:
            words, rest = typed[one.label], text[one.end :]
            if words and one.start == one.end and (own := _TO_FILL.match(rest)):
                rest = rest[len(own[0].rstrip()) :]
            gap = "　" if words and rest[:1].isalpha() else ""  # a label is right behind
            text = f"{text[: one.start]}{words}{gap}{rest}"
    return text


@lru_cache(maxsize=256)  # a form has few cells with labels in them
def _pattern(known: tuple[str, ...]) -> re.Pattern[str]:
    usual = sorted(_USUAL, key=len, reverse=True)
    ways = [
        *(_spaced(one) for one in known),
        f"(?:{'|'.join(map(_spaced, usual))}){_BRACKETED}",
        rf"(?:(?<=\s)|^)[一-龥]{{2,8}}{_BRACKETED}",
    ]
    return re.compile(rf"{_APART}(?P<label>{'|'.join(ways)}){_COLON}")


def _spaced(label: str) -> str:
    """A pattern of a label with blanks between its letters, in brackets of either width."""
    return r"\s*".join(_BRACKETS.get(one, re.escape(one)) for one in label if not one.isspace())


def _folded(label: str) -> str:
    return _BLANKS.sub("", label).translate(_FULL)
