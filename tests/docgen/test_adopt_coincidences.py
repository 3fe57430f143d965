"""Equal figures that lists of a report share with other cells: what is not certain stays."""

import re
import sys
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

sys.path.append(str(Path(__file__).parents[1] / "workbook" / "adopting"))
from adopted_texts import texts_of_template

from docgen.adopting.choosing.fitting import fits_around
from docgen.naming.model import Pinned, Printed, Ways
from docgen.naming.page import Paragraph
from docgen.naming.place import Place

FUNDS = (
    ("渠道", "预算数（万元）", "到位数（万元）"),
    ("中央补助", 191.5, 180.4),
    ("省级补助", 82.7, 82.7),
    ("市级补助", 44.5, 40.6),
    ("县级配套", 44.5, 31.2),
    ("社会捐赠", 18.3, 12.9),
    ("群众自筹", 14.19, 14.19),
)
SHOPS = (
    ("门店", "客流（人次）", "会员（人次）"),
    ("东街店", 4126, 1350),
    ("西街店", 3871, 1127),
    ("南门店", 3871, 1350),
    ("北门店", 2954, 982),
)
STAFF = (
    ("科室", "在编（人）", "聘用（人）"),
    ("内科", 46, 12),
    ("外科", 38, 12),
    ("儿科", 21, 38),
    ("药房", 17, 21),
)


def form():
    """Three grids with equal figures in neighbouring rows and in two columns."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in (("资金渠道", FUNDS), ("门店客流", SHOPS), ("科室人员", STAFF)):
        sheet = book.create_sheet(title)
        sheet.append((title,))
        for row in rows:
            sheet.append(row)
        end = len(rows) + 1
        sheet.append(("合计", f"=SUM(B3:B{end})", f"=SUM(C3:C{end})"))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


FALSE = {  # by sentence the figures that are of something else, or that may be several cells'
    "到位中央补助180.4万元、贷款82.7万元、市级补助40.6万元、县级配套31.2万元。": ["贷款82.7"],
    "中央补助到位180.4万元，另有设备款40.6万元，县级配套31.2万元。": ["设备款40.6"],
    "预算安排中央补助191.5万元、某单位44.5万元、社会捐赠18.3万元。": ["某单位44.5"],
    "省级补助82.7万元，东街店客流4126人次，县里给44.5万元，西街店3871人次。": [
        "82.7",
        "县里给44.5",
    ],
    "北门店、东街店、西街店会员分别为982人次、1127人次、1350人次。": ["1127", "1350"],
    "东街店客流4126人次，接待外地客人3871人次，北门店2954人次。": ["客人3871"],
    "东街店会员1350人次，投诉回访1127人次，南门店1350人次。": ["回访1127"],
    "内科在编46人，进修38人，儿科21人，药房17人。": ["进修38"],
    "内科在编46人，38人进修，儿科21人，药房17人。": ["38人进修"],
    "内科46人，门店客流4126人次，外科38人，退休21人，药房17人。": ["退休21"],
    "聘用人员中，护士12人、保洁12人、儿科38人、药房21人。": ["护士12", "保洁12"],
    "全年亏损44.5万元，其中门店亏损12.9万元。": ["亏损44.5", "亏损12.9"],
}
TRUE = {  # by sentence the cells in their order
    "预算中央补助191.5万元、省级补助82.7万元、市级补助44.5万元、县级配套44.5万元。": (
        ["中央补助_预算数", "省级补助_预算数", "市级补助_预算数", "县级配套_预算数"]
    ),
    "东街店、南门店、北门店客流分别为4126人次、3871人次、2954人次。": (
        ["东街店_客流", "南门店_客流", "北门店_客流"]
    ),
    "北门店、南门店、西街店会员分别为982人次、1350人次、1127人次。": (
        ["北门店_会员", "南门店_会员", "西街店_会员"]
    ),
    "内科在编46人、外科38人，儿科聘用38人、药房21人。": (
        ["内科_在编", "外科_在编", "儿科_聘用", "药房_聘用"]
    ),
    "社会捐赠预算18.3万元、到位12.9万元，群众自筹预算14.19万元、到位14.19万元。": (
        ["社会捐赠_预算数", "社会捐赠_到位数", "群众自筹_预算数", "群众自筹_到位数"]
    ),
}
KEY = re.compile(r"\{\{ (\w+)")


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """The paragraphs of the template that the report becomes, by what they said."""
    return texts_of_template(tmp_path_factory.mktemp("巧合"), form(), [*FALSE, *TRUE])


@pytest.mark.parametrize("text", FALSE)
def test_a_figure_that_equals_a_cell_by_chance_stays(template, text):
    made = re.sub(r"\{\{.*?\}\}", "", template[text])
    assert [one for one in FALSE[text] if one not in made] == []


@pytest.mark.parametrize("text", TRUE)
def test_equal_figures_of_a_list_are_told_by_their_words_and_order(template, text):
    assert KEY.findall(template[text]) == TRUE[text]


def test_a_target_that_equals_the_outturn_is_not_the_outturn():
    row = Pinned("自评表", "绩效指标", "修复古桥")
    aim = Printed("自评表.年度指标值", "行.年度指标值", ("修复古桥", "年度指标值"), row=row)
    done = Printed("自评表.实际完成值", "行.实际完成值", ("修复古桥", "实际完成值"), row=row)
    ways = Ways({"16": (done, aim)}, ())
    for head, meant in (("年度指标值", [aim]), ("实际完成值", [done]), ("备注", [done, aim])):
        inside = Paragraph(None, table=True, before=("修复古桥", head))
        place = Place(inside, "=", "座", ways)
        assert [way for way in (done, aim) if fits_around(way, place)] == meant
