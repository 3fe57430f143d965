"""What a manifest says of each figure beyond its text: its raw value, the words on both sides."""

import copy
import json
import re
from dataclasses import replace

import docx
import pytest
from audit.reports import audited
from docx.oxml.ns import qn
from loaded import load_workbook

from docgen.audit.audit import audit, audit_report
from docgen.audit.opening import made_anew, open_report
from docgen.audit.refresh import refresh_report
from docgen.audit.telling.as_json import to_json
from docgen.audit.telling.commenting import save_commented
from docgen.audit.telling.lines import told
from docgen.audit.unmarked import written_in
from docgen.manifest.blocks import Trace
from docgen.manifest.page import NUMBER
from docgen.manifest.reading import Printed, read_manifest
from docgen.manifest.row_cells import with_cells
from docgen.report.report import make_report
from docgen.template.word.package import deflated, main_part, pack, replaced, unpack
from docgen.template.write.marks import manifest_of
from workbook.checking.intake import take_in
from workbook.checking.kinds import find_kind
from workbook.making.build import build_workbook


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    """The workbook and report of each kind's example, by its name."""
    found = {}
    for name in ("project_sichuan", "grant_report"):
        folder, kind = tmp_path_factory.mktemp(name), find_kind(name)
        build_workbook(kind.form, kind.rules, kind.sample).save(folder / "填报.xlsx")
        taken = take_in(folder / "填报.xlsx")
        make_report(taken, folder / "报告.docx")
        found[name] = taken, folder / "报告.docx"
    return found


def listed(path):
    """The figures that the manifest of a document lists."""
    return read_manifest(manifest_of(unpack(path.read_bytes())).read()).figures


def without_marks(path, out):
    """The document with no mark left in its body, as when its text was pasted."""
    package = unpack(path.read_bytes())
    body = re.sub(rb'<w:bookmarkStart [^>]*"_gj\w*"/>', b"", package.read(main_part(package)))
    out.write_bytes(b"".join(pack(replaced(package, [deflated(main_part(package), body)]))))
    return out


@pytest.mark.parametrize(
    ("kind", "figure"),
    [
        (
            "project_sichuan",  # typed in 元, printed in 万元
            (
                "{{ 年初预算合计 }}", "基本情况!C14", "", "53.60", "536049.00",
                "个，年初预算", "万元，全年预算",
            ),
        ),
        (
            "project_sichuan",
            (
                "{{ 项.全年预算数 }}", "项目自评!Q6", "公共文化服务专项", "50.01", "500098.00",
                "", "",
            ),
        ),
        (
            "project_sichuan",
            ("{{ 成文日期|long_date }}", "基本情况!C8", "", "2023年3月20日", "2023-03-20", "", ""),
        ),
        (
            "grant_report",
            (
                "{{ Total_To_date|completion(Total_Budget) }}", "Budget!C13、Budget!F13", "",
                "55.25% of the budget", "55.24740736186260", "USD, ", ";",
            ),
        ),
        (
            "grant_report",
            ("{{ Cash|amount }}", "Funds!C13", "", "350.00", "", "|of which in cash|", ""),
        ),
        (
            "grant_report",  # of a row that a loop repeats, worked out by a filter
            (
                "{{ row.To_date|amount }}", "Results!F7",
                "People with clean water within 500 m", "2,085", "2085", "", "",
            ),
        ),
    ],
)  # fmt: skip
def test_a_manifest_says_raw_values_and_the_templates_words(reported, kind, figure):
    tag, cell, key, *_ = figure
    found = [
        (one.tag, one.cell, one.key, one.text, one.raw, one.before, one.behind)
        for one in listed(reported[kind][1])
        if (one.tag, one.cell, one.key) == (tag, cell, key)
    ]
    assert found
    assert set(found) == {figure}


