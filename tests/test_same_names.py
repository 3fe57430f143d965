"""Two kinds of one name: which is used and which is not is said wherever one of them is."""

import os
import shutil
from pathlib import Path

import pytest
from empty_document import empty_document
from test_cli import gouji

import gouji as package
from workbook.checking.intake import take_in
from workbook.checking.kinds import find_kind

BUILT_IN = Path(__file__).resolve().parent.parent / "templates"
KINDS = ("--templates", "种类")
SAID = "「project」这种报告不止一份:用的是 种类/project 里的,没有用自带的那一份"
TOLD = f"请注意:{SAID}。\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Beside the built-in kinds there is a project of somebody's own, of another version."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(BUILT_IN / "project", tmp_path / "种类" / "project")
    return tmp_path


def newer(folder: Path) -> None:
    form = folder / "种类" / "project" / "form.toml"
    form.write_text(form.read_text("utf-8").replace("version = 1", "version = 2"), "utf-8")


def test_kinds_says_which_is_used(folder):
    out, err, status = gouji(folder, "kinds", *KINDS)
    assert (err, status) == ("", 0)
    assert out.splitlines() == [
        "project  项目支出绩效自评报告(第 1 版,32 条规则)",
        "  请注意:用的是 种类/project 里的,没有用自带的那一份",
        "department  部门整体支出绩效自评报告(第 5 版,100 条规则)",
        "  报告里没有用到的:单位自称、单位类型、总额_基本_全年执行数、总额_项目_全年执行数、"
        "总额_其他_全年执行数",
        "department_total  部门整体支出绩效自评汇总报告(第 1 版,8 条规则)",
        "grant_report  Monthly grant report(第 1 版,6 条规则)",
        "project_sichuan  项目支出绩效自评报告（四川）(在 project 上改,第 1 版,28 条规则)",
    ]


def test_new_workbooks_and_templates_say_it(folder):
    assert gouji(folder, "new", "project", "甲.xlsx", *KINDS) == ("已新建:甲.xlsx\n", TOLD, 0)
    empty_document().save("空.docx")
    lint = ("lint", "空.docx", "--kind", "project", *KINDS)
    assert gouji(folder, *lint) == ("空.docx:没有错误。\n", TOLD, 0)
    read = ("import", "空.docx", "乙.xlsx", "--kind", "project", *KINDS)
    assert gouji(folder, *read)[1:] == (TOLD, 1)


def test_a_kind_whose_base_is_not_the_built_in_one_says_so(folder):
    made = gouji(folder, "new", "project_sichuan", "甲.xlsx", "--sample", *KINDS)
    assert made == ("已新建:甲.xlsx\n", TOLD, 0)
    taken = take_in(Path("甲.xlsx"), Path("种类"))
    assert [one.what for one in taken.checked.findings] == [SAID]
    assert taken.kind is not None
    assert taken.kind.folders == (BUILT_IN / "project_sichuan", Path("种类/project"))


def test_a_workbook_of_the_built_in_kind_is_not_judged_by_another_in_silence(folder):
    gouji(folder, "new", "project", "甲.xlsx", "--sample")
    assert gouji(folder, "check", "甲.xlsx") == ("甲.xlsx:全部相符。\n", "", 0)
    assert gouji(folder, "check", "甲.xlsx", *KINDS) == (
        "【提醒】\n"
        f"    {SAID}。\n"
        "    怎么办:请向维护报告的人员核对该用哪一份,给另一份换个种类名:"
        "工作簿只记种类名,分不出是用哪一份新建的。\n"
        "\n"
        "甲.xlsx:发现 1 处提醒。\n",
        "",
        0,
    )
    assert SAID in gouji(folder, "report", "甲.xlsx", "甲.docx", *KINDS)[0]


def test_another_version_is_told_with_its_likely_cause(folder):
    gouji(folder, "new", "project", "甲.xlsx", "--sample")
    newer(folder)
    (fault,) = take_in(Path("甲.xlsx"), Path("种类")).checked.findings
    assert (fault.code, fault.causes) == ("version-older", (SAID,))
    lines = gouji(folder, "rollover", "甲.xlsx", "乙.xlsx", *KINDS)[0].splitlines()
    assert lines[:3] == [
        "已新建:乙.xlsx(2023 年度)",
        f"请注意:{SAID}。",
        "上年的工作簿是第 1 版表单,新的是第 2 版;上年的没有核对。",
    ]
    assert gouji(folder, "rollover", "乙.xlsx", "丙.xlsx")[0].splitlines() == [
        "【错误】",
        "    工作簿是新版表单(第 2 版),这里只有第 1 版。",
        "    怎么办:请升级勾稽后再试。",
    ]


def test_a_script_is_warned(folder):
    with pytest.warns(UserWarning) as warned:
        kind = package.load_kind("project", "种类")
    assert [(str(one.message), one.filename) for one in warned] == [(SAID, __file__)]
    assert kind.folder == Path("种类/project")


def test_one_folder_that_is_reached_in_two_ways_is_one(folder, monkeypatch):
    (folder / "又").symlink_to(folder / "种类", target_is_directory=True)
    monkeypatch.setenv("GOUJI_TEMPLATES", str(folder / "种类"))
    with pytest.warns(UserWarning, match="没有用自带的那一份$"):
        package.load_kind("project", "又")
    assert package.load_kind("department", BUILT_IN) == find_kind("department")
    third = shutil.copytree(folder / "种类", folder / "第三")
    monkeypatch.setenv("GOUJI_TEMPLATES", f"{folder / '种类'}{os.pathsep}{folder / '又'}")
    unused = f"没有用{folder / '种类' / 'project'} 里的、自带的那一份$"
    with pytest.warns(UserWarning, match=unused):
        package.load_kind("project", third)
