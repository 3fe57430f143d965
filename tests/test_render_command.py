"""`gouji render` and `gouji lint --data` as a user runs them."""

import json
import signal
import subprocess
import sys

import pytest
from docx import Document
from empty_document import empty_document
from interruptible import interruptible
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from test_cli import files, folder, gouji, sample

__all__ = ["folder"]
EXPECTED = ["统战部支出195.49万元,比上年增加0.10万元，增长0.1%", "甲1.10乙2"]


def template(folder, *texts):
    document = empty_document()
    for text in texts:
        document.add_paragraph(text)
    document.save(folder / "模板.docx")


def made(folder):
    return [one.text for one in Document(folder / "成文.docx").paragraphs]


DATA = {
    "json": '{"单位": "统战部", "支出": 195.49, "上年": 195.39, "项目": [{"名称": "甲", "金额":'
    ' 1.10}, {"名称": "乙", "金额": 2}]}',
    "toml": '"单位" = "统战部"\n"支出" = 195.49\n"上年" = 195.39\n[["项目"]]\n"名称" = "甲"\n'
    '"金额" = 1.10\n[["项目"]]\n"名称" = "乙"\n"金额" = 2\n',
}


@pytest.mark.parametrize("kind", DATA)
def test_a_template_is_filled_with_data_of_a_text_file(folder, kind):
    template(
        folder,
        '{{ 单位 }}支出{{ 支出 }}万元,{{ 支出|change(上年, "上年") }}',
        "{% for x in 项目 %}{{ x.名称 }}{{ x.金额 }}{% endfor %}",
    )
    (folder / f"数据.{kind}").write_text(DATA[kind], encoding="utf-8")
    arguments = ("render", "模板.docx", f"数据.{kind}", "成文.docx")
    assert gouji(folder, *arguments) == ("文档:成文.docx\n", "", 0)
    assert made(folder) == EXPECTED
    template(folder, "改过")
    out, err, status = gouji(folder, *arguments)
    assert (out.splitlines()[0], err, status) == ("文档:成文.docx", "", 0)
    assert made(folder) == ["改过"]
    assert len([name for name in files(folder) if name.startswith("成文")]) == 2


def test_a_workbook_of_any_kind_gives_rows_and_named_cells(folder):
    template(
        folder, "{{ 总数 }}:{% for x in 项目 %}{{ x.名称 }}{{ x.金额 }};{% endfor %}{{ 空|length }}"
    )
    book = Workbook()
    book.active.title = "项目"
    for row in (["名称", "金额"], ["甲", 0.1], ["乙", None], [], ["丙", 3]):
        book.active.append(row)
    book.create_sheet("空")
    book.defined_names["总数"] = DefinedName("总数", attr_text="项目!$B$2")
    book.save(folder / "数据.xlsx")
    assert gouji(folder, "render", "模板.docx", "数据.xlsx", "成文.docx")[1:] == ("", 0)
    assert made(folder) == ["0.1:甲0.1;乙;丙3;0"]
    book["项目"]["B2"] = "=1/0"
    book.save(folder / "数据.xlsx")
    assert gouji(folder, "render", "模板.docx", "数据.xlsx", "成文.docx") == (
        "",
        "「数据.xlsx」的 项目!B2 的公式还没有算过,请在 Excel 里打开并保存一次\n",
        2,
    )


