"""The names and numbers of marks, one by one, and the rows that can bear none."""

import zipfile
from dataclasses import replace
from decimal import Decimal
from time import process_time

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from empty_document import empty_document
from lxml import etree
from test_template_markers import MARKED, manifest
from test_template_tags import text_box

from docgen.report.filters import FILTERS
from docgen.template.template import LIMITS
from docgen.template.word.package import deflated
from docgen.template.write.fewer import fewer_marks
from docgen.template.write.marks import FIRST_REPEATED, MOST_CELL_MARKS, MOST_MARKS, Marks

ROWS = [{"名": "甲", "值": 1}, {"名": "乙", "值": 0}]


def starts(document) -> list[tuple[str, str]]:
    """The id and name of each mark's beginning, in order."""
    return [
        (one.get(qn("w:id")), one.get(qn("w:name")))
        for one in document.element.body.iter(qn("w:bookmarkStart"))
    ]


def test_a_tags_first_mark_has_the_tags_number_and_each_further_one_the_next(word) -> None:
    template = ["{{ a }}、{{ b }}", "{%p for x in xs %}", "{{ x.名 }}:{{ x.值 }}", "{%p endfor %}"]
    document = word.document(word.template(*template), MARKED, a="1", b=Decimal("2.5"), xs=ROWS)
    body = etree.fromstring(etree.tostring(document.element.body))
    assert "".join(body.itertext()) == "1、2.5甲:1乙:0"
    assert starts(document) == [
        ("2000003", "_gj0"),
        ("2000004", "_gj1"),
        ("2000006", "_gj3"),
        ("2000007", "_gj4"),
        ("3000002", "_gj3_3000002"),
        ("3000003", "_gj4_3000003"),
    ]
    name = ("tag", "{{ x.名 }}"), ("path", "xs[*].名"), ("behind", ":")
    count = ("tag", "{{ x.值 }}"), ("path", "xs[*].值"), ("before", ":")
    assert [entry[1:] for entry in manifest(word.folder / "out.docx")] == [
        (("name", "_gj0"), ("tag", "{{ a }}"), ("path", "a"), ("behind", "、"), ("value", "1")),
        (("name", "_gj1"), ("tag", "{{ b }}"), ("path", "b"), ("before", "、"), ("value", "2.5")),
        (("name", "_gj3"), *name, ("value", "甲")),
        (("name", "_gj4"), *count, ("value", "1")),
        (("name", "_gj3_3000002"), *name, ("value", "乙")),
        (("name", "_gj4_3000003"), *count, ("value", "0")),
    ]


def test_a_row_that_a_loop_repeats_has_a_mark_at_its_start_and_one_around_each_figure(word) -> None:
    rows = [["名", "值"], ["{%tr for x in xs %}", ""], ["第¦**{{ x.名 }}**", "{{ x.值 }}"],
            ["{%tr endfor %}", ""]]  # fmt: skip
    document = word.document(word.template(rows), MARKED, xs=ROWS)
    names = [name for _, name in starts(document)]
    assert names == [
        *("_gjrows1_3000002", "_gj2", "_gj3"), *("_gjrows1_3000003", "_gj2_3000004", "_gj3_3000005")
    ]  # fmt: skip
    for row in document.tables[0].rows[1:]:
        first = row.cells[0].paragraphs[0]._p
        assert [child.tag for child in first if child.tag != qn("w:pPr")][:2] == [
            qn("w:bookmarkStart"), qn("w:bookmarkEnd"),
        ]  # fmt: skip
    *figures, rows = manifest(word.folder / "out.docx")
    assert [(name, entry[-1]) for name, *entry in figures] == [
        ("figure", ("value", text)) for text in ("甲", "1", "乙", "0")
    ]
    assert rows[1:] == (
        ("name", "_gj1"), ("tag", "{%tr for x in xs %}"), ("path", "xs"), ("count", "2")
    )  # fmt: skip


@pytest.mark.parametrize(
    "first",
    [("{%p if x.值 %}", "{{ x.名 }}", "{%p endif %}"), ("", "{%p if x.值 %}", "{%p endif %}")],
)
def test_a_row_whose_first_cell_is_not_sure_to_begin_the_same_bears_no_mark(word, first) -> None:
    rows = [["{%tr for x in xs %}", ""], [first, "{{ x.值 }}"], ["{%tr endfor %}", ""]]
    word.document(word.template(rows), MARKED, xs=ROWS)
    assert {entry[0] for entry in manifest(word.folder / "out.docx")} == {"figure"}


def test_a_row_that_begins_with_cells_of_a_loop_bears_no_mark(word) -> None:
    rows = [["{%tr for x in xs %}", "", "", ""],
            ["{%tc for y in [1, 2] %}", "{{ x.名 }}{{ y }}", "{%tc endfor %}", "{{ x.值 }}"],
            ["{%tr endfor %}", "", "", ""]]  # fmt: skip
    document = word.document(word.template(rows), MARKED, xs=ROWS)
    assert {entry[0] for entry in manifest(word.folder / "out.docx")} == {"figure"}
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["甲1", "甲2", "1"],
        ["乙1", "乙2", "0"],
    ]


