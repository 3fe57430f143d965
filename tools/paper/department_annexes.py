"""The annexes of 部门整体支出绩效自评报告: its data, its scores, a sheet a project, charts."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from tools.paper.documents import Piece
from tools.paper.fields import Entry
from tools.paper.lines import (
    ANNEX_SUBTITLE,
    ANNEX_TITLE,
    BODY,
    NOTE,
    Line,
    annex,
    annex_mark,
    annex_number,
)
from tools.paper.project_tables import (
    WIDTHS_MM,
    ProjectKeys,
    figure,
    goal,
    heading,
    indicator_rows,
    indicators,
    money_head,
    money_row,
    paragraphs,
    project_sheets,
    project_table,
    total,
)
from tools.paper.sections import Section
from tools.paper.tables import NORMAL, Align, Cell, Row, Table, each, row, tag_row

DATA, SELF, PROJECTS, SCORES, CHARTS = (
    "部门整体支出绩效评价基础数据表",
    "部门整体支出绩效自评表",
    "项目支出绩效自评表",
    "部门整体支出绩效评价指标评分表（投入、过程）",
    "支出情况图",
)
_ANNEXES: Final = (DATA, SELF, PROJECTS, SCORES)
OTHER_FUNDS: Final = (
    ("政府性基金", "基金"),
    ("国有资本经营预算", "国资"),
    ("纳入专户管理的非税收入", "专户"),
    ("其他资金", "其他资金"),
)
SEVERAL_FUNDS: Final = " or ".join(f"{key}_本年收入" for _, key in OTHER_FUNDS)
HAS_CHARTS: Final = '附图表 == "是"'
_DATA_MM: Final = (54, 17, 17, 17, 17, 17, 17)
_SCORES_MM: Final = (14, 24, 30, 10, 54, 40, 18, 13, 22)
_SOURCES: Final = (
    ("其中：一般公共预算", "公共预算_全年预算数"),
    ("　　　政府性基金拨款", "基金_全年预算数"),
    ("　　　国有资本经营预算拨款", "国资_全年预算数"),
    ("　　　纳入专户管理的非税收入拨款", "专户_全年预算数"),
    ("　　　其他资金", "其他资金_全年预算数"),
    ("　　　年初结转和结余", "年初结转"),
)
_KINDS: Final = (
    ("其中：基本支出", "基本支出"),
    ("　　　项目支出", "项目支出"),
    ("　　　结余分配", "结余分配"),
    ("　　　年末结转和结余", "年末结转"),
)
_SELDOM: Final = ("使用非财政拨款结余", "上缴上级支出", "经营支出", "对附属单位补助支出")
_OF_A_PROJECT: Final = ProjectKeys("名称", ("本年预算数", "全年预算数", "金额"))
_TO_SIGN: Final = "　" * 6  # wide enough for a name by hand
_SIGNED: Final = (
    f'填表人：{{{{ 填表人 or "{_TO_SIGN}" }}}}　'
    "填报日期：{% if 填报日期 %}{{ 填报日期|long_date }}"
    f"{{% else %}}{_TO_SIGN}{{% endif %}}　"
    f'联系电话：{{{{ 联系电话 or "{_TO_SIGN}" }}}}　'
    f'单位负责人：{{{{ 单位负责人 or "{_TO_SIGN}" }}}}'
)


def list_of_annexes() -> Iterator[Line]:
    """附件说明 under the report's text: GB/T 9704-2012, 7.3.4."""
    for number, name in enumerate(_ANNEXES, 1):
        style, before = ("附件说明", "附件：") if number == 1 else ("附件续项", "")
        yield Line(style, f"{before}{number}.{name}", keep=True)
    yield Line(BODY, f"{{%p if {HAS_CHARTS} %}}")
    yield Line("附件续项", f"{len(_ANNEXES) + 1}.{CHARTS}", keep=True)
    yield Line(BODY, "{%p endif %}")


def contents_of_annexes() -> Iterator[Piece]:
    """附件目录: the annexes of this report with their pages."""
    for number, name in enumerate(_ANNEXES, 1):
        yield _entry(number, name)
    yield Line(BODY, f"{{%p if {HAS_CHARTS} %}}")
    yield _entry(len(_ANNEXES) + 1, CHARTS)
    yield Line(BODY, "{%p endif %}")


def _entry(number: int, name: str) -> Entry:
    return Entry("附件目录行", f"附件{number}　{name}", annex_mark(str(number)))


