"""Texts that quote figures: what is replaced, and what cannot be."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec import structs
from small import check_of, details, form_of, lines, money, text

from workbook.checking.check import Checked
from workbook.form.field import Field
from workbook.form.table import QuoteAs

FORM = form_of(
    text("文"),
    money("基本支出"),
    money("三公", required=False),
    text("另文", required=False),
    Field(key="日期", type="date", required=False),
    tables=[
        details(
            text("名称", required=False),
            Field(key="数值", type="number", required=False),
            Field(key="占比", type="number", decimals=1, required=False),
            text("备注", required=False),
            row_name="名称",
            quote_as=QuoteAs(name="名称", value="数值"),
        )
    ],
)
ROWS = [
    {"名称": "党外委员", "数值": 10, "占比": Decimal("71.4")},
    {"名称": "待定"},
]
WHERE = "表!C5 文"


def checked(words: str, rows: list[dict] = ROWS, **typed: object) -> Checked:
    return check_of(FORM, (), rows, 文=words, **{"基本支出": 195.5, **typed})


@pytest.mark.parametrize(
    ("words", "resolved"),
    [
        ("支出{{ 基本支出 }}万元", "支出195.50万元"),
        ("支出{{基本支出}}万元", "支出195.50万元"),
        ("支出｛｛ 基本支出 ｝｝万元", "支出195.50万元"),
        ("支出{｛\n基本支出\t}｝万元", "支出195.50万元"),
        ("{{ 党外委员 }}名,占{{ 党外委员.占比 }}%", "10名,占71.4%"),
        ("占{{ 党外委员．占比 }}%", "占71.4%"),
        ("{{ 日期 }}", "2023-3-15"),
        ("{{ 另文 }}", "引来的"),
        ("{{ 基本支出 }}{{ 基本支出 }}", "195.50195.50"),
        ("没有引用 { 一个花括号 }", "没有引用 { 一个花括号 }"),
        ("{{ 基本支出 }}}{{ 基本支出 }}}", "195.50}195.50}"),
    ],
)
def test_a_quote_becomes_the_figure_of_its_cell(words: str, resolved: str) -> None:
    result = checked(words, 日期=date(2023, 3, 15), 另文="引来的")
    assert (result.values.fields["文"].value, result.findings) == (resolved, ())


def test_in_english_an_amount_has_its_thousands_apart_and_a_year_has_not() -> None:
    fields = (text("Text"), money("Spent", signed=True), Field(key="Year", type="year"),
              Field(key="Day", type="date"), Field(key="People", type="integer"))  # fmt: skip
    result = check_of(
        structs.replace(form_of(*fields), language="en"),
        Text="{{ Spent }} USD for {{ People }} in {{ Year }}, {{ Day }}",
        Spent=Decimal("-11331.3"),
        People=2085,
        Year=2026,
        Day=date(2026, 4, 10),
    )
    assert result.values.fields["Text"].value == "-11,331.30 USD for 2,085 in 2026, 2026-04-10"


def test_a_quote_in_a_row_of_a_table_is_resolved_too() -> None:
    result = checked("无", [{"名称": "甲", "备注": "见{{ 基本支出 }}"}])
    assert result.values.tables["明细"][0]["备注"].value == "见195.50"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "{{ 基本支 }}",
            "文字里引用了「基本支」,但没有这个名称。请核对名称(是否为「基本支出」),或先把它填进表里",
        ),
        ("{{ 毫无关系 }}", "文字里引用了「毫无关系」,但没有这个名称。请核对名称,或先把它填进表里"),
        (
            "{{ 党外委员.年龄 }}",
            "文字里引用了「党外委员.年龄」,但没有这个名称。"
            "请核对名称(是否为「党外委员」),或先把它填进表里",
        ),
        ("{{ }}", "文字里引用了「」,但没有这个名称。请核对名称,或先把它填进表里"),
        ("{{ 三公 }}", "文字里引用了「三公」,但它还没有填。请先填写「三公」"),
        ("{{ 待定 }}", "文字里引用了「待定」,但它还没有填。请先填写「待定」"),
        ("{{ 待定.占比 }}", "文字里引用了「待定.占比」,但它还没有填。请先填写「待定.占比」"),
        (
            "{{ 文 }}",
            "文字里引用了「文」,而那段文字里还有引用。请直接写出文字,或改引用其中的数",
        ),
        (
            "{{ 基本支出 }",
            "文字里的引用「{{ 基本支出 }」写得不对。请写成 {{ 名称 }} 的样子,花括号各两个",
        ),
        (
            "见基本支出 }}万元",
            "文字里的引用「本支出 }}万元」写得不对。请写成 {{ 名称 }} 的样子,花括号各两个",
        ),
        (
            "一{% if 甲 %}二",
            "文字里的引用「一{% if 甲 %}二」写得不对。请写成 {{ 名称 }} 的样子,花括号各两个",
        ),
        (
            "{{ 基本支出 * 10 ** 10 }}",
            "文字里引用了「基本支出 * 10 ** 10」,但没有这个名称。请核对名称,或先把它填进表里",
        ),
        (
            "{{ ''.__class__ }}",
            "文字里引用了「''.__class__」,但没有这个名称。请核对名称,或先把它填进表里",
        ),
    ],
)
def test_a_quote_that_cannot_be_resolved_says_why_and_stays_as_it_is(words: str, said: str) -> None:
    result = checked(words)
    assert lines(result) == [f"{WHERE}:{said}"]
    assert result.values.fields["文"].value == words


def test_several_faults_of_one_text_are_said_at_once() -> None:
    result = checked("{{ 三公 }}、{{ 基本支出 }}、{{ 没有 }}、{{ ")
    assert [one.code for one in result.findings] == ["quote-blank", "quote-unknown", "quote-faulty"]
    assert result.values.fields["文"].value == "{{ 三公 }}、195.50、{{ 没有 }}、{{"


def test_a_quote_of_an_unreadable_cell_is_left_to_the_finding_of_that_cell() -> None:
    result = checked("{{ 基本支出 }}", 基本支出="不详")
    assert lines(result) == ["表!C6 基本支出:「不详」不是数字。请只填数字,不确定的不要填文字说明"]


@pytest.mark.parametrize("name", ["基本支出", "文", "明细", "党外委员"])
def test_a_name_that_is_taken_is_refused(name: str) -> None:
    result = checked("无", [ROWS[0], {"名称": name, "数值": 3}])
    assert lines(result) == [
        f"表!B15 明细「{name}」名称:名称「{name}」用了两次,或与表单的字段同名。请换一个名称"
    ]


@pytest.mark.parametrize("name", ["党外 委员", "2022年", "甲-乙", "“三公”", "甲.占比", "{{ 甲 }}"])
def test_a_name_that_cannot_be_quoted_is_refused(name: str) -> None:
    codes = {one.code for one in checked("无", [{"名称": name, "数值": 3}]).findings}
    assert codes - {"quote-unknown"} == {"quote-name"}
