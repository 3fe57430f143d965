"""Tags that shape cells, and tables whose number of columns the data decide."""

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from empty_document import empty_document

SPAN = [
    ["{% colspan n %}{{ t }}", "{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"],
    ["计", "{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"],
]
DOWN = [["{%tr for x in xs %}", ""], ["{% vm %}{{ t }}", "{{ x }}"], ["{%tr endfor %}", ""]]


def shapes(document):
    """The first table's rows: text, columns covered, vertical merge and colour of each cell."""
    return [
        [
            (
                "".join(text.text or "" for text in cell.iter(qn("w:t"))),
                *(prop(cell, name) for name in ("gridSpan", "vMerge", "shd")),
            )
            for cell in row._tr.tc_lst
        ]
        for row in document.tables[0].rows
    ]


def prop(cell, name):
    found = cell.tcPr.find(qn(f"w:{name}"))
    return None if found is None else found.get(qn("w:fill" if name == "shd" else "w:val"))


def grid(document):
    return [int(column.get(qn("w:w"))) for column in document.tables[0]._tbl.tblGrid]


def both(word, rows, **values):
    """The document, made the same from a template with every run cut into characters."""
    cut = word.document(word.template(rows, cut=True), **values)
    whole = word.document(word.template(rows), **values)
    assert shapes(cut) == shapes(whole)
    assert grid(cut) == grid(whole)
    return whole


def peer(word, rows, **values):
    word.peer(rows, **values)
    return docx.Document(word.folder / "peer.docx")


def test_colspan_covers_columns(word):
    document = both(word, SPAN, n=2, t="题", xs=["a"])
    assert shapes(document)[0] == [("题", "2", None, None), ("a", None, None, None)]


def test_a_span_of_one_column_is_none(word):
    assert shapes(both(word, SPAN, n=1, t="题", xs=["a"]))[0][0] == ("题", None, None, None)


def test_cellbg_colours_a_cell_in_nested_loops(word):
    rows = [
        ["{%tr for r in rs %}", "", ""],
        ["{%tc for c in r %}", "{% cellbg c.bg %}**{{ c.t }}**", "{%tc endfor %}"],
        ["{%tr endfor %}", "", ""],
    ]
    rs = [[{"bg": "#FF0000", "t": "a"}, {"bg": "00ff00", "t": "b"}], [{"bg": "auto", "t": "c"}]]
    document = both(word, rows, rs=rs)
    assert shapes(document) == [
        [("a", None, None, "FF0000"), ("b", None, None, "00ff00")],
        [("c", None, None, "auto")],
    ]
    assert document.tables[0].rows[0].cells[0].paragraphs[0].runs[0].bold


def test_vm_merges_the_cell_over_the_rows_of_its_loop(word):
    document = both(word, DOWN, t="合", xs=["a", "b", "c"])
    assert [row[0] for row in shapes(document)] == [
        ("合", None, "restart", None),
        ("", None, "continue", None),
        ("", None, "continue", None),
    ]
    assert shapes(document) == shapes(peer(word, DOWN, t="合", xs=["a", "b", "c"]))


def test_vm_merges_anew_in_each_pass_of_the_outer_loop(word):
    rows = [
        ["{%tr for g in gs %}", ""],
        ["{%tr for x in g.xs %}", ""],
        ["{% vm %}**{{ g.n }}**", "{{ x }}"],
        ["{%tr endfor %}", ""],
        ["{%tr endfor %}", ""],
    ]
    gs = [{"n": "甲", "xs": [1, 2]}, {"n": "乙", "xs": [3]}]
    document = both(word, rows, gs=gs)
    assert [row[0][::2] for row in shapes(document)] == [
        ("甲", "restart"),
        ("", "continue"),
        ("乙", "restart"),
    ]


