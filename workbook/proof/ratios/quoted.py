"""Rates that all know by their name, 城镇化率 and 资产负债率, and those whose two figures follow.

`资产总额286.40亿元,负债总额171.84亿元,资产负债率60.00%`; `床位使用率53.52%(562张/1,050张)`.
Names and figures stand in `words.toml`.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from workbook.proof.arithmetic import ONE, Fit, Term, rounded_to, term
from workbook.proof.model import Severity, Slip, Spot, Statement, Words
from workbook.proof.multiplied.made import base_unit, unit_of
from workbook.proof.percentages import is_share_slip, percent, rate_fit
from workbook.proof.ratios.rates import COMPLETION
from workbook.proof.vocabulary import vocabulary
from workbook.stated.clauses import FACTORS, Said, Sentence, Way
from workbook.stated.folded import sentence as whole_sentence

_ENDS: Final = r"(?:共|合计|总计|总数|总额|人数|数量|完成|实现|余额|率|达到|达|为|有|是|数)*$"
_COMPARED: Final = re.compile(
    r"[比较](?!例|重|率)|上年|去年|年初|同期|期初|预算|计划(?!招生)|目标|人均|新增"
)
_RATE_ENDS: Final = r"(?:稳定在|保持在|控制在|仅|约|为|达到|达|是)*$"
_PLACES: Final = ("张", "床", "个", "间", "位", "套", "人")
_PLAIN: Final = re.compile(
    r"(?:其|平均|综合|总体|整体|年末|期末|全年|实际|养老|机构|本|的|达|上|半|年|季度|月末|全[县市区省州国院校])+"
)
_NUMBER: Final = r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_UNIT: Final = r"([\u4e00-\u9fff㎡]{1,4})?"
_BEHIND: Final = re.compile(rf"(?P<rate>\d+(?:\.\d+)?)%\({_NUMBER}{_UNIT}[/÷]{_NUMBER}{_UNIT}\)")


class Ratio(NamedTuple):
    """A rate's name and what its two figures are called; `less` is taken away of the whole."""

    rate: re.Pattern[str]
    part: re.Pattern[str]
    whole: re.Pattern[str]
    is_rest: bool


@cache
def _ratios() -> tuple[Ratio, ...]:
    return tuple(
        Ratio(
            re.compile(rf"(?:{one.rate}){_RATE_ENDS}"),
            re.compile(rf"{one.part or one.less}{_ENDS}"),
            re.compile(rf"{one.whole}{_ENDS}"), bool(one.less),
        )
        for one in vocabulary().ratios
    )  # fmt: skip


def quoted(statement: Statement) -> Iterator[tuple[str, Slip | None]]:
    """Each rate of the statement whose figures are told by its name, or in a bracket behind."""
    text = statement.folded.text
    if "%" not in text:
        return
    for match in _BEHIND.finditer(text):
        yield COMPLETION, _in_bracket(match, statement)
    before: list[Said] = []
    for sentence in statement.sentences:
        for one in sentence.figures:
            is_rate = (
                one.unit == "%" and one.is_exact and one.way in (Way.PERCENT, Way.DONE, Way.SHARE)
            )
            if is_rate and ("率" in one.clause or "比" in one.clause):
                yield from _named(
                    one, [*before, *_before(one, sentence)], Spot(sentence, statement)
                )
        before += sentence.figures


def _before(rate: Said, sentence: Sentence) -> list[Said]:
    return [one for one in sentence.figures if one.start < rate.start]


