"""Writes the Word templates of the kinds that Gouji brings along.

usage: python tools/build_templates.py

A template may just as well be made and changed in Word. These are written by a script so that their
format is the norm's to the twip, and so that a change of their text can be read in a diff.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.paper.department_annexes import (  # noqa: E402
    OTHER_FUNDS,
    SEVERAL_FUNDS,
    annexes,
    contents_of_annexes,
    list_of_annexes,
)
from tools.paper.documents import Piece, build  # noqa: E402
from tools.paper.fields import Contents  # noqa: E402
from tools.paper.front import COVER, cover, front_pages  # noqa: E402
from tools.paper.grant_report import grant_report  # noqa: E402
from tools.paper.lines import (  # noqa: E402
    BODY,
    THIRD,
    TITLE,
    Line,
    run_in,
    signature,
    text,
    title,
)
from tools.paper.outline import outline  # noqa: E402
from tools.paper.project_report import project, project_sichuan  # noqa: E402
from tools.paper.project_tables import figure  # noqa: E402
from tools.paper.total_report import total  # noqa: E402

_ONE_FUND: Final = f"not ({SEVERAL_FUNDS})"
_FACTS: Final = (
    ("预算编码", "预算编码"),
    ("评价方式", "评价方式"),
    ("评价机构", "评价机构"),
    ("联系人", "填表人"),
    ("联系电话", "联系电话"),
)


def _listed(*keys: str) -> str:
    """What is not blank of these figures, each behind a comma."""
    return "".join(f"{{% if {key} %}}，{key}{{{{ {key} }}}}万元{{% endif %}}" for key in keys)


_OTHER_EXPENSES: Final = _listed("上缴上级支出", "经营支出", "对附属单位补助支出")
_OTHER_INCOME: Final = (  # where the accounts say what 其他资金 are
    "{% if 分列的收入 %}其他资金中"
    + _listed("上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")
    + "。{% endif %}"
)
_BEFORE: Final = (  # what there was beside the year's income
    "{% if 年初结转 %}，年初结转和结余{{ 年初结转 }}万元{% endif %}" + _listed("使用非财政拨款结余")
)
_LEFT: Final = (
    "{% if 结余分配 %}，结余分配{{ 结余分配 }}万元{% endif %}"
    "{% if 年末结转 %}，年末结转和结余{{ 年末结转 }}万元{% endif %}"
)


def department() -> Iterator[Piece]:
    """部门整体支出绩效自评报告 and its annexes."""
    name = ("{{ 年度 }}年度{{ 单位简称 }}", "整体支出", "绩效自评报告")
    yield from front_pages(
        {
            "封面": cover(own_or("封面标题", title(*name, *COVER)), _FACTS[:3]),
            "目录": [Contents()],
            "附件目录": contents_of_annexes(),
        }
    )
    yield from own_or(TITLE, title(*name))
    yield from outline(
        {
            "封面信息": facts(),
            "单位名称行": [Line("抬头", "单位名称:{{ 单位名称 }}")],
            "离退休人员": retired(),
            "收入按来源": income(),
            "基本支出情况": basic_expenditure(),
            "项目支出情况": project_expenditure(),
            "政府性基金": of_a_fund("政府性基金预算", "基金", "政府性基金支出情况"),
            "国有资本经营": of_a_fund("国有资本经营预算", "国资", "国有资本经营支出情况"),
            "整体支出绩效情况": achievements(),
        }
    )
    yield from list_of_annexes()
    yield from signature()
    yield from annexes()


def own_or(style: str, official: Iterable[Line]) -> Iterator[Line]:
    """The title in the clerk's own words, or else the official one."""
    yield Line(BODY, "{%p if 报告标题 %}")
    yield Line(BODY, "{%p for 段 in 报告标题|paragraphs %}")
    yield Line(style, "{{ 段 }}")
    yield Line(BODY, "{%p endfor %}")
    yield Line(BODY, "{%p else %}")
    yield from official
    yield Line(BODY, "{%p endif %}")