def test_a_mark_stands_behind_the_properties_of_its_paragraph(word) -> None:
    document = docx.Document(
        word.template([["{%tr for x in xs %}"], ["{{ x.名 }}"], ["{%tr endfor %}"]])
    )
    document.tables[0].rows[1].cells[0].paragraphs[0].style = "Heading 1"
    made = word.document(word.save(document), MARKED, xs=ROWS)
    for row in made.tables[0].rows:
        paragraph = row.cells[0].paragraphs[0]
        assert paragraph.style.name == "Heading 1"
        assert [child.tag for child in paragraph._p][:2] == [qn("w:pPr"), qn("w:bookmarkStart")]


def test_a_row_with_properties_of_its_own_bears_its_mark_too(word) -> None:
    rows = [["{%tr for x in xs %}"], ["{{ x.名 }}"], ["{%tr endfor %}"]]
    document = docx.Document(word.template(rows))
    document.tables[0].rows[1].height = 254_000
    made = word.document(word.save(document), MARKED, xs=ROWS)
    assert [name for _, name in starts(made)] == [
        *("_gjrows1_3000002", "_gj2"), *("_gjrows1_3000003", "_gj2_3000004")
    ]  # fmt: skip
    assert [row.height for row in made.tables[0].rows] == [254_000, 254_000]


def test_the_name_of_a_group_is_that_of_its_column(word) -> None:
    template = ["{%p for g in (xs|groups('名'))[:1] %}", "{{ g.name }}{{ g.rows[0].值 }}",
                "{%p endfor %}"]  # fmt: skip
    word.document(word.template(*template), {**MARKED, "filters": FILTERS}, xs=ROWS)
    assert [entry[1:] for entry in manifest(word.folder / "out.docx")] == [
        (("name", "_gj1"), ("tag", "{{ g.name }}"), ("path", "xs[*].名"), ("value", "甲")),
        (("name", "_gj2"), ("tag", "{{ g.rows[0].值 }}"), ("path", "xs[*].值"), ("value", "1")),
    ]


def test_the_old_style_copy_of_a_text_box_bears_no_mark(word) -> None:
    document = empty_document()
    document.add_paragraph("{{ a }}").add_run()._r.append(text_box("{{ b }}"))
    made = word.document(word.save(document), MARKED, a=1, b=2)
    assert starts(made) == [("2000003", "_gj0"), ("2000004", "_gj1")]
    boxes = made.element.body.iter("{*}txbxContent")
    assert ["".join(box.itertext("{*}t")) for box in boxes] == ["2", "2"]


@pytest.mark.parametrize("more", [0, 1])
def test_a_manifest_is_packed_from_64_kib_on(word, more) -> None:
    path = word.template("{{ x }}")

    def part(text: str) -> zipfile.ZipInfo:
        word.document(path, MARKED, x=text)
        package = zipfile.ZipFile(word.folder / "out.docx")
        return next(one for one in package.infolist() if b"<figures " in package.read(one))

    made = part("甲" + "a" * (65_536 - part("甲").file_size + more))
    is_packed = made.compress_type == zipfile.ZIP_DEFLATED
    assert (made.file_size, is_packed) == (65_536 + more, bool(more))


def test_a_long_manifest_is_packed_and_reads_the_same(word) -> None:
    many = [{"名": f"第{number}项", "值": number} for number in range(600)]
    path = word.template("{%p for x in xs %}", "{{ x.名 }}", "{%p endfor %}")
    word.document(path, MARKED, xs=many)
    assert [entry[-1] for entry in manifest(word.folder / "out.docx")] == [
        ("value", one["名"]) for one in many
    ]


def test_a_long_table_has_no_more_marks_than_word_takes(word) -> None:
    rows = [["{%tr for x in xs %}", ""], ["{{ x.名 }}", "{{ x.值 }}"], ["{%tr endfor %}", ""]]
    many = [{"名": "甲", "值": str(number)} for number in range(MOST_MARKS + 500)]
    document = word.document(word.template(rows), MARKED, xs=many)
    names = [name for _, name in starts(document)]
    of_rows = [name for name in names if name.startswith("_gjrows1_")]
    assert (len(names), len(set(names))) == (MOST_MARKS, MOST_MARKS)
    assert (
        len(names) - len(of_rows) == MOST_CELL_MARKS + 3
    )  # the first of each tag, the table's own
    table = document.tables[0]._tbl
    texts = ["".join(one.text for one in row.iter(qn("w:t"))) for row in table.tr_lst]
    assert texts == [f"甲{one['值']}" for one in many]
    assert manifest(word.folder / "out.docx")[-1][-1] == ("count", str(len(many)))