def annexes() -> Iterator[Piece]:
    """All annexes, each at the head of a page."""
    yield Section()
    yield from annex("1", DATA, "万元")
    yield Table(_DATA_MM, (*_staff(), *_accounts(), *_expenses(), *_buildings(), *_savings()))
    yield from _below_table()
    yield from annex_number("2", new_page=True)
    yield Line(ANNEX_TITLE, SELF)
    yield Line(ANNEX_SUBTITLE, "（{{ 年度 }}年度）")
    goals = goal("整体支出绩效目标", "总体目标完成情况")
    yield Table(WIDTHS_MM, (*_money(), *goals, *indicators("指标"), _total()))
    yield from _below_table()
    yield Section()
    yield from annex_number("3")
    yield Line(BODY, "{%p if not 项目 %}")
    yield Line(ANNEX_TITLE, PROJECTS)
    yield Line(BODY, "无。")
    yield Line(BODY, "{%p endif %}")
    yield from project_sheets(project_table(_OF_A_PROJECT), rows="项目")
    yield Section(lying=True)
    yield from annex("4", SCORES)
    yield Table(_SCORES_MM, tuple(_scores()))
    yield from _charts()


def _below_table() -> Iterator[Line]:
    yield Line(NOTE, _SIGNED)
    yield Line(BODY, "{%p if 尾差说明 %}")
    yield Line(NOTE, "注：{{ 尾差说明 }}")
    yield Line(BODY, "{%p endif %}")


def _staff() -> Iterator[Row]:
    yield row("财政供养人员情况", *_pairs("编制数", "本年实际在职人数", "控制率"))
    rate = "{{ 供养_控制率 }}{% if 供养_控制率 is number %}%{% endif %}"
    yield row("", *_pairs("{{ 供养_编制数 }}", "{{ 供养_在职人数 }}", rate))


def _accounts() -> Iterator[Row]:
    """All that came in and went out, where it came from more than one fund."""
    columns = ("全年预算数", "本年收入", "全年执行数")
    yield tag_row(len(_DATA_MM), f"if {SEVERAL_FUNDS}")
    yield row("全年收支情况", *_pairs("全年预算数", "本年收入", "本年支出"))
    for name, budget in (("收入、支出合计", "总额_全年预算数"), *_SOURCES[:-1]):
        key = budget.partition("_")[0]
        label = Cell(name.replace("其中：", "　其中："), align="left")
        amounts = (_number(f"{key}_{column}") for column in columns)
        yield tag_row(len(_DATA_MM), f"if {key}_本年收入 or {budget}")
        yield row(label, *_pairs(*amounts, align="right"))
        yield tag_row(len(_DATA_MM), "endif")
    seldom = [(key, key) for key in _SELDOM]
    for name, key in (_SOURCES[-1], *seldom, *_KINDS[2:]):
        amount = Cell(figure(key), 6, align="right")
        yield tag_row(len(_DATA_MM), f"if {key}")
        yield row(Cell(name.strip("　"), align="left"), amount)
        yield tag_row(len(_DATA_MM), "endif")
    yield tag_row(len(_DATA_MM), "endif")


def _expenses() -> Iterator[Row]:
    yield row("经费控制情况", *_pairs("上年决算数", "本年预算数", "本年决算数"))
    for name, key in (
        ("“三公”经费", "三公"),
        ("　1.公务用车购置和维护经费", "公车"),
        ("　　其中：公车购置", "公车购置"),
        ("　　　　　公车运行维护", "公车运行"),
        ("　2.出国经费", "出国"),
        ("　3.公务接待", "接待"),
        ("项目支出", "专项"),
    ):
        yield _expense(name, key)
    figures = ("项.上年决算数", "项.本年预算数", "项.金额")
    yield from each(
        len(_DATA_MM),
        "项 in 项目",
        row(
            Cell("　{{ loop.index }}.{{ 项.名称 }}", align="left"),
            *_pairs(*map(_shown, figures), align="right"),
        ),
    )
    for name, key in (
        ("公用经费", "公用"),
        ("　其中：办公经费", "办公"),
        ("　　　　水费、电费、差旅费", "水电差旅"),
        ("　　　　会议费、培训费", "会议培训"),
        ("政府采购金额", "采购"),
    ):
        yield _expense(name, key)
    yield row(
        Cell("部门整体支出预算调整", align="left"),
        *_pairs("—", "—", _shown("调整_本年决算数"), align="right"),
    )


def _expense(name: str, key: str) -> Row:
    columns = ("上年决算数", "本年预算数", "本年决算数")
    figures = (_shown(f"{key}_{column}") for column in columns)
    return row(Cell(name, align="left"), *_pairs(*figures, align="right"))


def _buildings() -> Iterator[Row]:
    yield row(
        "楼堂馆所控制情况",
        "批复规模\n（㎡）",
        "实际规模\n（㎡）",
        "规模\n控制率",
        "预算投资\n（万元）",
        "实际投资\n（万元）",
        "投资概算\n控制率",
    )
    yield row(
        "新建、改建楼堂馆所",
        *(_shown(f"楼堂馆所_{key}") for key in ("批复规模", "实际规模")),
        _rate("楼堂馆所_规模控制率"),
        *(_shown(f"楼堂馆所_{key}") for key in ("预算投资", "实际投资")),
        _rate("楼堂馆所_投资概算控制率"),
    )