def test_a_workbook_of_ours_gives_what_reports_name_and_has_to_tie(folder):
    template(
        folder,
        "{{ 基本支出 }}{% for x in 项目 %}{% if loop.first %}{{ x.名称 }}{% endif %}{% endfor %}",
    )
    arguments = ("render", "模板.docx", "填报.xlsx", "成文.docx")
    sample(folder)
    assert gouji(folder, *arguments) == ("文档:成文.docx\n", "", 0)
    assert made(folder) == ["195.49民族工作专项经费"]
    (folder / "填报.xlsx").unlink()
    (folder / "成文.docx").unlink()
    sample(folder, 基本支出=195.94)
    out, err, status = gouji(folder, *arguments)
    assert ("【错误】预算收支!C17 基本支出" in out, err, status) == (True, "", 1)
    assert files(folder) == ["填报.xlsx", "模板.docx"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("数据.json", '{"a": 1,}', "「数据.json」第 1 行第 9 列写得不对,请核对引号、逗号和括号"),
        ("数据.json", '{"a": NaN}', "「数据.json」某一处写得不对,请核对引号、逗号和括号"),
        ("数据.json", "[1]", '「数据.json」的最外层要是一组有名字的值,如 {"单位": "统战部"}'),
        ("数据.toml", "单位 = 1", "「数据.toml」第 1 行第 1 列写得不对,请核对引号、逗号和括号"
         "(TOML 里中文的名字要加引号)"),
        ("数据.csv", "a", "「数据.csv」不是数据文件,请用 .json、.toml 或 .xlsx"),
        ("数据.xlsx", "a", "「数据.xlsx」不是 Excel 工作簿,或已损坏"),
    ],
)  # fmt: skip
def test_data_that_cannot_be_read_is_told(folder, name, text, said):
    template(folder, "{{ a }}")
    (folder / name).write_text(text, encoding="utf-8")
    out, err, status = gouji(folder, "render", "模板.docx", name, "成文.docx")
    assert (out, err.startswith(said), status) == ("", True, 2), err
    assert files(folder) == sorted([name, "模板.docx"])


def waited(run, words):
    """What a command prints up to and with the line that has these words."""
    lines = []
    for line in run.stdout:
        lines.append(line.rstrip())
        if words in line:
            break
    return lines


def test_what_is_watched_is_made_anew_when_it_is_saved(folder):
    template(folder, "{{ a }}")
    data = folder / "数据.json"
    data.write_text(json.dumps({"a": 1}))
    run = interruptible(
        [sys.executable, "-X", "utf8", "-u", "-m", "gouji", "render", "模板.docx", data.name,
         "成文.docx", "--watch"],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
    )  # fmt: skip
    try:
        assert waited(run, "文档") == ["文档:成文.docx"]
        data.write_text("{")
        assert "写得不对" in waited(run, "写得不对")[-1]
        data.write_text(json.dumps({"a": 2}))
        assert waited(run, "文档") == ["文档:成文.docx"]
        assert made(folder) == ["2"]
        run.send_signal(signal.SIGINT)
        assert waited(run, "结束") == ["结束。"]
        assert run.wait() == 0
    finally:
        run.kill()
        run.wait()
        run.stdout.close()
    assert files(folder) == ["成文.docx", "数据.json", "模板.docx"]


def test_lint_with_data_tells_what_only_filling_shows_all_of_it(folder):
    template(
        folder,
        "{{ 甲 / (乙 - 乙) }}{{ 表 }}{{ 无 }}",
        "{{ 甲 // 0 }}{{ 甲 }}",
        "{% if 甲 > '1' %}{% endif %}",
    )
    (folder / "数据.json").write_text('{"甲": 1, "乙": 2, "表": [1]}', encoding="utf-8")
    out, err, status = gouji(folder, "lint", "模板.docx", "--data", "数据.json")
    assert (err, status) == ("", 1)
    assert [line for line in out.splitlines() if not line.startswith(" ")] == [
        "正文 段落 1 {{ 无 }}:没有叫「无」的数据。请核对名字。",
        "正文 段落 1 {{ 甲 / (乙 - 乙) }}:除数是 0。请先判断除数不为 0,如 {% if 除数 %}。",
        "正文 段落 1 {{ 表 }}:这个值是一个列表,没有可以印出来的写法。请印其中的一项:列表用循环或 "
        "|join('、'),是或否写成 {{ '是' if 条件 else '否' }}。",
        "正文 段落 2 {{ 甲 // 0 }}:除数是 0。请先判断除数不为 0,如 {% if 除数 %}。",
        "正文 段落 3 {% if 甲 > '1' %}:数据的类型不对(不能比较数和文字)。"
        "请核对这里用到的数据是数、文字还是列表。",
        "模板.docx:发现 5 处错误。",
    ]


def test_lint_of_a_kind_fills_the_template_with_its_sample(folder):
    template(folder, "{{ 基本支出 / (基本支出 - 基本支出) }}{{ 项目支出 }}")
    out, err, status = gouji(folder, "lint", "模板.docx", "--kind", "department")
    assert (out.splitlines()[0], err, status) == (
        "正文 段落 1 {{ 基本支出 / (基本支出 - 基本支出) }}:除数是 0。"
        "请先判断除数不为 0,如 {% if 除数 %}。",
        "",
        1,
    )
