"""A report held against its workbook: exactly the stale figures are told, and nothing else."""

import json
import shutil

import docx
import pytest
from audit.reports import audited
from docx.oxml.ns import qn
from empty_document import empty_document
from loaded import load_workbook

from docgen.audit.audit import audit_report
from docgen.audit.judging import State
from docgen.audit.opening import NotComparableError
from docgen.audit.telling.as_json import to_json
from docgen.audit.telling.commenting import save_commented
from docgen.audit.telling.lines import told
from docgen.template.word.package import unpack
from workbook.checking.intake import take_in


def test_a_report_of_an_unchanged_workbook_is_true_figure_by_figure(made, intakes):
    audit = audited(made, intakes)
    assert dict(audit.counts) == {"ok": 975, "stale": 0, "edited": 0, "lost": 0, "doubled": 0}
    assert (audit.is_true, audit.missing, audit.notes) == (True, (), ())
    assert list(told(made / "报告.docx", audit)) == ["报告.docx:核对了 975 个数,全部与填报表相符。"]


def test_stale_are_exactly_the_figures_that_a_fresh_report_would_print_otherwise(
    made, intakes, stale_and_blank
):
    stale, _ = stale_and_blank
    audit = audited(made, intakes, "改过")
    assert {one.figure.mark for one in audit.figures if one.state is State.STALE} == stale
    assert dict(audit.counts) == {"ok": 930, "stale": 45, "edited": 0, "lost": 0, "doubled": 0}


def test_what_is_said_names_place_cell_and_both_figures(made, intakes):
    audit = audited(made, intakes, "改过")
    lines = list(told(made / "报告.docx", audit))
    assert lines[0:2] == [
        "【过时】段落 9 行政编制(基本情况!C22)",
        "    报告上是 7,填报表现在是 8。请更新报告。",
    ]
    assert "【过时】段落 21 项目 金额「民族工作专项经费」(项目支出!C6)" in lines
    assert lines[-2].startswith("【过时】图:项目支出!C6 图上是 4.68,填报表是 4.70；项目支出!C9 ")
    assert lines[-1] == "报告.docx:核对了 975 个数,相符 930,过时 45,过时的图 2。"
    said = json.loads(to_json(made / "报告.docx", made / "改过.xlsx", audit))
    assert said["counts"] == {"ok": 930, "stale": 45, "edited": 0, "lost": 0, "doubled": 0}
    (one,) = [one for one in said["figures"] if one["mark"] == "_gj276"]
    assert one == {
        "mark": "_gj276", "state": "stale", "place": "段落 21", "printed": "4.68",
        "original": "4.68", "current": "4.70", "raw": None, "sheet": "项目支出", "cell": "C6",
        "key": "民族工作专项经费", "tag": "{{ 项.金额 }}", "workbook_changed": True,
    }  # fmt: skip


def test_a_row_that_was_put_in_is_missing_and_moves_no_other(made, intakes, tmp_path):
    book = load_workbook(made / "填报.xlsx")
    sheet = book["项目支出"]
    names = [sheet.cell(row, 2).value for row in range(6, 13)]
    for row in range(13, 8, -1):  # a new project takes the place of the fourth
        for column in (2, 3, 11):
            sheet.cell(row, column).value = sheet.cell(row - 1, column).value
    sheet["B9"], sheet["C9"] = "新项目", 10
    book.save(tmp_path / "加行.xlsx")
    taken = take_in(tmp_path / "加行.xlsx")
    audit = audit_report(made / "报告.docx", taken.kind, taken.checked.values, taken.path)
    keys = {one.key.partition("/")[0] for one in audit.missing if one.tag == "{{ 项.名称 }}"}
    assert keys == {"新项目"}
    amounts = {
        one.figure.key: one.state.value
        for one in audit.figures
        if one.figure.tag == "{{ 项.金额 }}"
    }
    assert amounts == dict.fromkeys(names, "ok")


@pytest.mark.parametrize("way", [("docx",), ("odt", "docx"), ("doc", "docx")])
def test_a_report_that_another_program_has_saved_is_judged_the_same(
    made, intakes, tmp_path, convert, way
):
    for suffix in (".gouji", "填报.xlsx"):
        source = made / suffix
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / suffix)
    file = made / "报告.docx"
    for number, ending in enumerate(way):
        folder = tmp_path / f"经过{number}"
        folder.mkdir()
        file = convert(file, ending, folder)
    for workbook, ok in (("填报", 975), ("改过", 930)):
        taken = intakes[workbook]
        audit = audit_report(file, taken.kind, taken.checked.values, made / "填报.xlsx")
        assert (audit.counts["ok"], audit.counts["stale"]) == (ok, 975 - ok)


def test_what_cannot_be_judged_is_said(made, intakes, tmp_path):
    taken = intakes["填报"]
    empty_document().save(str(tmp_path / "别的.docx"))
    with pytest.raises(NotComparableError, match="没有勾稽的数字清单"):
        audit_report(tmp_path / "别的.docx", taken.kind, taken.checked.values, taken.path)
    book = load_workbook(made / "填报.xlsx")
    book["基本情况"]["C5"].value = 2023
    book.save(tmp_path / "明年.xlsx")
    other = take_in(tmp_path / "明年.xlsx")
    with pytest.raises(NotComparableError, match="单位或年度不同,不能互相核对"):
        audit_report(made / "报告.docx", other.kind, other.checked.values, other.path)


def test_a_copy_has_a_comment_at_each_figure_that_is_not_in_order(made, intakes, tmp_path):
    audit = audited(made, intakes, "改过")
    save_commented(made / "报告.docx", audit, tmp_path / "批注.docx")
    package = unpack((tmp_path / "批注.docx").read_bytes())
    comments = package.read("word/comments.xml").decode()
    assert comments.count("<w:comment ") == 45
    assert "报告上是 4.68,填报表现在是 4.70。请更新报告。" in comments
    document = docx.Document(str(tmp_path / "批注.docx"))
    assert len(list(document.element.body.iter(qn("w:commentReference")))) == 45
