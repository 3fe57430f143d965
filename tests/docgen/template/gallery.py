"""The examples of docs/templates.md as templates and data; run as a script it takes their pictures.

    PYTHONPATH=tests/docgen python tests/docgen/template/gallery.py

The template stands on the left of each picture, what comes out on the right.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

from docx.shared import Mm
from empty_document import empty_document
from printed import printed, run
from test_template_values import annex, png, png_file
from writing import Word, fill

from docgen.charts.charts import Chart
from docgen.template import render
from docgen.template.rich.markup import Listing, RichText
from docgen.template.rich.pictures import Picture, mm
from docgen.template.rich.subdocuments import SubDocument

PICTURES = Path(__file__).resolve().parents[3] / "docs" / "templates"
PROJECTS = [
    {"名称": "校舍维修", "预算": "120.00", "决算": "118.50"},
    {"名称": "设备购置", "预算": "80.00", "决算": "83.20"},
]


def rich() -> RichText:
    text = RichText("下降", color="FF0000", bold=True)
    text.add(" 2.5%,", italic=True)
    text.add("来源", url="https://example.org", underline=True, color="0000FF")
    return text


GALLERY: dict[str, tuple[list, dict[str, Any]]] = {
    "values": (
        ["{{ 单位 }}本年支出 **{{ 支出 }}** 万元,"
         "{% if 支出 > 预算 %}**超出**{% else %}未超{% endif %}预算。",
         "项目:{% for x in 项目 %}{{ x.名称 }}{% if not loop.last %}、{% endif %}{% endfor %}。"],
        {"单位": "县教育局", "支出": 201.7, "预算": 200, "项目": PROJECTS},
    ),
    "paragraphs": (
        ["{%p for x in 项目 %}", "**{{ loop.index }}. {{ x.名称 }}**", "决算 {{ x.决算 }} 万元。",
         "{%p endfor %}", "{%p if not 项目 %}", "本年没有项目。", "{%p endif %}"],
        {"项目": PROJECTS},
    ),
    "rows": (
        [[["项目", "预算", "决算"], ["{%tr for x in 项目 %}", "", ""],
          ["{{ x.名称 }}", "{{ x.预算 }}", "{{ x.决算 }}"], ["{%tr endfor %}", "", ""]]],
        {"项目": PROJECTS},
    ),
    "row": (
        [[["项目", "决算"], ["{% for x in 项目 %}{{ x.名称 }}", "{{ x.决算 }}{% endfor %}"]]],
        {"项目": PROJECTS},
    ),
    "columns": (
        [[["年度", "{%tc for y in 年度 %}", "{% cellbg 'DDEBF7' %}{{ y }}", "{%tc endfor %}"],
          ["支出", "{%tc for y in 年度 %}", "{{ 支出[y] }}", "{%tc endfor %}"]]],
        {"年度": [2022, 2023, 2024, 2025], "支出": {2022: 1, 2023: 2, 2024: 3, 2025: 4}},
    ),
    "cells": (
        [[["{% colspan 2 %}{% cellbg 'FFF2CC' %}合计两列", "末列"],
          ["{%tr for x in 项目 %}", "", ""],
          ["{% vm %}教育", "{{ x.名称 }}", "{{ x.决算 }}"], ["{%tr endfor %}", "", ""]]],
        {"项目": PROJECTS},
    ),
    "rich": (
        ["比上年{{r 说明 }}。", "{{ 清单 }}", "{{ 图 }}"],
        {"说明": rich(), "清单": Listing("第一行\n第二行\a新的一段"),
         "图": Picture(png(), width=mm(30), alt="示意图")},
    ),
    "document": (["正文", "{{p 附件 }}", "正文续"], {"附件": SubDocument(annex())}),
    "chart": (
        ["{{ 图 }}"],
        {"图": Chart("column", ["校舍维修", "设备购置"], {"预算": [120, 80], "决算": [118.5, 83.2]},
                    title="预算与决算", width=mm(70), height=mm(50))},
    ),
}  # fmt: skip


def made(word: Word, name: str) -> tuple[Path, Path]:
    """The template of an example, and what comes out of it."""
    blocks, values = GALLERY[name]
    document = empty_document()
    document._body.clear_content()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(95), Mm(85)
    section.left_margin = section.right_margin = section.top_margin = Mm(5)
    fill(document, blocks)
    for table in document.tables:
        table.style = "Table Grid"
    if name == "cells":  # the row with a cell over two columns has one cell less
        row = document.tables[0].rows[0]._tr
        row.remove(row.tc_lst[-1])
    template, out = word.save(document), word.folder / f"{name}.docx"
    render(template, values, out)
    return template, out


def take_picture(name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        pages = [picture(path, Path(folder)) for path in made(Word(Path(folder)), name)]
    (left, width, height), (right, _, _) = pages
    gap = b"\x88" * 3 * 8
    size = 3 * width
    rows = b"".join(
        b"\0" + left[start : start + size] + gap + right[start : start + size]
        for start in range(0, size * height, size)
    )
    (PICTURES / f"{name}.png").write_bytes(png_file(2 * width + 8, height, rows))


def picture(path: Path, folder: Path) -> tuple[bytes, int, int]:
    """The pixels, width and height of a document's first page."""
    stem = folder / path.stem
    pdf = printed(path.read_bytes(), folder)
    run("pdftoppm", "-singlefile", "-r", "96", str(pdf), str(stem))
    _, size, _, pixels = stem.with_suffix(".ppm").read_bytes().split(b"\n", 3)
    width, height = map(int, size.split())
    return pixels, width, height


if __name__ == "__main__":
    for chosen in sys.argv[1:] or GALLERY:
        take_picture(chosen)
