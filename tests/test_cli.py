"""The command line as a user runs it, in a folder named with Chinese and a space."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import chdir
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from docx import Document
from empty_document import empty_document
from loaded import load_workbook
from typer.main import get_command
from typer.testing import CliRunner

from gouji.command_line.app import app
from gouji.command_line.shell import typed

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "填报 2022 年"
    made.mkdir()
    return made


STARTED = set()  # the commands that were once a process


def gouji(folder, *arguments):
    """Run the command; what it printed, what it complained of, and its exit status.

    Of each command the first run is a process, as a user has it. The others are done here: half of
    what a process costs is to begin.
    """
    if arguments[:1] not in STARTED:
        STARTED.add(arguments[:1])
        return started(folder, *arguments)
    with chdir(folder):
        run = CliRunner().invoke(app, arguments, prog_name="gouji")
    if run.exception is not None and not isinstance(run.exception, SystemExit):
        raise run.exception
    return run.stdout, run.stderr, run.exit_code


def started(folder, *arguments):
    """The same as a process."""
    run = subprocess.run(
        [sys.executable, "-m", "gouji", *arguments],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    return run.stdout.decode(), run.stderr.decode(), run.returncode


def sample(folder, **changes):
    """The sample workbook with some named cells typed over."""
    (folder / "填报.xlsx").write_bytes(typed_over(**changes))


@cache
def new_sample():
    """What `gouji new --sample` writes: the same for every test."""
    with TemporaryDirectory() as folder:
        gouji(folder, "new", "department", "填报.xlsx", "--sample")
        return (Path(folder) / "填报.xlsx").read_bytes()


@cache
def typed_over(**changes):
    """The bytes of the sample with some named cells typed over, as openpyxl saves it."""
    book, made = load_workbook(BytesIO(new_sample())), BytesIO()
    for name, value in changes.items():
        sheet, _, cell = book.defined_names[name].attr_text.replace("$", "").partition("!")
        book[sheet.strip("'")][cell] = value
    book.save(made)
    return made.getvalue()


def formulas(book):
    """The formulas of the sheets to be filled, by place."""
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        if sheet.title not in ("填报说明", "校验", "校验结果")
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def files(folder):
    return sorted(path.name for path in folder.iterdir())


REPORT = "2022年度芦淞区委统战部整体支出绩效自评报告.docx"


def test_new_writes_a_workbook_and_never_over_another(folder):
    assert gouji(folder, "new", "department", "填报.xlsx") == ("已新建:填报.xlsx\n", "", 0)
    before = (folder / "填报.xlsx").read_bytes()
    out, err, status = gouji(folder, "new", "department", "填报.xlsx", "--sample")
    assert (out, status) == ("", 2)
    assert err == "「填报.xlsx」已经存在,没有覆盖。请换一个文件名,或先把它移走。\n"
    assert (folder / "填报.xlsx").read_bytes() == before


def test_only_a_filled_example_shows_checks_on_a_sheet_of_its_own(folder):
    sample(folder)
    gouji(folder, "new", "department", "空白.xlsx")
    shown = [load_workbook(folder / name).sheetnames for name in ("填报.xlsx", "空白.xlsx")]
    assert [name for name in shown[0] if name not in shown[1]] == ["核对示例"]


def test_new_names_the_kinds_there_are(folder):
    assert gouji(folder, "new", "部门", "填报.xlsx") == (
        "",
        "报告种类的数据文件有误:\n"
        "  没有「部门」这种报告。现有:"
        "department、department_total、grant_report、project、project_sichuan\n",
        2,
    )


def test_new_wants_the_right_ending(folder):
    assert gouji(folder, "new", "department", "填报.xls") == (
        "",
        "工作簿的文件名要以 .xlsx 结尾:填报.xls\n",
        2,
    )


def test_report_is_printed_as_pdf_too(folder, soffice):
    sample(folder)
    out, err, status = gouji(folder, "report", "填报.xlsx", "报告.docx", "--pdf")
    assert (out.splitlines()[:2], status) == (["报告:报告.docx", "PDF(PDF/A-2b):报告.pdf"], 0)
    assert err == "" or err.startswith("请注意:这台电脑没有字体“"), err
    assert files(folder) == [".gouji", "填报.xlsx", "报告.docx", "报告.pdf"]


def test_what_is_no_word_document_is_not_printed(folder):
    sample(folder)
    shutil.copy(folder / "填报.xlsx", folder / "其实是表.docx")
    told = [
        gouji(folder, "pdf", *arguments)
        for arguments in (["填报.xlsx"], ["其实是表.docx", "成文.docx"], ["其实是表.docx"])
    ]
    assert told == [
        ("", "文档的文件名要以 .docx 结尾:填报.xlsx\n", 2),
        ("", "PDF的文件名要以 .pdf 结尾:成文.docx\n", 2),
        (
            "",
            "其实是表.docx:不是 Word 文档(.docx)。请在 Word 或 WPS 里另存为 .docx 再用。\n",
            2,
        ),
    ]


def test_check_of_the_sample_ties_with_its_two_warnings(folder):
    sample(folder)
    out, err, status = gouji(folder, "check", "填报.xlsx")
    assert (err, status) == ("", 0)
    assert re.findall("^【.*$", out, re.M) == [
        "【提醒】基本情况!C26 在职人员",
        "【提醒】预算收支!C40 支出合计",
    ]
    assert out.splitlines()[-1] == "填报.xlsx:发现 2 处提醒。"


def test_several_workbooks_and_folders_are_checked_and_reported_one_after_the_other(folder):
    sample(folder)
    (folder / "收来的").mkdir()
    shutil.copy(folder / "填报.xlsx", folder / "收来的" / "甲.xlsx")
    (folder / "收来的" / "坏.xlsx").write_bytes(b"junk")
    whole = gouji(folder, "check", "填报.xlsx", "没有.xlsx", "收来的")
    assert [one for one in whole[0].splitlines() if one[:1] == "—" or ".xlsx:" in one] == [
        "—— 填报.xlsx",
        "填报.xlsx:发现 2 处提醒。",
        "—— 没有.xlsx",
        "—— 收来的/坏.xlsx",
        "坏.xlsx:发现 1 处错误。",
        "—— 收来的/甲.xlsx",
        "甲.xlsx:发现 2 处提醒。",
    ]
    assert whole[1:] == (
        "没有这个文件:没有.xlsx\n共 4 本:没有错误的 2 本,有错误或读不了的 2 本。\n", 2,
    )  # fmt: skip
    found = json.loads(gouji(folder, "check", "--json", "收来的")[0])
    assert [(one["file"], one["ok"]) for one in found] == [
        ("收来的/坏.xlsx", False),
        ("收来的/甲.xlsx", True),
    ]
    out, _, status = gouji(folder, "report", "收来的", "填报.xlsx")
    assert (status, out.count("报告:")) == (1, 2)
    assert len([*folder.rglob("*自评报告.docx")]) == 2
    refused = gouji(folder, "check", "收来的", "--annotate", "批注.xlsx")
    assert (refused[0], refused[2]) == ("", 2)


def test_check_of_a_broken_total_says_all_there_is_to_say(folder):
    sample(folder, 基本支出=195.94)
    out, err, status = gouji(folder, "check", "填报.xlsx")
    assert (err, status) == ("", 1)
    assert out.startswith(
        """【错误】预算收支!C17 基本支出
    195.94 ≠ 人员经费 171.74 + 公用经费 23.75 = 195.49,差 0.45。
    · 预算收支!C17  基本支出  195.94
    · 预算收支!C18  人员经费  171.74
    · 预算收支!C19  公用经费  23.75
    可能:「基本支出」(预算收支!C17)若是 195.49 就相符,可能有两位数字颠倒。
    怎么办:请核对这三个数。
    依据:部门决算：基本支出 = 人员经费 + 公用经费
    改好后,下面这条随之消失:
    【错误】预算收支!C10 财政拨款收入