def facts() -> Iterator[Line]:
    """Who evaluated, how, and whom to ask: what is filled of it."""
    for label, value in _FACTS:
        yield Line(BODY, f"{{%p if {value} %}}")
        yield Line("抬头", f"{label}：{{{{ {value} }}}}")
        yield Line(BODY, "{%p endif %}")


def retired() -> Iterator[Line]:
    """How many have retired, opened by the words of the heading."""
    heading = (  # which stands before what the clerk wrote, where he wrote anything
        '{% if 节.级别 == "段首" and not 节.正文 %}{{ 节.编号 }}{{ 节.标题 }}。{% endif %}'
    )
    yield Line(BODY, "{%p if 离退休人员 is not none %}")
    yield Line(BODY, "{{ 年度 }}年末离退休人员{{ 离退休人员 }}人。", heading=heading)
    yield Line(BODY, "{%p endif %}")


def income() -> Iterator[Line]:
    """What came in, by where it came from."""
    yield Line(
        BODY,
        "{{ 年度 }}年度收入合计{{ 收入合计 }}万元"
        "{% if 公共预算_本年收入 %}，其中：一般公共预算{{ 公共预算_本年收入 }}万元{% endif %}"
        + "".join(
            f"{{% if {key}_本年收入 %}}，{name}{{{{ {key}_本年收入 }}}}万元{{% endif %}}"
            for name, key in OTHER_FUNDS
        )
        + "。"
        + _OTHER_INCOME,
    )


def basic_expenditure() -> Iterator[Line]:
    """The budget, what came in and went out, and the “三公” expenses."""
    yield Line(THIRD, "1.{{ 年度 }}年预算资金{{ 年初预算 }}万元。")
    yield Line(
        THIRD,
        "2.{{ 年度 }}年度单位一般公共预算财政拨款收入{{ 财政拨款收入 }}万元"
        f"{{% if {_ONE_FUND} %}}{_BEFORE}{{% endif %}}。",
    )
    yield from spending()
    yield Line(
        BODY,
        f"其中：项目支出{{{{ 项目支出 }}}}万元{_OTHER_EXPENSES}，基本支出{{{{ 基本支出 }}}}万元，"
        "其中：人员经费{{ 人员经费 }}万元，公用经费{{ 公用经费 }}万元。",
    )
    yield from official_expenses()


def project_expenditure() -> Iterator[Line]:
    """The projects in a sentence."""
    yield Line(BODY, "{%p if 项目 %}")
    yield Line(
        BODY,
        "{% for 项 in 项目 %}{{ loop.index }}.{{ 项.名称 }}{{ 项.金额 }}万元"
        '{{ "；" if not loop.last else "。" }}{% endfor %}',
    )
    yield Line(BODY, "{%p else %}")
    yield Line(BODY, "无。")
    yield Line(BODY, "{%p endif %}")


def achievements() -> Iterator[Line]:
    """What was achieved, each item opened by its own words."""
    yield Line(BODY, "{%p for 项 in 绩效 %}")
    yield Line(BODY, "{%p set 序号 = loop.index %}")
    yield from run_in("{{ 序号 }}.{{ 项.标题 }}。", "项.内容")
    yield Line(BODY, "{%p endfor %}")


def spending() -> Iterator[Line]:
    """What was spent, of the one fund or of several together."""
    yield Line(BODY, f"{{%p if {_ONE_FUND} %}}")
    yield Line(
        THIRD,
        "3.{{ 年度 }}年度单位一般公共预算财政拨款支出{{ 财政拨款支出 }}万元" + _LEFT + "。",
    )
    yield Line(BODY, "{%p else %}")
    yield Line(
        THIRD,
        "3.{{ 年度 }}年度单位各项资金收入合计{{ 收入合计 }}万元，"
        "其中：一般公共预算{{ 公共预算_本年收入 }}万元"
        + "".join(
            f"{{% if {key}_本年收入 %}}，{name}{{{{ {key}_本年收入 }}}}万元{{% endif %}}"
            for name, key in OTHER_FUNDS
        )
        + _BEFORE.replace("，", "；", 1)
        + "。"
        + _OTHER_INCOME
        + "支出合计{{ 支出合计 }}万元"
        + _LEFT
        + "。",
    )
    yield Line(BODY, "{%p endif %}")


