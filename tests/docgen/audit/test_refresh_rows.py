"""Rows and paragraphs of a report brought up to date, as a fresh report has them."""

import io
from datetime import UTC, datetime, timedelta

import docx
import pytest
from audit.settled import body_of, lines, settled
from docx.oxml.ns import qn
from lxml import etree
from ooxml import new_faults

from docgen.audit.audit import audit
from docgen.audit.opening import open_report
from docgen.audit.refresh import refreshed
from docgen.audit.telling.lines import told
from docgen.manifest.reading import read_manifest
from docgen.template.word.package import unpack
from docgen.template.write.marks import manifest_of
from tools.editing.report_edits import run, text_in
from tools.editing.reports import CHANGES

P, R, T, TR, TBL = (qn(f"w:{name}") for name in ("p", "r", "t", "tr", "tbl"))
START, NAME = qn("w:bookmarkStart"), qn("w:name")


def all_marks(body):
    """The names of the marks in order."""
    names = [one.get(NAME) for one in body.iter(START)]
    return [name for name in names if name.startswith("_gj") and "chart" not in name]


def refresh(trials, name, path=None, **options):
    """The report, or another file of it, refreshed from a workbook."""
    report = open_report(path or trials.report, trials.own.path)
    wanted = {"force": False, "tracked": False} | options
    return refreshed(report, trials.anew[name], **wanted)


def edited(trials, edit):
    """A file of the report in which somebody has edited the body."""
    document = docx.Document(str(trials.report))
    edit(document.element.body)
    path = trials.folder / "手改.docx"
    document.save(str(path))
    return path


def row_of(body, *words):
    """The last row in which all the words stand."""
    return [row for row in body.iter(TR) if all(word in text_in(row) for word in words)][-1]


@pytest.mark.parametrize("name", CHANGES)
def test_a_refreshed_report_is_a_fresh_one_to_the_letter(trials, name):
    result = refresh(trials, name)
    fresh = trials.anew[name]
    body, wanted = body_of(result.document), fresh.blocks[0].element.getroottree().getroot()
    assert lines(body) == lines(wanted)
    assert all_marks(body) == all_marks(wanted)
    manifest = read_manifest(manifest_of(unpack(result.document)).read())
    assert manifest.figures == fresh.manifest.figures
    assert result.after.is_true


def test_a_row_that_somebody_edited_is_kept_and_listed_unless_forced(trials):
    def write(body):
        next(row_of(body, "3.上级专项").iter(P)).append(run("（追加）"))

    path = edited(trials, write)
    result = refresh(trials, "少", path)
    (kept,) = result.after.changes
    assert [block.text for block in kept.old] == ["3.上级专项（追加） | — | — | 1.54"]
    assert (kept.new, kept.is_edited) == ((), True)
    assert row_of(body_of(result.document), "3.上级专项（追加）") is not None
    assert [line for line in told(path, result.after) if "追加" in line] == [
        "【减少】表格 1 行 13 列 1 「3.上级专项（追加） | — | — | 1.54」"
    ]
    forced = refresh(trials, "少", path, force=True)
    assert lines(body_of(forced.document)) == lines(body_of(refresh(trials, "少").document))
    assert forced.after.is_true


def test_a_new_row_comes_between_two_rows_that_somebody_edited(trials):
    def write(body):
        for name in ("3.上级专项", "4.统战工作经费"):
            next(row_of(body, name).iter(P)).append(run("（追加）"))

    body = body_of(refresh(trials, "多", edited(trials, write)).document)
    rows = [text_in(one).strip() for one in row_of(body, "4.新项目").getparent().iter(TR)]
    there = rows.index("4.新项目3.904.0010.00")
    assert rows[there - 1 : there + 2] == [
        "3.上级专项（追加）——1.54",
        "4.新项目3.904.0010.00",
        "4.统战工作经费（追加）31.2030.0033.72",
    ]


def test_a_row_into_which_somebody_put_a_picture_is_kept(trials):
    def draw(body):
        holder = etree.SubElement(next(row_of(body, "3.上级专项").iter(P)), R)
        etree.SubElement(holder, qn("w:drawing"))

    (kept,) = refresh(trials, "少", edited(trials, draw)).after.changes
    assert ([block.text for block in kept.old], kept.is_edited) == (
        ["3.上级专项 | — | — | 1.54"], True,
    )  # fmt: skip


