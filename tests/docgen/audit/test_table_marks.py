"""The mark that a table bears once there is none left for its rows, in audits and refreshes."""

import sys
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from empty_document import empty_document

from docgen.audit.audit import audit
from docgen.audit.opening import read_report
from docgen.audit.refresh import refreshed
from docgen.manifest.writing import traces_said
from docgen.template import compile_template
from docgen.template.model.sourced import Amount, Source, SourcedText
from docgen.template.template import LIMITS
from docgen.template.word.package import read_document
from docgen.template.write.marks import manifest_of

NAMES = ("甲科", "乙科", "丙科", "丁科")
BOTH = {"收入": 10, "支出": 70}


def template(folder, *names):
    """A table for each list, of a name and a figure a row, between paragraphs."""
    document = empty_document()
    for name in names:
        document.add_paragraph(f"{name}情况")
        add_table(document, name)
    document.add_paragraph("完")
    document.save(folder / "模板.docx")
    return compile_template(folder / "模板.docx", markers=True)


def add_table(document, name):
    table = document.add_table(3, 2)
    texts = (f"{{%tr for 行 in {name} %}}", "", "{{ 行.名 }}", "{{ 行.数 }}", "{%tr endfor %}", "")
    for cell, text in zip((cell for row in table.rows for cell in row.cells), texts, strict=True):
        cell.text = text


def data(firsts, names=NAMES, **changed):
    """Lists with the same rows, whose figures differ: `changed` are those of 收入甲科 and so on."""
    return {
        table: [
            {"名": SourcedText(name, Source(f"{table}[*].名", f"{table}!A{row}", name)),
             "数": Amount(Decimal(changed.get(table + name, first + "甲乙丙丁戊".index(name[0]))),
                         Source(f"{table}[*].数", f"{table}!B{row}", name))}
            for row, name in enumerate(names)
        ]
        for table, first in firsts.items()
    }  # fmt: skip


def opened(content):
    package = read_document(content, "报告.docx")
    return read_report(Path("报告.docx"), package, manifest_of(package).read())


def anew(made, values, limits):
    """As `made_anew` gives it: also with a mark at each figure."""
    fresh = opened(made.render(values, limits=limits, closing=traces_said))
    traces = tuple(block.trace for block in fresh.blocks)
    fresh = replace(fresh, manifest=replace(fresh.manifest, traces=traces))
    no_limits = replace(limits, marks=sys.maxsize, cell_marks=sys.maxsize)
    return replace(fresh, every=opened(made.render(values, limits=no_limits)))


def edited(content, edit):
    document = docx.Document(BytesIO(content))
    edit(document.element.body)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def untouched(body):
    pass


def exchanged(body):
    """The two tables change places."""
    one, other = body.findall(qn("w:tbl"))
    place = other.getnext()
    one.addprevious(other)
    place.addprevious(one)


def marks(content):
    return [
        one.get(qn("w:name"))
        for one in docx.Document(BytesIO(content)).element.body.iter(qn("w:bookmarkStart"))
    ]


def cells(content):
    """The texts of the rows of each table."""
    tables = docx.Document(BytesIO(content)).tables
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]


# the first figures of four tags and the marks of two tables are given in any case
LITTLE = [0, 5, 6, 7, 9, 12, 20, LIMITS.marks]


@pytest.mark.parametrize(("most", "of_tables"), [(0, 2), (6, 2), (9, 2), (20, 1), (22, 0)])
def test_a_row_without_a_mark_bears_that_of_its_table(tmp_path, most, of_tables):
    made = template(tmp_path, *BOTH)
    content = made.render(data(BOTH), limits=replace(LIMITS, marks=most))
    names = marks(content)
    assert len(names) == len(set(names)) <= max(most, 6)
    assert len({"_gjrows1", "_gjrows6"} & {*names}) == of_tables


def without_heads(body):
    """The first row of both tables is deleted, and the tables change places."""
    exchanged(body)
    for table in body.iter(qn("w:tbl")):
        table.remove(table.find(qn("w:tr")))


@pytest.mark.parametrize("most", LITTLE)
def test_a_table_is_known_by_its_mark_where_its_first_row_is_gone(tmp_path, most):
    made, limits = template(tmp_path, *BOTH), replace(LIMITS, marks=most)
    printed = made.render(data(BOTH), limits=limits, closing=traces_said)
    report = opened(edited(printed, without_heads))
    found = audit(report, anew(made, data(BOTH, 支出丁科=99), limits))
    assert [
        (one.figure.cell, one.state, one.printed) for one in found.figures if one.state != "lost"
    ] == [
        (f"{table}!{column}{row}", "stale" if (table, cell) == ("支出", "73") else "ok", cell)
        for table, first in BOTH.items()
        for row in (1, 2, 3)
        for column, cell in (("A", NAMES[row]), ("B", str(first + row)))
    ]


