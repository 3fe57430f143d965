"""Units that stand behind figures in documents, plain enough to be imported for nothing."""

from typing import Final

MONEY: Final = {"元": 0, "百元": 2, "千元": 3, "万元": 4, "百万元": 6, "亿元": 8}  # powers of ten
UNITS: Final = (
    "亿元", "百万元", "万元", "千元", "百元", "元", "%", "个百分点", "名", "人", "个", "家", "辆",
    "平方米", "㎡", "米", "项", "次", "件", "户", "批次", "台", "分", "人次", "篇", "起", "处",
    "场", "期", "套", "份", "亩", "天", "公里", "吨", "座", "所", "支",
)  # fmt: skip
