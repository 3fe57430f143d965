"""项目支出绩效自评表 in Sichuan's layout: lying, with 指标性质 and 度量单位 of each indicator."""

from collections.abc import Iterator
from typing import Final

from tools.paper.project_tables import (
    GRADE,
    NO_SCORES,
    OF_ITS_OWN,
    PARTS,
    RATE,
    figure,
    indicator_rows,
    level,
    paragraphs,
)
from tools.paper.tables import Cell, Row, Table, row

WIDTHS_MM: Final = (22, 35, 30, 13, 20, 13, 26, 12, 16, 18, 20)


def sichuan_table() -> Table:
    """The table of the project 项."""
    return Table(WIDTHS_MM, (*_head(), *_money(), *_goal(), *_indicators(), _total()))


def _head() -> Iterator[Row]:
    yield row(Cell("项目名称", 2), Cell("{{ 项.项目名称 }}", 9))
    yield row(
        Cell("主管部门", 2),
        Cell("{{ 项.主管部门 }}", 3),
        Cell("实施单位", 2),
        Cell("{{ 项.实施单位 }}", 4),
    )


def _money() -> Iterator[Row]:
    names = ("年初预算数", "全年预算数", "全年执行数", "预算执行率", "权重", "得分")
    spans = (1, 2, 2, 2, 1, 1)
    yield row(
        Cell("预算执行情况\n（万元）", merge="start"),
        "资金来源",
        *(Cell(name, span) for name, span in zip(names, spans, strict=True)),
    )
    total = OF_ITS_OWN.total
    for name, columns in (("年度资金总额", total), *PARTS):
        is_total = columns == total
        scores = (RATE, "{{ 项.执行分值 }}", "{{ 项.执行得分 }}") if is_total else NO_SCORES
        yield row(
            Cell("", merge="go"),
            Cell(name, align="left"),
            *(
                Cell(figure(f"项.{one}"), span, align="right")
                for one, span in zip(columns, spans[:3], strict=True)
            ),
            *(Cell(one, span) for one, span in zip(scores, spans[3:], strict=True)),
        )


def _goal() -> Iterator[Row]:
    yield row(Cell("年度总体目标", merge="start"), Cell("预期目标", 4), Cell("实际完成情况", 6))
    yield row(
        Cell("", merge="go"),
        Cell(paragraphs("项.预期目标"), 4, align="left"),
        Cell(paragraphs("项.实际完成情况"), 6, align="left"),
    )


def _indicators() -> Iterator[Row]:
    names = ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值")
    yield row(*names, "权重", "得分", Cell("偏差原因分析及改进措施", 2))
    leaf = row(
        level("甲", "首 and loop.first"),
        level("乙", "loop.first"),
        "{{ 行.三级指标 }}",
        "{{ 行.指标性质 }}",
        "{{ 行.年度指标值 }}{{ 行.定性目标 }}",
        "{{ 行.度量单位 }}",
        "{{ 行.实际完成值 }}{{ 行.完成等次 }}",
        "{{ 行.分值 }}",
        "{{ 行.得分 }}",
        Cell("{{ 行.偏差原因 }}", 2, align="left"),
    )
    yield from indicator_rows(len(WIDTHS_MM), leaf)


def _total() -> Row:
    return row(Cell("总分", 7), "100", "{{ 项.总分 }}", Cell(GRADE, 2))
