"""项目支出绩效自评报告: its text, an overview of the projects, and a 自评表 for each."""

from collections.abc import Iterator
from typing import Final

from tools.paper.documents import Piece
from tools.paper.lines import (
    BODY,
    FIRST,
    SECOND,
    UNIT,
    Line,
    annex_number,
    run_in,
    signature,
    text,
    title,
)
from tools.paper.project_tables import RATE, project_sheets, rounding_note
from tools.paper.sections import Section
from tools.paper.sichuan_tables import sichuan_table
from tools.paper.tables import NORMAL, Cell, Row, Table, each, row

_OVERVIEW_MM: Final = (10, 42, 25, 25, 24, 18, 12)


def project() -> Iterator[Piece]:
    """项目支出绩效自评报告, the sheets in the layout of 财预〔2020〕10号."""
    yield from report_text()
    yield Section()
    yield from annex_number()
    yield from project_sheets()


def project_sichuan() -> Iterator[Piece]:
    """The same report with Sichuan's sheets, which lie."""
    yield from report_text()
    yield Section(lying=True)
    yield from annex_number()
    yield from project_sheets(sichuan_table())


def report_text() -> Iterator[Piece]:
    """The report before its annex."""
    yield from title("{{ 年度 }}年度{{ 单位简称 }}", "项目支出", "绩效自评报告")
    yield Line("抬头", "单位名称：{{ 单位名称 }}")
    yield Line(FIRST, "一、项目基本情况")
    yield Line(SECOND, "（一）项目概况")
    yield from text("项目概况")
    yield Line(SECOND, "（二）项目绩效目标")
    yield from text("绩效目标")
    yield from _money()
    yield Line(FIRST, "三、绩效自评工作组织情况")
    yield from text("自评组织")
    yield from _results()
    yield Line(FIRST, "五、存在的问题及原因分析")
    yield from text("存在的问题")
    yield Line(FIRST, "六、下一步改进措施")
    yield from text("改进措施")
    yield Line(FIRST, "七、绩效自评结果拟应用和公开情况")
    yield from text("结果应用")
    yield Line(FIRST, "八、其他需要说明的情况")
    yield from text('其他说明 or "无。"', keep=True)
    yield Line("附件说明", "附件：项目支出绩效自评表", keep=True)
    yield from signature()


def _money() -> Iterator[Piece]:
    yield Line(FIRST, "二、项目资金情况")
    yield Line(
        BODY,
        "{{ 年度 }}年度自评项目{{ 项目个数 }}个，年初预算{{ 年初预算合计 }}万元，"
        "全年预算{{ 全年预算合计 }}万元，全年执行{{ 全年执行合计 }}万元"
        "{% if 总执行率 is number %}，预算执行率{{ 总执行率 }}%{% endif %}。"
        "各项目资金和自评得分如下表。",
    )
    yield Line(UNIT, "单位：万元")
    yield Table(_OVERVIEW_MM, tuple(_overview()), NORMAL)
    yield from rounding_note()
    yield Line(
        BODY,
        '{{p 项目自评|bar_chart("项目名称", "全年执行数", title="各项目全年执行数（万元）") }}',
    )


def _overview() -> Iterator[Row]:
    names = ("序号", "项目名称", "全年预算数", "全年执行数", "执行率", "总分", "等级")
    yield row(*names, head=True)
    figures = ("{{ 项.全年预算数 }}", "{{ 项.全年执行数 }}", RATE)
    yield from each(
        len(names),
        "项 in 项目自评",
        row(
            "{{ loop.index }}",
            Cell("{{ 项.项目名称 }}", align="left"),
            *(Cell(figure, align="right") for figure in figures),
            Cell("{{ 项.总分 }}", align="right"),
            "{{ 项.等级 }}",
        ),
    )
    sums = ("{{ 全年预算合计 }}", "{{ 全年执行合计 }}", RATE.replace("项.执行率", "总执行率"))
    yield row(Cell("合计", 2), *(Cell(one, align="right") for one in sums), "—", "—")


def _results() -> Iterator[Piece]:
    yield Line(FIRST, "四、绩效自评结果")
    yield Line(SECOND, "（一）总体结论")
    yield Line(
        BODY,
        '{% for 档 in 项目自评|groups("等级") %}'
        "自评等级为“{{ 档.name }}”的项目{{ 档.rows|length }}个"
        '{{ "；" if not loop.last else "。" }}{% endfor %}'
        "各项目的指标、得分和偏差原因见附件。",
    )
    yield Line(SECOND, "（二）绩效目标完成情况")
    yield from run_in("1.产出指标完成情况。", "产出情况")
    yield from run_in("2.效益指标完成情况。", "效益情况")
    yield from run_in("3.满意度指标完成情况。", "满意度情况")
