"""Whose figures the sentences of a report are: by headings, columns, rows of lists, other words."""

import sys
from io import BytesIO
from pathlib import Path

import docx
import pytest

from docgen.adopting.kind import adopt_kind
from docgen.naming.page import paragraphs

sys.path.append(str(Path(__file__).parents[1] / "workbook" / "adopting"))
from bureau_forms import accounts, said, township

ACCOUNTS = (
    "全年收入合计322,400.00元（大写：叁拾贰万贰仟肆佰元整），比上年增长16.10%。",
    "支出合计246,210.50元，其中管理费用118,640.50元、公益支出96,320.00元，管理费用上年为121,300.20元。",
    "人均分红186元。",
)
TOWNSHIP = (
    "（一）一般公共预算拨款。年初预算数1860.50万元，决算数2043.76万元。",
    "（二）基本支出。决算数1290.17万元，其中人员经费1130.45万元、公用经费159.72万元。",
    "“三公”经费决算数合计20.25万元，比上年的23.68万元下降14.48%，其中公务接待费6.85万元，下降23.21%。",
    "新建机耕道6.2公里，户厕改造438户，工程验收合格率100%，群众满意度92.6%。",
    "冷库建设总投资42.80万元，为最大的一项；灌溉渠修复上级补助20.00万元。",
    "投资增长14.48%，村里另有新建工程438处。",
)


@pytest.fixture
def template_of(tmp_path):
    """Takes a form and what its report says, and gives the paragraphs of the template."""

    def made(form, *texts):
        for name, data in (("表.xlsx", form), ("报告.docx", said(*texts))):
            (tmp_path / name).write_bytes(data)
        kind = adopt_kind(tmp_path / "kind", tmp_path / "表.xlsx", tmp_path / "报告.docx")
        assert kind.faults == []
        document = docx.Document(BytesIO(kind.report.template))
        return [one.text for one in paragraphs(document) if one.text]

    return made


def test_tables_side_by_side_and_one_under_another_give_each_figure_its_cell(template_of):
    assert template_of(accounts(), *ACCOUNTS) == [
        "全年收入合计{{ '{:,}'.format(收入合计_本年数) }}元"
        "（大写：{{ 收入合计_本年数|upper_amount }}），"
        "比上年{{ '增长' if 收入比上年增长 >= 0 else '下降' }}{{ (收入比上年增长|abs) }}%。",
        "支出合计{{ '{:,}'.format(支出合计_本年数) }}元，"
        "其中管理费用{{ '{:,}'.format(管理费用_本年数) }}元、"
        "公益支出{{ '{:,}'.format(公益支出_本年数) }}元，"
        "管理费用上年为{{ '{:,}'.format(管理费用_上年数) }}元。",
        "人均分红{{ 人均分红.normalize() }}元。",
    ]


def test_rows_headings_and_the_column_of_the_figure_before_tell_whose_a_figure_is(template_of):
    row = (
        "{{% for 行 in 工程 if 行.项目名称 == '{0}' %}}{{{{ 行.{1} }}}}"
        "{{% else %}}＿＿＿（工程里没有“{0}”）{{% endfor %}}"
    )
    turned = "{{{{ '增长' if {0} >= 0 else '下降' }}}}{{{{ ({0}|abs) }}}}%"
    assert template_of(township(), *TOWNSHIP) == [
        "（一）一般公共预算拨款。年初预算数{{ 一般公共预算拨款_年初预算数 }}万元，"
        "决算数{{ 一般公共预算拨款_决算数 }}万元。",
        "（二）基本支出。决算数{{ 基本支出_决算数 }}万元，其中人员经费{{ 人员经费_决算数 }}万元、"
        "公用经费{{ 公用经费_决算数 }}万元。",
        "“三公”经费决算数合计{{ 合计_决算数 }}万元，比上年的{{ 合计_上年决算数 }}万元"
        f"{turned.format('合计_变动率')}，其中公务接待费{{{{ 公务接待费_决算数 }}}}万元，"
        f"{turned.format('公务接待费_变动率')}。",
        "新建机耕道{{ 新建机耕道_实际完成值 }}公里，户厕改造{{ 户厕改造_实际完成值 }}户，"
        "工程验收合格率{{ 工程验收合格率_实际完成值 }}%，群众满意度{{ 群众满意度_实际完成值 }}%。",
        f"冷库建设总投资{row.format('冷库建设', '总投资')}万元，为最大的一项；"
        f"灌溉渠修复上级补助{row.format('灌溉渠修复', '上级补助')}万元。",
        "投资增长14.48%，村里另有新建工程438处。",
    ]
