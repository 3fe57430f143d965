"""What is wrong with a kind's data files, all of it at once, with its line and what to write."""

import tomllib

import pytest

from workbook.checking.data_files import KindError
from workbook.checking.fault_lines import with_line
from workbook.checking.kinds import load_kind
from workbook.checking.toml_faults import faults_of, toml_fault
from workbook.form.faults.shape import shape_faults
from workbook.form.model import Form
from workbook.form.sample import SampleFile
from workbook.rules.model import RuleFile

FORM = """kind = "小表"
version = "1"
titel = "小表"

[[sheet]]
name = "收支"

  [[sheet.block]]
  type = "field"

  [[sheet.block]]
  type = "fields"
  title = "支出"

    [[sheet.block.field]]
    key = "基本支出"
    type = "nubmer"
    decimals = 9
    required = "yes"

    [[sheet.block.field]]
    type = "text"
    max = "很多"

[[sheet]]
name = 3
block = []
landscap = true
"""


def faults(text, shape):
    return shape_faults(tomllib.loads(text), shape, text)


def test_every_fault_of_a_form_is_told_at_once_with_its_line():
    assert faults(FORM, Form) == [
        '第 2 行:version 要写整数(不小于 1),不加引号,写的是 "1"',
        "第 3 行:没有「titel」这个属性,是不是 title?",
        '第 9 行:type 不能写 "field",是不是 fields?',
        '第 17 行:type 不能写 "nubmer",是不是 number?',
        "第 18 行:decimals 要写整数(0 至 6),不加引号,写的是 9",
        '第 19 行:required 要写 true 或 false,不加引号,写的是 "yes"',
        '第 23 行:max 要写数字,不加引号,写的是 "很多"',
        "第 21 行:缺了 key",
        '第 26 行:name 要写文字,两边加引号,如 "3",写的是 3',
        "第 28 行:没有「landscap」这个属性,是不是 landscape?",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[rule]\nid = "甲"', ["第 1 行:[rule] 要写成 [[rule]]"]),
        ("rule = 3", ["第 1 行:rule 要写成 [ … ],写的是 3"]),
        ("rule = [3]", ["第 1 行:要写成 [rule],写的是 3"]),
        (
            '[[rule]]\nid = "甲"\nclaim = "a"\n[[rule]]\nid = "乙"\nseverity = "fatal"',
            ['第 6 行:severity 不能写 "fatal",可写的有 error、hint、warning', "第 4 行:缺了 claim"],
        ),
    ],
)
def test_faults_of_rules_name_the_rule(text, said):
    assert faults(text, RuleFile) == said


