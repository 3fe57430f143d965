"""Every computed number of the annexes is what a second calculation from the typed cells gives."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from recomputed import NONE, recomputed
from spoiled import Spoil, in_turn, typing

from workbook.checking.intake import take_in
from workbook.reading.values import Entry

BUILT = typing(
    楼堂馆所_批复规模=1200,
    楼堂馆所_实际规模=1266.5,
    楼堂馆所_预算投资=480,
    楼堂馆所_实际投资=511.2,
)
UNEVEN = typing(
    {
        "项目.0.全年预算数": 4.75,
        "项目.3.金额": 29.99,
        "项目.4.全年预算数": None,
        "指标.0.实际完成值": 433,
        "指标.5.实际完成值": 281.3,
        "指标.10.实际完成值": 81,
        "项目指标.2.指标性质": "不适用",
        "项目指标.9.分值": 33.33,
        "项目指标.16.实际完成值": 66.67,
    },
    在职人员=13,
    年末结转=13.37,
    基金_全年预算数=120,
    基金_全年执行数=100.5,
    其他资金_全年预算数=580,
    执行口径="收入",
    重点项目支出_金额=52.5,
)
NOTHING = typing(
    {"项目.0.全年预算数": 0},
    年初预算=0,
    预算追加=0,
    编制数=0,
    采购_本年预算数=0,
    三公上年预算_金额=0,
)


@pytest.mark.parametrize(
    "spoil", [in_turn(), BUILT, UNEVEN, NOTHING], ids=["sample", "built", "uneven", "nothing"]
)
def test_each_computed_number_is_what_a_second_calculation_gives(
    spoil: Spoil, sample_file: Path, summary_line: Callable[[str], None]
) -> None:
    spoil(sample_file)
    values = take_in(sample_file).checked.values
    expected = recomputed(sample_file)
    calculated = [
        entry
        for entry in values.entries()
        if entry.field.compute or (entry.is_derived and str(entry.place) in expected)
    ]
    said = {str(entry.place): shown(entry) for entry in calculated if not entry.is_blank}
    blank = {str(entry.place) for entry in calculated if entry.is_blank}
    assert {place: said.get(place) for place in expected if place not in blank} == {
        place: value for place, value in expected.items() if place not in blank
    }
    assert set(said) == set(expected) - blank
    summary_line(f"recomputed: {len(said)} computed cells the same in a second calculation")


def shown(entry: Entry) -> Decimal | str | None:
    assert not isinstance(entry.value, type(entry.place))
    return NONE if entry.is_absent else entry.value
