"""Quantities that sentences state, in the manner of published reports."""

from decimal import Decimal

import pytest

from workbook.stated.clauses import read_sentences
from workbook.stated.model import Basis, Quantity, Relation
from workbook.stated.sentences import read_text

KNOWN = {"行政编制", "事业编制", "编制数", "在职人员", "基本支出", "人员经费"}
CLAIMS = (Relation.PLAIN, Relation.PART, Relation.TOTAL)


def told(text, topic=""):
    """Each quantity as name or subject, year, basis, figure with unit, and relation with `of`."""
    return [
        f"{one.name or f'({one.subject})'} {one.year}{one.basis.value} {one.figure}{one.unit}"
        f" {one.relation.value}{' ' if one.of else ''}{one.of}".strip()
        for one in read_text(text, KNOWN, topic)
    ]


def test_a_quantity_holds_all_that_its_words_say():
    text = "2022年，基本支出195.49万元，其中：人员经费支出171.70万元。"
    assert read_text(text, KNOWN, place="段落 3")[1] == Quantity(
        name="人员经费支出",
        figure=Decimal("171.70"),
        unit="万元",
        decimals=2,
        start=28,
        end=34,
        sentence="2022年,基本支出195.49万元,其中:人员经费支出171.70万元。",
        year="2022",
        relation=Relation.PART,
        of="基本支出",
        place="段落 3",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "其中:人员经费支出434.89万元,公用经费支出77.4万元。",
            ["人员经费支出  434.89万元", "公用经费支出  77.4万元"],
        ),
        ("公务用车购置及运行维护费1687万元。", ["公务用车购置及运行维护费  1687万元"]),
        (
            "2022年预算收入69.06万元,其中年初预算57.28万元,调整追加11.78万元。",
            [
                "预算收入 2022 69.06万元 total of",
                "() 2022年初预算 57.28万元 part of 预算收入",
                "() 2022预算追加 11.78万元 part of 预算收入",
            ],
        ),
        (
            "“三公”经费预算为10万元,其中公务接待费3万元;决算8万元,其中公务接待费2万元。",
            [
                "三公经费 预算 10万元 total of",
                "公务接待费 预算 3万元 part of 三公经费",
                "(三公经费) 决算 8万元 total of",
                "公务接待费 决算 2万元 part of 三公经费",
            ],
        ),
        (
            "核定编制65名（行政30，事业35），实有在职41人。",
            [
                "核定编制  65名 total of",
                "行政编制  30名 part of 核定编制",
                "事业编制  35名 part of 核定编制",
                "实有在职  41人",
            ],
        ),
        (
            "其中，基本支出为195.49万元（人员经费171.74 万元、公用经费23.75万元），占73.7%。",
            [
                "基本支出  195.49万元 total of",
                "人员经费  171.74万元 part of 基本支出",
                "公用经费  23.75万元 part of 基本支出",
                "(基本支出)  73.7% share of",
            ],
        ),
        (
            "人员经费、公用经费分别为171.74万元和23.75万元。",
            ["人员经费  171.74万元", "公用经费  23.75万元"],
        ),
        (
            "公务接待费年初预算3万元，决算支出2.5万元，完成年初预算的83.3%，比上年减少1万元。",
            [
                "公务接待费 年初预算 3万元",
                "(公务接待费) 决算 2.5万元",
                "(公务接待费) 年初预算 83.3% rate of 年初预算",
                "(公务接待费)  1万元 change against 上年",
            ],
        ),
        ("基本支出比预算增加5万元。", ["基本支出 预算 5万元 change against 预算"]),
        ("上年基本支出180万元。", ["基本支出 上年 180万元"]),
        ("人均公用经费2.14万元。", ["人均公用经费  2.14万元"]),
        ("政府性基金财政拨款收入12万元", ["政府性基金财政拨款收入  12万元"]),
        ("内设办公室、民主科、民族科3个科室。", ["内设机构数  3个 count of a list"]),
        (
            "全年预算数120万元，全年执行数110万元。",
            ["() 全年预算 120万元", "() 决算 110万元"],
        ),
        (
            "公务用车购置及运行维护费6万元（购置费0万元，运行维护费6万元）。",
            [
                "公务用车购置及运行维护费  6万元 total of",
                "公务用车购置费  0万元 part of 公务用车购置及运行维护费",
                "公务用车运行维护费  6万元 part of 公务用车购置及运行维护费",
            ],
        ),
    ],
)
def test_a_sentence_says_whose_each_figure_is(text, expected):
    assert told(text) == expected


def test_a_figure_right_behind_another_is_no_part_of_its_name():
    assert told("城市低保1286户2104人，其中特困86人。") == [
        "城市低保  1286户",
        "(前文)  2104人 total of",
        "特困  86人 part of 前文",
    ]


def test_a_budget_goes_on_until_an_outturn_is_named():
    assert told("年初预算安排100万元。人员经费80万元。决算支出95万元，其中人员经费79万元。") == [
        "() 年初预算 100万元",
        "人员经费 年初预算 80万元",
        "(前文) 决算 95万元 total of",
        "人员经费 决算 79万元 part of 前文",
    ]


@pytest.mark.parametrize(
    ("topic", "subject"),
    [
        ("一般公共预算支出情况", "()"),
        ("公务接待费", "(公务接待费)"),
        ("三公经费支出情况", "(三公经费支出情况)"),
        ("基本支出情况", "(基本支出情况)"),
    ],
)
def test_a_budget_without_a_name_is_of_what_the_heading_says(topic, subject):
    assert told("年初预算3万元。", topic) == [f"{subject} 年初预算 3万元"]


def test_a_heading_inside_a_paragraph_says_whose_the_figures_are():
    assert told("1.公务接待费支出情况。年初预算3万元。") == ["(公务接待费支出) 年初预算 3万元"]


@pytest.mark.parametrize(
    "text",
    [
        "基本支出约195万元。",
        "基本支出195万元左右。",
        "人员经费3万元至5万元。",
        "人员经费、公用经费、项目支出分别为1万元和2万元。",
    ],
)
def test_a_figure_that_is_rough_or_nobodys_is_not_exact(text):
    assert not any(one.is_exact for one in read_text(text) if one.name in ("人员经费", "基本支出"))


def test_a_body_before_a_name_is_told_apart_from_it():
    one, other = read_text("区统战部人员行政编制7名，下属服务中心事业编制3名。", KNOWN)
    assert [(one.prefix, one.name), (other.prefix, other.name)] == [
        ("区统战部", "行政编制"),
        ("下属服务中心", "事业编制"),
    ]


def test_what_is_taken_off_keeps_its_sign_word():
    (one,) = read_text("年中调减预算11万元。")
    assert (one.name, one.basis, one.sign, one.figure) == ("", Basis.ADDED, "调减", Decimal(11))


@pytest.mark.parametrize("text", ["2022年12月31日", "根据芦办发〔2019〕17号文件", "1.2.3 小节", ""])
def test_dates_and_numbers_of_documents_are_no_quantities(text):
    assert read_text(text) == []


def test_each_figure_knows_how_many_brackets_are_open_before_it():
    (one,) = read_sentences("共5万元(其中甲3万元(含1万元)、乙2万元),比上年增1万元。")
    assert [(said.value, said.depth) for said in one.figures] == [
        (5, 0), (3, 1), (1, 2), (2, 1), (1, 0),
    ]  # fmt: skip