def test_tables_of_a_sample_are_lists_of_rows():
    text = '[fields]\n"甲" = 1\n[tables]\n"项目" = { "名称" = "甲" }\n'
    assert faults(text, SampleFile) == ["第 4 行:[tables.项目] 要写成 [[tables.项目]]"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = “小表”", '第 1 行:全角的 “ 请改成半角的 "'),
        ('title ＝ "小表"', "第 1 行:全角的 ＝ 请改成半角的 ="),
        ('a = 1\nb = ["甲"，"乙"]', "第 2 行:全角的 ， 请改成半角的 ,"),
        ('a = "小表', '第 1 行或它前面:引号没有成对,请在文字末尾补上 "'),
        ("a = [1", "第 1 行或它前面:[ 没有配上 ]"),
        ("a = 1\na = 2", "第 2 行或它前面:同一个名称写了两次"),
        ("[a]\n[a]", "第 2 行:同一个 [ ] 写了两次;要写几份请用 [[ ]]"),
        ("a = yes", "第 1 行:是或否写 true 或 false,不加引号,是不是 a = true?"),
        ("a = 否", "第 1 行:是或否写 true 或 false,不加引号,是不是 a = false?"),
        ("a = 小表", '第 1 行:= 后面的文字两边要有引号,是不是 a = "小表"?'),
        ("title", '第 1 行或它前面:名称后面要有一个 =,如 title = "工作总结"'),
        ("[fields]\n基本支出 = 3", '第 2 行:中文的名称要加引号:"基本支出" = …'),
        ("基本支出", '第 1 行:看不懂这一行:要么是 [名称],要么是 名称 = "值"'),
        ('a = "甲" 乙', "第 1 行:一行只写一个值;文字两边要有引号"),
        ('a = "\\q"', "第 1 行:双引号里的 \\ 要写成 \\\\,或改用单引号"),
        ("[[a]", "第 1 行:[[ 没有配上 ]]"),
        ("a = 5x # 说明，见表", '第 1 行:= 后面的文字两边要有引号,是不是 a = "5x"?'),
        ("a = 195,5", "第 1 行:数里不写逗号,小数点用 .,是不是 a = 1955?"),
        ('a = "支出\nb = 1', '第 1 行:引号没有成对,请在文字末尾补上 "'),
        ("a = 2025.3.10", "第 1 行:日期要写成 2023-03-15 这样,是不是 a = 2025-03-10?"),
        ('title "甲，乙"', '第 1 行:名称后面要有一个 =,如 title = "工作总结"'),
    ],
)
def test_what_is_no_toml_is_told_in_the_authors_words(text, said):
    with pytest.raises(ValueError) as raised:
        tomllib.loads(text)
    assert toml_fault(raised.value, text) == said


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        ("form.toml:「基本支出」:min 大于 max", 16),
        ("form.toml:工作表「收支」里没有要填的内容", 6),
        ("form.toml:「没有的」不能作 key", None),
        ("form.toml:第 3 行:没有「titel」这个属性", None),
        ("没有「summary」这种报告", None),
    ],
)
def test_a_fault_gets_the_line_of_the_first_thing_it_names(tmp_path, fault, line):
    (tmp_path / "form.toml").write_text(FORM, encoding="utf-8")
    said = f"{tmp_path}/{fault}" if fault.startswith("form") else fault
    name, _, rest = fault.partition(":")
    expected = f"{tmp_path}/{name}:第 {line} 行:{rest}" if line else said
    assert with_line(said) == expected


def test_slips_of_several_lines_are_told_together():
    text = 'title ＝ "小表"\nversion = 一\nrows ＝ 3\n[fields\nkind ＝ 3\n'
    assert faults_of(text.encode()) == [
        "第 1 行:全角的 ＝ 请改成半角的 =",
        '第 2 行:= 后面的文字两边要有引号,是不是 version = "一"?',
        "第 3 行:全角的 ＝ 请改成半角的 =",
        "第 4 行:[ 没有配上 ]",
    ]


KIND = """kind = "小结"
version = 1
title = "小结"
report_name = "{{ 年度 }}小结"

[[sheet]]
name = "收支"

  [[sheet.block]]
  type = "fields"
  title = "收支"

    [[sheet.block.field]]
    key = "年度"
    type = "year"

    [[sheet.block.field]]
    key = "支出合计"
    type = "number"
    unit = "万元"

    [[sheet.block.field]]
    key = "基本支出"
    type = "number"
    unit = "万元"

  [[sheet.block]]
  type = "table"
  key = "项目"
  title = "项目"
  row_name = "名称"

    [[sheet.block.column]]
    key = "名称"
    type = "text"

    [[sheet.block.column]]
    key = "金额"
    type = "number"
    unit = "万元"
"""
RULE = '[[rule]]\nid = "构成"\nclaim = "支出合计 == 基本支出 + sum(项目.金额)"\n'


def faults_of_kind(folder, form=KIND, rules=RULE, sample=""):
    """What is said of a kind, by file, with lines."""
    kind = folder / "小结"
    kind.mkdir(exist_ok=True)
    for name, text in (("form", form), ("rules", rules), ("sample", sample)):
        (kind / f"{name}.toml").write_text(text, encoding="utf-8")
    try:
        read = load_kind(kind, folder)
        assert read.rules.rules and read.sample is not None
    except KindError as error:
        return [with_line(one).replace(f"{kind}/", "") for one in error.faults]
    return []


