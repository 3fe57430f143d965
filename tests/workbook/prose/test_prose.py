"""Texts in the manner of many units: no error where none is, and the slip where one is."""

import time
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from sampled import check_of, sample, typed_over
from small import check_of as check_small
from small import form_of, money
from small import text as text_field
from spoiled import DEPARTMENT

from workbook.findings.model import Finding
from workbook.form.field import Field
from workbook.prose.told import prose
from workbook.reading.values import Entry, Values

TEXTS = tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))


@cache
def read() -> Values:
    return check_of(sample()).values


def with_words(cell: str, words: str) -> Values:
    """The sample with other words in `人员情况` or `绩效.0.内容`."""
    key, _, rest = cell.partition(".")

    def written(entry: Entry) -> Entry:
        return replace(entry, value=words, quotes=(), is_derived=False)

    if not rest:
        fields = {**read().fields, key: written(read().fields[key])}
        return replace(read(), fields=fields)
    number, _, column = rest.partition(".")
    rows = list(read().tables[key])
    rows[int(number)] = {**rows[int(number)], column: written(rows[int(number)][column])}
    return replace(read(), tables={**read().tables, key: tuple(rows)})


def told(text: dict[str, Any], code: str) -> list[Finding]:
    found = prose(with_words(text["cell"], text["words"]), DEPARTMENT.form, DEPARTMENT.called)
    return [one for one in found if one.code == code]


def asked(text: dict[str, Any]) -> list[str]:
    return [one.found for one in told(text, "prose-unsure")]


@pytest.mark.parametrize("text", TEXTS["right"], ids=lambda text: text["words"][:24])
def test_what_is_right_or_of_something_else_is_no_error(text: dict[str, Any]) -> None:
    assert told(text, "prose-differs") == []
    assert asked(text) == text.get("asked", [])


@pytest.mark.parametrize("text", TEXTS["wrong"], ids=lambda text: text["words"][:24])
def test_another_value_is_told_with_the_cell_that_it_differs_from(text: dict[str, Any]) -> None:
    differing = told(text, "prose-differs")
    shown = [[one.found, f"{one.parts[0].label} {one.expected}"] for one in differing]
    assert shown == text.get("error", [])
    assert asked(text) == text.get("asked", [])


def test_a_text_whose_section_is_not_in_the_report_is_left_alone() -> None:
    cells = {"人员情况": "行政编制8名，事业编制3名。"}
    for choice, codes in ((None, ["prose-differs", "prose-same"]), ("不列入", [])):
        checked = check_of(typed_over({**cells, "提纲.11.处理": choice}))
        assert [one.code for one in checked.findings if one.code.startswith("prose-")] == codes


def test_a_text_that_the_clerk_adds_to_the_outline_is_read() -> None:
    added = {"标题": "补充", "级别": "一级", "次序": 245, "正文": "区统战部行政编制8名。"}
    checked = check_of(typed_over({f"自加节.0.{key}": value for key, value in added.items()}))
    (found,) = [one for one in checked.findings if one.code == "prose-differs"]
    assert (found.found, found.label) == ("区统战部行政编制8名", "自加节「补充」正文")


@pytest.mark.parametrize(
    "words",
    [
        f"2022年基本支出决算{'1' * 45}万元",
        f"2022年基本支出决算0.{'0' * 45}1万元",
        f"2022年基本支出决算1590.{'0' * 45}1万元",
        f"2022年基本支出决算{'1' * 45}亿元，行政编制{'8' * 45}名",
    ],
)
def test_what_no_cell_can_hold_is_no_figure_of_a_cell(words: str) -> None:
    assert prose(with_words("人员情况", words), DEPARTMENT.form) == []


def test_a_long_cell_takes_no_longer_than_its_letters() -> None:
    """Each figure that looked at all others took 92 s for 2,000 of them."""
    words = "2022年基本支出决算195.94万元。" * 1500
    began = time.process_time()
    found = prose(with_words("人员情况", words), DEPARTMENT.form)
    assert len(found) == 1500
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("key", "codes"), [("年初预算", ["prose-differs"]), ("年初预算合计", [])], ids=["unit", "rows"]
)
def test_a_budget_without_a_name_is_the_units_and_no_sum_of_rows(
    key: str, codes: list[str]
) -> None:
    form = form_of(text_field("文"), Field(key="年度", type="year"), money(key))
    typed = {"文": "2022年我单位年初预算50万元。", "年度": 2022, key: 60.33}
    assert [one.code for one in check_small(form, (), [], **typed).findings] == codes