def _savings() -> Iterator[Row]:
    yield row("厉行节约保障措施", Cell(paragraphs('(厉行节约措施 or "无。")'), 6, align="left"))


def _money() -> Iterator[Row]:
    """The year's money, by source beside by kind as counties publish it.

    What comes in is the whole year's budget, what goes out the whole year's spending; what is
    carried over explains where the two differ.
    """
    yield row(Cell("部门名称", 3), Cell("{{ 单位名称 }}", 10), head=True)
    yield money_head("部门预算\n（万元）", done="全年执行数\n（按{{ 执行口径 }}）")
    scores = ("{{ 执行分值 }}", _rate("执行率"), "{{ 执行得分 }}")
    yield money_row("年度资金总额", ("总额_年初预算数", "总额_全年预算数", "自评执行数"), scores)
    yield _halves("按收入性质分（全年预算数）：", "按支出性质分（全年执行数）：")
    for source, kind in zip_longest(_SOURCES, _KINDS, fillvalue=("", "")):
        yield _halves(_named_amount(*source), _named_amount(*kind))
    saved, *expenses = _SELDOM
    for source_key, kind_key in zip_longest((saved,), expenses, fillvalue=""):
        yield tag_row(len(WIDTHS_MM), f"if {' or '.join(filter(None, (source_key, kind_key)))}")
        yield _halves(_if_any(source_key), _if_any(kind_key))
        yield tag_row(len(WIDTHS_MM), "endif")


def _halves(left: str, right: str) -> Row:
    return row(Cell("", merge="go"), Cell(left, 5, align="left"), Cell(right, 7, align="left"))


def _named_amount(name: str, key: str) -> str:
    return f"{name}：{figure(key)}" if name else ""


def _if_any(key: str) -> str:
    """An amount that few units have, as a line of its half."""
    return f"{{% if {key} %}}　　　{key}：{{{{ {key} }}}}{{% endif %}}" if key else ""


def _total() -> Row:
    grade = (
        "等级：{{ 自评等级 }}"
        '{% if 适用分值 != 100 %}{{ "\\n" }}（按适用的{{ 适用分值 }}分折算）{% endif %}'
    )
    return total("{{ 自评总分 }}", grade)


def _scores() -> Iterator[Row]:
    names = ("一级\n指标", "二级指标", "三级指标", "分值", "评价标准", "指标说明")
    yield row(*names, "实际值", "得分", "扣分原因", head=True)
    leaf = row(
        Cell(heading("甲", "首 and loop.first")),
        Cell(heading("乙", "loop.first")),
        "{{ 行.三级指标 }}",
        "{{ 行.分值 }}",
        Cell("{{ 行.评价标准 }}", align="left"),
        Cell("{{ 行.指标说明 }}", align="left"),
        "{{ 行.实际值 }}{% if 行.实际值 is number %}{{ 行.度量单位 }}{% endif %}",
        "{{ 行.得分 }}",
        Cell("{{ 行.扣分原因 }}", align="left"),
    )
    yield from indicator_rows(len(_SCORES_MM), leaf, "评分")
    yield row(Cell("合计", 3), "{{ 评分分值 }}", Cell("", 3), "{{ 评分得分 }}", "")


def _charts() -> Iterator[Piece]:
    yield Line(BODY, f"{{%p if {HAS_CHARTS} %}}")
    yield from annex_number("5", new_page=True)
    yield Line(ANNEX_TITLE, CHARTS)
    composition = '{"人员经费": 人员经费, "公用经费": 公用经费, "项目支出": 项目支出}'
    pie = f'{{{{p {composition}|pie_chart(title="支出构成（万元）", width=108, height=85) }}}}'
    high = "[20 + 9 * 项目|length, 125]|min"  # as its bars need, and no higher than the page
    bars = f'项目|bar_chart("名称", "金额", title="项目支出（万元）", width=108, height={high})'
    captions = (Cell("图1　支出构成"), Cell("图2　项目支出"))
    yield Table(
        (112, 112), (Row((Cell(pie), Cell(f"{{{{p {bars} }}}}"))), Row(captions)), NORMAL, False
    )
    yield Line(BODY, "{%p endif %}")


def _pairs(*texts: str, align: Align = "center") -> Iterator[Cell]:
    """Cells over two of the seven columns each."""
    yield from (Cell(text, 2, align=align) for text in texts)


def _shown(value: str) -> str:
    """A figure, a dash where none was filled in."""
    return f'{{{{ "—" if {value} is none else {value} }}}}'


def _number(value: str) -> str:
    """A figure, a dash where there is none or it is 不适用."""
    return f'{{{{ {value} if {value} is number else "—" }}}}'


def _rate(value: str) -> str:
    return f"{{{{ {value} }}}}{{% if {value} is number %}}%{{% endif %}}"
