"""Functions of an installed package that a kind names: allowed, asked, and wrong in every way."""

import json
import shutil
from pathlib import Path

import docx
import pytest
from loaded import load_workbook
from typer.testing import CliRunner

from docgen.report.lint_report import kind_faults
from gouji.command_line.app import app
from workbook.checking.data_files import KindError
from workbook.checking.kinds import load_kind
from workbook.files import installed

MODULE = '''
"""A bureau's own reckoning."""
from decimal import Decimal
from os import system

STEP = Decimal("0.5")


def share(part, whole):
    return (part / whole * 100).quantize(Decimal("0.01"))


def longest(names):
    return max(names, key=len)


def kind_of(amount):
    return "大额" if amount > 200 else "小额"


def as_float(part, whole):
    return float(part / whole)


def refusing(part, whole):
    raise ValueError("本年没有这一档标准")


def failing(part, whole):
    return {}["标准"]


def leaving(part, whole):
    raise SystemExit(3)


def endless(part, whole):
    return Decimal("1e99")


def is_small(amount):
    return amount < 200
'''
FUNCTIONS = """
[[function]]
name = "占比"
call = "bureau_rules.money:share"
takes = ["number", "number"]
gives = "number"
decimals = 2

[[function]]
name = "最长名称"
call = "bureau_rules.money:longest"
takes = ["texts"]
gives = "text"

[[function]]
name = "档次"
call = "bureau_rules.money:kind_of"
takes = ["number"]
gives = "text"
"""
RULES = """
[[rule]]
id = "占比与函数一致"
claim = "项目支出占比 == 占比(项目支出, 支出合计)"

[[rule]]
id = "单项不大"
each = "项目"
claim = "档次(金额) == '小额'"
severity = "warning"
message = "{{ 名称 }}是{{ 档次(金额) }}"
"""


@pytest.fixture
def allow(tmp_path, monkeypatch):
    """Takes what the computer's settings say; the user's are in `用户`."""
    place = tmp_path / "etc" / "settings.toml"
    place.parent.mkdir()
    for module in ("settings", "installed"):
        monkeypatch.setattr(f"workbook.files.{module}.computers_file", lambda *_: place)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "用户"))

    def say(*functions):
        place.write_text(f"functions = {json.dumps(functions)}", "utf-8")
        return place

    return say


@pytest.fixture
def package(tmp_path, monkeypatch):
    """The module of a package that somebody is writing, installed where it stands."""
    source, site = tmp_path / "源 码", tmp_path / "site"
    (source / "bureau_rules").mkdir(parents=True)
    (source / "bureau_rules" / "__init__.py").write_text("", "utf-8")
    module = source / "bureau_rules" / "money.py"
    module.write_text(MODULE, "utf-8")
    told = site / "bureau_rules-1.0.dist-info"
    told.mkdir(parents=True)
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: bureau-rules\nVersion: 1.0\n")
    (told / "top_level.txt").write_text("bureau_rules\n")
    url = {"url": source.as_uri(), "dir_info": {"editable": True}}
    (told / "direct_url.json").write_text(json.dumps(url))
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.syspath_prepend(str(source))
    yield module
    installed._forget("bureau_rules")
    installed._states.clear()


def gouji(*arguments):
    made = CliRunner().invoke(app, [*map(str, arguments)])
    assert made.exception is None or isinstance(made.exception, SystemExit), made.exception
    return made.exit_code, made.output


@pytest.fixture(scope="module")
def scaffold(tmp_path_factory):
    """A new kind, as it is before anybody writes functions into it."""
    folder = tmp_path_factory.mktemp("新") / "小结"
    assert gouji("kind", "new", folder, "--title", "工作小结")[0] == 0
    return folder


@pytest.fixture
def kind(tmp_path, scaffold):
    folder = tmp_path / "种类" / "小结"
    shutil.copytree(scaffold, folder)
    for name, more in (("form.toml", FUNCTIONS), ("rules.toml", RULES)):
        path = folder / name
        path.write_text(f"{path.read_text('utf-8')}{more}", "utf-8")
    return folder


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def template_saying(kind: Path, *texts: str) -> None:
    document = docx.Document(str(kind / "report.docx"))
    for text in texts:
        document.add_paragraph(text)
    document.save(str(kind / "report.docx"))


def faults_of(kind: Path) -> list[str]:
    with pytest.raises(KindError) as caught:
        load_kind(kind).check()
    return [one.removeprefix(f"{kind}/") for one in caught.value.faults]


def workbook(kind: Path) -> Path:
    """The sample, filled in."""
    book = kind.parent / f"填报{len([*kind.parent.glob('*.xlsx')])}.xlsx"
    status, said = gouji("new", "小结", book, "--sample", "--templates", kind.parent)
    assert status == 0, said
    return book


