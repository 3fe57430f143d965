"""A kind that runs at once: a form of a few cells, a rule, a sample, a template, schemas."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import msgspec

from docgen.authoring import english_scaffold
from docgen.new_document import new_document
from docgen.plain_document import plain_document
from workbook.across.summing import SummingFile
from workbook.catalogue.model import Language
from workbook.checking.kinds import TEMPLATE
from workbook.files.save import OutputError, save_new
from workbook.form.faults.keys import is_cell_like
from workbook.form.model import Form
from workbook.form.sample import SampleFile
from workbook.rules.model import RuleFile

SCHEMAS: Final = ".schema"
_SHAPES: Final[dict[str, Any]] = {
    "form": Form,
    "rules": RuleFile,
    "sample": SampleFile,
    "consolidate": SummingFile,
}
_SCHEMA_LINE: Final = "#:schema {}/{}.schema.json"

_FORM: Final = """{schema}
# 表里问什么。写法见 docs/forms.md;编辑器认得第一行，会提示能写哪些属性。
kind = "{kind}"
version = 1
title = "{title}"
report_name = "{{{{ 年度 }}}}年{{{{ 单位名称 }}}}{title}"
guide = ["黄色单元格是要填的地方，带 * 的必填；灰色的自动计算。"]

[[sheet]]
name = "基本情况"

  [[sheet.block]]
  type = "fields"
  title = "报告信息"

    [[sheet.block.field]]
    key = "年度"
    type = "year"

    [[sheet.block.field]]
    key = "单位名称"
    type = "text"
    help = "全称，与公章一致"

    [[sheet.block.field]]
    key = "成文日期"
    type = "date"
    year = "any"

  [[sheet.block]]
  type = "fields"
  title = "支出"

    [[sheet.block.field]]
    key = "支出合计"
    type = "number"
    unit = "万元"
    decimals = 2

    [[sheet.block.field]]
    key = "基本支出"
    type = "number"
    unit = "万元"
    decimals = 2

    [[sheet.block.field]]
    key = "项目支出"
    type = "number"
    unit = "万元"
    decimals = 2

    [[sheet.block.field]]
    key = "项目支出占比"
    type = "number"
    unit = "%"
    decimals = 2
    compute = "项目支出 / 支出合计 * 100"

[[sheet]]
name = "项目"

  [[sheet.block]]
  type = "table"
  key = "项目"
  title = "项目支出明细"
  rows = 20
  row_name = "名称"

    [[sheet.block.column]]
    key = "名称"
    type = "text"

    [[sheet.block.column]]
    key = "金额"
    type = "number"
    unit = "万元"
    decimals = 2
"""
_RULES: Final = """{schema}
# 什么必须相符。写法见 docs/rules.md。
[[rule]]
id = "支出构成"
claim = "支出合计 == 基本支出 + 项目支出"
tolerance = "rounding"

[[rule]]
id = "项目明细"
claim = "项目支出 == sum(项目.金额)"
tolerance = "rounding"
"""
_SAMPLE: Final = """{schema}
# 填好的一份，用来试。
[fields]
"年度" = 2024
"单位名称" = "某县水利局"
"成文日期" = 2025-03-10
"支出合计" = 300.5
"基本支出" = 195.5
"项目支出" = 105.0

[[tables."项目"]]
"名称" = "防汛物资"
"金额" = 65.0

[[tables."项目"]]
"名称" = "河道清淤"
"金额" = 40.0
"""
_REPORT: Final = (
    ("Title", "{{{{ 单位名称 }}}}{{{{ 年度 }}}}年度{title}"),
    ("Heading 1", "一、支出情况"),
    (
        "Normal",
        "{{{{ 年度 }}}}年支出合计{{{{ 支出合计 }}}}万元，其中基本支出{{{{ 基本支出 }}}}万元、"
        "项目支出{{{{ 项目支出 }}}}万元，项目支出占{{{{ 项目支出占比 }}}}%。",
    ),
    ("Heading 1", "二、项目情况"),
    ("Normal", "{{%p for 行 in 项目 %}}"),
    ("Normal", "{{{{ loop.index }}}}.{{{{ 行.名称 }}}}{{{{ 行.金额 }}}}万元。"),
    ("Normal", "{{%p endfor %}}"),
    ("Normal", "{{{{ 单位名称 }}}}"),
    ("Normal", "{{{{ 成文日期|long_date }}}}"),
)


_CHINESE: Final = (_FORM, _RULES, _SAMPLE)


def scaffold(folder: Path, title: str, language: Language = "zh") -> None:
    """Write a new kind, which runs as it is, into `folder`; raises `OutputError`."""
    check_folder(folder)
    texts = _CHINESE if language == "zh" else english_scaffold.TEXTS
    for file, text in zip(("form", "rules", "sample"), texts, strict=True):
        schema = _SCHEMA_LINE.format(SCHEMAS, file)
        made = text.format(schema=schema, kind=folder.name, title=title)
        save_new(folder / f"{file}.toml", made.encode())
    save_new(folder / TEMPLATE, _template(title, language))
    write_schemas(folder / SCHEMAS)


def check_folder(folder: Path) -> None:
    """Raise `OutputError` for a folder whose name cannot be a kind's."""
    name = folder.name
    said = f"文件夹名「{name}」就是种类的名称:"
    if name[:1].isdigit() and f"表{name}".isidentifier():
        raise OutputError(f"{said}不能以数字开头。请在前面加上汉字或字母,如「报告{name}」。")
    if not name.isidentifier():
        raise OutputError(f"{said}请用字母、数字或汉字,不用空格和标点。")
    if is_cell_like(name):
        raise OutputError(f"{said}它像单元格地址或 Excel 自己的名称。请加上汉字,如「报告{name}」。")


def _template(title: str, language: Language) -> bytes:
    is_chinese = language == "zh"
    document = new_document() if is_chinese else plain_document()
    for style, text in _REPORT if is_chinese else english_scaffold.REPORT:
        document.add_paragraph(text.format(title=title), style=style)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def write_schemas(folder: Path) -> None:
    """Write a JSON Schema for each data file, by which an editor knows what may stand in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, shape in _SHAPES.items():
        text = json.dumps(msgspec.json.schema(shape), ensure_ascii=False, indent=1)
        (folder / f"{name}.schema.json").write_text(text, encoding="utf-8")