def _named(rate: Said, known: Sequence[Said], spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    """A rate against the last figures before it that its name is made of."""
    found = next((one for one in _ratios() if one.rate.search(rate.clause)), None)
    if found is None:
        return
    plain = [
        one for one in known
        if one.way is Way.VALUE and one.is_exact and one.unit != "%" and not one.depth
        and not _COMPARED.search(one.clause)
    ]  # fmt: skip
    parts = [one for one in plain if found.part.search(one.clause)]
    wholes = [one for one in plain if one not in parts and found.whole.search(one.clause)]
    pairs = [
        (part, whole) for part in parts for whole in wholes
        if _unit(part) == _unit(whole) and whole.value
    ]  # fmt: skip
    if not pairs:
        return
    if any(_fit(rate, pair, found) is Fit.EXACT for pair in pairs):
        yield COMPLETION, None
        return
    pair = parts[-1], wholes[-1]
    if (
        pair in pairs
        and len(pairs) == 1
        and _is_of(rate, pair, found)
        and _is_slip(rate, pair, found)
    ):
        yield COMPLETION, _off(rate, pair, found, spot)


def _is_of(rate: Said, pair: tuple[Said, Said], ratio: Ratio) -> bool:
    """Whether the words before a rate's name are those of its figures: no 母公司资产负债率."""
    match = ratio.rate.search(rate.clause)
    lead = _PLAIN.sub("", rate.clause[: match.start()]) if match else ""
    return not lead or all(letter in pair[0].clause + pair[1].clause for letter in lead)


def _unit(one: Said) -> str:
    """What a figure counts, places with those who take them: 床位860张,入住731人."""
    unit = base_unit(one)
    return "人" if unit in _PLACES and not one.decimals else unit


def _terms(pair: tuple[Said, Said], ratio: Ratio) -> tuple[Term, Term]:
    """The figure above and the one below the line, in the smallest unit."""
    part, whole = (
        Term(one.value, unit_of(one.unit)[1], one.decimals, _half(one), str(one)) for one in pair
    )
    if ratio.is_rest:
        rest = (whole.amount - part.amount) / whole.factor
        part = whole._replace(value=rest, half=part.half + whole.half)
    return part, whole


def _half(one: Said) -> Decimal:
    return max(
        one.half,
        Decimal(5).scaleb(-one.decimals - 1) * unit_of(one.unit)[1] if one.decimals else one.half,
    )


def _fit(rate: Said, pair: tuple[Said, Said], ratio: Ratio) -> Fit:
    part, whole = _terms(pair, ratio)
    return rate_fit(term(rate), part.amount, whole.amount, (part.half, whole.half))


def _is_slip(rate: Said, pair: tuple[Said, Said], ratio: Ratio) -> bool:
    part, whole = _terms(pair, ratio)
    if _fit(rate, pair, ratio) is not Fit.OFF:
        return False
    if not ratio.is_rest:
        return is_share_slip(term(rate), part, whole)
    less, _ = _terms(pair, ratio._replace(is_rest=False))
    other = term(rate)._replace(value=100 - rate.value)
    return is_share_slip(term(rate), part, whole) or is_share_slip(other, less, whole)


def _off(rate: Said, pair: tuple[Said, Said], ratio: Ratio, spot: Spot) -> Slip:
    part, whole = _terms(pair, ratio)
    due = rounded_to(percent(part.amount, whole.amount), max(rate.decimals, 2))
    top = f"({pair[1]} - {pair[0]})" if ratio.is_rest else f"{pair[0]}"
    words = Words(f"{rate.clause[-16:]}{rate}", f"{due}%", f"{top} ÷ {pair[1]} = {due}%")
    return spot.slip(COMPLETION, Severity.ERROR, (*pair, rate), words)


def _in_bracket(match: re.Match[str], statement: Statement) -> Slip | None:
    """53.52%(562张/1,050张): the two figures right behind it."""
    rate, top, unit, bottom, other = match.groups()
    part, whole = (Decimal(one.replace(",", "")) for one in (top, bottom))
    factors = [FACTORS.get(one or "", ONE) for one in (unit or other, other or unit)]
    part, whole = part * factors[0], whole * factors[1]
    decimals = len(rate.partition(".")[2])
    shown = Term(Decimal(rate), decimals=decimals)
    if not whole:
        return None
    halves = [
        Decimal(5).scaleb(-len(one.partition(".")[2]) - 1) * by if "." in one else Decimal(0)
        for one, by in zip((top, bottom), factors, strict=True)
    ]
    how = rate_fit(shown, part, whole, (halves[0], halves[1]))
    if how is not Fit.OFF:
        return None
    due = rounded_to(percent(part, whole), max(decimals, 2))
    origin = statement.folded.origin
    start, end = origin[match.start()], origin[match.end() - 1] + 1
    return Slip(
        COMPLETION, Severity.ERROR, statement.place, whole_sentence(statement.text, start, end),
        (f"{rate}%", f"{top}{unit or ''}", f"{bottom}{other or ''}"), match[0], f"{due}%",
        f"{top} ÷ {bottom} = {due}%",
    )  # fmt: skip