def test_without_a_word_of_the_administrator_a_kind_with_functions_is_refused(
    kind, package, tmp_path, allow
):
    place = tmp_path / "etc" / "settings.toml"
    said = [
        f"form.toml:函数「{name}」用不了:「bureau_rules.money:{call}」还没有获准使用。"
        f'种类自己不能打开它:请这台电脑的管理员在 {place} 里写 functions = ["bureau_rules"]'
        for name, call in (("占比", "share"), ("最长名称", "longest"), ("档次", "kind_of"))
    ]
    assert faults_of(kind) == said
    status, told = gouji("new", "小结", tmp_path / "填报.xlsx", "--templates", kind.parent)
    assert (status, "请这台电脑的管理员" in told) == (2, True)
    status, told = gouji("kinds", "--templates", kind.parent)
    assert f"{kind}/form.toml:第 " in told
    assert "functions = [" in told


def test_a_users_own_file_allows_nothing(kind, package, tmp_path, allow):
    own = tmp_path / "用户" / "gouji" / "settings.toml"
    own.parent.mkdir(parents=True)
    own.write_text('functions = ["bureau_rules"]', "utf-8")
    assert len(faults_of(kind)) == 3
    status, said = gouji("settings")
    place = tmp_path / "etc" / "settings.toml"
    assert status == 2
    assert f"{own}:functions 由管理员写在 {place},写在这里不算" in said
    assert "函数:没有准许的" in said


@pytest.mark.parametrize(
    "named",
    [
        ("bureau_rules",),
        ("bureau_rules.money",),
        tuple(f"bureau_rules.money:{one}" for one in ("share", "longest", "kind_of")),
    ],
)
def test_a_package_a_module_or_single_functions_are_allowed(kind, package, allow, named):
    allow(*named)
    assert kind_faults(load_kind(kind)) == []


def test_rules_ask_the_functions_and_the_sheet_says_who_judges_them(kind, package, allow):
    allow("bureau_rules")
    book = workbook(kind)
    assert gouji("check", book, "--templates", kind.parent)[0] == 0
    sheet = load_workbook(book)["校验"]
    said = {sheet.cell(row, 3).value: sheet.cell(row, 9).value for row in range(5, 12)}
    assert said["占比与函数一致"] == said["单项不大"] == '="程序核对"'
    assert "程序核对 2 条" in load_workbook(book, data_only=True)["校验"]["B2"].value


def test_a_rule_that_fails_shows_its_figures_and_a_message_may_ask(kind, package, allow):
    allow("bureau_rules")
    edit(kind / "form.toml", 'compute = "', 'required = false\n    # compute = "')
    edit(kind / "sample.toml", "[fields]", '[fields]\n"项目支出占比" = 30.94')
    edit(kind / "sample.toml", "65.0", "265.0")
    status, said = gouji("check", workbook(kind), "--templates", kind.parent)
    assert status == 1
    assert "30.94 ≠ 占比(项目支出 105.00、支出合计 300.50) = 34.94,差 4.00" in said
    assert "防汛物资是大额" in said


@pytest.mark.parametrize(
    ("function", "said"),
    [
        ("as_float", "应给出数(number),给的却是 float,金额要用 Decimal,不用 float"),
        ("refusing", "出错:本年没有这一档标准"),
        ("failing", "出错:KeyError: '标准'"),
        ("leaving", "出错:SystemExit: 3"),
        ("endless", "给出的数太大,或不是数"),
    ],
)
def test_what_a_function_does_wrong_is_a_finding_at_the_cell(kind, package, allow, function, said):
    allow("bureau_rules")
    edit(kind / "form.toml", "money:share", f"money:{function}")
    status, told = gouji("check", workbook(kind), "--templates", kind.parent)
    assert status == 1
    assert f"规则「占比与函数一致」没有核对成:函数「占比」{said}" in told
    assert "【错误】" in told
    assert "Traceback" not in told


def test_a_template_has_them_as_filters_and_as_functions(kind, package, allow):
    allow("bureau_rules")
    template_saying(
        kind,
        "占{{ 项目支出|占比(支出合计) }}%，"
        "即{{ 占比(项目支出, 支出合计) }}%，属{{ 支出合计|档次 }}。",
        "名称最长的是{{ 最长名称(项目|map(attribute='名称')|list) }}。",
    )
    assert kind_faults(load_kind(kind)) == []
    book = workbook(kind)
    status, said = gouji("report", book, kind / "报告.docx", "--templates", kind.parent)
    assert status == 0, said
    texts = [one.text for one in docx.Document(str(kind / "报告.docx")).paragraphs]
    assert texts[-2:] == ["占34.94%，即34.94%，属大额。", "名称最长的是防汛物资。"]


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ 占比(项目支出) }}", "函数「占比」要 2 个参数,给了 1 个"),
        ("{{ 单位名称|档次 }}", "函数「档次」的第 1 个参数要数,给的是别的"),
        ("{{ 占化(项目支出, 支出合计) }}", "占比"),
    ],
)
def test_a_wrong_tag_is_a_fault_with_its_place(kind, package, allow, tag, said):
    allow("bureau_rules")
    template_saying(kind, tag)
    (fault,) = kind_faults(load_kind(kind))
    assert "正文 段落" in fault
    assert said in fault


