"""Slips of writing: punctuation, quotes and brackets, doubled words, document numbers."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from workbook.proof.model import Slip, Statement, Words, error
from workbook.proof.vocabulary import vocabulary
from workbook.stated.folded import sentence

PUNCTUATION: Final = "punctuation"
PAIRS: Final = "pairs"
DOUBLED: Final = "doubled-words"
DOCUMENT_NUMBER: Final = "document-number"
_HAN: Final = "\u4e00-\u9fff"
_TWICE: Final = re.compile(
    r"。{2}(?!。)|，{2,}|,{2,}|、{2,}|；{2,}|;{2,}|：{2,}|？{2,}|[，、；：][。；]|。[，、；：,;:]|，[、；：]|、[，；]|[；：]，"
)
_CLOSERS: Final = {
    "》": "《",
    "）": "（",
    "】": "【",
    "〕": "〔",
    "”": "“",
    "’": "‘",
    "〉": "〈",
    "」": "「",
    "』": "『",
}
_ROUND: Final = {"(": "（", ")": "）"}
_PAIRED: Final = re.compile(
    "[" + re.escape("".join((*_CLOSERS, *_CLOSERS.values(), *_ROUND))) + "]"
)
_ITEM: Final = re.compile(
    r"(?:^|[。；;，,、：:\s\n”）)])(?:\d{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,3}|[①-⑳])$"
)
# A number in brackets at the beginning of a paragraph or a point, with and without the first one.
_HALVES: Final = tuple(
    re.compile(rf"(?:^|(?<=[。；;：:]))\s*(?P<open>[(（])?(?P<number>{number})[)）](?=[{_HAN}])")
    for number in (r"[一二三四五六七八九十]{1,3}", r"\d{1,2}")
)
_RARE: Final = 2  # such as are whole for each that is not
_INTERVAL: Final = re.compile(r"[\[［【(（]\s*[-\d.%％]+\s*[,，~～-]\s*[-\d.%％+∞]+\s*[)）\]］】]")
_WORD: Final = re.compile(rf"([{_HAN}]{{2,8}}?)\1(?!\1)")
_YEARS: Final = re.compile(r"((?:19|20)\d\d年度?)\1")
_SINGLE: Final = re.compile(
    r"的的(?![卢士确])|了了(?![解结却一望])|(?<![现所正潜内实])在在(?![职编校岗建线册读])|"
    r"和和(?![气美谐睦平])|万元万元|万元元|其中[：:，,]\s*其中|是是(?!非)|与与(?!会)|及及(?!时)"
)
_NUMBER: Final = re.compile(
    rf"([{_HAN}]{{1,8}}[发字函办财绩预规知文通综教人社卫农建][{_HAN}]{{0,3}})\s*([\[［【（(﹝〖{{<〈〔])\s*((?:19|20)\d\d)\s*"
    r"([\]］】）)﹞〗}>〉〕])\s*第?\s*\d{1,5}\s*号(?![楼院线馆厅店厂机井门])"
)


def punctuation(statement: Statement) -> Iterator[Slip | None]:
    """。。 and other marks that stand side by side."""
    text = statement.text
    for match in _TWICE.finditer(text):
        if not re.search(r"[.。…]$", text[: match.start()]) and "…" not in match[0]:
            yield _slip(PUNCTUATION, statement, match.span(), "留一个标点")


def doubled_words(statement: Statement) -> Iterator[Slip | None]:
    """的的, 进行进行, 2022年2022年; two nouns side by side, 专项资金资金到位率, are no slip."""
    text = statement.text
    for match in (*_SINGLE.finditer(text), *_YEARS.finditer(text)):
        yield _slip(DOUBLED, statement, match.span(), "删去重复的字")
    for match in _WORD.finditer(text):
        word = match[1]
        is_slip = len(word) > 2 or word in vocabulary().doubled
        if is_slip and word[0] not in "一二三四五六七八九十每" and len(set(word)) > 1:
            yield _slip(DOUBLED, statement, match.span(), f"“{word}”")


def document_numbers(statement: Statement) -> Iterator[Slip | None]:
    """某财发[2022]7号 is 某财发〔2022〕7号: GB/T 9704-2012, 7.2.5."""
    for match in _NUMBER.finditer(statement.text):
        if (match[2], match[4]) == ("〔", "〕"):
            yield None
            continue
        due = f"〔{match[3]}〕"
        yield _slip(DOCUMENT_NUMBER, statement, (match.start(2), match.end()), due)


def all_pairs(statements: Sequence[Statement]) -> Iterator[Slip | None]:
    """The pairs of all statements; one opened in a line and closed in the next is whole."""
    lone: list[tuple[int, Slip]] = []
    for number, statement in enumerate(statements):
        for slip in pairs(statement):
            if slip is None:
                yield None
            elif lone and number - lone[-1][0] < 2 and _fit(lone[-1][1], slip):
                lone.pop()
                yield None
            else:
                lone.append((number, slip))
    yield from (slip for _, slip in lone)
    yield from _half_numbers(statements)


def _half_numbers(statements: Sequence[Statement]) -> Iterator[Slip]:
    """三) where the document writes (一) and (二): a way to number that is used once is a slip.

    A document whose points are all 1) or 一) is left alone.
    """
    for form in _HALVES:
        found = [
            (one, match) for one in statements if not one.is_cell
            for match in form.finditer(one.text)
        ]  # fmt: skip
        lone = [(one, match) for one, match in found if not match["open"]]
        begins = any(match["number"] in ("1", "一") for _, match in lone)  # a series of its own
        if not begins and len(lone) * _RARE <= len(found) - len(lone):
            for one, match in lone:
                due = f"（{match['number']}）"
                yield _slip(PAIRS, one, match.span("number"), due)


def _fit(before: Slip, after: Slip) -> bool:
    """Whether one line lacks what the next has too much of: a title in two lines."""
    lacks, has = before.should_be.strip("“”"), after.should_be.strip("“”")
    closer = lacks.removeprefix("缺后面的").strip("“”") or "”"
    opener = has.removeprefix("缺前面的").strip("“”") or "“"
    is_pair = lacks.startswith("缺后面的") and has.startswith("缺前面的")
    return is_pair and before.place != after.place and _CLOSERS.get(closer) == opener


def pairs(statement: Statement) -> Iterator[Slip | None]:
    """Quotes and brackets that lack their other half; （…) is one pair all the same."""
    text = statement.text
    if not _PAIRED.search(text):
        return
    text = _INTERVAL.sub(lambda match: "　" * len(match[0]), text)
    opened: list[tuple[str, int]] = []
    pairs_in_order = 0
    for at, letter in enumerate(text):
        sign = _ROUND.get(letter, letter)
        if sign in _CLOSERS.values():
            opened.append((sign, at))
        elif sign in _CLOSERS:
            if opened and opened[-1][0] == _CLOSERS[sign]:
                opened.pop()
                pairs_in_order += 1
            elif any(one == _CLOSERS[sign] for one, _ in opened):
                while opened[-1][0] != _CLOSERS[sign]:
                    yield _lone(statement, opened.pop())
                opened.pop()
                pairs_in_order += 1
            elif not _is_item(text, at, sign) and not _is_apostrophe(text, at):
                yield _lone(statement, (sign, at))
    yield from _left_open(statement, opened)
    yield from (None for _ in range(pairs_in_order))


def _left_open(statement: Statement, opened: Sequence[tuple[str, int]]) -> Iterator[Slip]:
    """What was opened and never closed; of “词“ the second is the one that should close."""
    rest = list(opened)
    while rest:
        one = rest.pop(0)
        if rest and rest[0][0] == one[0] and one[0] in "“‘":
            _, at = rest.pop(0)
            closer = next(key for key, value in _CLOSERS.items() if value == one[0])
            yield _slip(
                PAIRS, statement, (at, at + 1), f"“{closer}”" if closer != "”" else "后引号”"
            )
        else:
            yield _lone(statement, one)


def _is_item(text: str, at: int, sign: str) -> bool:
    """Whether a closing bracket is that of 1) or a)."""
    return sign == "）" and bool(_ITEM.search(text[:at]))


def _is_apostrophe(text: str, at: int) -> bool:
    """Whether ’ stands behind a Latin letter."""
    before = text[max(at - 1, 0) : at]
    return text[at] == "’" and before.isascii() and before.isalpha()


def _lone(statement: Statement, found: tuple[str, int]) -> Slip:
    sign, at = found
    partner = _CLOSERS.get(sign) or next(key for key, value in _CLOSERS.items() if value == sign)
    what = "缺前面的" if sign in _CLOSERS else "缺后面的"
    due = f"{what}{partner}" if partner in "“”" else f"{what}“{partner}”"
    return _slip(PAIRS, statement, (at, at + 1), due)


def _slip(rule: str, statement: Statement, span: tuple[int, int], due: str) -> Slip:
    start, end = span
    says = statement.text[max(start - 8, 0) : end + 4].strip()
    return error(rule, statement.place, sentence(statement.text, start, end), Words(says, due))
