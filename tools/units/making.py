"""The workbook of one unit, its figures moved together so that all of them still tie."""

from decimal import Decimal
from random import Random
from typing import Final

from tools.units.slips import Slip, Typed
from workbook.checking.kinds import Kind, find_kind
from workbook.making.planning.layout import plan_sheets
from workbook.reading.spots import Spot
from workbook.saving.edited import Edited
from workbook.xlsx.addresses import cell_at
from workbook.years.beginning import new_workbook

KIND: Final = "department"
# The example, without what its warnings are about: one post too few, a budget that was exceeded.
_CALM: Final = {"行政编制": 8, "年初预算": Decimal("270.24"), "预算追加": Decimal("-5.00")}
_TOTAL: Final = Decimal("265.24")  # its expenditure, which two indicators repeat
_MOST: Final = 20_000  # hundredths of 万元 by which a unit's figures differ from the example's


class Maker:
    """Makes workbooks; the example is built and looked through once."""

    def __init__(self) -> None:
        kind = find_kind(KIND)
        self._whole = new_workbook(kind, sample=True)
        self._spots = _spots(kind)

    def workbook(self, name: str, random: Random, slip: Slip | None = None) -> bytes:
        """The workbook of a unit."""
        return self.typed({**moved(name, random), **(slip.typed if slip else {})})

    def typed(self, typed: dict[str, Typed]) -> bytes:
        """The example with these values typed over, `基本支出` or `项目.0.金额`."""
        file = Edited(self._whole)
        file.put({self._spots[key]: value for key, value in typed.items()})
        file.forget_results()
        file.calculate_on_opening()
        return file.data()


def moved(name: str, random: Random) -> dict[str, Typed]:
    """What a unit types: the staff cost more or less, and the budget has room for it."""
    more = Decimal(random.randrange(_MOST)) / 100
    return {
        **_CALM,
        "单位名称": name,
        "单位简称": name,
        "人员经费": Decimal("171.74") + more,
        "年初预算": _CALM["年初预算"] + more,
        "指标.5.年度指标值": _TOTAL + more,
        "指标.5.实际完成值": _TOTAL + more,
    }


def _spots(kind: Kind) -> dict[str, Spot]:
    found = {}
    for plan in plan_sheets(kind.form, kind.rules):
        for spot in plan.spots:
            row, column = cell_at(spot.address) or (0, 0)
            found[spot.field.key] = Spot(plan.sheet.name, row, column)
        for table in plan.tables:
            for number, row in enumerate(table.rows):
                for key, column in table.columns.items():
                    found[f"{table.table.key}.{number}.{key}"] = Spot(plan.sheet.name, row, column)
    return found
