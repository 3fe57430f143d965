"""A kind is data files; what is wrong with them is said all at once, to their author."""

from decimal import Decimal
from pathlib import Path

import pytest
from small import details, form_of, money, text

from workbook.checking.data_files import KindError
from workbook.checking.kinds import Kind, find_kind, load_kind
from workbook.checking.search import SEARCH_PATH, kind_folders
from workbook.form.faults.form import form_faults
from workbook.form.field import Field, Fields
from workbook.form.model import Form, Sheet
from workbook.form.table import QuoteAs, Table
from workbook.making.build import build_workbook

KEY_WORDS = "不能作 key:只能用汉字、字母、数字和下划线,不以数字或下划线开头,最多 200 个字"


def meant(key, label):
    """What is proposed for a key with signs in it."""
    return f',是不是「{key}」?印在表上的字写在 label 里,如 label = "{label}"'


CELL_WORDS = "不能作 key:Excel 会把它当成单元格地址,或是 Excel 和程序自用的名称"
FORM = """
kind = "小表"
version = 1
title = "小表"

[[sheet]]
name = "一"
[[sheet.block]]
type = "fields"
title = "各项"
[[sheet.block.field]]
key = "甲"
type = "number"
decimals = 2
[[sheet.block.field]]
key = "乙"
type = "number"
"""


@pytest.mark.parametrize("kind", ["department", "language"])
def test_the_kinds_that_are_here_have_no_fault(kind: str, request: pytest.FixtureRequest) -> None:
    assert form_faults(request.getfixturevalue(kind).form) == []


@pytest.mark.parametrize(
    ("field", "faults"),
    [
        (money("甲"), []),
        (money("T2"), [f"「T2」{CELL_WORDS}"]),
        (money("xfd1048576"), [f"「xfd1048576」{CELL_WORDS}"]),
        (money("R1C1"), [f"「R1C1」{CELL_WORDS}"]),
        (money("c"), [f"「c」{CELL_WORDS}"]),
        (money("规则_甲"), [f"「规则_甲」{CELL_WORDS}"]),
        (money("选项_甲"), [f"「选项_甲」{CELL_WORDS}"]),
        (money("年初 预算"), [f"「年初 预算」{KEY_WORDS}{meant('年初预算', '年初 预算')}"]),
        (money("2022年"), [f"「2022年」{KEY_WORDS}"]),
        (money("_甲"), [f"「_甲」{KEY_WORDS}"]),
        (money(""), [f"「」{KEY_WORDS}"]),
        (money("“三公”"), [f"「“三公”」{KEY_WORDS}{meant('三公', '“三公”')}"]),
        (money("长" * 201), [f"「{'长' * 201}」{KEY_WORDS}"]),
        (text("甲", choices=("一",)), ["「甲」:choice 类型要写 choices,其他类型不写"]),
        (Field(key="甲", type="choice"), ["「甲」:choice 类型要写 choices,其他类型不写"]),
        (text("甲", decimals=2), ["「甲」:只有数字类型才有 decimals、min、max"]),
        (text("甲", min=Decimal(0)), ["「甲」:只有数字类型才有 decimals、min、max"]),
        (text("甲", max=Decimal(0)), ["「甲」:只有数字类型才有 decimals、min、max"]),
        (
            money("甲", min=Decimal(2), max=Decimal(1)),
            ["「甲」:min 大于 max,什么数都填不进去"],
        ),
        (
            money("甲", empty="zero"),
            ['「甲」:empty = "zero" 只用于可不填(required = false)的数字'],
        ),
        (
            text("甲", empty="zero", required=False),
            ['「甲」:empty = "zero" 只用于可不填(required = false)的数字'],
        ),
    ],
)
def test_a_field_that_excel_or_the_reader_cannot_take_is_a_fault(
    field: Field, faults: list[str]
) -> None:
    assert form_faults(form_of(field)) == faults