def test_hm_covers_the_cells_of_its_loop(word):
    rows = [
        ["头", "{%tc for x in xs %}", "{% hm %}{{ t }}", "{%tc endfor %}"],
        ["a", "{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"],
    ]
    document = both(word, rows, t="合", xs=[1, 2, 3])
    assert shapes(document) == [
        [("头", None, None, None), ("合", "3", None, None)],
        [("a", None, None, None), *((str(x), None, None, None) for x in (1, 2, 3))],
    ]
    assert shapes(document) == shapes(peer(word, rows, t="合", xs=[1, 2, 3]))


def test_columns_before_and_after_a_row_count_in_the_grid(word):
    rows = [["头", "{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"]]
    document = docx.Document(word.template(rows))
    properties = document.tables[0].rows[0]._tr.get_or_add_trPr()
    for name, count in (("gridBefore", "2"), ("gridAfter", "1")):
        properties.append(OxmlElement(f"w:{name}"))
        properties[-1].set(qn("w:val"), count)
    for count in (2, 3):
        made = word.document(word.save(document), xs=range(count))
        assert len(made.tables[0]._tbl.tblGrid) == 2 + 1 + count + 1


def test_a_cell_without_properties_is_given_some(word):
    document = docx.Document(word.template([["{% colspan 2 %}a", "b", "c"]]))
    cell = document.tables[0].rows[0]._tr.tc_lst[0]
    cell.remove(cell.tcPr)
    made = word.document(word.save(document)).tables[0].rows[0]._tr.tc_lst[0]
    assert [child.tag.partition("}")[2] for child in made] == ["tcPr", "p"]
    assert prop(made, "gridSpan") == "2"


@pytest.mark.parametrize("others", [[], ["shd"]])
def test_hm_covers_as_many_columns_as_its_cell_each_time(word, others):
    rows = [["头", "{%tc for x in xs %}", "{% hm %}{{ t }}", "{%tc endfor %}"], ["a"] * 4]
    document = docx.Document(word.template(rows))
    properties = document.tables[0].rows[0]._tr.tc_lst[2].tcPr
    for name in ("gridSpan", *others):
        properties.append(OxmlElement(f"w:{name}"))
        properties[-1].set(qn("w:val"), "2")
    made = word.document(word.save(document), t="合", xs=[1, 2, 3])
    assert [cell[:2] for cell in shapes(made)[0]] == [("头", None), ("合", "6")]


@pytest.mark.parametrize("count", [1, 2, 4, 7])
def test_the_grid_has_as_many_columns_as_the_rows_and_keeps_its_width(word, count):
    rows = [["头", "{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"]]
    document = both(word, rows, xs=list(range(count)))
    before = grid(docx.Document(word.template(rows)))
    assert len(grid(document)) == 1 + count == len(shapes(document)[0])
    assert sum(before) - count - 1 <= sum(grid(document)) <= sum(before)
    assert grid(document) == grid(peer(word, rows, xs=list(range(count))))


@pytest.mark.parametrize(
    ("widths", "needed", "made"),
    [
        ([300, None, 100, 200], 3, [366, 66, 166]),  # the fourth shared out
        ([300, None, 100, 200], 5, [240, 0, 80, 160, 120]),
        ([300, None, 100, 200], 4, [300, None, 100, 200]),
    ],
)
def test_a_column_of_the_grid_without_a_width_has_none_to_share(word, widths, needed, made):
    rows = [["头", "{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"]]
    document = docx.Document(word.template(rows))
    columns = list(document.tables[0]._tbl.tblGrid)
    for column, width in zip(columns, widths, strict=True):
        column.attrib.pop(qn("w:w"))
        if width is not None:
            column.set(qn("w:w"), str(width))
    table = word.document(word.save(document), xs=range(needed - 1)).tables[0]
    found = [column.get(qn("w:w")) for column in table._tbl.tblGrid]
    assert [None if width is None else int(width) for width in found] == made


def test_a_nested_table_has_a_grid_of_its_own(word):
    inner = [["{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"]]
    rows = [["a", (inner, "")], ["b", "c"]]
    document = both(word, rows, xs=[1, 2, 3, 4, 5])
    tables = [len(table) for table in document.element.body.iter(qn("w:tblGrid"))]
    assert tables == [2, 5]


