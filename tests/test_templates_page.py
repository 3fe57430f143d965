"""The code blocks of docs/templates.md: programs and commands run, templates render."""

import io
import re
import shlex
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from empty_document import empty_document

from docgen.report.filters import FILTERS
from docgen.template import compile_template
from docgen.template.lint.lint import lint

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
FENCED = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.S | re.M)
INDENTED = [block.strip("\n") for block in re.findall(r"\n\n((?:    .*\n|\n(?=    ))+)", PAGE)]
MESSAGES = [block.strip() for block in INDENTED if "{%" not in block]
TEMPLATES = [text for language, text in FENCED if not language] + [
    re.sub(r"^    ", "", block, flags=re.M) for block in INDENTED if "{%" in block
]
SECTION = {
    "级别": "一级", "编号": "一、", "标题": "支出", "正文": ["段"], "内容": "支出情况",
    "表格": [], "是末节": True,
}  # fmt: skip
DATA = {
    "单位": "统战部", "支出": 195, "预算": 200, "年度": 2022, "单位简称": "统战部", "基本支出": 100,
    "人员经费": 60, "公用经费": 40, "项目支出": 95, "尾差说明": "有尾差。",
    "项目": [{"名称": "培训", "金额": 4, "预算": 5, "决算": 4}],
    "指标": [{"一级指标": "产出", "三级指标": "次数", "分值": 10}],
    "各节": [SECTION], "整页": [{**SECTION, "级别": "整页", "内容": "封面"}],
}  # fmt: skip


def run(folder, *words):
    done = subprocess.run(
        [sys.executable, "-X", "utf8", *words], cwd=folder, capture_output=True, text=True,
        check=False, encoding="utf-8",
    )  # fmt: skip
    return done.stdout, done.stderr, done.returncode


@pytest.fixture
def folder(tmp_path):
    """A folder with what the page speaks of."""
    from docx.image.image import Image  # noqa: F401 - the picture is one of the page's own

    (tmp_path / "图.png").write_bytes((ROOT / "docs" / "templates" / "values.png").read_bytes())
    (tmp_path / "数据.json").write_text('{"单位": "部", "项目": []}', encoding="utf-8")
    return tmp_path


def test_the_page_begins_with_a_program_that_runs_as_it_stands(folder):
    programs = [text for language, text in FENCED if language == "python" and "import" in text]
    assert PAGE.index("```python") < 40
    assert sum(bool(line.strip()) for line in programs[0].splitlines()) == 10
    said = re.search(r"印出 `(.*?)`", PAGE)[1]
    for program, printed in zip(programs[:2], (f"{said}\n", ""), strict=True):
        (folder / "例.py").write_text(program, encoding="utf-8")
        assert run(folder, "例.py") == (printed, "", 0)


def test_the_commands_of_the_page_run(folder):
    document = empty_document()
    document.add_paragraph("{{ 单位 }}")
    document.save(folder / "模板.docx")
    (commands,) = [text for language, text in FENCED if language == "bash"]
    for command in commands.splitlines():
        if "--watch" not in command and ".xlsx" not in command:
            assert run(folder, "-m", *shlex.split(command))[1:] == ("", 0)


def paragraphs_or_rows(text):
    """A document with a line of the block in each paragraph, or in each row where rows go."""
    document = empty_document()
    lines = text.strip().splitlines()
    table = document.add_table(len(lines), 1) if "{%tr" in text else None
    for index, line in enumerate(lines):
        place = document.add_paragraph() if table is None else table.cell(index, 0)
        place.text = line
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("text", TEMPLATES)
def test_a_template_of_the_page_renders(text):
    made = compile_template(paragraphs_or_rows(text), filters=FILTERS).render(DATA)
    assert "{%" not in docx.Document(io.BytesIO(made)).element.xml


def test_every_block_of_the_page_is_tried():
    kinds = [language for language, _ in FENCED]
    assert sorted(kinds) == ["", "", "", "", "", "bash", "python", "python"]
    assert len(INDENTED) == 3 == len(MESSAGES) + 2


def test_the_message_of_the_page_is_what_is_said(tmp_path):
    document = empty_document()
    rows = ["{%tr for 行 in 项目 %}", "{{ 行.金頟 }}", "{%tr endfor %}"]
    table = document.add_table(3, 1)
    for cell, text in zip(table.column_cells(0), rows, strict=True):
        cell.text = text
    document.save(tmp_path / "模板.docx")
    assert [str(one) for one in lint(tmp_path / "模板.docx", ["项目[*].金额"])] == MESSAGES
