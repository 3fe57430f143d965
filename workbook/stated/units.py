"""Units that stand behind figures in documents, and those that are declared for all figures."""

import re
from collections.abc import Collection
from typing import Final

MONEY: Final = {"元": 0, "百元": 2, "千元": 3, "万元": 4, "百万元": 6, "亿元": 8}  # powers of ten
PEOPLE: Final = frozenset(("名", "人"))
UNITS: Final = (
    "亿元", "百万元", "万元", "千元", "百元", "元", "%", "个百分点", "名", "人", "个", "家", "辆",
    "平方米", "㎡", "米", "项", "次", "件", "户", "批次", "台", "分", "人次", "篇", "起", "处",
    "场", "期", "套", "份", "亩", "天", "公里", "吨", "座", "所", "支",
)  # fmt: skip
_DECLARED: Final = re.compile(
    rf"单位:(?:人民币)?({'|'.join(sorted(MONEY, key=len, reverse=True))})"
)


def declared_units(text: str) -> frozenset[str]:
    """The units of money that a folded text says its figures are in: `(单位:万元)`."""
    return frozenset(_DECLARED.findall(text))


def is_contradicted(unit: str, declared: Collection[str]) -> bool:
    """Whether the unit beside an amount is another than the one declared for all of them."""
    return unit in MONEY and any(other != unit for other in declared)