def test_cells_behind_a_nested_table_count_in_the_grid(word):
    nested = [["a", "b", "c"], ["d", "e", "f"]]
    rows = [[(nested, ""), "{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"]]
    for count in (1, 4):
        document = word.document(word.template(rows), xs=range(count))
        grids = [len(table) for table in document.element.body.iter(qn("w:tblGrid"))]
        assert grids == [1 + count, 3]


def test_an_empty_loop_over_columns_leaves_a_grid_that_fits(word):
    rows = [["头", "{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"]]
    assert len(grid(both(word, rows, xs=[]))) == 1


def test_properties_stand_in_the_order_that_word_wants(word):
    rows = [["{% cellbg 'FF0000' %}{% vm %}{% colspan 2 %}a", "b", "c"]]
    template = word.template(
        [["{%tr for x in xs %}", "", ""], rows[0], ["{%tr endfor %}", "", ""]]
    )  # fmt: skip
    cell = word.document(template, xs=[1]).tables[0].rows[0]._tr.tc_lst[0]
    assert [item.tag.partition("}")[2] for item in cell.tcPr] == [
        "tcW",
        "gridSpan",
        "vMerge",
        "shd",
    ]


CELL = ["cnfStyle", "tcW", "gridSpan", "vMerge", "tcBorders", "shd", "noWrap"]


@pytest.mark.parametrize("tag", ["colspan 2", "vm", "cellbg 'FF0000'"])
@pytest.mark.parametrize("is_there", [True, False])
def test_what_a_tag_prints_stands_among_a_cells_properties_in_words_order(word, tag, is_there):
    rows = [["{%tr for x in xs %}", ""], [f"{{% {tag} %}}a", "b"], ["{%tr endfor %}", ""]]
    document = docx.Document(word.template(rows))
    properties = document.tables[0].rows[1].cells[0]._tc.tcPr
    own = {"colspan": "gridSpan", "vm": "vMerge", "cellbg": "shd"}[tag.split()[0]]
    properties[:] = [OxmlElement(f"w:{name}") for name in CELL if is_there or name != own]
    cell = word.document(word.save(document), xs=[1]).tables[0].rows[0]._tr.tc_lst[0]
    assert [item.tag.partition("}")[2] for item in cell.tcPr] == CELL
    assert len(cell.tcPr.find(qn(f"w:{own}")).attrib) > 0


def test_a_cell_tag_outside_a_table_is_a_fault(word):
    assert word.faults("{% colspan 2 %}") == [
        "正文 段落 1 {% colspan 2 %}:「colspan」不在表格里。请把它写进单元格,或删去。"
    ]
    assert word.faults([["{% colspan %}"]]) == [
        "正文 表格 1 行 1 列 1 {% colspan %}:「colspan」后面没有写值。请写上值,如 {% colspan 2 %}。"
    ]


def test_a_merge_outside_a_loop_is_a_fault_with_a_place(word):
    (fault,) = word.faults([["a", "{% vm %}b"]])
    assert fault.startswith("正文 表格 1 行 1 列 2 {% vm %}:没有叫「loop」的数据")


def test_a_colour_that_is_none_is_a_fault_with_a_place(word):
    (fault,) = word.faults([["{% cellbg '红\"/>' %}a"]])
    assert fault.startswith("正文 表格 1 行 1 列 1 {% cellbg '红\"/>' %}:")


# columns whose number varies


def widths(document):
    """The columns covered by each cell of the first table, and its width."""
    return [
        [(int(prop(cell, "gridSpan") or 1), cell.width.twips) for cell in row._tr.tc_lst]
        for row in document.tables[0].rows
    ]


