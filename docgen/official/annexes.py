"""附件说明 under the text and the line 附件1 at the head of each annex: 7.3.4 and 7.3.7."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from docgen.official.model import STANDARD, Deviation
from docgen.official.numbers import number_of
from docgen.official.paragraphs import Paragraph
from docgen.official.roles import ANNEX, Role

_NOTE, _ANNEX = f"{STANDARD} 7.3.4", f"{STANDARD} 7.3.7"
_ALIGNED: Final = ("left", "start", "both")
_GOOD: Final = re.compile(r"附件\d{0,2}")


def annex_deviations(paragraphs: Sequence[Paragraph], roles: Sequence[Role]) -> Iterator[Deviation]:
    """What deviates in 附件说明 and in the heads of annexes."""
    pairs = list(zip(paragraphs, roles, strict=True))
    heads = [one for one, role in pairs if role is Role.ANNEX]
    for one, role in pairs:
        if role is Role.NOTE:
            yield from _note(one)
    for count, one in enumerate(heads, 1):
        yield from _head(one)
        yield from _order(one, count, len(heads))


def _told(code: str, one: Paragraph, found: str, required: str, clause: str) -> Deviation:
    return Deviation(code, one.where, one.place, found, required, clause)


def _note(one: Paragraph) -> Iterator[Deviation]:
    match = ANNEX.match(one.words)
    begins = match is not None and number_of(one.words) is None
    if begins and match is not None:
        number, sign, _ = match.groups()
        if number or sign not in ("：", ""):
            found = one.words[: match.start(3)].strip()
            yield _told("annex-note", one, f"“{found}”", "“附件：”", _NOTE)
    if one.words[-1] in "。；，、,;.":
        found = f"“{one.words[-6:]}”"
        yield _told("annex-note", one, found, "附件名称后不加标点", _NOTE)


def _head(one: Paragraph) -> Iterator[Deviation]:
    words = re.sub(r"\s", "", one.words)
    if not _GOOD.fullmatch(words):
        match = ANNEX.match(one.words)
        number = _arabic(match[1]) if match is not None else ""
        required = f"单独一行的“附件{number}”,用阿拉伯数字,不加标点"
        yield _told("annex-mark", one, f"“{one.words[:20]}”", required, _ANNEX)
    if not one.starts_page:
        yield _told("annex-page", one, "接在正文后面", "另面编排", _ANNEX)
    blanks = one.text[: len(one.text) - len(one.text.lstrip())]
    is_at_margin = one.layout.align in _ALIGNED and not blanks
    if not is_at_margin or abs(one.layout.first_chars) > 0.2 or one.layout.left_twips > 60:
        yield _told("annex-mark", one, "没有顶格", "顶格编排在版心左上角第一行", _ANNEX)


def _arabic(number: str) -> str:
    found = number_of(f"{number}、") if number and not number.isdigit() else None
    return str(found.count) if found else number


def _order(one: Paragraph, count: int, total: int) -> Iterator[Deviation]:
    match = ANNEX.match(one.words)
    number = _arabic(match[1]) if match is not None else ""
    if number != str(count) and (number or total > 1):
        yield _told("annex-order", one, f"“附件{number}”", f"“附件{count}”", _ANNEX)
