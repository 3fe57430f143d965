"""The sentence of the printed 评价标准, made from the numbers that score."""

from collections.abc import Iterator
from decimal import Decimal

from workbook.figures.numbers import plain
from workbook.form.scoring import Aimed, Bands, Equal, Inverse, Method, Ratio, Steps, Tiers

_KEEPS = {"<=": "≤", ">=": "≥"}
_BEYOND = {"<=": ">", ">=": "<"}


def rubric(method: Method, weight: Decimal | None = None, unit: str = "") -> str:
    """How a method scores, in words: `≤100%得满分；每超过1个百分点扣0.5分，…`.

    `unit` is the value's; with a weight its points are named, without one it is 满分.
    """
    full = "得满分" if weight is None else f"得{plain(weight)}分"
    whole = "分值" if weight is None else f"{plain(weight)}分"
    match method:
        case Ratio():
            aim = _aim(method, unit)
            return f"≥{aim}{full}；未达到的按实际完成值÷{aim}×{whole}计分"
        case Inverse():
            aim = _aim(method, unit)
            beyond = "不得分" if method.target == 0 else f"按{aim}÷实际完成值×{whole}计分"
            return f"≤{aim}{full}；超过的{beyond}"
        case Equal():
            return f"等于{_aim(method, unit)}{full}，否则不得分"
        case Steps():
            return f"{_kept(method, unit)}{full}；{_deduction(method, unit)}，扣完为止"
        case Tiers():
            return "；".join(_tiers(method, unit))
        case Bands():
            return "；".join(_bands(method, whole))


def _amount(number: Decimal, unit: str) -> str:
    return f"{plain(number)}{unit}" if number else "0"


def _aim(method: Aimed, unit: str) -> str:
    return "指标值" if method.target is None else _amount(method.target, unit)


def _kept(method: Steps, unit: str) -> str:
    sign = "≤" if method.direction == "above" else "≥"
    return f"{sign}{_amount(method.bound, unit)}"


def _deduction(method: Steps, unit: str) -> str:
    step = _amount(method.step, method.step_unit or ("个百分点" if unit == "%" else unit))
    beyond = "超过" if method.direction == "above" else "低于"
    rest = "不扣" if method.whole else "按比例扣"
    return f"每{beyond}{step}扣{plain(method.points)}分，不足{step}的{rest}"


def _tiers(method: Tiers, unit: str) -> Iterator[str]:
    for tier in method.tier:
        yield f"{_KEEPS[method.compare]}{_amount(tier.limit, unit)}得{plain(tier.points)}分"
    last = _amount(method.tier[-1].limit, unit)
    yield f"{_BEYOND[method.compare]}{last}得{plain(method.otherwise)}分"


def _bands(method: Bands, whole: str) -> Iterator[str]:
    for band in method.band:
        included = "（含）" if band.bottom else ""
        yield f"{band.word}得{whole}的{plain(band.top)}%—{plain(band.bottom)}%{included}"
