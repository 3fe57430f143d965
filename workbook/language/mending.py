"""What an author may have meant by an expression that is written in another way than here."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Final

_SIGNS: Final = (
    ("＝", "="), ("（", "("), ("）", ")"), ("，", ","), ("＋", "+"), ("－", "-"), ("—", "-"),
    ("×", "*"), ("＊", "*"), ("÷", "/"), ("／", "/"), ("≤", "<="), ("≥", ">="), ("≦", "<="),
    ("≧", ">="), ("≠", "!="),
    ("＜", "<"), ("＞", ">"), ("“", '"'), ("”", '"'), ("<>", "!="), ("=>", ">="), ("=<", "<="),
    ("&&", " and "), ("||", " or "),
)  # fmt: skip
_INSIDE: Final = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")
_ALONE: Final = re.compile(r"(?<![=<>!])=(?!=)")
_WORDS: Final = ((r"\s且\s", " and "), (r"\s(?:并且|和)\s", " and "), (r"\s(?:或|或者)\s", " or "))
_THOUSANDS: Final = re.compile(r"(?<![\w.])\d{1,3}(?:,\d{3})+(?![\d,])")
_PERCENT: Final = re.compile(r"(\d+(?:\.\d+)?)\s*[%％]")
_FUNCTION: Final = re.compile(r"\b[A-Z]{3,}(?=\()")
_CHARACTER: Final = re.compile(r"unexpected char '(.)' at")


def mended(text: str) -> Iterator[str]:
    """The expression as it may be written here: `甲 ＝ 乙 ÷ 2` as `甲 == 乙 / 2`."""
    for theirs, ours in _SIGNS:
        text = text.replace(theirs, ours)
    text = _ALONE.sub("==", text.lstrip(" =　"))  # Excel's formulas begin with a sign
    for pattern, ours in _WORDS:
        text = re.sub(pattern, ours, text)
    text = _THOUSANDS.sub(lambda match: match[0].replace(",", ""), text)
    text = _PERCENT.sub(_share, text)
    is_excels = _FUNCTION.search(text) is not None
    text = _FUNCTION.sub(lambda match: match[0].lower(), text)
    text = re.sub(r" {2,}", " ", text).strip()
    yield text
    if (closed := _closed(text)) != text:
        yield closed
    if (joined := _INSIDE.sub("", text)) != text:  # 金 额
        yield joined
    if is_excels:
        yield re.sub(r"\bsum\(", "total(", text)  # of cells; `sum` is of a column


def _closed(text: str) -> str:
    """The expression with the quote and the brackets that it lacks, without those too many."""
    for quote in "'\"":
        text += quote * (text.count(quote) % 2)
    depth, kept = 0, ""
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        kept += sign if depth >= 0 else ""
        depth = max(depth, 0)
    return kept + ")" * depth


def _share(match: re.Match[str]) -> str:
    """5% as a factor is 5 / 100; in a comparison it is 5, as percentages are held."""
    before, after = match.string[: match.start()].rstrip(), match.string[match.end() :].lstrip()
    is_factor = before[-1:] in (*"*/+-",) or after[:1] in (*"*/+-",)
    return f"({match[1]} / 100)" if is_factor else match[1]


def reason(message: str) -> str:
    """Jinja's words for what it did not expect, in the author's."""
    if (match := _CHARACTER.match(message)) and match[1] == "!":
        return "「!」后面是单元格地址;这里不写地址,写那一格的 key"
    if match := _CHARACTER.match(message):
        return f"看不懂「{match[1]}」"
    if "end of print statement" in message.partition("got")[2] or message.startswith(
        "unexpected 'end of print"
    ):
        return "后面还缺一截"
    if "'}'" in message:
        return "括号没有配上"
    if match := re.search(r"(?:got|unexpected) '([^']+)'", message):
        return f"「{match[1]}」不该写在这里"
    return "请检查名字、引号、括号和运算符"


def near(name: str, known: Iterable[str]) -> str:
    """`,是不是「人员经费」?`, or nothing."""
    found = [] if name in (names := list(known)) else get_close_matches(name, names, 1, 0.6)
    return f",是不是「{found[0]}」?" if found else ""