def test_a_kind_without_a_slip_is_read(tmp_path):
    assert faults_of_kind(tmp_path) == []


def test_a_slip_in_one_file_does_not_hide_those_in_the_others(tmp_path):
    form, rules = KIND.replace("unit =", "unit ＝", 1), RULE.replace('"构成"', "构成")
    assert faults_of_kind(tmp_path, form, rules, "[fields]\n支出合计 = 3\n") == [
        "form.toml:第 20 行:全角的 ＝ 请改成半角的 =",
        'rules.toml:第 2 行:= 后面的文字两边要有引号,是不是 id = "构成"?',
        'sample.toml:第 2 行:中文的名称要加引号:"支出合计" = …',
    ]


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ('"number"', '"数字"', '第 19 行:type 不能写 "数字",是不是 number?'),
        ('"基本支出"', '"and"', "「and」不能作 key:它在规则和模板里是语法用的词,请换一个名字"),
        (
            '"基本支出"',
            '"基本支出（万元）"',
            "「基本支出（万元）」不能作 key:只能用汉字、字母、数字和下划线,不以数字或下划线开头,"
            "最多 200 个字,是不是「基本支出」?印在表上的字写在 label 里,"
            '如 label = "基本支出（万元）"',
        ),
        (
            "{{ 年度 }}",
            "｛｛ 年度 ｝｝",
            "report_name 里全角的「｛｛」请改成半角的 {{ }}",
        ),
        (
            '"基本支出"',
            '"基本支出"\n    prior = "支出总计"',
            "「基本支出」:表单里没有 prior 写的「支出总计」,是不是「支出合计」?",
        ),
    ],
)
def test_a_slip_in_a_form_is_told_with_what_was_meant(tmp_path, was, now, said):
    (told,) = faults_of_kind(tmp_path, KIND.replace(was, now, 1))
    assert told.startswith("form.toml:第 ") and told.endswith(said)


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("支出合计 == C9", "表单里没有「C9」:这像是单元格地址,请写那一格的 key"),
        (
            "支出合计 == 收支!C9",
            "「支出合计 == 收支!C9」写法有误:「!」后面是单元格地址;这里不写地址,写那一格的 key",
        ),
        (
            "金额 > 0",
            "表单里没有「金额」,它是表「项目」的一列:整列写成 项目.金额,如 sum(项目.金额);"
            '规则要逐行核对的,加一行 each = "项目"',
        ),
    ],
)
def test_a_slip_in_a_rule_is_told_with_what_was_meant(tmp_path, claim, said):
    rules = f'[[rule]]\nid = "甲"\nclaim = "{claim}"\n'
    assert faults_of_kind(tmp_path, rules=rules) == [f"rules.toml:第 3 行:规则「甲」:{said}"]


def test_yuan_are_not_added_to_ten_thousands_of_yuan(tmp_path):
    """It would tie at most by chance; who converts them may add them."""
    form = KIND.replace(
        '"基本支出"\n    type = "number"\n    unit = "万元"',
        '"基本支出"\n    type = "number"\n    unit = "元"',
    )
    said = (
        "rules.toml:第 3 行:规则「构成」:「支出合计」的单位是万元,「基本支出」的单位是元,"
        "不能直接相加减或比较,请先换算,如 基本支出 / 10000"
    )
    assert faults_of_kind(tmp_path, form) == [said]
    assert faults_of_kind(tmp_path, form, RULE.replace("== 基本支出", "== 基本支出 / 10000")) == []


TWO_UNITS = KIND.replace(
    '"基本支出"\n    type = "number"\n    unit = "万元"',
    '"基本支出"\n    type = "number"\n    unit = "元"',
)
AMOUNTS = "「支出合计」的单位是万元,「基本支出」的单位是元"
NOT_ONE_UNIT = f"{AMOUNTS},不能直接相加减或比较,请先换算,如 基本支出 / 10000"


