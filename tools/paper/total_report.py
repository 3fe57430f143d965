"""部门整体支出绩效自评汇总报告: the sums of all units, and two annexes that list them."""

from collections.abc import Iterator
from typing import Final

from tools.paper.documents import Piece
from tools.paper.lines import ANNEX, ANNEX_TITLE, BODY, FIRST, SECOND, UNIT, Line, text, title
from tools.paper.sections import Section
from tools.paper.tables import NORMAL, Cell, Row, Table, each, row

_LEVELS_MM: Final = (44, 14, 14, 29, 29, 26)
_UNITS_MM: Final = (12, 42, 26, 26, 22, 16, 12)
_MISSING_MM: Final = (14, 62, 54, 26)


def total() -> Iterator[Piece]:
    """The report of a bureau on the reports of its units."""
    yield from title("{{ 年度 }}年度{{ 单位名称 }}", "部门整体支出", "绩效自评汇总报告")
    yield Line(FIRST, "一、绩效自评工作开展情况")
    yield from _handed_in()
    yield from text('组织情况 or ""')
    yield Line(FIRST, "二、部门整体支出情况")
    yield from _money()
    yield Line(FIRST, "三、绩效自评结果")
    yield from _results()
    yield Line(FIRST, "四、存在的问题及原因分析")
    yield from text('存在的问题 or "无。"')
    yield Line(FIRST, "五、下一步改进措施")
    yield from text('改进措施 or "无。"')
    yield Line(FIRST, "六、绩效自评结果应用和公开情况")
    yield from text('结果应用 or "无。"', keep=True)
    yield from _list_of_annexes()
    yield from _signature()
    yield Section()
    yield Line(ANNEX, "附件{% if 未交 %}1{% endif %}")
    yield Line(ANNEX_TITLE, "各单位绩效自评结果")
    yield Line(UNIT, "单位：万元")
    yield Table(_UNITS_MM, tuple(_units()))
    yield Line(BODY, "{%p if 未交 %}")
    yield Line(ANNEX, "附件2", new_page=True)
    yield Line(ANNEX_TITLE, "没有计入合计的单位")
    yield Table(_MISSING_MM, tuple(_missing()))
    yield Line(BODY, "{%p endif %}")


def _handed_in() -> Iterator[Piece]:
    yield Line(
        BODY,
        "{{ 年度 }}年度应当报送部门整体支出绩效自评报告的单位{{ 应交单位数 }}个，"
        "审核通过{{ 计入单位数 }}个"
        "{% if 未计入单位数 %}，退回修改{{ 未计入单位数 }}个{% endif %}"
        "{% if 未交单位数 %}，没有报送{{ 未交单位数 }}个{% endif %}"
        "{% if 未交 %}（见附件2）{% endif %}。"
        "本报告的合计数是审核通过的{{ 计入单位数 }}个单位的数逐级相加得出的。",
    )


def _money() -> Iterator[Piece]:
    yield Line(SECOND, "（一）预算和执行情况")
    yield Line(
        BODY,
        "年初预算{{ 总额_年初预算数 }}万元，全年预算{{ 总额_全年预算数 }}万元。"
        "收入合计{{ 收入合计 }}万元，支出合计{{ 支出合计 }}万元"
        '{% if 上年支出合计 is not none %}，{{ 支出合计|change(上年支出合计, "上年") }}{% endif %}'
        "{% if 执行率 is number %}，预算执行率{{ 执行率 }}%{% endif %}。",
    )
    yield Line(SECOND, "（二）支出构成")
    yield Line(
        BODY,
        "基本支出{{ 基本支出 }}万元，其中人员经费{{ 人员经费 }}万元、公用经费{{ 公用经费 }}万元；"
        "项目支出{{ 项目支出 }}万元"
        "{% if 其他各项支出 %}；其他各项支出{{ 其他各项支出 }}万元{% endif %}。"
        "各单位编制{{ 编制数 }}名，年末在职人员{{ 在职人员 }}人。",
    )
    yield Line(BODY, "{%p if 三公经费 is not none %}")
    yield Line(SECOND, "（三）“三公”经费")
    yield Line(
        BODY,
        "“三公”经费支出{{ 三公经费 }}万元"
        '{% if 三公经费预算 %}，{{ 三公经费|completion(三公经费预算, "预算") }}{% endif %}'
        "{% if 三公_上年决算数 is not none %}"
        '，{{ 三公经费|change(三公_上年决算数, "上年") }}{% endif %}'
        "{% if 因公出国费 is not none %}；因公出国（境）费{{ 因公出国费 }}万元{% endif %}"
        "{% if 公务用车费 is not none %}；公务用车购置及运行维护费{{ 公务用车费 }}万元{% endif %}"
        "{% if 公务接待费 is not none %}；公务接待费{{ 公务接待费 }}万元{% endif %}。",
    )
    yield Line(BODY, "{%p endif %}")
    yield Line(BODY, "{%p if 各级 %}")
    yield Line(BODY, "各级单位的合计如下表。", keep=True)
    yield Line(UNIT, "单位：万元")
    yield Table(_LEVELS_MM, tuple(_levels()), NORMAL)
    yield Line(BODY, "{%p endif %}")