@pytest.mark.parametrize(
    ("table", "faults"),
    [
        (details(), ["表「明细」没有列"]),
        (details(text("名称"), money("名称")), ["表「明细」的列名有重复"]),
        (details(text("Name"), money("NAME")), ["表「明细」的列名有重复"]),
        (
            details(text("Name"), row_name="name"),
            ["表「明细」没有列「name」(写在 row_name 或 quote_as 里),是不是「Name」?"],
        ),
        (
            details(text("名称"), quote_as=QuoteAs(name="名称", value="数值")),
            ["表「明细」没有列「数值」(写在 row_name 或 quote_as 里)"],
        ),
        (details(text("甲")), []),
        (details(text("明细")), []),
    ],
)
def test_a_table_that_excel_or_the_reader_cannot_take_is_a_fault(
    table: Table, faults: list[str]
) -> None:
    assert form_faults(form_of(money("甲"), tables=[table])) == faults


@pytest.mark.parametrize(
    ("prior", "faults"),
    [
        (money("上年", prior="本年"), []),
        (money("上年", prior="本年", decimals=None), []),
        (
            money("上年", prior="去年"),
            ["「上年」:{where}里没有 prior 写的「去年」,是不是「本年」?"],
        ),
        (money("上年", prior="名称"), ["「上年」:prior 要写一个数字字段"]),
        (text("上年", prior="本年"), ["「上年」:prior 要写一个数字字段"]),
        (
            money("上年", prior="本年", unit="元"),
            ["「上年」:单位要与 prior 写的「本年」相同,小数位不能比它少"],
        ),
        (
            money("上年", prior="本年", decimals=1),
            ["「上年」:单位要与 prior 写的「本年」相同,小数位不能比它少"],
        ),
        (money("上年", prior="本年", carry=True), ["「上年」:prior 和 carry 只写一个"]),
    ],
)
def test_a_figure_of_last_year_comes_from_one_like_it_in_its_form_or_table(
    prior: Field, faults: list[str]
) -> None:
    others = (money("本年"), text("名称"))
    single, table = form_of(prior, *others), details(prior, *others)
    assert form_faults(single) == [fault.format(where="表单") for fault in faults]
    inside = form_of(money("别的"), tables=[table])
    assert form_faults(inside) == [fault.format(where="表「明细」") for fault in faults]


def test_fields_and_tables_share_one_namespace_that_ignores_case() -> None:
    form = form_of(money("Sum"), money("SUM"), money("明细"), tables=[details(text("名称"))])
    assert form_faults(form) == [
        "「SUM」重复:字段和表的 key 在整张表单里只能出现一次",
        "「明细」重复:字段和表的 key 在整张表单里只能出现一次",
    ]


@pytest.mark.parametrize(
    ("names", "faults"),
    [
        (("校验",), ["工作表名「校验」已被占用,请换一个"]),
        (("A", "a"), ["工作表名「A」已被占用,请换一个", "工作表名「a」已被占用,请换一个"]),
        (("",), ["工作表名「」不能用:须为 1 至 31 个字,且不含 [ ] : * ? / \\ '"]),
        (("一/二",), ["工作表名「一/二」不能用:须为 1 至 31 个字,且不含 [ ] : * ? / \\ '"]),
        (
            ("长" * 32,),
            [f"工作表名「{'长' * 32}」不能用:须为 1 至 31 个字,且不含 [ ] : * ? / \\ '"],
        ),
    ],
)
def test_a_sheet_name_that_excel_refuses_is_a_fault(
    names: tuple[str, ...], faults: list[str]
) -> None:
    sheets = tuple(
        Sheet(name=name, block=(Fields(title="各项", field=(money(f"甲{'乙' * i}"),)),))
        for i, name in enumerate(names)
    )
    assert form_faults(Form(kind="小", version=1, title="小", sheet=sheets)) == faults