def with_spans(word, rows, spans):
    """A template whose rows at the keys of `spans` have cells over so many columns."""
    document = docx.Document(word.template(rows))
    for number, counts in spans.items():
        cells = document.tables[0].rows[number]._tr.tc_lst
        for cell, count in zip(cells, counts, strict=False):
            properties = cell.get_or_add_tcPr()
            if count > 1:
                properties.get_or_add_gridSpan().val = count
        for cell in cells[len(counts) :]:
            cell.getparent().remove(cell)
    return word.save(document)


YEARS = ["头", "{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"]


def test_a_cell_is_as_wide_as_the_columns_that_it_covers(word):
    document = both(word, SPAN, n=3, t="题", xs=[])
    assert grid(document) == [2880, 2880, 2880]
    assert widths(document) == [[(3, 8640)], [(1, 2880)]]
    document = both(word, [YEARS], xs=list("12345678"))
    assert grid(document) == [960] * 9
    assert widths(document) == [[(1, 960)] * 9]
    hm = [["头", "{%tc for x in xs %}", "{% hm %}题", "{%tc endfor %}"], YEARS]
    document = both(word, hm, xs=list("12345678"))
    assert widths(document) == [[(1, 960), (8, 7680)], [(1, 960)] * 9]


@pytest.mark.parametrize(("count", "spans"), [(0, [1]), (1, [2]), (3, [4]), (8, [9])])
def test_a_merged_row_follows_the_number_of_columns(word, count, spans):
    path = with_spans(word, [["合计", "", "", ""], YEARS], {0: [4]})
    document = word.document(path, xs=list(range(count)))
    assert [[span for span, _ in row] for row in widths(document)] == [spans, [1] * (count + 1)]
    assert sum(grid(document)) == sum(width for _, width in widths(document)[0])


def test_a_merged_cell_beside_another_follows_the_columns_below_it(word):
    path = with_spans(word, [["合计", "x", "", ""], YEARS], {0: [1, 3]})
    for count in (1, 2, 5):
        document = word.document(path, xs=list(range(count)))
        assert [span for span, _ in widths(document)[0]] == [1, count]
        assert [width for _, width in widths(document)[0]] == [
            grid(document)[0],
            sum(grid(document)[1:]),
        ]


IF = ["a", "{%tc if x %}", "b", "{%tc endif %}", "c"]


def test_a_column_that_may_go_takes_its_part_of_merged_cells(word):
    path = with_spans(word, [["合计", "", "", "", ""], IF], {0: [5]})
    for x, count in ((True, 3), (False, 2)):
        document = word.document(path, x=x)
        assert [[span for span, _ in row] for row in widths(document)] == [[count], [1] * count]
        assert len(grid(document)) == count


def test_a_column_that_may_go_in_one_row_alone_is_a_fault(word):
    assert word.faults([["一", "二", "三", "四", "五"], IF]) == [
        "正文 表格 1 行 2 列 2 {%tc if x %}:到 {%tc endif %}(表格 1 行 2 列 4) 为止的格数会变,"
        "后面的格就移到别的列去了。请在每一格里各写一对标记;列数要变的,各行都用 {%tc for %}。"
    ]
    last = ["a", "{%tc if x %}", "b", "{%tc endif %}"]
    assert word.render([["一", "二"], last], x=False) == [[["一", "二", "", ""], ["a"]]]


def test_widths_in_percent_stay_in_percent(word):
    document = docx.Document(word.template([YEARS]))
    for cell in document.tables[0].rows[0]._tr.tc_lst:
        cell.tcPr.find(qn("w:tcW")).set(qn("w:type"), "pct")
    rendered = word.document(word.save(document), xs=[1, 2, 3, 4])
    cells = rendered.tables[0].rows[0]._tr.tc_lst
    assert [cell.tcPr.find(qn("w:tcW")).get(qn("w:w")) for cell in cells] == ["1000"] * 5


def test_a_table_without_columns_goes(word):
    rows = [["{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"]]
    assert word.render("a", rows, "b", xs=[]) == ["a", "b"]