def test_a_condition_that_turned_is_told_and_what_it_printed_replaced(trials):
    made = audit(open_report(trials.report, trials.own.path), trials.anew["基金"])
    now = "2022年度政府性基金预算拨款全年预算120.00万元，支出120.00万元。"
    apart = made.without_places()  # what a copy with comments says at their places
    assert (bool(made.missing), apart.changes, apart.missing) == (True, (), ())
    said = list(told(trials.report, made))
    place = said.index(f"    填报表现在给出的是 「{now}」")
    assert said[place - 1 : place + 2] == [
        "【改写】段落 23 「无。」",
        f"    填报表现在给出的是 「{now}」",
        "    填报表现在给出的内容不同。请更新报告。",
    ]


def test_what_a_condition_printed_stays_where_somebody_rewrote_it(trials):
    def write(body):
        none = [one for one in body.iterchildren(P) if text_in(one) == "无。"]
        none[0].find(R).find(T).text = "本部门没有此项收支。"

    result = refresh(trials, "基金", edited(trials, write))
    (kept,) = result.after.changes
    assert ([block.text for block in kept.old], kept.is_edited) == (["本部门没有此项收支。"], True)
    assert "本部门没有此项收支。" in lines(body_of(result.document))


def test_heads_labels_and_units_of_tables_are_held_against_what_was_printed(trials):
    def write(body):
        unit = next(one for one in body.iterchildren(P) if text_in(one) == "单位：万元")
        unit.find(R).find(T).text = "单位：元"
        head = next(one for one in body.iter(TR) if "编制数" in text_in(one))
        next(one for one in head.iter(T) if one.text == "编制数").text = "实有人数"

    path = edited(trials, write)
    made = audit(open_report(path, trials.own.path), trials.anew["填报"])
    assert [(there.text, was.text) for there, was in made.reworded] == [
        ("单位：元", "单位：万元"),
        (
            "财政供养人员情况 | 实有人数 | 本年实际在职人数 | 控制率",
            "财政供养人员情况 | 编制数 | 本年实际在职人数 | 控制率",
        ),
    ]
    assert (made.counts["ok"], made.is_true) == (sum(made.counts.values()), False)
    said = list(told(path, made))
    assert "    现在是 「单位：元」。请核对表里的数还是不是原来的意思。" in said
    assert said[-1].endswith(",改过的表头或单位 2。")


@pytest.mark.parametrize("name", ["多", "少", "基金", "无", "数"])
def test_tracked_changes_accepted_give_the_refreshed_text_rejected_the_old_one(
    trials, name, tmp_path
):
    result = refresh(trials, name, tracked=True)
    plain = refresh(trials, name)
    old = docx.Document(str(trials.report)).element.body
    assert settled(result.document, "ins", "del") == lines(body_of(plain.document))
    assert settled(result.document, "del", "ins") == lines(old)
    assert result.after.is_true
    (tmp_path / "修订.docx").write_bytes(result.document)
    assert new_faults(trials.report, tmp_path / "修订.docx") == []
    changes = list(body_of(result.document).iter(qn("w:ins"), qn("w:del")))
    numbers = [one.get(qn("w:id")) for one in changes]
    assert len(set(numbers)) == len(numbers)
    assert {one.get(qn("w:author")) for one in changes} == {"勾稽"}
    dates = {one.get(qn("w:date")) for one in changes}
    assert len(dates) == 1
    assert datetime.now(UTC) - datetime.fromisoformat(dates.pop()) < timedelta(days=1)


def test_rows_that_came_as_tracked_changes_go_again_with_their_project(trials):
    path = trials.folder / "修订.docx"
    path.write_bytes(refresh(trials, "多", tracked=True).document)
    back = refresh(trials, "填报", path, tracked=True)
    old = docx.Document(str(trials.report)).element.body
    assert settled(back.document, "ins", "del") == lines(old)
    assert back.after.is_true


def rejected(data, path):
    """A file of the document in which somebody has rejected all changes of figures."""
    document = docx.Document(io.BytesIO(data))
    body = document.element.body
    for one in list(body.iter(qn("w:ins"))):
        one.getparent().remove(one)
    for one in list(body.iter(qn("w:del"))):
        for words in one.iter(qn("w:delText")):
            words.tag = qn("w:t")
        for child in list(one):
            one.addprevious(child)
        one.getparent().remove(one)
    document.save(str(path))
    return path


def test_a_change_that_was_rejected_is_out_of_date_and_no_retyping(trials, tmp_path):
    made = refresh(trials, "数", tracked=True)
    path = rejected(made.document, tmp_path / "不接受.docx")
    found = audit(open_report(path, trials.own.path), trials.anew["数"])
    states = {one.figure.mark: one.state.value for one in found.figures if one.state.value != "ok"}
    assert states == dict.fromkeys(trials.stale, "stale")
    again = refresh(trials, "数", path)
    assert (len(again.rewritten), again.after.is_true) == (len(trials.stale), True)