@pytest.mark.parametrize(
    ("sheets", "fault"),
    [
        ((), "表单里没有工作表"),
        ((Sheet(name="空", block=()),), "工作表「空」里没有要填的内容"),
        (
            (Sheet(name="空", block=(Fields(title="无", field=()),)),),
            "工作表「空」里没有要填的内容",
        ),
    ],
)
def test_an_empty_form_is_a_fault(sheets: tuple[Sheet, ...], fault: str) -> None:
    assert form_faults(Form(kind="小", version=1, title="小", sheet=sheets)) == [fault]


def write_kind(folder: Path, form: str = FORM, rules: str = "", sample: str = "") -> Path:
    kind = folder / "小表"
    kind.mkdir()
    for name, words in (("form", form), ("rules", rules), ("sample", sample)):
        if words:
            (kind / f"{name}.toml").write_text(words, encoding="utf-8")
    return kind


def faults_of(kind: Path) -> list[str]:
    """The faults of a kind's files, without the files' folder."""
    try:
        loaded = load_kind(kind)
        _ = loaded.rules, loaded.sample
    except KindError as error:
        return [fault.removeprefix(f"{kind}/") for fault in error.faults]
    return []


def test_a_kind_without_rules_is_a_form_that_checks_nothing(tmp_path: Path) -> None:
    kind = load_kind(write_kind(tmp_path))
    assert kind.rules.rules == ()
    assert build_workbook(kind.form, kind.rules)["校验"]["B2"].value == "这种报告没有规则。"


def test_a_file_of_rules_may_be_empty(tmp_path: Path) -> None:
    assert load_kind(write_kind(tmp_path, rules="# 还没有规则")).rules.rules == ()


def test_a_kind_without_a_sample_says_so_when_asked_for_it(tmp_path: Path) -> None:
    assert faults_of(write_kind(tmp_path)) == ["小表 没有样例(sample.toml)"]


def test_all_faults_of_a_form_are_said_at_once(tmp_path: Path) -> None:
    form = FORM.replace('kind = "小表"', 'kind = "大表"').replace('key = "乙"', 'key = "A1"')
    form = form.replace('name = "一"', 'name = "校验"')
    assert faults_of(write_kind(tmp_path, form)) == [
        f"form.toml:「A1」{CELL_WORDS}",
        "form.toml:工作表名「校验」已被占用,请换一个",
        'form.toml:kind = "大表" 应与文件夹名「小表」相同',
    ]


def test_all_faulty_rules_are_said_at_once(tmp_path: Path) -> None:
    rules = "".join(
        f'[[rule]]\nid = "{name}"\nclaim = "{claim}"\n'
        for name, claim in (("一", "甲 == 丙"), ("二", "甲 == 乙"), ("三", "甲"))
    )
    assert faults_of(write_kind(tmp_path, rules=rules)) == [
        "rules.toml:规则「一」:表单里没有「丙」",
        "rules.toml:规则「三」:「甲」要是一个能判断对错的式子,如 甲 == 乙 + 丙",
    ]


def test_all_that_does_not_fit_in_a_sample_is_said_at_once(tmp_path: Path) -> None:
    sample = '[fields]\n"甲" = "一"\n"丙" = 1\n[[tables."表"]]\n"列" = 1\n'
    assert faults_of(write_kind(tmp_path, sample=sample)) == [
        'sample.toml:「甲」要写数字,如 12.50,不加引号,样例写的是 "一"',
        "sample.toml:表单里没有「丙」",
        "sample.toml:表单里没有表「表」",
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            'type = "fields"',
            'type = "tree"',
            '第 9 行:type 不能写 "tree",可写的有 fields、grid、table、card',
        ),
        ("version = 1", "version = 0", "第 3 行:version 要写整数(不小于 1),不加引号,写的是 0"),
        ("version = 1", 'version = "1"', '第 3 行:version 要写整数(不小于 1),不加引号,写的是 "1"'),
        (
            "decimals = 2",
            "decimals = 9",
            "第 14 行:decimals 要写整数(0 至 6),不加引号,写的是 9",
        ),
        ('title = "小表"', 'titel = "小表"', "第 4 行:没有「titel」这个属性,是不是 title?"),
        (
            'type = "number"\ndecimals',
            'type = "money"\ndecimals',
            '第 13 行:type 不能写 "money",可写的有 '
            "choice、date、integer、number、paragraphs、text、year",
        ),
    ],
)
def test_a_form_of_the_wrong_shape_names_the_place(
    old: str, new: str, fault: str, tmp_path: Path
) -> None:
    assert faults_of(write_kind(tmp_path, FORM.replace(old, new))) == [f"form.toml:{fault}"]