@pytest.mark.parametrize(
    "claim",
    [
        "支出合计 == 基本支出 or 支出合计 == 0",
        "支出合计 > 0 and 支出合计 >= 基本支出",
        "not 支出合计 < 基本支出",
        "0 <= 支出合计 <= 基本支出",
        "abs(支出合计 - 基本支出) <= 1",
        "(支出合计 if 支出合计 > 0 else 基本支出) > 0",
        "max(支出合计, 基本支出) > 0",
        "total(支出合计, 基本支出) > 0",
        "round(支出合计, 1) == -基本支出",
        "支出合计 == 1 * 基本支出",
        "支出合计 / (支出合计 + 基本支出) < 1",
    ],
)
def test_amounts_of_two_units_meet_nowhere_in_a_rule(tmp_path, claim):
    rules = f'[[rule]]\nid = "甲"\nclaim = "{claim}"\n'
    told = faults_of_kind(tmp_path, TWO_UNITS, rules)
    assert told == [f"rules.toml:第 3 行:规则「甲」:{NOT_ONE_UNIT}"]


@pytest.mark.parametrize(
    "claim",
    [
        "支出合计 == 基本支出 / 10000 or 支出合计 == 0",
        "支出合计 > 0 and 基本支出 > 0",
        "支出合计 if 支出合计 > 0 else 基本支出 / 10000",
        "基本支出 / 支出合计 < 10000",
        "given(支出合计) or given(基本支出)",
    ],
)
def test_amounts_that_are_converted_or_do_not_meet_are_in_order(tmp_path, claim):
    claim = f"({claim}) > 0" if " if " in claim else claim
    rules = f'[[rule]]\nid = "甲"\nclaim = "{claim}"\n'
    assert faults_of_kind(tmp_path, TWO_UNITS, rules) == []


def test_amounts_of_two_units_meet_neither_in_a_condition_nor_in_a_message(tmp_path):
    rule = '[[rule]]\nid = "甲"\nclaim = "支出合计 > 0"\n'
    for line in ('when = "支出合计 > 基本支出"', 'message = "差 {{ 支出合计 - 基本支出 }}"'):
        (told,) = faults_of_kind(tmp_path, TWO_UNITS, f"{rule}{line}\n")
        assert told.endswith(NOT_ONE_UNIT)


@pytest.mark.parametrize("kind", ["compute", "default"])
def test_a_cell_is_not_worked_out_in_another_unit_than_its_own(tmp_path, kind):
    form = TWO_UNITS.replace(
        '"基本支出"\n    type = "number"\n    unit = "元"',
        f'"基本支出"\n    type = "number"\n    unit = "元"\n    {kind} = "支出合计"',
    )
    rules = '[[rule]]\nid = "甲"\nclaim = "支出合计 > 0"\n'
    (told,) = faults_of_kind(tmp_path, form, rules)
    assert told.endswith(
        f"「基本支出」的 {kind}:「基本支出」的单位是元,「支出合计」的单位是万元,"
        "不能直接相加减或比较,请先换算,如 基本支出 / 10000"
    )
    converted = form.replace(f'{kind} = "支出合计"', f'{kind} = "支出合计 * 10000"')
    assert faults_of_kind(tmp_path, converted, rules) == []


@pytest.mark.parametrize(
    ("sample", "said"),
    [
        ('[fields]\n"支出总计" = 3\n', "表单里没有「支出总计」,是不是「支出合计」?"),
        ('[[tables."项目表"]]\n"金额" = 3\n', "表单里没有表「项目表」,是不是「项目」?"),
    ],
)
def test_a_slip_in_a_sample_is_told_with_what_was_meant(tmp_path, sample, said):
    (told,) = faults_of_kind(tmp_path, sample=sample)
    assert told.startswith("sample.toml:第 ") and told.endswith(said)
