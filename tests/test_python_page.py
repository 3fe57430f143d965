"""The programs of docs/python.md, word for word, in a folder named with Chinese and a space."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import gouji

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```(?:\n\nIt prints:\n\n```text\n(.*?)```)?", PAGE, re.S)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("python") / "决算 2022"
    made.mkdir()
    return made


def run(folder, *words, **options):
    """A Python's run: what it printed, what it complained of, its exit status."""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", *words],
        cwd=folder, capture_output=True, text=True, check=False, encoding="utf-8", **options,
    )  # fmt: skip
    return done.stdout, done.stderr, done.returncode


def test_every_program_of_the_page_prints_what_the_page_says(folder):
    assert len(PROGRAMS) == PAGE.count("```python") == 7
    for number, (program, printed) in enumerate(PROGRAMS):
        script = folder / f"例 {number}.py"
        script.write_text(program, encoding="utf-8")
        assert run(folder, script.name) == (printed, "", 0)


def test_the_page_has_every_public_name():
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \|$", PAGE, re.M)
    named = {name for row in rows for name in re.findall(r"`(\w+)", row)}
    assert named | {"Kind", "R", "RP", "__version__"} == set(gouji.__all__)
    assert dir(gouji) == sorted(gouji.__all__)
    assert all(getattr(gouji, name) for name in gouji.__all__)
    with pytest.raises(AttributeError, match="no attribute 'check'"):
        gouji.check  # noqa: B018 - the attribute itself is asked for


def test_importing_it_loads_none_of_our_packages(folder):
    code = "import sys, gouji; print({'workbook', 'docgen', 'addin', 'typer'} & set(sys.modules))"
    assert run(folder, "-c", code) == ("set()\n", "", 0)


@pytest.fixture(params=["workbook.py", "docgen/__init__.py", "addin/__init__.py"])
def foreign(request, tmp_path):
    """A folder in which somebody's own script or package bears a name of ours."""
    place = tmp_path / "我的 脚本" / request.param
    place.parent.mkdir(parents=True)
    place.write_text("")
    (tmp_path / "我的 脚本" / "脚本.py").write_text("import gouji\nprint(gouji.load_kind)\n")
    is_package = place.name == "__init__.py"
    return tmp_path / "我的 脚本", place.parent if is_package else place


def sentence(place):
    name = place.name.removesuffix(".py")
    return (
        f"「{place}」和勾稽自己的程序包 {name} 重名,又排在它前面,勾稽因此不能运行。"
        "请把它改名或移到别处,或者换一个文件夹再运行。"
    )


@pytest.mark.parametrize("words", [["--help"], ["kinds"], []])
def test_a_foreign_package_before_ours_is_named_by_the_command_line(foreign, words):
    folder, place = foreign
    assert run(folder, "-m", "gouji", *words) == ("", f"{sentence(place)}\n", 2)


def test_a_foreign_package_before_ours_is_named_to_a_script(foreign):
    folder, place = foreign
    out, err, status = run(folder, "脚本.py")
    assert (out, err.splitlines()[-1], status) == ("", f"ImportError: {sentence(place)}", 1)


def test_a_foreign_package_that_is_loaded_already_is_named_too(tmp_path):
    code = (
        "import sys, types; sys.modules['docgen'] = types.ModuleType('docgen')\n"
        "import gouji.own_packages; print(gouji.own_packages.foreign_package())"
    )
    out, err, status = run(tmp_path, "-c", code)
    assert (out[:13], err, status) == ("「docgen」和勾稽自己", "", 0)


def test_a_folder_that_only_bears_the_name_is_in_nobodys_way(tmp_path):
    (tmp_path / "workbook").mkdir()  # without an __init__: Python looks on
    assert run(tmp_path, "-m", "gouji", "--version")[1:] == ("", 0)


def test_what_a_person_can_mend_is_one_exception_with_a_sentence(tmp_path):
    ours, template = tmp_path / "空.xlsx", tmp_path / "成文.docx"
    ours.write_bytes(b"")
    checked = gouji.check_workbook(ours)
    for action, said in (
        (lambda: gouji.load_kind("部门"), "没有「部门」这种报告"),
        (lambda: gouji.load_kind("x", tmp_path), "没有「x」这种报告"),
        (lambda: gouji.make_workbook("department", "甲.xls"), "文件名要以 .xlsx 结尾:甲.xls"),
        (lambda: gouji.make_workbook("department", ours), f"「{ours}」已经存在,没有覆盖"),
        (lambda: gouji.check_workbook("没有.xlsx"), "没有这个文件:没有.xlsx"),
        (lambda: gouji.make_report(checked), f"「{ours}」还有错误,报告没有生成:\n  「空.xlsx」"),
        (lambda: gouji.make_report(checked, draft=True), "还有错误,报告没有生成"),
        (lambda: gouji.make_report(checked, "报告.doc"), "报告的文件名要以 .docx 结尾"),
        (lambda: gouji.render_template(ours, {}, template), "空.xlsx"),
        (lambda: gouji.render_template("没有.docx", {}, template), "没有这个文件:没有.docx"),
    ):
        with pytest.raises(gouji.GoujiError, match=re.escape(said)):
            action()


def test_what_comes_back_is_frozen(sample_file):
    workbook = gouji.check_workbook(str(sample_file))
    assert repr(workbook) == f"<CheckedWorkbook {str(sample_file)!r} department: 发现 2 处提醒>"
    assert repr(workbook.kind) == f"Kind(folder={workbook.kind.folder!r})"
    for change in (
        lambda: setattr(workbook, "is_fit", False),
        lambda: workbook.values.update({"基本支出": 0}),
        lambda: workbook.tables["项目"][0].update({"名称": ""}),
    ):
        with pytest.raises(AttributeError):
            change()
    assert gouji.check_workbook(sample_file) == workbook
