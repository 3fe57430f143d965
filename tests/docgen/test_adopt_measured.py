"""Figures of cells that hold a text of a figure and its unit, as self-assessments do."""

import sys
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

sys.path.append(str(Path(__file__).parents[1] / "workbook" / "adopting"))
from adopted_texts import texts_of_template


def picked(name, column):
    return (
        f"{{% for 行 in 绩效指标 if 行.三级指标 == '{name}' %}}{{{{ 行.{column} }}}}"
        f"{{% else %}}＿＿＿（绩效指标里没有“{name}”）{{% endfor %}}"
    )


WELLS, GUARDS, DRAINS = "机井改造数量", "河道护栏安装", "清理沟渠长度"
GRANT, VILLAGERS = "户均打井补助标准", "村民满意度"
SAYS = {  # what the report says, and the template
    "全年完成机井改造436座（目标420座）。": (
        f"全年完成机井改造{picked(WELLS, '实际完成值')}"
        f"（目标{picked(WELLS, '年度指标值|figure')}座）。"
    ),
    "安装河道护栏8720米，得7.73分。": (
        f"安装河道护栏{picked(GUARDS, '实际完成值')}，得{picked(GUARDS, '得分')}分。"
    ),
    "清理沟渠58.4公里。": f"清理沟渠{picked(DRAINS, '实际完成值')}。",
    "户均补助2150元，控制在2200元标准以内。": (
        f"户均补助{picked(GRANT, '实际完成值')}，"
        f"控制在{picked(GRANT, '年度指标值|figure')}元标准以内。"
    ),
    "满意度为93.6%，高于90%的年度目标。": (
        f"满意度为{picked(VILLAGERS, '实际完成值.strip(' + repr('%') + ')')}%，"
        f"高于{picked(VILLAGERS, '年度指标值.strip(' + repr('≥%') + ')')}%的年度目标。"
    ),
    # of which none is the cell's whose figure it happens to be
    "另有436人参加培训，发放手册58.4万册。": "另有436人参加培训，发放手册58.4万册。",
    "会议室在8号楼，走访了8户。": "会议室在8号楼，走访了8户。",
}


def form():
    book = Workbook()
    sheet = book.active
    sheet.title = "绩效指标"
    for row in (
        ("一级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"),
        ("产出指标", WELLS, "≥420座", "436座", 10, 10),
        (None, GUARDS, "≥8600米", "8720米", 8, 7.73),
        (None, DRAINS, "≥52公里", "58.4公里", 7, 7),
        (None, GRANT, "≤2200元", "2150元", 9, 9),
        (None, "管护机制", "健全", "基本健全", 5, 4.5),
        (None, "办公地点", "8号楼", "8号楼", 5, 5),
        ("满意度指标", VILLAGERS, "≥90%", "93.6%", 10, 9.5),
    ):
        sheet.append(row)
    sheet.merge_cells("A2:A7")
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """The paragraphs of the template that the report becomes, by what they said."""
    return texts_of_template(tmp_path_factory.mktemp("自评"), form(), SAYS)


@pytest.mark.parametrize("text", SAYS)
def test_a_figure_in_a_text_leads_to_its_cell_or_stays(template, text):
    assert template[text] == SAYS[text]