def of_a_fund(name: str, key: str, more: str) -> Iterator[Line]:
    """The section of a fund: its figures and what the clerk says of it; 无。 without both."""
    budget, done = f"{key}_全年预算数", f"{key}_全年执行数"
    yield Line(BODY, f"{{%p if {budget} or {done} %}}")
    yield Line(
        BODY,
        f"{{{{ 年度 }}}}年度{name}拨款全年预算{figure(budget)}万元"
        f"{{% if {done} is not none %}}，支出{{{{ {done} }}}}万元{{% endif %}}。",
    )
    yield Line(BODY, f"{{%p elif not {more} and not 节.正文 and not 节.表格 %}}")
    yield Line(BODY, "无。")
    yield Line(BODY, "{%p endif %}")
    yield from text(f'{more} or ""')


def official_expenses() -> Iterator[Line]:
    """The “三公” sentence: what is filled of it, 0.00 being a figure that must be told."""
    yield Line(BODY, "{%p if 三公经费 is not none %}")
    yield Line(
        BODY,
        "“三公”经费支出{{ 三公经费 }}万元"
        "{% if 三公经费预算 is not none %}（预算数{{ 三公经费预算 }}万元）{% endif %}"
        '{% if 三公经费预算 %}，{{ 三公经费|completion(三公经费预算, "预算") }}{% endif %}'
        "{% if 三公_上年决算数 is not none %}"
        '，{{ 三公经费|change(三公_上年决算数, "上年") }}{% endif %}'
        "{% if 因公出国费 is not none %}；因公出国（境）费{{ 因公出国费 }}万元{% endif %}"
        "{% if 公务用车费 is not none %}；公务用车购置及运行维护费{{ 公务用车费 }}万元{% endif %}"
        "{% if 公务用车购置费 is not none %}，购置费{{ 公务用车购置费 }}万元{% endif %}"
        "{% if 公务用车运行费 is not none %}，运行维护费{{ 公务用车运行费 }}万元{% endif %}"
        "{% if 公务接待费 is not none %}；公务接待费{{ 公务接待费 }}万元{% endif %}。",
    )
    yield Line(BODY, "{%p endif %}")


def templates() -> dict[Path, bytes]:
    """Each template's place in the repository and its bytes."""
    return {
        Path("templates/department/report.docx"): build(
            department(),
            title="{{ 年度 }}年度{{ 单位简称 }}整体支出绩效自评报告",
            author="{{ 单位名称 }}",
        ),
        Path("templates/department_total/report.docx"): build(
            total(),
            title="{{ 年度 }}年度{{ 单位名称 }}部门整体支出绩效自评汇总报告",
            author="{{ 单位名称 }}",
        ),
        Path("templates/grant_report/report.docx"): grant_report(),
        Path("templates/project/report.docx"): build(
            project(),
            title="{{ 年度 }}年度{{ 单位简称 }}项目支出绩效自评报告",
            author="{{ 单位名称 }}",
        ),
        Path("templates/project_sichuan/report.docx"): build(
            project_sichuan(),
            title="{{ 年度 }}年度{{ 单位简称 }}项目支出绩效自评报告",
            author="{{ 单位名称 }}",
        ),
    }


def main() -> None:
    """Write the templates, saying where."""
    for place, content in templates().items():
        (ROOT / place).write_bytes(content)
        print(place)


if __name__ == "__main__":
    main()