@pytest.mark.parametrize(
    ("own", "looped", "marked"),
    [
        (500, 0, MOST_MARKS - 500 - 5 - MOST_CELL_MARKS),
        (0, 2_000, MOST_MARKS - 2_000 - 5 - MOST_CELL_MARKS),
        (500, 2_000, MOST_MARKS - 2_500 - 5 - MOST_CELL_MARKS),
        (MOST_MARKS + 1, 0, 0),
    ],
)
def test_the_templates_own_bookmarks_count_too(word, own, looped, marked) -> None:
    rows = [["{%tr for x in xs %}", "", "", ""], [f"{{{{ x.{name} }}}}" for name in "名甲乙丙"],
            ["{%tr endfor %}", "", "", ""]]  # fmt: skip
    loop = ["{%p for y in ys %}", "一节", "{%p endfor %}"] if looped else []
    path = word.template(*["一节"] * own, *loop, rows, "共{{ 合计 }}")
    document = docx.Document(str(path))
    holders = [one._p for one in document.paragraphs if one.text == "一节"]
    for number, holder in enumerate(holders):
        start, end = (OxmlElement(f"w:bookmark{one}") for one in ("Start", "End"))
        start.set(qn("w:name"), f"节{number}")
        for one in (start, end):
            one.set(qn("w:id"), str(number))
        holder.insert(0, start)
        holder.append(end)
    document.save(str(path))
    xs = [{"名": f"第{n}项", "甲": n, "乙": 2 * n, "丙": 3 * n} for n in range(20_000)]
    made = word.document(path, MARKED, xs=xs, ys=range(looped), 合计=5)
    names = [name for _, name in starts(made)]
    total = MOST_MARKS if marked else own + 6  # the first figure of each tag, and the table
    assert (len(names), len(set(names))) == (total, total)
    assert sum(name.startswith("节") for name in names) == own + looped
    of_rows = {number for number, row in enumerate(made.tables[0]._tbl.tr_lst)
               if next(row.iter(qn("w:bookmarkStart")), None) is not None}  # fmt: skip
    # behind the rows that have one the table has its own, in the second that has none
    assert of_rows == {*range(max(marked - 1, 1)), marked or 1}
    texts = ["".join(one.text for one in row.iter(qn("w:t"))) for row in made.tables[0]._tbl.tr_lst]
    assert texts == ["".join(map(str, one.values())) for one in xs]


@pytest.mark.parametrize(
    ("most", "own", "looped", "total"),
    [
        (50, 0, 5, 50),
        (50, 0, 30, 50),
        (50, 0, 100, 104),  # the first figure of each tag, and the table
        (MOST_MARKS, 16_376, 2, 16_380),
        (MOST_MARKS, 16_379, 0, 16_380),
        (MOST_MARKS, 16_390, 0, 16_390),
    ],
)
def test_marks_are_given_up_for_bookmarks_that_a_loop_prints_behind(
    word, most, own, looped, total
) -> None:
    rows = [["{%tr for x in xs %}", ""], ["{{ x.名 }}", "{{ x.值 }}"], ["{%tr endfor %}", ""]]
    path = word.template("一节", rows, "{%p for y in ys %}", "{{ y }}节", "{%p endfor %}")
    document = docx.Document(str(path))
    first, *_, looped_one, _ = document.element.body.findall(qn("w:p"))
    for number in range(own + 1):
        start, end = (OxmlElement(f"w:bookmark{one}") for one in ("Start", "End"))
        start.set(qn("w:name"), f"节{number}")
        for one in (start, end):
            one.set(qn("w:id"), str(number))
            (first if number < own else looped_one).append(one)
    document.save(str(path))
    xs = [{"名": f"第{n}项", "值": n} for n in range(60)]
    few = {**MARKED, "limits": replace(LIMITS, marks=most)}
    made = word.document(path, few, xs=xs, ys=iter(range(looped)))  # can be gone through but once
    names = [name for _, name in starts(made)]
    assert (len(names), len(set(names))) == (total, total)
    assert sum(name.startswith("节") for name in names) == own + looped
    ends = [one.get(qn("w:id")) for one in made.element.body.iter(qn("w:bookmarkEnd"))]
    assert sorted(ends) == sorted(number for number, _ in starts(made))
    entries = manifest(word.folder / "out.docx")
    listed = {dict(said)["name"] for _, *said in entries if "value" in dict(said)}
    assert listed == {one for one in names if one.startswith("_gj") and "rows" not in one}
    texts = ["".join(one.text for one in row.iter(qn("w:t"))) for row in made.tables[0]._tbl.tr_lst]
    assert texts == [f"{one['名']}{one['值']}" for one in xs]


def test_thousands_of_marks_are_given_up_in_one_pass():
    numbers = range(FIRST_REPEATED + 1, FIRST_REPEATED + 15_001)
    body = "".join(
        f'<w:bookmarkStart w:id="{number}" w:name="_gj1_{number}"/>'
        f'{number}<w:bookmarkEnd w:id="{number}"/>'
        for number in numbers
    )
    member = deflated("word/document.xml", f"<w:body>{body}</w:body>".encode())
    started = process_time()
    (left,) = fewer_marks([member], Marks({}, {}, {}, iter(()), iter(())), len(numbers), 1)
    assert process_time() - started < 1  # not the time of all numbers for each
    kept = body[: body.index("/>", body.index("bookmarkEnd")) + 2]
    plain = "".join(str(number) for number in numbers[1:])
    assert left.read().decode() == f"<w:body>{kept}{plain}</w:body>"