@pytest.mark.parametrize("edit", [untouched, exchanged])
@pytest.mark.parametrize("most", LITTLE)
def test_tables_with_the_same_rows_are_told_apart_wherever_they_stand(tmp_path, most, edit):
    made, limits = template(tmp_path, *BOTH), replace(LIMITS, marks=most)
    printed = made.render(data(BOTH), limits=limits, closing=traces_said)
    report = opened(edited(printed, edit))
    same = audit(report, anew(made, data(BOTH), limits))
    assert same.counts == {"ok": 16, "stale": 0, "edited": 0, "lost": 0, "doubled": 0}
    now = data(BOTH, 支出乙科=99, 收入丁科="13.5")
    found = audit(report, anew(made, now, limits))
    assert found.counts == {"ok": 14, "stale": 2, "edited": 0, "lost": 0, "doubled": 0}
    assert {
        (one.figure.cell, one.printed, one.current) for one in found.figures if one.state == "stale"
    } == {("支出!B1", "71", "99"), ("收入!B3", "13", "13.5")}


@pytest.mark.parametrize("most", LITTLE)
def test_a_copied_table_is_told_at_both_places(tmp_path, most):
    def copied(body):
        table = body.find(qn("w:tbl"))
        body.findall(qn("w:p"))[-1].addnext(deepcopy(table))

    made, limits = template(tmp_path, *BOTH), replace(LIMITS, marks=most)
    printed = made.render(data(BOTH), limits=limits, closing=traces_said)
    found = audit(opened(edited(printed, copied)), anew(made, data(BOTH), limits))
    assert found.counts == {"ok": 8, "stale": 0, "edited": 0, "lost": 0, "doubled": 16}
    assert not found.is_true


@pytest.mark.parametrize("tracked", [False, True])
@pytest.mark.parametrize("edit", [untouched, exchanged])
@pytest.mark.parametrize("most", LITTLE)
def test_a_refresh_finds_the_rows_of_its_table(tmp_path, most, edit, tracked):
    made, limits = template(tmp_path, *BOTH), replace(LIMITS, marks=most)
    printed = made.render(data(BOTH), limits=limits, closing=traces_said)
    report = opened(edited(printed, edit))
    now = data(BOTH, names=(*NAMES[1:], "戊科"))  # the first row goes, one comes at the end
    work = refreshed(report, anew(made, now, limits), force=False, tracked=tracked)
    names = marks(work.document)
    assert len(names) == len(set(names))
    assert work.after.is_true
    assert audit(opened(work.document), anew(made, now, limits)).is_true
    if not tracked:
        order = ("支出", "收入") if edit is exchanged else ("收入", "支出")
        assert cells(work.document) == [
            [[name, str(BOTH[table] + 1 + row)] for row, name in enumerate((*NAMES[1:], "戊科"))]
            for table in order
        ]


@pytest.mark.parametrize("most", LITTLE)
def test_the_rows_of_a_moved_table_are_brought_up_to_date_in_their_places(tmp_path, most):
    made, limits = template(tmp_path, *BOTH), replace(LIMITS, marks=most)
    printed = made.render(data(BOTH), limits=limits, closing=traces_said)
    fresh = anew(made, data(BOTH, 支出乙科=99, 收入丁科="13.5"), limits)
    work = refreshed(opened(edited(printed, exchanged)), fresh, force=False, tracked=False)
    assert work.after.is_true
    assert cells(work.document) == [
        [["甲科", "70"], ["乙科", "99"], ["丙科", "72"], ["丁科", "73"]],
        [["甲科", "10"], ["乙科", "11"], ["丙科", "12"], ["丁科", "13.5"]],
    ]


@pytest.mark.parametrize("tracked", [False, True])
@pytest.mark.parametrize("number", [0, 1, 2])
@pytest.mark.parametrize("most", LITTLE)
def test_no_mark_stands_twice_where_a_row_was_moved_to_another_table(
    tmp_path, most, number, tracked
):
    def moved(body):
        one, other = body.findall(qn("w:tbl"))
        other.append(one.findall(qn("w:tr"))[number])

    made, limits = template(tmp_path, *BOTH), replace(LIMITS, marks=most)
    printed = made.render(data(BOTH), limits=limits, closing=traces_said)
    fresh = anew(made, data(BOTH, ("戊科", *NAMES), 收入甲科=99), limits)
    work = refreshed(opened(edited(printed, moved)), fresh, force=False, tracked=tracked)
    found = marks(work.document)
    assert len(found) == len(set(found))
