"""What a stranger did to a report and its workbook: corrected names, comments, text boxes."""

import io
import re
from dataclasses import replace

import docx
import pytest
from audit.reports import audited
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from empty_document import empty_document
from loaded import load_workbook
from lxml import etree

from docgen.audit.audit import audit, audit_report
from docgen.audit.opening import NotComparableError, made_anew, open_report
from docgen.audit.refresh import refresh_report, refreshed
from docgen.audit.rewriting import rewrite
from docgen.audit.telling.commenting import save_commented
from docgen.audit.telling.lines import refreshed_told, told
from docgen.manifest.lines import read_lines
from docgen.manifest.page import shown
from docgen.manifest.writing import traces_said
from docgen.report.report import rendering
from docgen.template.template import LIMITS
from docgen.template.word.package import bookmark_count, deflated, main_part, pack, replaced, unpack
from docgen.template.write.marks import manifest_of
from workbook.checking.intake import take_in

SHORT, FULL = "C7", "C6"  # of 基本情况: what the unit is called


def named(made, tmp_path, **cells):
    """The workbook with other names of the unit."""
    book = load_workbook(made / "填报.xlsx")
    for cell, name in cells.items():
        book["基本情况"][cell].value = name
    book.save(tmp_path / "改名.xlsx")
    return take_in(tmp_path / "改名.xlsx")


@pytest.mark.parametrize("cell", [SHORT, FULL])
def test_a_corrected_name_of_the_unit_makes_figures_stale_and_locks_nobody_out(
    made, tmp_path, cell
):
    taken = named(made, tmp_path, **{cell: "芦淞区委宣传部"})
    found = audit_report(made / "报告.docx", taken.kind, taken.checked.values, taken.path)
    stale = {one.figure.cell for one in found.figures if one.state == "stale"}
    assert f"基本情况!{cell}" in stale
    assert {one.current for one in found.figures if one.state == "stale"} == {"芦淞区委宣传部"}


def test_another_unit_is_refused_by_both_of_its_names(made, tmp_path):
    taken = named(made, tmp_path, C6="某区教育局", C7="教育局")
    with pytest.raises(NotComparableError, match="单位或年度不同"):
        audit_report(made / "报告.docx", taken.kind, taken.checked.values, taken.path)


def test_a_project_of_another_name_is_stale_and_neither_gone_nor_missing(trials):
    found = audit(open_report(trials.report, trials.own.path), trials.anew["名"])
    assert (found.missing, found.changes) == ((), ())
    assert {(one.original, one.current) for one in found.figures if one.state == "stale"} == {
        ("民族工作专项经费", "改了名的项目")
    }


def test_the_comments_of_an_audit_go_with_the_next_and_those_of_people_stay(
    made, intakes, tmp_path
):
    save_commented(made / "报告.docx", audited(made, intakes, "改过"), tmp_path / "批注.docx")
    document = docx.Document(str(tmp_path / "批注.docx"))
    document.add_comment(document.paragraphs[3].runs[:1], text="请核实", author="领导")
    document.save(str(tmp_path / "批注.docx"))
    opened = open_report(tmp_path / "批注.docx", made / "填报.xlsx").package
    comments = etree.fromstring(opened.read("word/comments.xml"))
    assert [one.get(qn("w:author")) for one in comments] == ["领导"]
    body = etree.fromstring(opened.read(main_part(opened)))
    assert len(list(body.iter(qn("w:commentReference")))) == 1


@pytest.mark.parametrize(
    ("most", "listed"),
    [(LIMITS.marks, 474), (520, 345), (450, 281), (400, 240)],  # a table keeps a mark back
)
def test_the_cells_of_a_long_table_without_marks_are_audited_by_row_and_column(
    trials, tmp_path, most, listed
):
    few = replace(LIMITS, marks=most, cell_marks=100)
    kind, values = trials.own.kind, trials.own.checked.values
    report = tmp_path / "长表.docx"
    report.write_bytes(rendering(kind, values, draft=True, closing=traces_said)(few))
    opened = open_report(report, trials.own.path)
    assert len(opened.manifest.figures) == listed
    assert bookmark_count(opened.package) <= most
    whole = audit(opened, made_anew(opened, kind, values, limits=few))
    assert (whole.counts["ok"], whole.is_true) == (975, True)
    other = trials.changed["数"].checked.values
    changed = audit(opened, made_anew(opened, kind, other, limits=few))
    fully = audit(open_report(trials.report, trials.own.path), trials.anew["数"])
    assert changed.counts == fully.counts
    stale = [
        {(one.figure.tag, one.figure.key, one.original, one.current)
         for one in each.figures if one.state == "stale"}
        for each in (changed, fully)
    ]  # fmt: skip
    assert stale[0] == stale[1]
    made = refreshed(opened, made_anew(opened, kind, other, limits=few), force=False, tracked=False)
    assert made.after.is_true


