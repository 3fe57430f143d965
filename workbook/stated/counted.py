"""Counts in Chinese words, 十二名 and 三个科室, and the name of what is counted."""

import re
from typing import Final, NamedTuple

_DIGITS: Final = "一二三四五六七八九"
_UNITS: Final = "[名人个家辆项]"
# 一名 and 一个 count nothing, 第三个 and 每三人 are of another kind, “十个一” is a name.
IN_WORDS: Final = (
    rf"(?<![“\"‘《第每几数千万亿点分之零〇{_DIGITS}十百两])"
    rf"(?:[二两三四五六七八九]|[二三四五六七八九]?十[{_DIGITS}]?)(?={_UNITS})"
)
INSIDE: Final = "内设机构数"
UNDER: Final = "所属单位数"
COUNTED: Final = frozenset((INSIDE, UNDER))
_BEFORE: Final = re.compile(
    r"(?P<body>[^,;:()、]*?)(?:目前|现|共|均)?(?P<verb>内设|下设|下属|所属)"
    r"(?:机构|科室|单位|有|了|共)*[^\d]*$"
)
_FIRST: Final = re.compile(
    r"(?P<body>[^,;:()、]*?)(?:目前|现|共|均)?(?P<verb>内设|下设|下属|所属)"
    r"(?P<noun>机构|科室|股室|处室|事业单位|预算单位|单位)(?:数|共有|共|有|为)*$"
)
_INSIDE: Final = re.compile(
    r"(?:职能|业务|行政|内设|综合)*(?:机构|科室|股室|处室|科(?=[,。;、]|$))"
)
_UNDER: Final = re.compile(
    r"(?:所属|下属|直属|二级|全额拨款|财政)*(?:事业单位|预算单位|二级机构|单位)"
)


class Named(NamedTuple):
    """What is counted, and the body whose it is, empty where none is named."""

    name: str
    body: str


def number_of(words: str) -> int | None:
    """`12` and `十二` as 12; None for more than 99 in words."""
    if words.isascii():
        return int(words)
    if words == "两":
        return 2
    tens, mark, ones = words.partition("十")
    if not mark:
        return _DIGITS.find(words) + 1 if len(words) == 1 and words in _DIGITS else None
    return (_DIGITS.find(tens) + 1 if tens else 1) * 10 + (_DIGITS.find(ones) + 1 if ones else 0)


def named_count(before: str, after: str) -> Named | None:
    """What 内设…3 and 个科室 around a figure count, or 内设科室3 and 个; None for all else."""
    first = _FIRST.search(before)
    match = first or _BEFORE.search(before)
    if match is None:
        return None
    after = first["noun"] if first else after
    if match["verb"] == "内设" and _INSIDE.match(after):
        return Named(INSIDE, match["body"])
    if match["verb"] != "内设" and _UNDER.match(after):
        return Named(UNDER, match["body"])
    return None
