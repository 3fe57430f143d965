"""The figures of each sentence with the words around them, and what each figure does there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from typing import Final

from workbook.stated.figures import ROUGHLY, read_figure, written_with
from workbook.stated.folded import Folded, fold, numbering
from workbook.stated.units import MONEY, UNITS
from workbook.stated.words import general

_LARGE: Final = tuple(f"{power}{unit}" for unit in general().large for power in "万亿")
MORE_UNITS: Final = (*general().classifiers, *_LARGE)  # behind figures that no form asks for
FACTORS: Final = {unit: Decimal(10) ** power for unit, power in MONEY.items()}
POINTS: Final = "个百分点"
# 1286户2104人: digits may follow a unit, not a number.
_FIGURE: Final = re.compile(
    rf"(?<![\d.A-Za-z~第/])(?<![\d%元]-){written_with((*UNITS, *MORE_UNITS))}"
    r"(?![/~-]\d|/)(?:(?<=[\u4e00-\u9fff㎡])|(?!\d))"
)
_BARE: Final = re.compile(
    r"(?:(?<=[\u4e00-\u9fff])|(?<=[:为]))(?!(?:19|20)\d\d\b)[\d,]+(?:\.\d+)?(?=[,;、)])"
)
_BREAK: Final = re.compile(r"[,;:()、]")
_ASIDE: Final = re.compile(r"\((?:境|类|款|项|镇|街道|含[^()]{1,8}|不含[^()]{1,8})\)|收、支")
_ROUGH_BEFORE: Final = re.compile(
    r"(?:(?<![节预合契])约|近|超过|不超过|不足|不低于|不少于|多于|逾|大约|大概|接近|达到或超过|上百|预计|估计)为?$"
)
_ROUGH_AFTER: Final = re.compile(rf"(?!多\d)(?:{ROUGHLY})|及以")  # 比计划82.0公里多4.4公里
_MORE: Final = (
    "增加|增长|增收|增产|增支|多收|多支出|多支|上升|提高|提升|调增|核增|增|多|超出|超支|上涨|扩大|"
    "延长"
)
_FEWER: Final = (
    "减少|下降|减收|减产|减支|少收|少支出|少支|降低|节约|压减|调减|核减|减|少|缩减|压缩|缩短|"
    "结余|降|回落"
)
_TAIL: Final = "(?:了|额|数|金额|资金|率|幅|幅度|比例|约)?(?:共|共计|分别)?(?:为|达|达到|是)?"
# 增减率 says neither more nor less.
_CHANGED: Final = re.compile(rf"(?:({_MORE})|(?<!增)({_FEWER})){_TAIL}$")
_WIDTH: Final = re.compile(r"(?:(增幅|增速|涨幅)|(降幅|减幅))(?:为|达|达到|是)?$")
_DONE: Final = re.compile(
    r"完成|执行率|执行进度|支出进度|支出率|使用率|到位率|占.{0,12}预算.{0,3}的$|为.{0,4}预算数?的$"
)
_PIECE: Final = re.compile(r"[^。!?\n]+[。!?\n]?")


class Way(Enum):
    """What a figure does in its sentence."""

    VALUE = auto()
    AMOUNT = auto()  # by which something has changed
    CHANGE_RATE = auto()
    POINTS = auto()  # a change of a rate
    SHARE = auto()
    DONE = auto()  # the rate at which a budget was carried out
    PERCENT = auto()  # of what, the words do not say


@dataclass(frozen=True, slots=True)
class Said:
    """A figure of a sentence with the words around it.

    `gap` is all that stands between the figure before and this one, `clause` what of it stands
    behind the last comma or bracket; `after` is what follows. `depth` counts the brackets around
    it, `sign` is 1 for 增加, -1 for 减少. In `比上年增加0.06万元,增长6.5%` the figures are
    Said(value=Decimal("0.06"), unit="万元", way=Way.AMOUNT, sign=1, clause="比上年增加", …) and
    Said(value=Decimal("6.5"), unit="%", way=Way.CHANGE_RATE, sign=1, clause="增长", …).
    """

    value: Decimal
    unit: str
    decimals: int
    start: int
    end: int
    gap: str
    clause: str
    after: str
    depth: int
    is_exact: bool
    way: Way
    sign: int = 0

    @property
    def kind(self) -> str:
        """The unit, one for all amounts of money."""
        return "元" if self.unit in MONEY else self.unit

    @property
    def amount(self) -> Decimal:
        """The value, money in 元."""
        return self.value * FACTORS.get(self.unit, Decimal(1))

    @property
    def half(self) -> Decimal:
        """Half of the last digit written; 0 for whole numbers, exact but for 亿元 and %."""
        if self.unit not in ("亿元", "%") and not self.decimals:
            return Decimal(0)
        return Decimal(5).scaleb(-self.decimals - 1) * FACTORS.get(self.unit, Decimal(1))

    def __str__(self) -> str:
        return f"{self.value:f}{self.unit}"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph and its figures; `start` is where it stands in the folded text."""

    text: str
    start: int
    figures: tuple[Said, ...]