def test_a_refresh_keeps_them_and_an_older_manifest_is_read_without(reported, tmp_path):
    taken, report = reported["project_sichuan"]
    before = listed(report)
    book = load_workbook(taken.path)
    book["项目自评"]["E6"].value = 390049
    book.save(tmp_path / "改过.xlsx")
    now = take_in(tmp_path / "改过.xlsx")
    make_report(now, tmp_path / "新.docx")
    made = refresh_report(report, now.kind, now.checked.values, now.path)
    (tmp_path / "更新.docx").write_bytes(made.document)
    assert (len(made.rewritten) > 0, made.after.is_true) == (True, True)
    said = {one.mark: one for one in open_report(tmp_path / "更新.docx", now.path).manifest.figures}
    wanted = open_report(tmp_path / "新.docx", now.path).manifest.figures
    assert said == {one.mark: one for one in wanted}
    package = unpack(report.read_bytes())
    own = manifest_of(package)
    older = re.sub(
        rb"<raws>.*</raws>|<before>[^<]*</before>|<behind>[^<]*</behind>", b"", own.read()
    )
    (tmp_path / "旧.docx").write_bytes(
        b"".join(pack(replaced(package, [deflated(own.name, older)])))
    )
    assert list(listed(tmp_path / "旧.docx")) == [
        replace(one, raw=None, before="", behind="") for one in before
    ]
    found = audit_report(tmp_path / "旧.docx", taken.kind, taken.checked.values, taken.path)
    assert (found.counts["ok"], found.is_true) == (len(before), True)
    (first,) = [one for one in json.loads(to_json(report, taken.path, found))["figures"]
                if one["tag"] == "{{ 年初预算合计 }}"]  # fmt: skip
    assert first["raw"] == {"original": None, "current": "536049.00"}


def test_a_change_below_the_printed_decimals_is_told_in_json_and_is_no_fault(reported, tmp_path):
    taken, report = reported["project_sichuan"]
    book = load_workbook(taken.path)
    book["项目自评"]["E6"].value = 380048
    book.save(tmp_path / "改过.xlsx")
    now = take_in(tmp_path / "改过.xlsx")
    found = audit_report(report, now.kind, now.checked.values, now.path)
    assert found.is_true
    said = json.loads(to_json(report, now.path, found))["figures"]
    changed = {
        (one["tag"], one["state"], one["original"], one["current"], *one["raw"].values())
        for one in said
        if one["raw"] and one["raw"]["original"] != one["raw"]["current"]
    }
    beginning = '{{ "0.00" if 项.%s is none else 项.%s }}'
    assert changed == {
        ("{{ 年初预算合计 }}", "ok", "53.60", "53.60", "536049.00", "536048.00"),
        (beginning % (("年初财政",) * 2), "ok", "38.00", "38.00", "380049.00", "380048.00"),
        (beginning % (("年初预算数",) * 2), "ok", "38.00", "38.00", "380049.00", "380048.00"),
    }


def retyped(path, out, number, text):
    """The document with a paragraph written anew, its marks gone."""
    document = docx.Document(str(path))
    paragraph = document.paragraphs[number]
    for one in list(paragraph._p):
        if one.tag in {qn("w:bookmarkStart"), qn("w:bookmarkEnd")}:
            paragraph._p.remove(one)
    first, *others = paragraph.runs
    for run in others:
        run._r.getparent().remove(run._r)
    first.text = text
    document.save(str(out))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1.2022年预算资金221.91万元。", {("年度", "2022"), ("年初预算", "221.91")}),
        ("1.2022年预算资金221.19万元。", {("年度", "2022"), ("年初预算", "221.19")}),
        # the year was rewritten too, so that only the template's words are left
        ("据批复,全年预算资金221.91万元。", {("年度", None), ("年初预算", "221.91")}),
        ("本年安排了不少资金。", {("年度", None), ("年初预算", None)}),
    ],
)
def test_a_figure_of_a_rewritten_paragraph_is_found_again_by_words(
    made, intakes, tmp_path, text, found
):
    assert docx.Document(str(made / "报告.docx")).paragraphs[14].text == (
        "1.2022年预算资金221.91万元。"
    )
    retyped(made / "报告.docx", tmp_path / "改写.docx", 14, text)
    told_of = audited(made, intakes, report=tmp_path / "改写.docx")
    lost = {(one.figure.paths[0], one.printed) for one in told_of.figures if one.state == "lost"}
    assert (lost, told_of.counts["ok"]) == (found, 973)
    assert told_of.written_in == ()


@pytest.mark.parametrize("kind", ["project_sichuan", "grant_report"])
def test_of_a_pasted_text_figures_of_paragraphs_and_rows_are_found_and_none_wrongly(
    reported, tmp_path, kind
):
    taken, report = reported[kind]
    path = without_marks(report, tmp_path / "粘贴.docx")
    found = audit_report(path, taken.kind, taken.checked.values, taken.path)
    placed = [one for one in found.figures if one.state == "lost" and one.place]
    assert len(placed) >= 15
    assert [one for one in placed if one.printed != one.original] == []
    assert any(one.place.where.cell() for one in placed)
    assert any(not one.place.where.cell() for one in placed)
    refreshed = refresh_report(path, taken.kind, taken.checked.values, taken.path)
    assert refreshed.is_changed is False


