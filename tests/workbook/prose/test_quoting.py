"""The copy in which quotes take the place of figures: what changes in it, and what does not."""

import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from loaded import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.worksheet import Worksheet
from small import check_of, details, form_of, money, text
from spoiled import editing, typing

from workbook.checking.intake import take_in
from workbook.files.save import OutputError
from workbook.form.field import Field
from workbook.form.table import QuoteAs
from workbook.marking.quoting import quote
from workbook.prose.told import quoted

WORDS = (
    "本单位{{ 单位自称 }}行政编制７名、事业编制3名，编制8名待批。\n"
    "2022年基本支出决算195.49万元，人员经费1,717,400元，约24万元。"
)
QUOTED = (
    "本单位{{ 单位自称 }}行政编制{{ 行政编制 }}名、事业编制{{ 事业编制 }}名，编制8名待批。\n"
    "2022年基本支出决算{{ 基本支出 }}万元，人员经费1,717,400元，约24万元。"
)


def quote_file(path: Path, copy: Path) -> int:
    intake = take_in(path)
    assert intake.kind is not None
    return quote(path, intake.checked.values, intake.kind.form, copy)


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def cell(path: Path, address: str) -> object:
    return load_workbook(path)["基本情况"][address].value


def test_figures_that_a_cell_holds_become_quotes_and_nothing_else_changes(
    sample_file: Path,
) -> None:
    typing({"人员情况": WORDS})(sample_file)
    copy = sample_file.with_name("引用.xlsx")
    before = parts(sample_file)
    assert quote_file(sample_file, copy) == 3

    after = parts(copy)
    assert cell(copy, "C28") == QUOTED
    changed = [name for name in before if before[name] != after[name]]
    assert (list(after), changed) == (list(before), ["xl/worksheets/sheet2.xml"])
    assert parts(sample_file) == before
    assert not any(one.code == "prose-same" for one in take_in(copy).checked.findings)
    assert quote_file(copy, sample_file.with_name("又一份.xlsx")) == 0
    assert not sample_file.with_name("又一份.xlsx").exists()


def test_the_report_of_the_copy_reads_as_before(sample_file: Path) -> None:
    typing({"人员情况": WORDS})(sample_file)
    copy = sample_file.with_name("引用.xlsx")
    quote_file(sample_file, copy)
    values = [take_in(path).checked.values.fields["人员情况"] for path in (sample_file, copy)]
    assert values[0].value == str(values[1].value).replace("编制7名", "编制７名")


def test_a_text_of_several_looks_and_one_that_a_formula_gives(sample_file: Path) -> None:
    def several(sheet: Worksheet) -> None:
        bold = TextBlock(InlineFont(b=True), "7名")
        sheet["C28"] = CellRichText("行政编制", bold, "。")
        sheet["C19"] = '="事业编制"&"3名。"'

    editing(lambda book: several(book["基本情况"]))(sample_file)
    copy = sample_file.with_name("引用.xlsx")
    assert quote_file(sample_file, copy) == 1
    assert cell(copy, "C28") == "行政编制{{ 行政编制 }}名。"
    assert cell(copy, "C19") == '="事业编制"&"3名。"'


def test_the_copy_is_another_file_and_never_over_one(sample_file: Path) -> None:
    typing({"人员情况": WORDS})(sample_file)
    with pytest.raises(OutputError, match="引用要写到另一份文件里"):
        quote_file(sample_file, sample_file)
    copy = sample_file.with_name("引用.xlsx")
    copy.write_text("已有的", encoding="utf-8")
    with pytest.raises(OutputError, match=r"引用\.xlsx"):
        quote_file(sample_file, copy)
    assert copy.read_text(encoding="utf-8") == "已有的"


FORM = form_of(
    text("文"),
    Field(key="年度", type="year"),
    money("基本支出", said=("基础支出",)),
    tables=[
        details(
            text("名称", required=False),
            Field(key="数值", type="number", required=False),
            text("单位", required=False),
            Field(key="占比", type="number", decimals=1, unit="%", required=False),
            row_name="名称",
            quote_as=QuoteAs(name="名称", value="数值"),
        )
    ],
)
ROWS = [{"名称": "党外委员", "数值": 10, "单位": "名", "占比": Decimal("71.4")}]


@pytest.mark.parametrize(
    ("words", "made"),
    [
        ("推荐党外委员10名。", "推荐党外委员{{ 党外委员 }}名。"),
        ("党外委员占比71.4%。", "党外委员占比71.4%。"),  # of whom, the words do not say
        ("推荐党外委员11名。", ""),
        (
            "今年基础支出195.5万元。",
            "今年基础支出{{ 基本支出 }}万元。",
        ),  # a name of the field's own
        ("基本支出195.50万元，{{ 年度 }}年。", "基本支出{{ 基本支出 }}万元，{{ 年度 }}年。"),
        ("基本支出1,955,000元。", ""),
        ("基本支出 195.5 万元", "基本支出 {{ 基本支出 }} 万元"),
        ("基本支出约195.5万元。", ""),
    ],
)
def test_what_becomes_a_quote(words: str, made: str) -> None:
    typed = {"文": words, "年度": 2022, "基本支出": 195.5}
    values = check_of(FORM, (), ROWS, **typed).values
    texts = [text for text, _ in quoted(values, FORM).values()]
    assert texts == ([made] if made and made != words else [])
