"""A bureau's own form in the next period: the same workbook, with what is carried typed into it."""

import zipfile

import pytest
from bureau_forms import canteen

from workbook.adopting.adopt import adopt
from workbook.checking.intake import take_in
from workbook.checking.kinds import load_kind
from workbook.years.beginning import new_workbook
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
    assert {name: new[name] for name in own if name.startswith(("xl/styles", "xl/theme"))} == {
        name: own[name] for name in own if name.startswith(("xl/styles", "xl/theme"))
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
    from openpyxl import load_workbook

    book = load_workbook(filled)
    book["收支汇总"]["E20"] = "欠发工资待查"
    book.save(filled)
    (left,) = roll_over_file(filled, root).leftovers
    assert (str(left.place), left.text) == ("收支汇总!E20", "欠发工资待查")


def test_a_workbook_of_an_older_state_is_brought_into_the_form_of_today(root, filled, tmp_path):
    made = upgrade_file(filled, root)
    made.save(tmp_path / "新.xlsx")
    before, after = (take_in(path, root).checked.values for path in (filled, tmp_path / "新.xlsx"))
    assert {key: one.value for key, one in after.fields.items()} == {
        key: one.value for key, one in before.fields.items()
    }
