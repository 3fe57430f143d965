"""Figures of Word's own tables, whose heads and labels are merged cells."""

from empty_document import empty_document

from docgen.importing.said.asked import asked_of, quantities
from docgen.stated.grids import grid
from docgen.stated.outline import read_lines


def lines_of(tmp_path, rows, *merged):
    """The lines of a document with one table; `merged` are corners of cells to be merged."""
    document = empty_document()
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for cells, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, words, strict=True):
            cell.text = text
    for (top, left), (bottom, right) in merged:
        kept = table.cell(top, left).text
        table.cell(top, left).merge(table.cell(bottom, right)).text = kept
    document.save(str(tmp_path / "甲.docx"))
    return read_lines(tmp_path / "甲.docx")


def told(department, lines):
    asked = asked_of(department.form, {"2023"})
    return [
        (*asked.keys(one), str(one.figure), line.folded.text[one.start : one.end])
        for line, one in quantities(asked, lines, {})
    ]


def test_a_merged_cell_stands_in_each_row_and_column_that_it_covers(tmp_path):
    rows = [["项目", "金额（万元）", ""], ["", "年初预算数", "决算数"], ["人员经费", "80", "79"]]
    made = grid(lines_of(tmp_path, rows, ((0, 0), (1, 0)), ((0, 1), (0, 2))))
    assert made.rows == [
        ["项目", "金额(万元)", "金额(万元)"],
        ["项目", "年初预算数", "决算数"],
        ["人员经费", "80", "79"],
    ]
    assert made.cells == [[0, 1, 1], [0, 1, 2], [0, 1, 2]]


def test_a_head_of_two_levels_gives_its_figures_name_and_unit(tmp_path, department):
    rows = [["项目", "金额（万元）", ""], ["", "年初预算数", "决算数"], ["人员经费", "80", "79"]]
    lines = lines_of(tmp_path, rows, ((0, 0), (1, 0)), ((0, 1), (0, 2)))
    assert told(department, lines) == [("80", "80"), ("人员经费", "79", "79")]


def test_a_figure_that_is_merged_is_said_once_and_below_two_heads_by_nobody(tmp_path, department):
    rows = [
        ["项目（万元）", "决算数", "预算数"],
        ["人员经费", "79", "80"],
        ["公用经费", "", "12"],
        ["公务接待费", "5", ""],
    ]
    lines = lines_of(tmp_path, rows, ((1, 1), (2, 1)), ((3, 1), (3, 2)))
    assert told(department, lines) == [
        ("人员经费", "79", "79"),
        ("80", "80"),
        ("公用_本年预算数", "12", "12"),
    ]


def test_halves_side_by_side_are_each_named_by_their_own_label(tmp_path, department):
    rows = [["人员经费", "79万元", "公用经费", "12万元"], ["编制数", "65", "在职人员", "61"]]
    assert told(department, lines_of(tmp_path, rows)) == [
        ("人员经费", "79", "79"),
        ("公用经费", "12", "12"),
        ("编制数", "65", "65"),
        ("在职人员", "61", "61"),
    ]
