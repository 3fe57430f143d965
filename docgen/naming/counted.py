"""The units of a figure as data: which are one, and by what factor one becomes another."""

from typing import Final

ONE_UNIT: Final = (  # other words for the same; longest said first where one begins another
    ("千克", "公斤", "kg"),
    ("公里", "千米", "km"),
    ("千瓦时", "度", "kWh"),
    ("册", "册、件", "册件", "册(件)", "册（件）", "册/件"),
    ("万册", "万册、件", "万册件", "万册(件)", "万册（件）", "万册/件"),
    ("亩", "市亩"),
    ("吨", "t"),
    ("平方公里", "平方千米", "km²", "km2"),
    ("平方米", "㎡", "m²", "m2", "平米"),
    ("立方米", "m³", "m3"),
    ("千瓦", "kW"),
    ("人次", "人·次"),
    ("场", "场次"),
    ("台", "台次", "例", "例次"),
    ("天", "床日"),
)
_TEN_THOUSAND: Final = (
    "人", "人次", "户", "次", "册", "册次", "件", "个", "吨", "平方米", "立方米", "亩", "千瓦时",
    "公里", "升",
)  # fmt: skip
OTHER_UNITS: Final = {  # of a unit those in which its figure may be printed, each with the factor
    "元": (("万元", "/ 10000"), ("亿元", "/ 100000000"), ("千元", "/ 1000")),
    "千元": (("万元", "/ 10"), ("亿元", "/ 100000"), ("元", "* 1000")),
    "万元": (("亿元", "/ 10000"), ("元", "* 10000")),
    "亿元": (("万元", "* 10000"),),
    **{unit: ((f"万{unit}", "/ 10000"),) for unit in _TEN_THOUSAND},
    **{f"万{unit}": ((unit, "* 10000"),) for unit in _TEN_THOUSAND},
    "公斤": (("吨", "/ 1000"),),
    "千克": (("吨", "/ 1000"),),
    "kg": (("吨", "/ 1000"),),
    "米": (("公里", "/ 1000"),),
    "%": (("‰", "* 10"),),
    "‰": (("%", "/ 10"),),
}
OTHER_UNITS["吨"] = (*OTHER_UNITS["吨"], ("公斤", "* 1000"), ("千克", "* 1000"))
OTHER_UNITS["公里"] = (*OTHER_UNITS["公里"], ("米", "* 1000"))
FACTORS: Final = frozenset(factor for some in OTHER_UNITS.values() for _, factor in some)


def is_same_unit(unit: str, after: str) -> bool:
    """Whether what stands behind a figure is its unit in other words: 千克 where it is kg."""
    return any(
        after.startswith(one) for some in ONE_UNIT if unit in some for one in some if one != unit
    )


def units_behind(after: str) -> str:
    """The longest unit of this table that stands behind a figure, "" for none."""
    known = (one for one in {*OTHER_UNITS, *(one for some in ONE_UNIT for one in some)})
    return max((one for one in known if after.startswith(one)), key=len, default="")
