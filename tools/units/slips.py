"""Slips as clerks make them, each with the rule or the reading that it breaks."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

Typed = Decimal | int | str | None


@dataclass(frozen=True)
class Slip:
    """What is typed over, and the id of the rule, or the code of the reading, that tells of it.

    `Slip("三公不等于分项", "三公经费构成", {"三公经费": Decimal("9.99")})`
    """

    name: str
    breaks: str
    typed: dict[str, Typed] = field(hash=False)


SLIPS: Final = (
    Slip("行政编制多一人", "编制构成", {"编制数": 12}),
    Slip("科室数错", "内设机构个数", {"内设机构数": 4}),
    Slip("下属单位数错", "所属单位个数", {"所属单位数": 2}),
    Slip("基本支出两位颠倒", "基本支出构成", {"基本支出": Decimal("159.49")}),
    Slip("项目支出漏一项", "项目支出明细", {"项目支出": Decimal("65.07")}),
    Slip("全年预算没有加追加", "全年预算构成", {"全年预算": Decimal("270.24")}),
    Slip("三公不等于分项", "三公经费构成", {"三公经费": Decimal("1.86")}),
    Slip("办公费多一位", "公用经费分项_本年决算数", {"办公_本年决算数": Decimal("79.50")}),
    Slip("采购额填成了元", "采购不超执行数", {"采购_本年决算数": Decimal(30000)}),
    Slip("金额里写了字", "not-a-number", {"公用经费": "约23.75"}),
    Slip("金额填负数", "too-small", {"楼堂馆所_批复规模": Decimal("-3.00")}),
    Slip("漏填成文日期", "required", {"成文日期": None}),
    Slip("日期写不存在的一天", "not-a-date", {"成文日期": "2023-02-30"}),
    Slip("人数填了小数", "too-many-decimals", {"在职人员": Decimal("10.5")}),
)
