"""Each rule on its own file of examples: what it must find, and what it must leave alone."""

import re
import tomllib
from pathlib import Path

import pytest
from marked import read

from workbook.proof.model import Place, Severity, Statement, Verdict
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
