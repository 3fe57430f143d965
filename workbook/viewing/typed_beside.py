"""What somebody typed beside a label, behind it in its own cell, or as its unit."""

import re
from collections.abc import Sequence, Set
from itertools import pairwise
from typing import Final

from workbook.viewing.block_model import Pair, is_figure
from workbook.viewing.boxes import Box
from workbook.viewing.words import (
    bare_words,
    is_unit,
    labels_inside,
    says_both,
)

_LONG: Final = 8  # letters of words that are no label
COLONS: Final = (":", "：")
_WORDS: Final = re.compile(r"\D{2,}")
_LABEL: Final = re.compile(
    r"(?:名称|单位|部门|负责人|联系人|填报人|电话|日期|时间|编码|代码|属性|类别|类型|期限|年度|月份|季度|地址|方式)$"
)
_TIME: Final = re.compile(
    r"(?:19|20)\d\d\s*年(?:度|\s*第?[一二三四1-4]\s*季度|\s*\d{1,2}\s*月份?)?"
)
_HEAD: Final = re.compile(
    _LABEL.pattern
    + r"|(?:指标|项目|内容|主题|事由|用途|标准|备注|说明|数|数量|额|率|费用|合计|单价)$"
)
_MEASURE: Final = re.compile(  # 23400平方米, ≥95%, 2025年9月1日
    r"[≥≤＞＜><约]?\d[\d,]*(?:\.\d+)?(?:[亿万千]?[^\W\d_]{1,4}|[%％])|(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?"
)


def is_signed(box: Box, row: Sequence[Box]) -> bool:
    """Whether a cell holds labels and what is typed behind them: `填表人：张三　　电话：…`.

    So does one of a blank form with several labels, with names, or with room for more and no
    cell behind it that is to be filled.
    """
    labels = labels_inside(box.text)
    if not labels or box.formula:
        return False
    if len(labels) > 1 or says_both(box.text) or box.is_named:
        return True
    behind = next((one for one in row if one.column > box.right), None)
    is_last = behind is None or bool(behind.text)
    return is_last and box.right > box.column + 1


def is_in_turns(boxes: Sequence[Box]) -> bool:
    """Whether labels and what was typed beside them stand in turns: 单位名称 某局 年度 2025."""
    labels = [bare_words(one.text) for one in boxes[::2]]
    return len(boxes) % 2 == 0 and all(_LABEL.search(one) for one in labels)


def are_labelled_figures(boxes: Sequence[Box], figures: Set[int]) -> bool:
    """Whether labels and figures stand in turns, labels but the first in columns of `figures`.

    One label more may stand before the others, of which it tells the group.
    """
    said = [(one, _WORDS.search(bare_words(one.text)) is not None) for one in boxes]
    if len(said) > 1 and said[0][1] and said[1][1]:
        said = said[1:]
    labels = [one for one, _ in said[::2]]
    return (
        len(labels) > 1
        and [is_label for _, is_label in said] == [True, False] * (len(said) // 2)
        and all(is_figure(one) for one, _ in said[1::2])
        and all(one.column in figures for one in labels[1:])
    )


def in_pairs(boxes: Sequence[Box]) -> list[Pair]:
    """Labels with words typed beside them, where blank cells part them: `甲方 某会 _ 周期 年`."""
    runs: list[list[Box]] = []
    for box in boxes:
        if runs and runs[-1][-1].right + 1 == box.column:
            runs[-1].append(box)
        else:
            runs.append([box])
    turns = [turn for run in runs for turn in zip(run[::2], run[1::2], strict=False)]
    is_even = len(runs) > 1 and not any(len(run) % 2 for run in runs)
    if not is_even or any(not label.text or label.bottom > label.row for label, _ in turns):
        return []
    if any(_is_head(value) for _, value in turns):
        return []
    return [Pair(label.text, value) for label, value in turns if value.text]


def measured_beside(boxes: Sequence[Box]) -> list[Pair]:
    """Labels and figures typed with their units, in turns: 占地面积 23400平方米 图书 27900册.

    Figures without one may stand among them; in a row of these alone there is nothing to be told.
    """
    labels, values = boxes[::2], boxes[1::2]
    if len(boxes) % 2 or any(
        not label.text or _MEASURE.fullmatch(label.text) or label.right + 1 != value.column
        for label, value in zip(labels, values, strict=True)
    ):
        return []
    pairs = [Pair(one.text, value) for one, value in zip(labels, values, strict=True)]
    is_all = all(not one.box.text or _MEASURE.fullmatch(one.box.text.strip()) for one in pairs)
    return [one for one in pairs if one.box.text] if is_all else []


def unit_behind(value: Box, boxes: Sequence[Box]) -> str:
    """The unit right behind a figure, where it is not before another: 原值 5.8 万元."""
    behind = [one for one in boxes if one.column > value.right][:2]
    is_units = len(behind) > 0 and behind[0].column == value.right + 1 and is_unit(behind[0].text)
    is_others = len(behind) > 1 and not behind[1].text
    return behind[0].text.strip() if is_units and not is_others else ""


def end_in_a_unit(words: Sequence[Box]) -> bool:
    """Whether a label's unit stands between it and the figure: 户数 户 602."""
    is_beside = len(words) > 1 and words[-2].right + 1 == words[-1].column
    return is_beside and is_unit(words[-1].text) and not is_unit(words[-2].text)


def ends_in_a_value(words: Sequence[Box]) -> bool:
    """Whether the last words before a blank cell were typed behind the label before them."""
    if len(words) < 2 or words[-2].right + 1 != words[-1].column:
        return False
    label, said = (bare_words(one.text) for one in words[-2:])
    if words[-2].bottom > words[-2].row or _HEAD.search(said):
        return False
    is_long = len(said) >= _LONG or any(sign.isdigit() for sign in said)
    return is_long or _LABEL.search(label) is not None


def said_in_words(boxes: Sequence[Box], *, only_colons: bool = False) -> list[Pair]:
    """Labels with the words that were typed beside them: after a colon, or in turns."""
    told = [
        Pair(label.text, value)
        for label, value in pairwise(boxes)
        if ends_a_label(label) and value.text and not ends_a_label(value)
        if not _is_time_apart(label, value)
    ]
    if told or only_colons or len(boxes) % 2:
        return told
    labels, values = boxes[::2], boxes[1::2]
    pairs = list(zip(labels, values, strict=True))
    if any(one.column != label.right + 1 or ends_a_label(one) for label, one in pairs):
        return []
    in_turns = all(_LABEL.search(bare_words(one.text)) for one in labels)
    if not in_turns or any(map(_is_head, values)):
        return []
    if any(is_unit(one.text) for one in values):  # 2024年第二季度 万元 are of the whole sheet
        return []
    return [Pair(label.text, value) for label, value in pairs]


def _is_time_apart(label: Box, value: Box) -> bool:
    """Whether a time stands away from a label, of the whole sheet: 填报单位： _ 2024年第三季度."""
    return value.column > label.right + 1 and _TIME.fullmatch(value.text) is not None


def _is_head(box: Box) -> bool:
    """Whether words are rather those above a column than typed: 金额, not 某某改造提升项目."""
    said = bare_words(box.text)
    return len(said) < _LONG and _HEAD.search(said) is not None


def ends_a_label(box: Box) -> bool:
    """Whether a box says that something is typed beside it, as 单位名称： does."""
    return box.text.endswith(COLONS)