def test_a_function_that_was_changed_is_asked_anew_by_a_kind_that_was_kept(
    kind, package, allow, monkeypatch, tmp_path
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "缓存"))
    allow("bureau_rules")
    book = workbook(kind)
    assert gouji("check", book, "--templates", kind.parent)[0] == 0
    edit(package, "part / whole * 100", "part / whole * 1000")
    status, said = gouji("check", book, "--templates", kind.parent)
    assert (status, "差 314." in said) == (1, True)
    edit(package, "def share(part, whole)", "def share(part)")
    status, said = gouji("check", book, "--templates", kind.parent)
    assert (status, "takes 写了 2 个参数,「bureau_rules.money:share」不收这么多" in said) == (
        2,
        True,
    )
    allow()
    status, said = gouji("check", book, "--templates", kind.parent)
    assert (status, "还没有获准使用" in said) == (2, True)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("money:share", "money:shares", "bureau_rules.money 里没有「shares」这个函数"),
        ("bureau_rules.money:share", "bureau_rules.cash:share", "里没有装 bureau_rules.cash"),
        (
            "money:share",
            "money:system",
            "「bureau_rules.money:system」不是 bureau_rules 自己用 def 写的函数",
        ),
        (
            "money:share",
            "money:STEP",
            "「bureau_rules.money:STEP」不是 bureau_rules 自己用 def 写的函数",
        ),
        ("money:share", "money.share", 'call 要写成 "包.模块:函数"'),
        ('name = "占比"', 'name = "支出合计"', "「支出合计」已是一个填报项或表的 key,请换一个名字"),
        ('name = "占比"', 'name = "sum"', "「sum」是程序自己的函数,请换一个名字"),
        ('gives = "number"', 'gives = "money"', "gives"),
        ('takes = ["number", "number"]', "takes = []", "takes 是空的"),
    ],
)
def test_what_an_author_writes_wrong_is_told(kind, package, allow, old, new, said):
    allow("bureau_rules")
    edit(kind / "form.toml", old, new)
    assert any(said in one for one in faults_of(kind))


def test_no_computed_cell_asks_them_since_excel_cannot(kind, package, allow):
    allow("bureau_rules")
    edit(kind / "form.toml", 'compute = "', 'compute = "占比(项目支出, 支出合计) + 0 * ')
    assert any("自己的函数没有 Excel 公式,只用在规则和模板里" in one for one in faults_of(kind))


def test_a_file_beside_the_workbook_never_stands_in_for_the_installed_package(
    kind, tmp_path, allow, monkeypatch
):
    allow("stray_rules")
    (tmp_path / "stray_rules.py").write_text("raise SystemExit('it ran')", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    edit(kind / "form.toml", "bureau_rules.money:share", "stray_rules:share")
    assert f"{tmp_path / 'stray_rules.py'} 不是装好的包,没有运行" in faults_of(kind)[0]


def test_a_kind_that_extends_brings_functions_of_its_own(kind, package, allow):
    allow("bureau_rules")
    own = kind.parent / "县小结"
    own.mkdir()
    more = FUNCTIONS.split("\n\n", maxsplit=1)[0].replace("占比", "县占比")
    (own / "form.toml").write_text(f'kind = "县小结"\nextends = "小结"\n{more}\n', "utf-8")
    form = load_kind(own, kind.parent).form
    assert [*form.functions] == ["占比", "最长名称", "档次", "县占比"]


@pytest.mark.parametrize(
    ("function", "said"),
    [
        ("share", ""),
        (
            "as_float",
            "share_of is to give a number (number), and gave a float; use Decimal for amounts",
        ),
        ("failing", "The function share_of failed: KeyError: '标准'"),
        ("endless", "The function share_of gave a figure that is too large, or none"),
        ("nowhere", "bureau_rules.money has no function nowhere"),
    ],
)
def test_in_an_english_kind_they_are_told_in_english(tmp_path, package, allow, function, said):
    allow("bureau_rules")
    folder = tmp_path / "kinds" / "spending"
    assert gouji("kind", "new", folder, "--language", "en")[0] == 0
    words = '[[function]]\nname = "share_of"\ncall = "bureau_rules.money:share"\n'
    words += 'takes = ["number", "number"]\ngives = "number"\n'
    rule = '[[rule]]\nid = "Share"\nclaim = "Project_share == share_of(Project_costs, Total)"\n'
    for name, more in (("form.toml", words), ("rules.toml", rule + 'tolerance = "0.01"\n')):
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write("\n" + more)
    book = tmp_path / "book.xlsx"
    given = ("--templates", folder.parent)
    assert gouji("new", "spending", book, "--sample", *given)[0] == 0
    if function == "nowhere":
        from workbook.form.own_functions import OwnFunction
        from workbook.language.own_functions import OwnFunctionError, called

        own = OwnFunction(
            name="f", call="bureau_rules.money:nowhere", takes=("number",), gives="number"
        )
        with pytest.raises(OwnFunctionError) as caught:
            called(own, [1])
        assert caught.value.told("en").endswith(said)
        return
    edit(folder / "form.toml", "money:share", f"money:{function}")
    status, told = gouji("check", book, *given)
    assert (status, said in told) == (int(bool(said)), True)
