"""What is left below nothing, several figures behind one word, lists whose head is said once."""

import sys
from io import BytesIO
from pathlib import Path

import pytest
from jinja2 import Template
from openpyxl import Workbook

sys.path.append(str(Path(__file__).parents[1] / "workbook" / "adopting"))
from adopted_texts import texts_of_template

SAYS = {  # what the report says, and the template
    "全年收支相抵，赤字318.46万元。": (
        "全年收支相抵，{{ '结余' if 收支差额 >= 0 else '赤字' }}{{ (收支差额|abs) }}万元。"
    ),
    "客房部、餐饮部分别亏损41.73万元和28.92万元。": (
        "客房部、餐饮部分别{{ '盈利' if 客房部_损益 >= 0 else '亏损' }}"
        "{{ (客房部_损益|abs) }}万元和{{ '' if (客房部_损益 >= 0) == (餐饮部_损益 >= 0) "
        "else '盈利' if 餐饮部_损益 >= 0 else '亏损' }}{{ (餐饮部_损益|abs) }}万元。"
    ),
    "客房部、餐饮部分别增长7.35%和3.18%。": (
        "客房部、餐饮部分别{{ '增长' if 客房部_同比增减 >= 0 else '下降' }}"
        "{{ (客房部_同比增减|abs) }}%和{{ '' if (客房部_同比增减 >= 0) == (餐饮部_同比增减 >= 0) "
        "else '增长' if 餐饮部_同比增减 >= 0 else '下降' }}{{ (餐饮部_同比增减|abs) }}%。"
    ),
    "客房部、餐饮部和会议部营业收入依次为512.64万元、387.15万元、96.28万元。": (
        "客房部、餐饮部和会议部营业收入依次为{{ 客房部_营业收入 }}万元、"
        "{{ 餐饮部_营业收入 }}万元、{{ 会议部_营业收入 }}万元。"
    ),
    "省级林场中，杉木4312吨，马尾松2785吨。": (
        "省级林场中，杉木{{ 合计_省级林场杉木 }}吨，马尾松{{ 合计_省级林场马尾松 }}吨。"
    ),
    "全馆藏书63.45万册（件）。": "全馆藏书{{ (藏书 / 10000)|round(2) }}万册（件）。",
    "西片轮作面积中，秋茬的364亩。": "西片轮作面积中，秋茬的{{ 西片_轮作面积秋茬 }}亩。",
    "轮作种秋茬的893亩。": "轮作种秋茬的{{ 合计_轮作面积秋茬 }}亩。",
    "技能培训补助资金27.46万元，检测仪器20.37万元。": (
        "技能培训补助资金{{ 技能培训补助 }}万元，检测仪器{{ 检测仪器费 }}万元。"
    ),
    # of which none is the cell's whose figure it happens to be
    "省级林场中，湿地松4312吨。": "省级林场中，湿地松4312吨。",
    "办公用品超支41.73万元。": "办公用品超支41.73万元。",
}


def form():
    book = Workbook()
    book.active.title = "部门"
    sheets = {
        "部门": (
            ("部门经营情况（万元）",),
            ("部门", "营业收入", "损益", "同比增减(%)"),
            ("客房部", 512.64, -41.73, 7.35),
            ("餐饮部", 387.15, -28.92, 3.18),
            ("会议部", 96.28, 11.57, -2.61),
        ),
        "收支": (("项目", "本年数"), ("收支差额（万元）", -318.46), ("附属收入（万元）", 74.19)),
        "林场": (
            ("木材产量（吨）",),
            ("片区", "省级林场", "", "市级林场", ""),
            ("", "杉木", "马尾松", "杉木", "马尾松"),
            ("东片", 2105, 1460, 812, 377),
            ("西片", 2207, 1325, 634, 291),
            ("合计", "=SUM(B4:B5)", "=SUM(C4:C5)", "=SUM(D4:D5)", "=SUM(E4:E5)"),
        ),
        "轮作": (
            ("地块轮作（亩）",),
            ("片区", "轮作面积", ""),
            ("", "春茬", "秋茬"),
            ("东片", 418, 529),
            ("西片", 276, 364),
            ("合计", "=SUM(B4:B5)", "=SUM(C4:C5)"),
        ),
        "拨付": (("技能培训补助（万元）", 27.46), ("检测仪器费（万元）", 20.37)),
        "馆": (("藏书（册）", 634512), ("座席（个）", 420)),
    }
    for name, rows in sheets.items():
        sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
        for row in rows:
            sheet.append([one if one != "" else None for one in row])
    for area in ("A2:A3", "B2:C2", "D2:E2"):
        book["林场"].merge_cells(area)
    for area in ("A2:A3", "B2:C2"):
        book["轮作"].merge_cells(area)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """The paragraphs of the template that the report becomes, by what they said."""
    return texts_of_template(tmp_path_factory.mktemp("正负"), form(), SAYS)


@pytest.mark.parametrize("text", SAYS)
def test_a_figure_leads_to_its_cell_with_its_word(template, text):
    assert template[text] == SAYS[text]


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        (7.35, 3.18, "分别增长7.35%和3.18%。"),
        (-4.94, 2.92, "分别下降4.94%和增长2.92%。"),
        (4.94, -2.92, "分别增长4.94%和下降2.92%。"),
        (-7.35, -3.18, "分别下降7.35%和3.18%。"),
    ],
)
def test_figures_behind_one_word_get_their_own_where_their_signs_part(template, one, other, says):
    said = template["客房部、餐饮部分别增长7.35%和3.18%。"]
    made = Template(said).render(客房部_同比增减=one, 餐饮部_同比增减=other)
    assert made == f"客房部、餐饮部{says}"
