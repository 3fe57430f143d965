"""What stands right under a table in a file: a row that the table did not take in, or a check."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from small import details, form_of, money, rules_of, text

from workbook.making.build import build_workbook
from workbook.reading.saved import SavedBook, open_saved

FORM = form_of(tables=[details(text("名称"), money("金额"), row_name="名称", rows=2)])


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({"B": "丙"}, ["B"]),
        ({"C": 3}, ["C"]),
        ({"B": "丙", "C": 3}, ["B"]),  # one is enough to tell a row
        ({"C": "=SUM(C6:C7)"}, ["C"]),
        ({"C": "=GJ_TIES(1,1)"}, []),
        ({"C": "=[1]!GJ_TIES(1,1)"}, []),
        ({"B": "丙", "C": "=GJ_TIES(1,1)"}, ["B"]),
        ({"C": "GJ_TIES(1,1)"}, ["C"]),
        ({"E": "别处"}, []),
    ],
)
def test_only_a_formula_that_asks_our_functions_is_no_row(
    typed: dict[str, object], found: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "填报.xlsx"
    build_workbook(FORM, rules_of(FORM)).save(path)
    book = load_workbook(path)
    sheet = book["表"]
    below = int(sheet.tables["明细"].ref.rpartition(":")[2].lstrip("ABCDEF")) + 1
    for letter, value in typed.items():
        sheet[f"{letter}{below}"] = value
    book.save(path)
    saved = open_saved(path)
    assert isinstance(saved, SavedBook)
    cells = saved.snapshot(FORM).tables["明细"].below
    assert [cell.place.address for cell in cells] == [f"{letter}{below}" for letter in found]
