"""Cells with labels in them and what is typed behind these: 填表人：张三　　联系电话：…."""

import re
from collections import Counter
from typing import Final

from workbook.adopting.model import Asked
from workbook.form.behind import Part, base_of, parts, runs_together, says_unit
from workbook.reading.spots import Spot
from workbook.viewing.typed_beside import is_signed
from workbook.viewing.views import SheetView
from workbook.viewing.words import bare_words, key_of

_NEEDED: Final = ("单位", "部门", "名称", "学校", "年度", "季度", "月份", "日期")
_OF_ITS_TIME: Final = ("日期", "时间", "年度", "季度", "月份", "期")  # no words of next year's
_DATED: Final = re.compile(r"(?:(?:19|20)\d\d|[一二][〇○零一二三四五六七八九]{3})\s*[年.\-/]")
_TOGETHER: Final = (
    "标签和内容连在一起({}),分不清到哪里为止,没有收进来,内容也没有清掉;请在各标签前面空一格再收"
)
_BEFORE: Final = "标签前面写着「{}」,当作表上自己的话留着;是填进去的,请删去再收"
_ENDS: Final = ("。", ":", "：", ")", "）")  # of a form's own words
_BEHIND_UNIT: Final = "单位后面还写着别的({}),没有收进来,内容也没有清掉;请另放一格再收"


def signed(sheet: SheetView, taken: set[str], told: list[str]) -> list[tuple[Asked, ...]]:
    """What is typed behind labels in their own cells.

    `taken` are keys, and gets those of these; `told` gets what is left alone and why.
    """
    asked = []
    for box in (one for one in sheet.each() if is_signed(one, sheet.row(one.row))):
        spot = Spot(sheet.name, box.row, box.column)
        if runs_together(box.text):
            told.append(f"{spot.place}:{_TOGETHER.format(box.text[:20])}")
            continue
        named = _named_parts(box.text)
        own = box.text[: named[0][1].begin].strip()
        told += [f"{spot.place}:{_BEFORE.format(own)}"] if own and not own.endswith(_ENDS) else []
        for words, part in named:
            typed = box.text[part.start : part.end]
            if says_unit(part.label, typed):
                if len(typed.split()) > 1:
                    told.append(f"{spot.place}:{_BEHIND_UNIT.format(typed)}")
                continue
            key = key_of(words, taken, sheet.name)
            asked.append(
                Asked(
                    key,
                    words,
                    "text",
                    spot,
                    value=typed or None,
                    behind=part.label,
                    own_words=own,
                    is_required=bool(typed) and words.endswith(_NEEDED),  # persons sign on paper
                    is_carried=not (words.endswith(_OF_ITS_TIME) or _DATED.match(typed)),
                )
            )
            own = ""  # which are said of the first
    return [tuple(asked)] if asked else []


def _named_parts(text: str) -> list[tuple[str, Part]]:
    """The labels of a cell with their names; one that stands there twice has that before it too.

    制表人：…　日期：…　审核人：…　日期：… are 制表人, 制表人日期, 审核人, 审核人日期.
    """
    found = [*parts(text)]
    counts = Counter(base_of(one.label) for one in found)
    named: list[tuple[str, Part]] = []
    before = ""
    for part in found:
        words = bare_words(base_of(part.label))
        if counts[base_of(part.label)] == 1:
            before = words
        else:
            words = f"{before}{words}"
        named.append((words, part))
    return named
