"""Each rule on its own file of examples: what it must find, and what it must leave alone."""

import re
import tomllib
from pathlib import Path
from random import Random

import pytest
from marked import read

from workbook.proof.model import Place, Severity, Statement, Table, Verdict
from workbook.proof.tables import means
from workbook.proof.whole.rules import RULES, judged

EXAMPLES = Path(__file__).parent / "examples"
FILES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in EXAMPLES.glob("*.toml")}


def cases(kind):
    return [
        pytest.param(rule, case, id=f"{rule}-{number}")
        for rule, file in sorted(FILES.items())
        for number, case in enumerate(file.get(kind, ()), 1)
    ]


@pytest.mark.parametrize(("rule", "case"), cases("wrong"))
def test_what_is_wrong_is_an_error_of_its_rule_and_of_no_other(rule, case):
    errors = [one for one in judged(*read(case["text"])).slips if one.severity is Severity.ERROR]
    assert [(one.rule, one.should_be) for one in errors] == [(rule, case["should_be"])]


@pytest.mark.parametrize(("rule", "case"), cases("hint"))
def test_what_is_worth_a_look_is_a_hint(rule, case):
    assert [
        (one.rule, one.severity, one.should_be) for one in judged(*read(case["text"])).slips
    ] == [(rule, Severity.HINT, case["should_be"])]


@pytest.mark.parametrize(("rule", "case"), cases("right"))
def test_what_is_right_is_left_alone(rule, case):
    assert judged(*read(case["text"])).slips == []


def test_each_rule_has_examples_of_both_kinds():
    assert FILES.keys() == RULES.keys()
    for rule, file in FILES.items():
        assert len(file.get("wrong", file.get("hint", ()))) >= 3, rule
        assert len(file["right"]) >= 3, rule


RIGHT = (EXAMPLES.parent / "right.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("number", range(len(RIGHT)))
def test_sentences_of_many_reports_that_are_right_are_left_alone(number):
    assert judged([Statement(RIGHT[number], Place(1))]).slips == []


def test_a_rule_that_is_off_neither_finds_nor_counts():
    text = "支出265.24万元，其中：项目支出69.75万元，基本支出195.94万元；会议费3.00万元。。"
    assert judged(*read(text), off=["sum", "punctuation"]) == Verdict()


def test_the_page_on_proofing_tells_every_rule():
    page = (Path(__file__).parents[3] / "docs" / "proof.md").read_text("utf-8")
    assert set(re.findall(r"^\| `([a-z-]+)` \|", page, re.M)) == RULES.keys()


@pytest.mark.parametrize("text", ["新购2台、3台，共5台。", "辖2个村、3个社区，共5个。"])
def test_a_total_that_two_readings_find_is_counted_once(text):
    assert judged(*read(text)).in_order["sum"] == 1


def wide(rows, made):
    """A table of 16 columns, whose last is a mean: of the third and the second, or of nothing."""
    random = Random(1)
    cells = [["单位", *(f"指标{one}" for one in range(1, 15)), "户均金额"]]
    for row in range(rows):
        numbers = [random.randint(100, 99_999) for _ in range(14)]
        cells.append([f"某乡{row}", *map(str, numbers), f"{made(row, numbers):.2f}"])
    places = [[Place(0, 1, row + 1, at + 1) for at in range(16)] for row in range(rows + 1)]
    return Table(cells, places)


@pytest.mark.parametrize(
    ("made", "found"),
    [
        (lambda _, numbers: numbers[2] / numbers[1], [None] * 40),
        (lambda row, numbers: numbers[2] / numbers[1] + 9 * (row == 39), [None] * 39 + ["某乡39"]),
        (lambda row, _: row * 7 + 100, []),
    ],
    ids=["all rows", "all but one", "none"],
)
def test_of_a_wide_table_most_pairs_are_not_reckoned_with(made, found, monkeypatch):
    due, seen = means._due, []
    monkeypatch.setattr(means, "_due", lambda *of: seen.append(of) or due(*of))
    slips = list(means.table_means(wide(40, made)))
    assert [one and one.says.partition(" ")[0] for one in slips] == found
    assert len(seen) < 14 * 13 * 40  # of five times as many pairs, factors and rows


def test_figures_of_hundreds_of_digits_are_the_mean_of_nothing():
    rows = [["单位", "总额", "户数", "户均"], *[["某乡", "9" * 400, "8" * 30, "1.5"]] * 4]
    places = [[Place(0, 1, row, at) for at in range(1, 5)] for row in range(1, 6)]
    assert list(means.table_means(Table(rows, places))) == []


@pytest.mark.parametrize("lead", ["一、概况\n", "某局2023年度部门决算公开\n一、部门概况\n"])
def test_posts_that_do_not_add_up_are_told_once_and_as_written(lead):
    text = f"{lead}我局核定编制31名，其中：行政编制12名，事业编制18名。"
    assert [one.says for one in judged(*read(text)).slips] == ["我局核定编制31名"]


def test_posts_of_two_paragraphs_are_told_as_written():
    text = "一、部门概况\n我局核定编制31名。\n行政编制12名，事业编制18名。"
    assert [(one.says, one.should_be) for one in judged(*read(text)).slips] == [
        ("我局核定编制31名", "30(各项之和)")
    ]