"""
    )
    assert out.endswith("填报.xlsx:发现 1 处错误、2 处提醒。\n")


def test_check_gives_json_and_an_annotated_copy(folder):
    sample(folder, 基本支出=195.94)
    before = (folder / "填报.xlsx").read_bytes()
    out, err, status = gouji(folder, "check", "填报.xlsx", "--json", "--annotate", "批注.xlsx")
    found = json.loads(out)
    assert (status, found["ok"], found["kind"]) == (1, False, "department")
    assert err == "批注副本:批注.xlsx\n"
    assert [
        (f["code"], f["sheet"], f["cell"], f["found"], f["expected"], f["difference"])
        for f in found["findings"]
    ] == [
        ("rule-fails", "预算收支", "C17", "195.94", "195.49", "0.45"),
        ("rule-fails", "基本情况", "C26", "11", "", "1"),
        ("rule-fails", "预算收支", "C40", "265.69", "", "43.78"),
    ]
    assert (folder / "填报.xlsx").read_bytes() == before
    copy = load_workbook(folder / "批注.xlsx")
    assert copy["预算收支"]["C17"].comment.text.startswith("【错误】预算收支!C17 基本支出:195.94 ≠")
    assert formulas(copy) == formulas(load_workbook(folder / "填报.xlsx"))


def test_check_writes_a_copy_in_which_figures_of_texts_are_quotes(folder):
    sample(folder, 人员情况="行政编制8名，事业编制3名。", 机构性质="在职人员11人。")
    before = (folder / "填报.xlsx").read_bytes()
    out, err, status = gouji(folder, "check", "填报.xlsx", "--quote", "引用.xlsx")
    assert out.endswith("引用副本:引用.xlsx(改成引用 2 个数)\n")
    assert (err, status) == ("", 1)
    assert (folder / "填报.xlsx").read_bytes() == before
    sheet = load_workbook(folder / "引用.xlsx")["基本情况"]
    assert sheet["C28"].value == "行政编制8名，事业编制{{ 事业编制 }}名。"
    assert gouji(folder, "check", "填报.xlsx", "--quote", "引用.docx")[1:] == (
        "引用副本的文件名要以 .xlsx 结尾:引用.docx\n",
        2,
    )
    nothing = gouji(folder, "check", "引用.xlsx", "--json", "--quote", "又一份.xlsx")
    assert nothing[1:] == ("文字里没有可以改成引用的数。\n", 1)
    assert not (folder / "又一份.xlsx").exists()


def test_wrong_usage_is_status_two(folder):
    assert gouji(folder, "check", "没有.xlsx") == ("", "没有这个文件:没有.xlsx\n", 2)
    assert gouji(folder, "核对")[2] == 2
    sample(folder)
    assert gouji(folder, "report", "填报.xlsx", "报告.doc")[1:] == (
        "报告的文件名要以 .docx 结尾:报告.doc\n",
        2,
    )


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("chek", "没有“chek”这个命令,是不是 check?\n用法见:gouji -h\n"),
        ("核对", "没有“核对”这个命令。\n用法见:gouji -h\n"),
        ("kind nwe", "没有“nwe”这个命令,是不是 new?\n用法见:gouji kind -h\n"),
        ("check", "还缺 填报.xlsx。\n用法见:gouji check -h\n"),
        ("check --jsom a.xlsx", "没有 --jsom 这个选项,是不是 --json?\n用法见:gouji check -h\n"),
        ("check --没有 a.xlsx", "没有 --没有 这个选项。\n用法见:gouji check -h\n"),
        ("check a.xlsx --annotate", "选项 --annotate 后面还缺一个值。\n用法见:gouji -h\n"),
        ("check a.xlsx --json=3", "选项 --json 后面不写值。\n用法见:gouji -h\n"),
        ("new a b c d", "多写了 c d。\n用法见:gouji new -h\n"),
        ("batch --jobs x a b", "--jobs 要写整数,不是 x。\n用法见:gouji batch -h\n"),
        ("check a --templates 没有", "--templates:没有 没有。\n用法见:gouji check -h\n"),
        (
            f"kinds --templates '{__file__}'",
            f"--templates:{__file__} 是文件,要写文件夹。\n用法见:gouji kinds -h\n",
        ),
    ],
)
def test_a_command_line_that_is_wrong_is_told_in_chinese(typed, told):
    ended = CliRunner().invoke(app, shlex.split(typed), prog_name="gouji")
    assert (ended.output, ended.exit_code) == (told, 2)


def test_a_file_that_is_no_workbook_is_a_finding(folder):
    (folder / "填报.xlsx").write_text("不是工作簿")
    out, err, status = gouji(folder, "check", "填报.xlsx")
    assert (err, status) == ("", 1)
    assert out.startswith("【错误】\n    「填报.xlsx」不是 Excel 工作簿,或已损坏。\n")


def test_report_lies_beside_its_workbook_under_the_forms_name(folder):
    sample(folder)
    out, err, status = gouji(folder, "report", "填报.xlsx")
    assert (err, status) == ("", 0)
    assert out.startswith(f"报告:{REPORT}\n【提醒】基本情况!C26 在职人员\n")
    assert files(folder) == sorted([".gouji", REPORT, "填报.xlsx"])


def test_a_report_that_is_there_is_kept_under_a_dated_name(folder):
    sample(folder)
    (folder / "报告.docx").write_bytes(b"last year's")
    out, _, status = gouji(folder, "report", "填报.xlsx", "报告.docx")
    (backup,) = folder.glob("报告.备份*.docx")
    assert status == 0
    assert re.fullmatch(r"报告\.备份\d{8}-\d{6}\.docx", backup.name)
    assert backup.read_bytes() == b"last year's"
    assert out.splitlines()[:2] == ["报告:报告.docx", f"原有的一份留作:{backup.name}"]


def test_report_refuses_while_an_error_stands_and_draft_writes_all_the_same(folder):
    sample(folder, 基本支出=195.94)
    out, err, status = gouji(folder, "report", "填报.xlsx")
    assert status == 1
    assert out.startswith("【错误】预算收支!C17 基本支出\n")
    assert err == "报告没有生成:请先改正上面的错误,或加 --draft 生成草稿。\n"
    assert files(folder) == ["填报.xlsx"]
    out, err, status = gouji(folder, "report", "填报.xlsx", "--draft")
    assert (err, status) == ("", 0)
    draft = REPORT.replace(".docx", "(草稿).docx")
    assert out.splitlines()[-1] == f"报告:{draft}"
    headers = Document(str(folder / draft)).sections[0].header._element.xml
    assert "草稿" in headers


def test_rollover_makes_next_years_workbook_and_tells_what_was_carried(folder):
    sample(folder, 基本支出=195.94)
    (folder / "填报.xlsx").rename(folder / "2022 年填报.xlsx")
    out, err, status = gouji(folder, "rollover", "2022 年填报.xlsx")
    assert (err, status) == ("", 0)
    assert out.splitlines()[:3] == [
        "已新建:2023 年填报.xlsx(2023 年度)",
        "上年的工作簿发现 1 处错误、2 处提醒,照样结转;明细见 gouji check 2022 年填报.xlsx。",
        "结转(其余单元格空着待填):",
    ]
    assert "  项目支出:沿用 14 格、上年数 7 格" in out.splitlines()
    assert files(folder) == ["2022 年填报.xlsx", "2023 年填报.xlsx"]
    before = (folder / "2023 年填报.xlsx").read_bytes()
    assert gouji(folder, "rollover", "2022 年填报.xlsx", "2023 年填报.xlsx") == (
        "", "「2023 年填报.xlsx」已经存在,没有覆盖。请换一个文件名,或先把它移走。\n", 2,
    )  # fmt: skip
    assert (folder / "2023 年填报.xlsx").read_bytes() == before


def test_rollover_refuses_what_is_no_workbook_of_ours(folder):
    (folder / "上年.xlsx").write_text("不是工作簿")
    out, err, status = gouji(folder, "rollover", "上年.xlsx", "今年.xlsx")
    assert (err, status) == ("", 1)
    assert out.startswith("【错误】\n    「上年.xlsx」不是 Excel 工作簿,或已损坏。\n")
    assert gouji(folder, "rollover", "没有.xlsx")[1:] == ("没有这个文件:没有.xlsx\n", 2)
    assert gouji(folder, "rollover", "上年.xlsx", "今年.xls")[1:] == (
        "工作簿的文件名要以 .xlsx 结尾:今年.xls\n", 2,
    )  # fmt: skip
    assert files(folder) == ["上年.xlsx"]


def test_a_workbook_of_no_kind_makes_not_even_a_draft(folder):
    from openpyxl import Workbook

    Workbook().save(folder / "别的.xlsx")
    out, err, status = gouji(folder, "report", "别的.xlsx", "--draft")
    assert status == 1
    assert "这不是勾稽的填报工作簿" in out
    assert err.startswith("报告没有生成")
    assert files(folder) == ["别的.xlsx"]


def test_demo_writes_workbook_findings_and_report_and_says_where(folder):
    out, err, status = gouji(folder, "demo")
    made = folder / "勾稽演示"
    assert (err, status) == ("", 0)
    assert files(made) == sorted([".gouji", REPORT, "填报.xlsx", "校验结果.txt"])
    lines = [line for line in out.splitlines() if not line.startswith(" ")]
    assert lines == [
        f"工作簿:{made / '填报.xlsx'}",
        f"校验结果:{made / '校验结果.txt'}",
        f"报告:{made / REPORT}",
    ]
    assert gouji(folder, "demo")[2] == 0, "a second demo keeps the first one's files"


def test_kinds_lists_what_there_is(folder):
    assert gouji(folder, "kinds") == (
        "department  部门整体支出绩效自评报告(第 5 版,100 条规则)\n"
        "  报告里没有用到的:单位自称、单位类型、总额_基本_全年执行数、总额_项目_全年执行数、"
        "总额_其他_全年执行数\n"
        "department_total  部门整体支出绩效自评汇总报告(第 1 版,8 条规则)\n"
        "grant_report  Monthly grant report(第 1 版,6 条规则)\n"
        "project  项目支出绩效自评报告(第 1 版,32 条规则)\n"
        "project_sichuan  项目支出绩效自评报告（四川）(在 project 上改,第 1 版,28 条规则)\n",
        "",
        0,
    )


def test_kinds_says_what_is_no_kind_where_kinds_are_looked_for(folder):
    for place in ("报告/深一层/季报", "报告/没有表单"):
        (folder / place).mkdir(parents=True)
    (folder / "报告/深一层/季报/form.toml").write_text('kind = "季报"', encoding="utf-8")
    (folder / "报告/没有表单/rules.toml").write_text("", encoding="utf-8")
    said, _, status = gouji(folder, "kinds", "--templates", "报告")
    assert status == 2
    assert said.splitlines()[-2:] == [
        "报告/深一层/季报:深了一层,没有读;请把它移到 报告 里",
        "报告/没有表单:没有 form.toml,不算一种报告",
    ]


def test_kinds_tries_the_sample_as_a_clerk_would(folder):
    kind = folder / "报告" / "小表"
    shutil.copytree(ROOT / "templates/project", kind)
    form, sample = kind / "form.toml", kind / "sample.toml"
    form.write_text(form.read_text("utf-8").replace('kind = "project"', 'kind = "小表"'), "utf-8")
    old = sample.read_text("utf-8")
    figure = re.search(r"项目支出 = ([\d.]+)", old) or re.search(r'"项目支出" = ([\d.]+)', old)
    sample.write_text(old.replace(figure[0], figure[0].replace(figure[1], "1.00"), 1), "utf-8")
    said, _, status = gouji(folder, "kinds", "--templates", "报告")
    assert status == 2
    assert "小表/sample.toml:第 10 行:样例自己就不相符:「项目支出」" in said


@pytest.mark.parametrize("name", ["project", "grant_report"])
def test_kinds_tells_of_the_other_files_too_where_a_form_is_faulty(folder, name):
    kind = folder / "报告" / name
    shutil.copytree(ROOT / "templates" / name, kind)
    form, rules, template = kind / "form.toml", kind / "rules.toml", kind / "report.docx"
    form.write_text(form.read_text("utf-8").replace("version", "versoin", 1), "utf-8")
    said = gouji(folder, "kinds", "--templates", "报告")[0]
    assert [one for one in said.splitlines() if f"报告/{name}/" in one] != []
    assert "rules.toml" not in said and "report.docx:" not in said
    rules.write_text(rules.read_text("utf-8").replace("claim", "clam", 1), "utf-8")
    report = Document(str(template))
    report.add_paragraph("{{ 名称 | }}")
    report.save(str(template))
    said, _, status = gouji(folder, "kinds", "--templates", "报告")
    assert status == 2
    for told in (f"{name}/form.toml:", f"{name}/rules.toml:", f"{name}/report.docx:"):
        assert told in said


def test_import_reads_an_old_report_into_a_new_workbook_and_never_over_another(folder):
    sample(folder)
    gouji(folder, "report", "填报.xlsx", "旧报告.docx")
    arguments = ("import", "旧报告.docx", "新.xlsx", "--kind", "department")
    said, complaint, status = gouji(folder, *arguments)
    *begins, unread, last = said.splitlines()
    assert begins[:4] == [
        "已新建:新.xlsx",
        "填好 235 个单元格(55 个单项、“项目”7 行、“绩效”4 行、“项目指标”29 行),"
        "每个都有批注写着原文。",
        "另有 122 个单元格由公式算出,和报告里写的一样,保留公式。",
        "没有认出或有疑问的 50 处,全文见“未识别内容”表:",
    ]
    prose = [line for line in begins[4:] if "表格 " not in line.partition("“")[0]]
    off = [line.partition(":")[0] for line in prose if "没有保留。请按报告填写" in line]
    assert off == [
        "  预算收支!C7", "  预算收支!C39", "  资金来源!E8", "  资金来源!E9", "  资金来源!E10",
        "  资金来源!E11", "  资金来源!C17", "  资金来源!D17",
    ]  # fmt: skip
    others = [line.partition(":")[0] for line in prose if "没有保留" not in line]
    assert (len(begins), others) == (24, ["  报告 段落 19"])
    assert (unread, last, complaint, status) == ("  ……另有 30 处", "请逐项核对。", "", 0)
    before = (folder / "新.xlsx").read_bytes()
    assert gouji(folder, *arguments) == (
        "",
        "「新.xlsx」已经存在,没有覆盖。请换一个文件名,或先把它移走。\n",
        2,
    )
    assert (folder / "新.xlsx").read_bytes() == before


def test_import_says_what_is_wrong_with_the_file(folder):
    (folder / "旧.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    empty_document().save(str(folder / "空.docx"))
    kind = ("--kind", "department")
    assert gouji(folder, "import", "没有.docx", "新.xlsx", *kind) == (
        "",
        "没有这个文件:没有.docx\n",
        2,
    )
    assert gouji(folder, "import", "旧.doc", "新.xlsx", *kind) == (
        "",
        "旧.doc:是加密文档或旧的 .doc 文档。请去掉密码,另存为 .docx 再用。\n",
        2,
    )
    assert gouji(folder, "import", "空.docx", "新.xlsx", *kind) == (
        "「空.docx」里没有认出任何内容,没有新建工作簿。请核对文件和报告种类。\n",
        "",
        1,
    )
    assert files(folder) == ["旧.doc", "空.docx"]


def test_lint_names_every_fault_of_a_template_and_comments_a_copy(folder):
    document = empty_document()
    document.add_paragraph("{{ 基本支处 }}万元")
    document.add_paragraph("{{ 项目[0].金额 }}{{ 项目[0].数额 }}")
    document.save(str(folder / "模板.docx"))
    arguments = ("lint", "模板.docx", "--kind", "department", "--annotate", "批注.docx")
    out, err, status = gouji(folder, *arguments)
    assert (err, status) == ("", 1)
    assert [line for line in out.splitlines() if not line.startswith(" ")] == [
        "正文 段落 1 {{ 基本支处 }}:没有叫「基本支处」的数据。请核对名字,是不是「基本支出」。",
        "正文 段落 2 {{ 项目[0].数额 }}:「项目[*]」里没有「数额」。请核对名字,是不是「金额」。",
        "模板.docx:发现 2 处错误。",
        "批注副本:批注.docx",
    ]
    comments = [comment.text for comment in Document(str(folder / "批注.docx")).comments]
    assert [text.partition(":")[0] for text in comments] == [
        "正文 段落 1 {{ 基本支处 }}",
        "正文 段落 2 {{ 项目[0].数额 }}",
    ]
    assert gouji(folder, "lint", "没有.docx")[1:] == ("没有这个文件:没有.docx\n", 2)


def test_lint_speaks_the_language_of_the_kind(folder):
    document = empty_document()
    document.add_paragraph("{{ Sspent }}{{ 1 1 }}")
    document.save(str(folder / "template.docx"))
    arguments = ("lint", "template.docx", "--kind", "grant_report", "--annotate", "noted.docx")
    assert gouji(folder, *arguments) == (
        "body paragraph 1 {{ Sspent }}: there is no value named Sspent. Check the name; "
        "did you mean Spent.\n"
        "body paragraph 1 {{ 1 1 }}: the expression is not well written (expected token "
        "'end of print statement', got 'integer'). Check names, quotes, brackets and operators.\n"
        "template.docx: 2 faults.\nCopy with notes: noted.docx\n",
        "",
        1,
    )


def test_rules_and_computed_cells_stand_in_the_same_order_in_every_run():
    code = (
        "from workbook.checking.kinds import find_kind; rules = find_kind('department').rules;"
        "print(*(one.spec.id for one in rules.rules), *(one.key for one in rules.computed))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1


def test_starting_is_cheap():
    """What a command does not need it does not import."""
    code = "import sys, gouji.command_line.app; print(*(m for m in sys.modules if '.' not in m))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"openpyxl", "docx", "jinja2", "lxml", "rich", "xlwings"} & set(run.stdout.split())


def test_a_report_does_not_import_what_only_drafts_and_templates_need(folder):
    sample(folder)
    code = (
        "import sys; from pathlib import Path; from docgen.report.report import make_report;"
        "from workbook.checking.intake import take_in; make_report(take_in(Path('填报.xlsx')));"
        "print(*sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True
    )
    assert not {"docx", "rich", "xlwings", "workbook.making.build"} & set(run.stdout.split())


def test_audit_says_which_figures_are_out_of_date(folder):
    sample(folder)
    gouji(folder, "report", "填报.xlsx", "报告.docx")
    told = "报告.docx:核对了 975 个数,全部与填报表相符。\n"
    assert gouji(folder, "audit", "报告.docx", "填报.xlsx") == (told, "", 0)
    book = load_workbook(folder / "填报.xlsx")
    book["附表说明"]["C12"].value = "王五"
    book.save(folder / "填报.xlsx")
    out, err, status = gouji(folder, "audit", "报告.docx", "填报.xlsx", "--annotate", "批注.docx")
    assert (err, status) == ("", 1)
    assert out.splitlines()[-2:] == [
        "报告.docx:核对了 975 个数,相符 973,过时 2。",
        "批注副本:批注.docx",
    ]
    out, err, status = gouji(folder, "audit", "报告.docx", "填报.xlsx", "--json")
    assert (json.loads(out)["counts"]["stale"], err, status) == (2, "", 1)
    out, err, status = gouji(folder, "refresh", "报告.docx", "填报.xlsx", "--tracked")
    *changed, kept = out.splitlines()
    assert (err, status, kept[:8]) == ("", 0, "原有的一份留作:")
    assert changed[-1] == "报告.docx:改了 2 个数。"
    assert changed[0] == "【已改】段落 56 单位负责人(附表说明!C12):李四 → 王五"
    assert gouji(folder, "audit", "报告.docx", "填报.xlsx") == (told, "", 0)
    out, err, status = gouji(folder, "refresh", "报告.docx", "填报.xlsx", "--json")
    assert (json.loads(out)["rewritten"], err, status) == ([], "", 0)
    out, err, status = gouji(folder, "refresh", "报告.docx", "填报.xlsx", "打错/更新.docx")
    assert (out, err, status) == (
        "", "没有这个文件夹:打错。请先建好它,或换一个写到的地方。\n", 2,
    )  # fmt: skip
    gouji(folder, "new", "project", "项目.xlsx", "--sample")
    out, err, status = gouji(folder, "audit", "报告.docx", "项目.xlsx")
    assert (out, status) == ("", 2)
    assert err.startswith("「报告.docx」是「department」的报告,这份填报表是「project」的")
    (folder / "坏.xlsx").write_bytes(b"no workbook")
    out, err, status = gouji(folder, "audit", "报告.docx", "坏.xlsx")
    assert ("不是 Excel 工作簿" in out, status) == (True, 2)


def every_command(command, *words):
    """Each command and group with the words that call it."""
    yield words
    context = command.context_class(command)
    if hasattr(command, "list_commands"):
        for name in command.list_commands(context):
            yield from every_command(command.get_command(context, name), *words, name)


@pytest.mark.parametrize("words", [*every_command(get_command(app))], ids=" ".join)
def test_help_is_in_chinese(words):
    told = CliRunner().invoke(app, [*words, "-h"], prog_name="gouji").stdout
    assert told.startswith(f"用法:{' '.join(('gouji', *words))} [选项]")
    assert "\n  -h, --help" in told
    assert (
        re.findall(r"Usage|Options:|Arguments:|Commands:|\[required|\[default|<\w+|Show", told)
        == []
    )


def test_the_descriptions_of_help_stand_in_one_column(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    told = CliRunner().invoke(app, ["import", "-h"], prog_name="gouji").stdout
    assert told.split("\n\n")[2:] == [
        "参数:\n"
        "  旧报告.docx  手写的报告,如去年的那一份。  [必填]\n"
        "  填报.xlsx    要新建的工作簿。  [必填]",
        "选项:\n"
        "  --kind 种类      报告种类,如 department。  [必填]\n"
        "  --templates DIR  另有报告种类的文件夹(也可设环境变量 GOUJI_TEMPLATES)。\n"
        "  -h, --help       显示这段说明。\n",
    ]


@pytest.mark.parametrize(
    ("word", "as_typed"), [("季报", "季报"), (Path("我的 报告/季报"), '"我的 报告/季报"')]
)
def test_what_is_to_be_typed_next_is_quoted_where_it_has_blanks(word, as_typed):
    assert typed(word) == as_typed
