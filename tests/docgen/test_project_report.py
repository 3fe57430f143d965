"""The project reports made from their samples: every printed number worked out again."""

from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENTATION
from docx.oxml.ns import qn
from loaded import load_workbook
from recount import NOTE, printed, recount

from docgen.report.report import make_report
from workbook.checking.intake import take_in
from workbook.checking.kinds import find_kind
from workbook.making.build import build_workbook

KINDS = ("project", "project_sichuan")


def report_of(kind: str, folder: Path, changes: dict[str, float | None] | None = None) -> Path:
    """The report of the sample with other figures typed in, by sheet and address."""
    found = find_kind(kind)
    book = build_workbook(found.form, found.rules, found.sample)
    for where, value in (changes or {}).items():
        sheet, address = where.split("!")
        book[sheet][address] = value
    book.save(folder / "填报.xlsx")
    return make_report(take_in(folder / "填报.xlsx"), folder / "报告.docx").path


@pytest.mark.parametrize("kind", KINDS)
def test_every_cell_of_the_tables_is_what_the_workbook_alone_gives(kind, tmp_path):
    path = report_of(kind, tmp_path)
    wanted = recount(tmp_path / "填报.xlsx")
    assert printed(path) == wanted
    assert sum(len(row) for table in wanted[0] for row in table) > 200


@pytest.mark.parametrize("kind", KINDS)
def test_a_project_without_a_budget_is_not_scored_on_its_rate(kind, tmp_path):
    row = {"project": 12, "project_sichuan": 7}[kind]
    nothing = {f"项目自评!{column}{row}": None for column in "ILFMJ"}
    zero = {f"项目自评!{column}{row}": 0 for column in "EHK"}
    spent = {"基本情况!C10": 69.72} if kind == "project" else {}
    path = report_of(kind, tmp_path, nothing | zero | spent)
    wanted = recount(tmp_path / "填报.xlsx")
    assert printed(path) == wanted
    assert wanted[0][-1][3][-3:] in (["10", "不适用", "不适用"], ["不适用", "10", "不适用"])


def test_the_note_is_printed_where_rounded_parts_miss_their_rounded_total(tmp_path):
    path = report_of("project_sichuan", tmp_path)
    assert [p.text for p in docx.Document(str(path)).paragraphs].count(NOTE) == 3


def test_no_note_where_they_add_up(tmp_path):
    path = report_of("project", tmp_path)
    assert NOTE not in [p.text for p in docx.Document(str(path)).paragraphs]


def test_each_sheet_begins_a_page_and_the_annex_a_section(tmp_path):
    document = docx.Document(str(report_of("project_sichuan", tmp_path)))
    first, second = document.sections
    assert (first.orientation, second.orientation) == (
        WD_ORIENTATION.PORTRAIT,
        WD_ORIENTATION.LANDSCAPE,
    )
    assert (second.page_width, second.page_height) == (first.page_height, first.page_width)
    assert second.footer.is_linked_to_previous
    titles = [p for p in document.paragraphs if p.text == "项目支出绩效自评表"]
    assert [bool(p.paragraph_format.page_break_before) for p in titles] == [False, True]
    for table in document.tables:
        for row in table._tbl.tr_lst:
            assert row.trPr.find(qn("w:cantSplit")) is not None


def test_amounts_are_typed_in_yuan_and_summed_before_they_are_rounded(tmp_path):
    path = report_of("project_sichuan", tmp_path)
    money = [row[2:5] for row in printed(path)[0][1][3:7]]
    assert money == [
        ["38.00", "50.01", "47.86"],  # 500098.00 and 478598.50 元
        ["38.00", "38.00", "38.00"],
        ["0.00", "12.00", "9.85"],
        ["0.00", "0.00", "0.00"],
    ]
    book = load_workbook(tmp_path / "填报.xlsx")
    assert [book["项目自评"][f"{column}6"].value for column in "HIK"] == [380049, 120049, 380049]