def sentences(folded: Folded) -> Iterator[Sentence]:
    """The sentences of a paragraph; a 。 inside brackets ends none."""
    text = folded.text
    done = len(numbering(text))
    for start, end in _bounds(text, done):
        words = text[start:end]
        yield Sentence(words, start, tuple(_figures(words)))


def read_sentences(text: str) -> list[Sentence]:
    """The sentences of `text` as it is written."""
    return list(sentences(fold(text)))


def _bounds(text: str, start: int) -> Iterator[tuple[int, int]]:
    first = start
    for match in _PIECE.finditer(text, start):
        piece = text[first : match.end()]
        is_open = (
            piece.count("(") > piece.count(")") and ")" in text[match.end() : match.end() + 80]
        )
        if is_open and not piece.endswith("\n") and match.end() < len(text):
            continue
        yield first, match.end()
        first = match.end()


def _figures(words: str) -> Iterator[Said]:
    done, unit, depth, counted = 0, "", 0, 0
    for match in _FIGURE.finditer(words):
        # From the last figure on: a cell of a million letters has a hundred thousand of them.
        depth += words.count("(", counted, match.start()) - words.count(")", counted, match.start())
        counted = match.start()
        figure = read_figure(match)
        if not figure.unit and not (unit and depth and _BARE.match(words, match.start())):
            continue
        unit = figure.unit or unit
        value = figure.value
        if match[0][0] in "+-" and words[match.start() - 1 : match.start()].isdigit():
            continue
        gap = words[done : match.start()]
        hidden = _ASIDE.sub(lambda one: "·" * len(one[0]), gap)
        clause = gap[max((one.end() for one in _BREAK.finditer(hidden)), default=0) :]
        after = words[match.end() : match.end() + 12]
        way, sign = _way(clause, unit)
        done = match.end()
        yield Said(
            value=value,
            unit=unit,
            decimals=max(0, -int(value.as_tuple().exponent)),
            start=match.start(),
            end=match.end(),
            gap=gap,
            clause=clause,
            after=after,
            depth=depth,
            is_exact=figure.is_exact
            and not (_ROUGH_BEFORE.search(clause) or _ROUGH_AFTER.match(after)),
            way=way,
            sign=sign,
        )


def _way(clause: str, unit: str) -> tuple[Way, int]:
    changed = _CHANGED.search(clause) or _WIDTH.search(clause)
    sign = 0 if changed is None else 1 if changed[1] else -1
    if unit == POINTS:
        return Way.POINTS, sign
    if unit == "%":
        if changed is not None:
            return Way.CHANGE_RATE, sign
        if _DONE.search(clause):
            return Way.DONE, 0
        return (Way.SHARE if "占" in clause else Way.PERCENT), 0
    is_change = changed is not None and changed[2] != "结余" and changed[0] != "提升"
    return (Way.AMOUNT, sign) if is_change else (Way.VALUE, 0)