@pytest.mark.parametrize(
    ("rules", "fault"),
    [
        (
            '[[rule]]\nid = "正"\nclaim = "甲 > 0"\nwen = "乙 > 0"',
            "第 4 行:没有「wen」这个属性,是不是 when?",
        ),
        ('[[rules]]\nid = "正"\nclaim = "甲 > 0"', "第 1 行:没有「rules」这个属性,是不是 rule?"),
        ('[[rule]]\nid = "正"', "第 1 行:缺了 claim"),
        (
            '[[rule]]\nid = "正"\nclaim = "甲 > 0"\nlevel = "error"',
            "第 4 行:没有「level」这个属性,是不是 severity?",
        ),
    ],
)
def test_a_rule_of_the_wrong_shape_names_the_word(rules: str, fault: str, tmp_path: Path) -> None:
    assert faults_of(write_kind(tmp_path, rules=rules)) == [f"rules.toml:{fault}"]


def test_broken_toml_names_its_line(tmp_path: Path) -> None:
    (fault,) = faults_of(write_kind(tmp_path, FORM + "= 3"))
    assert fault == 'form.toml:第 18 行:看不懂这一行:要么是 [名称],要么是 名称 = "值"'


def test_a_file_with_a_mark_of_byte_order_is_read(tmp_path: Path) -> None:
    kind = write_kind(tmp_path, "\ufeff" + FORM)
    assert load_kind(kind).form.kind == "小表"


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    kind = write_kind(tmp_path)
    (kind / "form.toml").write_bytes(FORM.encode("gb18030"))
    assert faults_of(kind) == ["form.toml:请用 UTF-8 编码保存"]


def test_an_unchanged_kind_is_read_once_and_a_changed_one_again(tmp_path: Path) -> None:
    folder = write_kind(tmp_path)
    first = load_kind(folder)
    assert load_kind(folder) is first
    rules = folder / "rules.toml"
    rules.write_text('[[rule]]\nid = "正"\nclaim = "甲 >= 0"\n', encoding="utf-8")
    assert [one.spec.id for one in load_kind(folder).rules.rules] == ["正"]
    rules.unlink()
    (folder / "form.toml").unlink()
    with pytest.raises(KindError):
        load_kind(folder)


def test_a_folder_without_a_form_is_no_kind(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    write_kind(tmp_path)
    assert "空" not in kind_folders(tmp_path)
    assert faults_of(tmp_path / "空") == ["form.toml:读不了(文件或文件夹不存在)"]


def test_an_unknown_kind_names_those_that_there_are(tmp_path: Path) -> None:
    write_kind(tmp_path)
    with pytest.raises(KindError) as error:
        find_kind("三公", tmp_path)
    assert error.value.faults == (
        "没有「三公」这种报告。现有:小表、department、department_total、grant_report、project、project_sichuan",
    )


def test_an_extra_folder_comes_before_the_built_in_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "自己的"
    kind = own / "department"
    kind.mkdir(parents=True)
    (kind / "form.toml").write_text(FORM.replace("小表", "department"), encoding="utf-8")
    monkeypatch.setenv(SEARCH_PATH, str(own))
    assert find_kind("department").form.title == "department"
    assert isinstance(find_kind("department", kind.parents[1] / "没有"), Kind)
