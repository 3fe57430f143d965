"""Figures of many digits that are told by their digits and their neighbours, however called."""

import re
import sys
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

sys.path.append(str(Path(__file__).parents[1] / "workbook" / "adopting"))
from adopted_texts import texts_of_template

BUREAUS = (
    ("采购单位", "计划采购额（万元）", "成交额（万元）"),
    ("市住房和城乡建设局", 3452.17, 3312.89),
    ("市卫生健康委员会", 2711.35, 2580.96),
    ("市交通运输局", 2980.04, 2870.62),
    ("市水利局", 915.26, 899.5),
)
SAYS = {  # by sentence the cells in their order
    "市住建局报送3452.17万元，签约3312.89万元。": (
        ["市住房和城乡建设局_计划采购额", "市住房和城乡建设局_成交额"]
    ),
    "签约居前的是交通局和卫健委，两家依次有2870.62万元、2580.96万元。": (
        ["市交通运输局_成交额", "市卫生健康委员会_成交额"]
    ),
    "学校报送3452.17万元，签约3312.89万元。": [],  # that is called by no letter of its name
    "签约居前的是交通局，有2870.62万元。": [],  # by itself
    "上年市住建局报送3452.17万元，签约3312.89万元。": [],
    "市水利局报送915.26元，签约899.5元。": [],  # in another unit
}
KEY = re.compile(r"\{\{ (\w+)")


def form():
    book = Workbook()
    sheet = book.active
    sheet.title = "采购单位情况"
    sheet.append((sheet.title,))
    for row in BUREAUS:
        sheet.append(row)
    sheet.append(("合计", "=SUM(B3:B6)", "=SUM(C3:C6)"))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """The paragraphs of the template that the report becomes, by what they said."""
    return texts_of_template(tmp_path_factory.mktemp("邻近"), form(), [*SAYS])


@pytest.mark.parametrize("text", SAYS)
def test_a_figure_of_many_digits_is_told_by_its_neighbours_or_stays(template, text):
    assert KEY.findall(template[text]) == SAYS[text]