OLD = "这份报告是旧版勾稽生成的:只核对、只更新数,增减的行和段落不管。"
OTHER = "报告生成以后 Word 模板改过了:只核对、只更新标记没有变的数,增减的行和段落不管。"


@pytest.mark.parametrize(
    ("pattern", "by", "said"),
    [(rb"<blocks>[^<]*</blocks>", b"", OLD), (rb"(?<=<template>)[^<]*", b"0" * 16, OTHER)],
)
def test_of_an_older_report_or_of_another_template_only_figures_are_rewritten(
    trials, tmp_path, pattern, by, said
):
    package = unpack(trials.report.read_bytes())
    own = manifest_of(package)
    changed = deflated(own.name, re.sub(pattern, by, own.read()))
    path = tmp_path / "报告.docx"
    path.write_bytes(b"".join(pack(replaced(package, [changed]))))
    for name, rewritten in (("数", 31), ("多", 11)):
        made = refreshed(
            open_report(path, trials.own.path), trials.anew[name], force=False, tracked=False
        )
        assert (len(made.rewritten), made.changes) == (rewritten, ())
        assert made.after.notes[0] == said
        assert made.after.counts["stale"] == 0
        assert bool(made.after.missing) == (name == "多")


BOXED = (
    '<w:txbxContent><w:p><w:bookmarkStart w:id="{0}" w:name="_gj1"/><w:r><w:t>265.24</w:t></w:r>'
    '<w:bookmarkEnd w:id="{0}"/></w:p></w:txbxContent>'
)
TEXT_BOX = (
    f"<mc:AlternateContent {nsdecls('w', 'wp')}"
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"><mc:Choice Requires="wps"><w:drawing><wps:txbx>'
    f"{BOXED.format(1)}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
    f"{BOXED.format(2)}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
)


def test_the_copy_of_a_text_box_for_older_programs_doubles_no_mark_and_is_rewritten_too():
    document = empty_document()
    document.add_paragraph("前").add_run()._r.append(parse_xml(TEXT_BOX))
    saved = io.BytesIO()
    document.save(saved)
    package = unpack(saved.getvalue())
    assert [one.text for one in shown(read_lines(package))["_gj1"]] == ["265.24"]
    root = etree.fromstring(package.read(main_part(package)))
    rewrite(root, {"_gj1": "266.00"})
    assert list(root.itertext(qn("w:t"))) == ["前", "266.00", "266.00"]


def test_figures_that_somebody_wrote_in_are_named_and_never_said_to_agree(made, intakes, tmp_path):
    path = tmp_path / "加了话.docx"
    document = docx.Document(str(made / "报告.docx"))
    document.paragraphs[5].insert_paragraph_before("综上,全年实际支出9,876.54万元。")
    document.save(path)
    taken = intakes["填报"]
    found = audit_report(path, taken.kind, taken.checked.values, taken.path)
    assert [(line.text, number) for line, number in found.written_in] == [
        ("综上,全年实际支出9,876.54万元。", "9,876.54")
    ]
    *_, place, advice, whole = told(path, found)
    assert place.endswith(" 9,876.54")
    assert advice.startswith("    不是由填报表印出来的")
    assert whole.endswith("全部与填报表相符;另写进报告的 1 个数没有核对。")
    made_true = refresh_report(path, taken.kind, taken.checked.values, taken.path)
    assert list(refreshed_told(path, made_true)) == [
        "加了话.docx:没有过时的数,未作改动。另写进报告的 1 个数不是由填报表印出来的,没有更新;"
        "请用“核对报告”(gouji audit)看是哪些,自己核对。"
    ]


def test_a_chart_that_another_program_wrote_anew_is_not_said_to_be_refreshable(
    made, intakes, tmp_path
):
    package = unpack((made / "报告.docx").read_bytes())
    chart = package.read("word/charts/chart1.xml")
    changed = chart.replace(b'<c:autoUpdate val="0"', b'<c:autoUpdate val="1"')
    assert changed != chart
    path = tmp_path / "图另存过.docx"
    members = [deflated("word/charts/chart1.xml", changed)]
    path.write_bytes(b"".join(pack(replaced(package, members))))
    taken = intakes["改过"]
    found = audit_report(path, taken.kind, taken.checked.values, made / "填报.xlsx")
    _, second = (drawn.mark for drawn, _ in found.charts)
    assert found.renewable == {second}
    lines = [line.partition("。")[2] for line in told(path, found) if line.startswith("【过时】图")]
    assert lines == [
        "这个图在别的程序里改过或另存过,更新不了:请另外生成一份报告,把那里的图复制过来,或改用新报告。",
        "请更新报告。",
    ]
