"""What stands under a table in a file: rows that it did not take in, a check, a note."""

from pathlib import Path

import pytest
from loaded import load_workbook
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet
from small import details, form_of, money, rules_of, text

from workbook.form.field import Fields
from workbook.form.grid import Grid, GridRow
from workbook.form.model import Form
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


STACKED = form_of(
    tables=[
        details(text("名称"), money("金额"), row_name="名称", rows=2, help="逐项填"),
        Fields(title="其他", field=(money("补充"),)),
        Grid(title="网格", column=(money("本年"),), row=(GridRow(key="出国"),), help="按行填"),
        details(text("事项"), key="清单", title="清单", rows=2, row_name="事项", help="逐条填"),
    ]
)


def under(path: Path, form: Form) -> dict[str, tuple[list[str], list[str]]]:
    """The cells told under each table, right under it and further down."""
    saved = open_saved(path)
    assert isinstance(saved, SavedBook)
    return {
        key: ([c.place.address for c in raw.below], [c.place.address for c in raw.apart])
        for key, raw in saved.snapshot(form).tables.items()
    }


def test_what_stands_further_down_is_told_before_the_next_block_alone(tmp_path: Path) -> None:
    path = tmp_path / "填报.xlsx"
    build_workbook(STACKED, rules_of(STACKED)).save(path)
    assert under(path, STACKED) == {"明细": ([], []), "清单": ([], [])}
    book = load_workbook(path)
    sheet = book["表"]
    bottom = int(sheet.tables["清单"].ref.rpartition(":")[2].lstrip("ABCDEF"))
    sheet[f"B{bottom + 1}"] = sheet[f"B{bottom + 2}"] = "漏的"
    sheet[f"B{bottom + 4}"] = sheet[f"B{bottom + 900}"] = "远的"
    sheet[f"B{bottom + 1001}"] = "太远的"
    book.save(path)
    told = [f"B{bottom + 1}", f"B{bottom + 2}"], [f"B{bottom + 4}", f"B{bottom + 900}"]
    assert under(path, STACKED) == {"明细": ([], []), "清单": told}


@pytest.mark.parametrize(
    ("typed", "is_row"),
    [
        ({"B": "丙", "C": 3}, True),
        ({"B": "丙"}, False),
        ({"C": 3}, False),
        ({"B": "合 计：", "C": 3}, False),
        ({"B": "核对", "C": "=SUM(C6:C7)"}, False),
    ],
)
def test_behind_a_blank_row_words_with_a_figure_are_a_row(
    typed: dict[str, object], is_row: bool, tmp_path: Path
) -> None:
    path = tmp_path / "填报.xlsx"
    build_workbook(FORM, rules_of(FORM)).save(path)
    book = load_workbook(path)
    sheet = book["表"]
    row = int(sheet.tables["明细"].ref.rpartition(":")[2].lstrip("ABCDEF")) + 2
    for letter, value in typed.items():
        sheet[f"{letter}{row}"] = value
    book.save(path)
    told = [f"{next(iter(typed))}{row}"]
    assert under(path, FORM) == {"明细": (told, []) if is_row else ([], told)}


def test_a_table_with_another_block_under_it_has_its_own_stray_rows(tmp_path: Path) -> None:
    path = tmp_path / "填报.xlsx"
    build_workbook(STACKED, rules_of(STACKED)).save(path)
    book = load_workbook(path)
    sheet = book["表"]
    # A tool put three rows in under the first table, and names and tables went along.
    first = int(sheet.tables["明细"].ref.rpartition(":")[2].lstrip("ABCDEF"))
    sheet.move_range(f"A{first + 1}:F{sheet.max_row}", rows=3)
    for name in ("补充", "出国_本年"):
        defined = book.defined_names[name]
        head, _, row = defined.attr_text.rpartition("$")
        defined.attr_text = f"{head}${int(row) + 3}"
    table = sheet.tables["清单"]
    corners = [int(one.lstrip("ABCDEF")) + 3 for one in table.ref.split(":")]
    table.ref = f"B{corners[0]}:B{corners[1]}"
    table.autoFilter = None
    sheet[f"B{first + 3}"] = "隔一行"
    book.save(path)
    assert under(path, STACKED) == {"明细": ([], [f"B{first + 3}"]), "清单": ([], [])}


@pytest.mark.parametrize(
    ("below", "told"),
    [
        ([("丁", 12, 11), ("戊", 3, 3)], ["A6", "A7"]),
        ([("丁", "12万元", "11万元"), ("戊", 3, 3)], ["A6", "A7"]),
        ([("丁", "待定", "暂无"), ("戊", 3, 3)], ["A6", "A7"]),
        ([("丁", "没有", None)], ["A6"]),
        ([("科目", "本月收入", "本月支出"), ("捐款", 3, 3)], []),
        ([("合计", 6, 6)], []),
    ],
)
def test_under_columns_with_names_only_heads_end_what_belongs_to_the_table(
    below: list[tuple[object, ...]], told: list[str], tmp_path: Path
) -> None:
    form = form_of(tables=[details(text("名称"), money("本年"), money("上年"), row_name="名称")])
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "表"
    sheet.append(("一、明细",))
    sheet.append(("名称", "本年", "上年"))
    for row in [("甲", 1, 1), ("乙", 2, 2), ("丙", 3, 3), *below]:
        sheet.append(row)
    for letter, key in zip("ABC", ("名称", "本年", "上年"), strict=True):
        name = f"明细_{key}"
        book.defined_names[name] = DefinedName(name, attr_text=f"'表'!${letter}$3:${letter}$5")
    path = tmp_path / "填报.xlsx"
    book.save(path)
    saved = open_saved(path)
    assert isinstance(saved, SavedBook)
    table = saved.snapshot(form).tables["明细"]
    assert len(table.rows) == 3
    assert [cell.place.address for cell in (*table.below, *table.apart)] == told
