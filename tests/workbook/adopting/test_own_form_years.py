"""A bureau's own form in the next period: the same workbook, with what is carried typed into it."""

import zipfile

import pytest
from bureau_forms import canteen, procurement
from loaded import load_workbook

from workbook.adopting.adopt import adopt
from workbook.checking.intake import take_in
from workbook.checking.kinds import load_kind
from workbook.years.beginning import new_workbook
from workbook.years.carry import Fate
from workbook.years.rollover import roll_over_file
from workbook.years.upgrade import upgrade_file


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """The folder of the kind that the canteen's workbook makes."""
    folder = tmp_path_factory.mktemp("种类") / "canteen"
    folder.mkdir()
    for name, data in adopt("canteen", canteen()).files.items():
        (folder / name).write_bytes(data)
    return folder.parent


@pytest.fixture
def filled(root, tmp_path):
    path = tmp_path / "九月.xlsx"
    path.write_bytes(new_workbook(load_kind(root / "canteen"), sample=True))
    return path


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_next_workbook_is_the_bureaus_own_with_its_texts_carried(root, filled, tmp_path):
    made = roll_over_file(filled, root)
    made.save(tmp_path / "十月.xlsx")
    new, own = parts(tmp_path / "十月.xlsx"), parts(root / "canteen" / "form.xlsx")
    assert {name: new[name] for name in own if name.startswith("xl/theme")} == {
        name: own[name] for name in own if name.startswith("xl/theme")
    }
    values = take_in(tmp_path / "十月.xlsx", root).checked.values
    assert values.fields["学校名称"].value == "第一小学"
    assert values.fields["月份"].value == "2025年10月"
    assert values.fields["学生伙食费_本月数"].value is None
    closing = take_in(filled, root).checked.values.fields["期末结余_本月数"]
    assert values.fields["上月结余_本月数"].value == closing.value
    assert values.tables["采购明细"] == ()  # what was bought in September
    assert made.leftovers == ()


def test_what_the_clerk_wrote_beside_the_form_is_listed(root, filled):
    book = load_workbook(filled)
    book["收支汇总"]["E20"] = "欠发工资待查"
    book.save(filled)
    (left,) = roll_over_file(filled, root).leftovers
    assert (str(left.place), left.text) == ("收支汇总!E20", "欠发工资待查")


def test_a_form_that_its_author_has_saved_with_results_gives_none_of_them(tmp_path, recalculate):
    folder = tmp_path / "canteen"
    folder.mkdir()
    for name, data in adopt("canteen", canteen()).files.items():
        (folder / name).write_bytes(data)
    (saved,) = recalculate([folder / "form.xlsx"])
    (folder / "form.xlsx").write_bytes(saved.read_bytes())
    path = tmp_path / "新.xlsx"
    path.write_bytes(new_workbook(load_kind(folder), sample=True))
    assert take_in(path, tmp_path).checked.findings == ()


def test_a_workbook_of_an_older_state_is_brought_into_the_form_of_today(root, filled, tmp_path):
    made = upgrade_file(filled, root)
    made.save(tmp_path / "新.xlsx")
    before, after = (take_in(path, root).checked.values for path in (filled, tmp_path / "新.xlsx"))
    assert {key: one.value for key, one in after.fields.items()} == {
        key: one.value for key, one in before.fields.items()
    }


def test_rows_that_the_clerk_had_to_insert_are_listed_where_the_form_has_no_room(tmp_path):
    folder = tmp_path / "procurement"
    folder.mkdir()
    for name, data in adopt("procurement", procurement()).files.items():
        (folder / name).write_bytes(data)
    path = tmp_path / "去年.xlsx"
    path.write_bytes(new_workbook(load_kind(folder), sample=True))
    book = load_workbook(path)
    sheet = book["采购情况"]
    sheet.unmerge_cells("A12:C12")
    sheet.move_range("A12:H30", rows=2)
    for name, defined in book.defined_names.items():
        for row in (13, 12, 11):  # what stands below goes down too, with its names
            defined.attr_text = defined.attr_text.replace(f"${row}", f"${row + 2}")
        if name.endswith("合计"):
            column = defined.attr_text.split("$")[1]
            sheet[f"{column}14"] = f"=SUM({column}6:{column}13)"
    for row in range(6, 14):
        sheet[f"B{row}"], sheet[f"G{row}"] = f"项目{row}", f"=E{row}+F{row}"
    book.save(path)
    made = roll_over_file(path, tmp_path)
    made.save(tmp_path / "新.xlsx")
    rows = take_in(tmp_path / "新.xlsx", tmp_path).checked.values.tables["采购情况"]
    assert [one["采购项目名称"].value for one in rows] == [f"项目{row}" for row in range(6, 12)]
    assert [(move.entry.value, move.why) for move in made.moves if move.fate is Fate.UNUSABLE] == [
        (f"项目{row}", "新表的采购情况只有 6 行,放不下,请在新表里插入行后自己填")
        for row in (12, 13)
    ]