def test_a_number_before_a_year_is_no_part_of_it():
    texts = {
        "1.2022年收入5万元": ["2022", "5万元"],
        "1．2022年收入": ["2022"],
        "2.2023年度；3.2024-2025年": ["2023", "2024", "-2025"],
        "(1)2022年": ["1", "2022"],
        "一、2022年": ["2022"],
        "3.15亿元": ["3.15亿元"],
        "1.2022亿元": ["1.2022亿元"],
        "增长1.5%": ["1.5%"],
    }
    assert {text: [match[0] for match in NUMBER.finditer(text)] for text in texts} == texts


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1.2022年新增5万元", ["2022", "5"]),
        ("(1)2022年新增5万元", ["2022", "5"]),
        ("（2）2022年；（3）2023年", ["2022", "2023"]),
        ("一、2022年", ["2022"]),
        ("1、2022年", ["2022"]),
        ("3.15亿元", ["3.15"]),
        ("1.新增7人；2.新增3.15亿元", ["7", "3.15"]),
        ("完成1、2、3项", ["1", "2", "3"]),
    ],
)
def test_what_numbers_a_paragraph_is_no_figure_that_somebody_wrote(
    made, intakes, tmp_path, text, numbers
):
    path = tmp_path / "加了话.docx"
    document = docx.Document(str(made / "报告.docx"))
    document.paragraphs[5].insert_paragraph_before(text)
    document.save(str(path))
    opened = open_report(path, made / "填报.xlsx")
    assert [number for _, number in written_in(opened.lines, [], {}) if _.text == text] == numbers


COPIED = "这一段或这一行在报告里出现了 2 次(复制过),里面的 2 个数都重复。请删去多余的,或逐处核对。"
NO_MARKS = "和 段落 15 一样,是复制来的;这里的数没有记号,不会随填报表更新。请删去多余的,或自己核对。"


def copied_report(made, out, *, edit=""):
    """The report with paragraph 16 and a row twice, and paragraph 15 again without marks."""
    document = docx.Document(str(made / "报告.docx"))
    paragraphs = document.paragraphs
    plain, twice = (copy.deepcopy(paragraphs[number]._p) for number in (14, 15))
    for one in list(plain):
        if one.tag in {qn("w:bookmarkStart"), qn("w:bookmarkEnd")}:
            plain.remove(one)
    for text in twice.iter(qn("w:t")):
        text.text = text.text.replace("265.24", edit or "265.24")
    paragraphs[15]._p.addnext(twice)
    paragraphs[16]._p.addnext(plain)
    row = next(row for row in document.element.body.iter(qn("w:tr")) if "人员经费" in "".join(
        text.text or "" for text in row.iter(qn("w:t"))))  # fmt: skip
    row.addnext(copy.deepcopy(row))
    document.save(str(out))


def test_a_copied_paragraph_or_row_is_one_finding_that_names_its_places(made, intakes, tmp_path):
    copied_report(made, tmp_path / "复制.docx")
    found = audited(made, intakes, report=tmp_path / "复制.docx")
    lines = list(told(tmp_path / "复制.docx", found))
    first = lines.index("【重复】段落 16、段落 17 年度(基本情况!C5)、财政拨款收入(预算收支!C10)")
    assert lines[first + 1] == f"    {COPIED}"
    assert sum(line.startswith("【重复】") for line in lines) == 2
    assert lines[-3:-1] == ["【另写】段落 19 2022、221.91", f"    {NO_MARKS}"]
    said = json.loads(to_json(tmp_path / "复制.docx", made / "填报.xlsx", found))
    doubled = [one for one in said["figures"] if one["state"] == "doubled"]
    assert said["counts"]["doubled"] == len(doubled)
    assert said["copied"][0] == {"places": ["段落 16", "段落 17"], "marks": ["_gj165", "_gj166"]}
    marks = [mark for one in said["copied"] for mark in one["marks"]]
    assert {one["mark"] for one in doubled} == {*marks}
    assert len(doubled) == 2 * len(marks)
    save_commented(tmp_path / "复制.docx", found, tmp_path / "批注.docx")
    comments = [one.text for one in docx.Document(str(tmp_path / "批注.docx")).comments]
    assert comments[0] == (
        f"【重复】段落 16、段落 17 年度(基本情况!C5)、财政拨款收入(预算收支!C10)\n{COPIED}"
    )


def test_a_copy_in_which_a_figure_was_retyped_says_so(made, intakes, tmp_path):
    copied_report(made, tmp_path / "复制.docx", edit="265.42")
    lines = list(
        told(tmp_path / "复制.docx", audited(made, intakes, report=tmp_path / "复制.docx"))
    )
    (place,) = [line for line in lines if line.startswith("【重复】段落 16、段落 17 ")]
    assert lines[lines.index(place) + 1].endswith(
        "请删去多余的,或逐处核对。段落 17 财政拨款收入(预算收支!C10) 是 265.42,填报表是 265.24。"
    )


