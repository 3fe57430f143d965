"""A bureau's own heads and labels that say one thing twice are no names that have gone astray."""

from decimal import Decimal

import pytest
from test_odd_forms import book

from docgen.adopting.kind import adopt_kind
from workbook.checking.check import check
from workbook.checking.kinds import load_kind
from workbook.reading.saved import open_saved
from workbook.years.beginning import new_workbook

CHANGES = [  # a head once as an amount and once as a rate
    ("类别", "上季末", "季末实有", "比上季末增减", "比上季末增减(%)"),
    ("低保对象", 1158, 1131, "=C2-B2", "=ROUND(D2/B2*100,2)"),
    ("特困人员", 705, 711, "=C3-B3", "=ROUND(D3/B3*100,2)"),
    ("孤儿", 42, 40, "=C4-B4", "=ROUND(D4/B4*100,2)"),
]
STAFF = [  # a label beside the heads and the figures below them
    ("供养人员(人)", "编制数", "在职人数", "控制率"),
    (None, 86, 81, "=C2/B2"),
    ("经费(万元)", "上年决算数", "本年预算数", "本年决算数"),
    ("会议费", 12, 11, 10),
    ("培训费", 8, 7, 6),
    ("场所控制(本年完工)", "批复规模", "实际规模", "控制率"),
    (None, 860, 842, "=C7/B7"),
]
USES = [  # the word of a row in a head
    ("用途", "项目数(个)", None, "计划资金(万元)"),
    (None, "合计", "在建", None),
    ("产业", 34, 7, Decimal("3128.4")),
    ("就业", 6, 1, Decimal("968.4")),
    ("合计", "=SUM(B3:B4)", "=SUM(C3:C4)", "=SUM(D3:D4)"),
]


@pytest.mark.parametrize(
    ("rows", "results", "merged"),
    [
        (CHANGES, {"D2": -27, "E2": -2.33, "D3": 6, "E3": 0.85, "D4": -2, "E4": -4.76}, ()),
        (STAFF, {"D2": 0.9419, "D7": 0.9791}, ("A1:A2", "A6:A7")),
        (USES, {"B5": 40, "C5": 8, "D5": 4096.8}, ("A1:A2", "B1:C1", "D1:D2")),
    ],
    ids=["one head twice", "label over two rows", "a row's word in a head"],
)
def test_last_years_book_is_in_order_as_it_stands(rows, results, merged, tmp_path):
    file = tmp_path / "表.xlsx"
    file.write_bytes(book(rows, results=results, merged=merged))
    assert adopt_kind(tmp_path / "kind", file).untrue == []
    kind = load_kind(tmp_path / "kind")
    path = tmp_path / "填报.xlsx"
    path.write_bytes(new_workbook(kind, sample=True))
    assert check(open_saved(path).snapshot(kind.form), kind.form, kind.rules).findings == ()