def _levels() -> Iterator[Row]:
    names = ("单位", "应交", "计入", "全年预算数", "支出合计", "执行率（%）")
    yield row(*names, head=True)
    yield from each(
        len(names),
        "级 in 各级",
        row(
            Cell("{% if 级.层级 > 1 %}　{% endif %}{{ 级.名称 }}", align="left"),
            "{{ 级.应交 }}",
            "{{ 级.计入 }}",
            Cell("{{ 级.总额_全年预算数 }}", align="right"),
            Cell("{{ 级.支出合计 }}", align="right"),
            Cell("{{ 级.执行率 }}", align="right"),
        ),
    )
    yield row(
        Cell("合计", align="left"),
        "{{ 应交单位数 }}",
        "{{ 计入单位数 }}",
        Cell("{{ 总额_全年预算数 }}", align="right"),
        Cell("{{ 支出合计 }}", align="right"),
        Cell("{{ 执行率 }}", align="right"),
    )


def _results() -> Iterator[Piece]:
    yield Line(
        BODY,
        "{% if 平均得分 is number %}"
        "审核通过的{{ 计入单位数 }}个单位平均得分{{ 平均得分 }}分。{% endif %}"
        "自评等级为“优”的{{ 优 }}个"
        "{% if 良 %}，“良”的{{ 良 }}个{% endif %}{% if 中 %}，“中”的{{ 中 }}个{% endif %}"
        "{% if 差 %}，“差”的{{ 差 }}个{% endif %}。各单位的得分和名次见附件1。",
    )


def _units() -> Iterator[Row]:
    names = ("名次", "单位", "全年预算数", "支出合计", "执行率（%）", "得分", "等级")
    yield row(*names, head=True)
    yield from each(
        len(names),
        "单 in 单位",
        row(
            "{{ 单.名次 }}",
            Cell("{{ 单.名称 }}", align="left"),
            Cell("{{ 单.总额_全年预算数 }}", align="right"),
            Cell("{{ 单.支出合计 }}", align="right"),
            Cell("{{ 单.执行率 }}", align="right"),
            "{{ 单.自评总分 }}",
            "{{ 单.自评等级 }}",
        ),
    )


def _missing() -> Iterator[Row]:
    names = ("序号", "单位", "上级", "原因")
    yield row(*names, head=True)
    yield from each(
        len(names),
        "单 in 未交",
        row(
            "{{ loop.index }}",
            Cell("{{ 单.名称 }}", align="left"),
            Cell("{{ 单.上级 }}", align="left"),
            "{{ 单.状态 }}",
        ),
    )


def _list_of_annexes() -> Iterator[Line]:
    yield Line("附件说明", "附件：{% if 未交 %}1.{% endif %}各单位绩效自评结果", keep=True)
    yield Line(BODY, "{%p if 未交 %}")
    yield Line("附件续项", "2.没有计入合计的单位", keep=True)
    yield Line(BODY, "{%p endif %}")


def _signature() -> Iterator[Line]:
    """署名 and 成文日期, each where the clerk has said it."""
    yield Line(BODY, "{%p if 单位名称 %}")
    yield Line("署名", "{{ 单位名称 }}")
    yield Line(BODY, "{%p endif %}")
    yield Line(BODY, "{%p if 成文日期 %}")
    yield Line("成文日期", "{{ 成文日期|long_date }}")
    yield Line(BODY, "{%p endif %}")