ROW = Printed("_gj1", "{{ 行.名 }}", ("表[*].名",), "表!B7", "乙", "乙")
WORKED = Printed(
    "_gj2", "{{ 行.甲 - 行.乙 }}", ("表[*].甲", "表[*].乙"), "表!C6:C8、表!D6:D8", "", "3"
)
SUM = Printed("_gj3", "{{ 表|sum(attribute='甲') }}", ("表[*].甲",), "表!C6:C8", "", "9")
BLANK = Printed("_gj4", "{{ 行.注 }}", ("表[*].注",), "表!E6:E8", "", "")


def test_a_looped_figure_that_was_worked_out_has_the_cells_of_its_row():
    figures = (ROW, WORKED, SUM, BLANK)
    own = (ROW, replace(WORKED, cell="表!C7、表!D7"), SUM, replace(BLANK, cell="表!E7"))
    assert with_cells(figures, [Trace("1a2b3c4d", "_gj1", 0)]) == own
    assert with_cells(figures, []) == figures
    # a row that says nothing of itself is not the one above it
    below = [replace(one, mark=f"{one.mark}_3000001") for one in (WORKED, BLANK)]
    traces = [Trace("1a2b3c4d", "_gj1", 0), Trace("1a2b3c4d", "_gj2_3000001", 0)]
    assert with_cells((*figures, *below), traces) == (*own, *below)
    # but a table that is all of one item is
    more = replace(BLANK, mark="_gj5")
    traces = [Trace("1a2b3c4d", "_gj1", 0), Trace("1a2b3c4d", "_gj5", 0)]
    assert with_cells((ROW, more), traces) == (ROW, replace(more, cell="表!E7"))


@pytest.mark.parametrize(
    ("tag", "cell"),
    [
        ("{{ 行.甲 * 2 }}", "表!C7"),
        ("{{ 行.甲 if 行.甲 else '无' }}", "表!C7"),
        ("{{ '甲乙' if 行.甲 else 'x' }}", "表!C7"),
        ("{{ 行.甲 - loop.previtem.甲 }}", "表!C6:C9"),
        ("{{ loop.previtem.甲 - loop.nextitem.甲 }}", "表!C6:C9"),
        ("{{ loop.previtem.甲 * 2 }}", "表!C6:C9"),
        ("{{ 行.甲 / 首.甲 }}", "表!C6:C9"),
        ("{{ 首.甲 * 2 }}", "表!C6:C9"),
        ("{{ 行.甲 / 表[0].甲 }}", "表!C6:C9"),
        ("{{ 行.甲 / (表|first).甲 }}", "表!C6:C9"),
        ("{{ 行.甲 / 表|sum(attribute='甲') }}", "表!C6:C9"),
        ('{{ 行.甲 / 表|map(attribute="子.甲")|sum }}', "表!C6:C9"),
        ("{{ 行['甲'] * 2 }}", "表!C6:C9"),
    ],
)
def test_only_a_figure_of_one_row_has_its_cell_alone(tag, cell):
    worked = Printed("_gj2", tag, ("表[*].甲",), "表!C6:C9", "", "3")
    trace = [Trace("1a2b3c4d", "_gj1", 0)]
    assert with_cells((ROW, worked), trace) == (ROW, replace(worked, cell=cell))


def test_of_two_rows_side_by_side_each_figure_has_its_own():
    first = Printed("_gj0", "{{ 首.名 }}", ("表[*].名",), "表!B6", "甲", "甲")
    own, of_first = (
        Printed(f"_gj{number}", f"{{{{ {name}.甲 * 2 }}}}", ("表[*].甲",), "表!C6:C9", "", "3")
        for number, name in ((2, "行"), (3, "首"))
    )
    trace = [Trace("1a2b3c4d", "_gj0", 0)]
    assert with_cells((first, ROW, own, of_first), trace) == (
        first, ROW, replace(own, cell="表!C7"), replace(of_first, cell="表!C6"),
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["project_sichuan", "grant_report"])
def test_an_audit_gives_a_looped_figure_the_cell_of_its_own_row(reported, kind):
    taken, report = reported[kind]
    opened = open_report(report, taken.path)
    found = audit(opened, made_anew(opened, taken.kind, taken.checked.values))
    ranges = {one.figure.tag for one in found.figures if ":" in one.figure.cell}
    assert all("all_rows|sum(" in tag for tag in ranges)
