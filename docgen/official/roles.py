"""What each paragraph is in an official document: title, text, 附件说明, date, annex.

Told by its words and where it stands, never by a style's name: a clerk formats by hand.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from enum import Enum, auto
from itertools import pairwise, takewhile
from typing import Final

from docgen.official.numbers import FIRST, SECOND, number_of
from docgen.official.paragraphs import Paragraph
from docgen.template.model.errors import Unit


class Role(Enum):
    """What a paragraph is."""

    TITLE = auto()
    TEXT = auto()
    NOTE = auto()  # 附件说明
    SIGNATURE = auto()
    DATE = auto()
    ANNEX = auto()  # the line 附件1 at the head of an annex
    FREE = auto()  # of what the norm asks nothing here: tables, covers, captions, 版记


_LARGE: Final = 18.0  # points: more than any text has
_LONG: Final = 40  # letters that no title, caption or 署名 has
_SENTENCE: Final = 15  # letters of a sentence; a remark on a cover has fewer
_GENRE: Final = re.compile(
    "(报告|通知|意见|函|请示|批复|决定|决议|通报|纪要|公告|通告|公报|命令|议案|方案|办法|规定|总结|"
    "说明|细则|计划|要点|条例|规则|汇报|情况)([（(].*[）)])?$"
)
# What stands above or below a title and is none: 版头, a bracketed date, a second line with a dash.
_HEAD: Final = re.compile(
    r".*[〔\[［【﹝(（]\s*\d{2,4}\s*[〕\]］】﹞)）]\s*第?\s*\d+\s*号|.*签发人|\d{1,6}$|"
    r"(绝密|机密|秘密|特急|加急|平急)|.*文件$"
)
_BESIDE_TITLE: Final = re.compile(
    r"[（(]|[—–-]|\d{2,4}\s*[年./-]\s*\d{1,2}\s*[月./-]|[^:：]{2,8}[:：]|.*[:：]$"
)
ANNEX: Final = re.compile(
    r"附\s*件\s*([0-9０-９一二三四五六七八九十]{0,3})\s*([:：.．、。]?)\s*(.*)"
)
DATE: Final = re.compile(
    r"(?=.{6,16}$)(\S{2,4}年\S{0,3}月(\S{0,3}日)?|\d{2,4}([-./])\d{1,2}\3\d{1,2}日?)$"
)
_IMPRINT: Final = re.compile(r"(抄\s*送|主\s*送|印\s*发\s*机\s*关)|.*印发$")
_CONTENTS: Final = re.compile(r"目\s*[录次]")
_CAPTION: Final = re.compile(r"[表图]\s*\d{1,2}(?:-\d{1,2})?(?:\s|[:：.．])")
_ITEM: Final = re.compile(r"\d{1,2}\s*[.．、]")


def roles(paragraphs: Sequence[Paragraph]) -> list[Role]:
    """What each paragraph is."""
    found = [Role.FREE] * len(paragraphs)
    contents = _contents_pages(paragraphs)
    flow = [at for at, one in enumerate(paragraphs) if _is_flow(one) and at not in contents]
    first = next((at for at in flow if _is_text(paragraphs[at])), len(paragraphs))
    for at in _title([at for at in flow if at < first], first, paragraphs):
        found[at] = Role.TITLE
    rest = [at for at in flow if at >= first]
    title = found.index(Role.TITLE) if Role.TITLE in found else first
    below_title = [at for at in flow if title < at < first]
    for at in below_title:
        if found[at] is Role.FREE and paragraphs[at].layout.align != "center":
            found[at] = Role.TEXT
    annexes = [at for at in rest if _is_annex(at, rest, paragraphs)]
    end = annexes[0] if annexes else len(paragraphs)
    _put_text(found, [at for at in rest if at < end], paragraphs)
    for start, stop in pairwise([*annexes, len(paragraphs)]):
        found[start] = Role.ANNEX
        if not _has_table(paragraphs[start:stop]):
            _put_annex(found, [at for at in rest if start < at < stop], paragraphs)
    _put_captions(found, paragraphs)
    return found


def _is_flow(one: Paragraph) -> bool:
    is_other = one.is_contents or _IMPRINT.match(one.words)
    return one.is_outside and bool(one.words) and not is_other


def _contents_pages(paragraphs: Sequence[Paragraph]) -> set[int]:
    """The pages headed 目录: a table of contents that is typed repeats all headings."""
    found: set[int] = set()
    starts = [at for at, one in enumerate(paragraphs) if one.starts_page and one.words]
    for at, one in enumerate(paragraphs):
        if _CONTENTS.fullmatch(one.words) and (after := [start for start in starts if start > at]):
            found.update(range(at, after[0]))
    return found


def _is_text(one: Paragraph) -> bool:
    """Whether the text itself begins here: with a heading, or with a sentence."""
    number = number_of(one.words)
    if number is not None and number.level in (FIRST, SECOND):
        return True
    is_sentence = one.words.endswith(("。", "；")) and len(one.words) > _SENTENCE
    return (len(one.words) > _LONG or is_sentence) and not _looks_like_title(one)


def _title(front: list[int], first: int, paragraphs: Sequence[Paragraph]) -> list[int]:
    """The lines of the title: those in the middle above the text, on the same page."""
    pages = [at for at in [*front, first] if at < len(paragraphs) and paragraphs[at].starts_page]
    top = pages[-1] if pages else 0
    lines = [at for at in front if at >= top and not _is_beside_title(paragraphs[at])]
    # What is red above the title is 发文机关标志; what alone is red is a red title.
    lines = [at for at in lines if not _is_red(paragraphs[at])] or lines
    looks = [_looks_like_title(paragraphs[at]) for at in lines]
    if True not in looks:
        return lines[:1]
    start = looks.index(True)
    together = list(takewhile(lambda at: _looks_like_title(paragraphs[at]), lines[start:]))
    ends = [n for n, at in enumerate(together) if _GENRE.search(paragraphs[at].words)]
    return together[: ends[-1] + 1 if ends else 1]


def _looks_like_title(one: Paragraph) -> bool:
    """Whether it stands in the middle or is large, for either may have been forgotten."""
    size = max((run.letters.size_pt for run in one.runs if run.text.strip()), default=0)
    return one.layout.align == "center" or size >= _LARGE


def _is_beside_title(one: Paragraph) -> bool:
    return bool(_HEAD.match(one.words) or _BESIDE_TITLE.match(one.words))


def _is_red(one: Paragraph) -> bool:
    colors = {run.letters.color for run in one.runs if run.text.strip()}
    return bool(colors) and all(color.startswith(("F", "E", "C")) for color in colors)


def _is_annex(at: int, flow: Sequence[int], paragraphs: Sequence[Paragraph]) -> bool:
    """Whether an annex begins here, and it is no 附件说明."""
    match = ANNEX.match(paragraphs[at].words)
    if match is None or len(paragraphs[at].words) > _LONG:
        return False
    number, _, rest = match.groups()
    if rest:
        return bool(number) and paragraphs[at].starts_page
    after = next((one for one in flow if one > at), None)
    lists = after is not None and bool(_ITEM.match(paragraphs[after].words))
    return paragraphs[at].starts_page or bool(number) or not lists


def _put_text(found: list[Role], flow: Sequence[int], paragraphs: Sequence[Paragraph]) -> None:
    """The roles of the main text."""
    in_note = False
    for before, at in zip([None, *flow], flow, strict=False):
        one = paragraphs[at]
        begins = (match := ANNEX.match(one.words)) is not None and bool(match[2] or not match[3])
        in_note = begins or (in_note and bool(_ITEM.match(one.words)))
        if in_note:
            found[at] = Role.NOTE
        elif DATE.match(re.sub(r"\s", "", one.words)):
            found[at] = Role.DATE
            if before is not None and _is_signature(paragraphs[before]):
                found[before] = Role.SIGNATURE
        elif one.layout.align != "center" or len(one.words) > _LONG or number_of(one.words):
            found[at] = Role.TEXT


def _is_signature(one: Paragraph) -> bool:
    return (
        len(one.words) < _LONG and number_of(one.words) is None and one.words[-1] not in "。；：:"
    )


def _has_table(paragraphs: Sequence[Paragraph]) -> bool:
    return any(step.unit is Unit.CELL for one in paragraphs for step in one.where.steps)


def _put_annex(found: list[Role], flow: Sequence[int], paragraphs: Sequence[Paragraph]) -> None:
    """An annex without a table is set like the text, behind its title."""
    for at in flow[1:]:
        if paragraphs[at].layout.align != "center":
            found[at] = Role.TEXT


def _is_seen(one: Paragraph) -> bool:
    return bool(one.words) or not one.is_outside or one.has_picture


def _put_captions(found: list[Role], paragraphs: Sequence[Paragraph]) -> None:
    """A short line beside a table or a picture belongs to it: 单位:万元, 注:……, 表1 ……."""
    seen = [at for at, one in enumerate(paragraphs) if _is_seen(one)]
    for at, one in enumerate(paragraphs):
        if found[at] is not Role.TEXT or len(one.words) > _LONG or number_of(one.words):
            continue
        before, after = bisect_left(seen, at), bisect_right(seen, at)
        around = (*seen[max(before - 1, 0) : before], *seen[after : after + 1])
        beside = [paragraphs[other] for other in around]
        is_label = re.match(
            r"(单位|金额单位|注|备注|说明|资料来源|数据来源|[表图]\s*\d)", one.words
        )
        has_figure = any(
            not p.is_outside or p.has_picture or _CAPTION.match(p.words) for p in beside
        )
        if has_figure and (is_label or one.layout.align in ("right", "end")):
            found[at] = Role.FREE