TWO = [
    *("{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"),
    *("{%tc for y in ys %}", "{{ y }}", "{%tc endfor %}"),
]


def spanned(word, *rows, edges=(), **values):
    """The columns that each cell of the document covers, row by row, and those of the grid.

    A cell is written as its text and how many columns it covers; `edges` are (row, name, columns).
    """
    table = empty_document().add_table(0, sum(wide for _, wide in rows[0]))
    for row in rows:
        made = table.add_row()._tr
        for cell, (text, wide) in zip(made.tc_lst, row, strict=False):
            cell.p_lst[0].add_r().text = text
            cell.grid_span = wide
        for spare in made.tc_lst[len(row) :]:
            made.remove(spare)
    for index, name, columns in edges:
        edge = OxmlElement(f"w:{name}")
        edge.set(qn("w:val"), str(columns))
        table.rows[index]._tr.get_or_add_trPr().append(edge)
    document = word.document(word.save(table.part.document), **values)
    covered = [[cell.grid_span for cell in row._tr.tc_lst] for row in document.tables[0].rows]
    return covered, len(grid(document))


def test_a_heading_follows_the_columns_below_it_alone(word):
    heads, body = [("上", 3), ("下", 3)], [(text, 1) for text in TWO]
    assert spanned(word, [("全", 6)], heads, body, xs=[1, 2], ys=[3]) == (
        [[3], [2, 1], [1, 1, 1]], 3,
    )  # fmt: skip
    assert spanned(word, heads, body, xs=[1], ys=[2, 3, 4, 5]) == ([[1, 4], [1] * 5], 5)


def test_a_heading_follows_columns_beside_those_of_its_own_row(word):
    above = [("上", 3), *((text, 1) for text in TWO[3:])]
    below = [*((text, 1) for text in TWO[:3]), ("a", 1), ("b", 1), ("c", 1)]
    assert spanned(word, above, below, xs=[1, 2], ys=[3, 4, 5]) == (
        [[2, 1, 1, 1], [1, 1, 1, 1, 1]], 5,
    )  # fmt: skip


def test_of_headings_whose_edge_lies_in_a_loop_one_follows(word):
    rows = [("甲", 2), ("乙", 2)], [("n", 1), *((text, 1) for text in TWO[:3])], [("丙", 4)]
    assert spanned(word, *rows, xs=[1, 2, 3, 4]) == ([[2, 3], [1] * 5, [5]], 5)
    assert spanned(word, *rows, xs=[1, 2]) == ([[2, 1], [1] * 3, [3]], 3)


def test_what_stands_empty_beside_a_row_follows_the_columns_above_it(word):
    rows = [[(text, 1) for text in ("头", *TWO[:3], "尾")], [("合", 1)], [("左", 1)]]
    edges = [(1, "gridBefore", 4), (2, "gridAfter", 4)]
    for count in (1, 2, 5):
        document = spanned(word, *rows, edges=edges, xs=list(range(count)))
        assert document == ([[1] * (count + 2), [1], [1]], count + 2)
        made = docx.Document(word.folder / "out.docx").tables[0]
        assert [row.grid_cols_before for row in made.rows] == [0, count + 1, 0]
        assert [row.grid_cols_after for row in made.rows] == [0, 0, count + 1]


def test_a_cell_covers_no_more_columns_than_word_knows(word):
    assert word.faults([["{% colspan n %}a"]], n=64) == [
        "正文 表格 1 行 1 列 1 {% colspan n %}:计算出错(Word 的表格至多 63 列,这里要跨 64 列)。"
        "请核对这里用到的数据。"
    ]


def test_a_loop_makes_no_more_columns_than_word_knows(word):
    rows = [["头", "{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"]]
    made = word.document(word.template(rows), xs=list(range(62)))
    assert len(grid(made)) == 63
    assert word.faults(rows, xs=list(range(63))) == [
        "正文:计算出错(Word 的表格至多 63 列,以「头」开头的表格有 64 列)。请核对这里用到的数据。"
    ]
