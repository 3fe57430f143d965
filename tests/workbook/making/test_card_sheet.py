"""The sheet 项目自评卡: one project, chosen from a list, as its 自评表 shows it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from in_calc import in_calc
from loaded import load_workbook

from workbook.checking.intake import take_in
from workbook.checking.kinds import Kind, load_kind
from workbook.form.faults.form import form_faults
from workbook.form.model import Form
from workbook.form.sample import Sample
from workbook.making.build import build_workbook

Card = Callable[[str], Any]
CARD = "项目自评卡"
INDICATORS = range(15, 30)


def written(kind: Kind, path: Path, sample: Sample) -> Path:
    build_workbook(kind.form, kind.rules, sample).save(path)
    return path


def choosing(path: Path, name: str) -> Path:
    book = load_workbook(path)
    book[CARD]["C2"].value = name
    book.save(path)
    return path


def saved(path: Path) -> Card:
    """What the file says that each cell of the card shows."""
    sheet = load_workbook(path, data_only=True)[CARD]
    return lambda address: sheet[address].value


def chosen(office: Any, path: Path, names: Sequence[str]) -> Iterator[Card]:
    """What each cell of the card shows in LibreOffice as one project after the other is chosen."""
    with in_calc(office, path, {}) as book:
        for name in names:
            book.choose(CARD, "C2", name)
            yield partial(book.shown().cell, CARD)


def named(card: Card) -> list[str]:
    """The third-level indicators that the card lists."""
    return [said for row in INDICATORS if (said := card(f"D{row}"))]


def test_each_project_that_is_chosen_is_shown_with_its_own_figures_and_indicators(
    department: Kind, office: Any, sample_file: Path
) -> None:
    names = [str(project["名称"]) for project in department.sample.tables["项目"]]
    values = take_in(sample_file).checked.values
    cards = chosen(office, sample_file, names)
    for card, row in zip(cards, values.tables["项目"], strict=True):
        own = [
            one for one in values.tables["项目指标"] if one["项目名称"].value == row["名称"].value
        ]
        assert card("D5") == row["名称"].value
        assert card("F8") == float(row["金额"].value)
        assert card("B13") == row["预期目标"].value
        assert named(card) == [one["三级指标"].value for one in own]
        scores = [card(f"H{number}") for number in INDICATORS][: len(own)]
        assert scores == [
            "不适用" if one["得分"].is_absent else pytest.approx(float(one["得分"].value))
            for one in own
        ]
        assert card("H30") == pytest.approx(float(row["总分"].value))
        assert card("I30") == row["等级"].value


def test_a_choice_is_no_finding_and_the_card_is_not_input(
    department: Kind, sample_file: Path
) -> None:
    before = take_in(sample_file).checked
    name = str(department.sample.tables["项目"][2]["名称"])
    after = take_in(choosing(sample_file, name)).checked
    assert [one.code for one in after.findings] == [one.code for one in before.findings]
    book = load_workbook(sample_file)
    book.remove(book[CARD])
    book.save(sample_file)
    gone = take_in(sample_file).checked
    assert "sheet-missing" not in {one.code for one in gone.findings}


def test_nothing_but_the_drop_down_is_open_and_it_prints_on_one_page(
    sample_file: Path,
) -> None:
    book = load_workbook(sample_file)
    sheet = book[CARD]
    assert sheet.protection.sheet
    open_cells = {c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked}
    assert open_cells == {"C2", "D2", "E2"}
    assert "C2:E2" in sheet.merged_cells
    ((offered, where),) = (
        (one.formula1, str(one.sqref)) for one in sheet.data_validations.dataValidation
    )
    assert (offered, where) == ("勾稽_可选_项目", "C2")
    assert book.defined_names[offered].attr_text.startswith("INDEX(项目[名称],1):INDEX(项目[名称],")
    setup = sheet.page_setup
    assert (setup.fitToWidth, setup.fitToHeight, setup.orientation) == (1, 1, "portrait")
    assert sheet.print_area == "'项目自评卡'!$B$4:$I$31"


def test_more_indicators_than_the_card_has_room_for_are_counted(
    department: Kind, office: Any, tmp_path: Path
) -> None:
    row = {"二级指标": "数量指标", "年度指标值": Decimal(1), "实际完成值": Decimal(1)}
    rows = tuple(
        {"项目名称": name, "三级指标": f"{name}{number}", **row}
        for number in range(17)
        for name in ("甲*", "甲乙")
    )
    tables = {"项目": ({"名称": "甲乙"}, {"名称": "甲*"}), "项目指标": rows}
    sample = Sample({}, tables)
    path = written(department, tmp_path / "填报.xlsx", sample)
    star, other, none = chosen(office, path, ("甲*", "甲乙", "没有"))
    for card, name in ((star, "甲*"), (other, "甲乙")):
        assert named(card) == [f"{name}{number}" for number in range(15)]
        assert card("B31") == "另有 2 行没有列在这里，全部见“项目指标”表。"
    assert (named(none), none("D5") or "", none("B31") or "") == ([], "", "")
    file = saved(path)
    assert (file("C2"), named(file)) == ("甲乙", named(other))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"table": "项"}, "卡片「卡」：table 要写表单里一张有 row_name 的表，「项」不是"),
        ({"by": "谁"}, "卡片「卡」：rows 要写表单里的一张表，by 写它的一列"),
        ({"widths": [9, 9, 9]}, "卡片「卡」第 1 行：各格一共占 2 列，widths 写了 3 列"),
        (
            {"line": [{"cell": [{"value": ["无"], "span": 2}]}]},
            "卡片「卡」第 1 行：表「项目」没有列「无」",
        ),
        (
            {"line": [{"cell": [{"span": 2}]}]},
            "卡片「卡」第 1 行：每一格写 words 或 value 中的一个",
        ),
        (
            {"rows": "", "by": "", "line": [{"each": True, "cell": [{"words": "一", "span": 2}]}]},
            "卡片「卡」第 1 行：写了 each，就要写 rows 和 by",
        ),
    ],
)
def test_a_faulty_card_is_told_to_its_author(change: dict[str, object], said: str) -> None:
    column = {"key": "名称", "type": "text"}
    card = {
        "type": "card", "title": "卡", "table": "项目", "rows": "细目", "by": "名称",
        "widths": [9, 9], "line": [{"cell": [{"words": "名称"}, {"value": ["名称"]}]}],
    }  # fmt: skip
    tables = [
        {"type": "table", "key": key, "title": key, "row_name": "名称", "column": [column]}
        for key in ("项目", "细目")
    ]
    form = {
        "kind": "卡", "version": 1, "title": "卡",
        "sheet": [{"name": "表", "block": tables}, {"name": "卡", "block": [{**card, **change}]}],
    }  # fmt: skip
    assert said in form_faults(msgspec.convert(form, Form))


def test_a_kind_that_extends_the_department_may_drop_the_card_or_change_its_title(
    tmp_path: Path,
) -> None:
    for name, lines in {
        "无卡": '[[drop]]\nat = "项目自评卡"\nwhat = "sheet"\n',
        "改卡": '[[change]]\nat = "项目自评卡.项目支出绩效自评表"\ntitle = "自评表"\n',
    }.items():
        (folder := tmp_path / name).mkdir()
        head = f'kind = "{name}"\nversion = 1\nextends = "department"\n'
        (folder / "form.toml").write_text(head + lines, encoding="utf-8")
        form = load_kind(folder).form
        cards = [sheet.card.title for sheet in form.sheet if sheet.card]
        assert cards == ([] if name == "无卡" else ["自评表"])


def test_the_card_of_an_empty_form_is_blank(department: Kind, tmp_path: Path) -> None:
    card = saved(written(department, tmp_path / "空.xlsx", replace(department.sample, tables={})))
    assert (card("C2") or "", card("D5") or "", named(card)) == ("", "", [])
