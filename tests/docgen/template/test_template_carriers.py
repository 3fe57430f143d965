"""What stands beside a tag: kept, put beside it, or a fault; never lost without a word."""

import pytest
from docx.oxml.ns import qn
from empty_document import empty_document
from writing import made

PAGE = '<w:r><w:br w:type="page"/></w:r>'
BESIDE = {  # what it is called, and its runs
    "分页符": PAGE,
    "分栏符": '<w:r><w:br w:type="column"/></w:r>',
    "换行": "<w:r><w:cr/></w:r>",
    "制表符": "<w:r><w:tab/></w:r>",
    "不间断连字符": "<w:r><w:noBreakHyphen/></w:r>",
    "nbsp": "<w:r><w:t>\u00a0</w:t></w:r>",
    "全角空格": "<w:r><w:t>\u3000</w:t></w:r>",
}
LOOP = "<w:p>[{% for g in rows %}]</w:p><w:p>[{{ g }}]</w:p><w:p>[{% endfor %}]</w:p>"


@pytest.mark.parametrize("name", BESIDE)
def test_what_stands_beside_a_lone_block_tag_is_repeated_as_it_is(word, name):
    beside = BESIDE[name]
    template = (
        "<w:p>[{% for g in rows %}]</w:p><w:p>[{{ g.g }}]</w:p>"
        f"<w:p>{beside}[{{% endfor %}}]</w:p>"
    )
    kept = beside.replace("<w:r><w:t>", "[").replace("</w:t></w:r>", "]")
    assert made(word, template, rows=[{"g": 1}, {"g": 2}]) == "".join(
        f"<w:p>[{number}]</w:p><w:p>{kept}</w:p>" for number in (1, 2)
    )


def test_a_break_behind_the_end_of_a_loop_comes_once(word):
    template = LOOP.replace("endfor %}]", f"endfor %}}]{PAGE}")
    assert made(word, template, rows=[1, 2]) == f"<w:p>[1]</w:p><w:p>[2]</w:p><w:p>{PAGE}</w:p>"
    template = LOOP.replace("[{% for", f"{PAGE}[{{% for")
    assert made(word, template, rows=[1, 2]) == f"<w:p>{PAGE}</w:p><w:p>[1]</w:p><w:p>[2]</w:p>"


def test_a_page_break_before_a_paragraph_stays_where_only_a_tag_stands_in_it(word):
    page = "<w:pPr><w:pageBreakBefore/></w:pPr>"
    template = LOOP.replace("[{% for", f"{page}[{{% for")
    assert made(word, template, rows=[1, 2]) == f"<w:p>{page}</w:p><w:p>[1]</w:p>" + (
        f"<w:p>{page}</w:p><w:p>[2]</w:p>"
    )
    off = page.replace("/></w:pPr>", ' w:val="0"/></w:pPr>')
    template = template.replace(page, off)
    assert made(word, template, rows=[1, 2]) == "<w:p>[1]</w:p><w:p>[2]</w:p>"


def test_the_ends_of_ranges_stay_where_their_paragraph_goes(word):
    start, end = '<w:bookmarkStart w:id="7" w:name="甲"/>', '<w:bookmarkEnd w:id="7"/>'
    inside = f"<w:p>{start}[{{%p if x %}}]</w:p><w:p>[a]</w:p><w:p>[{{%p endif %}}]{end}</w:p>"
    bare = inside.replace("%p", "%")
    for template in (inside, bare):
        assert made(word, template, x=True) == f"{start}<w:p>[a]</w:p>{end}"
        assert made(word, template, x=False) == f"{start}{end}<w:p/>"


def test_a_blank_indent_goes_with_a_tag_that_stands_for_its_paragraph(word):
    assert word.render("a", "　　{%p if x %}", "b", "\t{%p endif %} ", x=True) == ["a", "b"]


@pytest.mark.parametrize(
    ("beside", "said"),
    [
        ("[重要说明:]", "「重要说明:」"),
        (PAGE, "分页符"),
        (BESIDE["分栏符"], "分栏符"),
        (BESIDE["换行"], "换行"),
        ("<w:r><w:br/></w:r>", "换行"),
        ("<w:r><w:drawing/></w:r>", "图形"),
        ('<w:r><w:footnoteReference w:id="2"/></w:r>', "脚注"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "别的内容"),
    ],
)
@pytest.mark.parametrize("tag", ["{%p if x %}", "{{p x }}", "{#p x #}"])
def test_what_would_go_with_a_paragraph_is_a_fault(word, beside, said, tag):
    end = "<w:p>[{%p endif %}]</w:p>" if "if" in tag else ""
    with pytest.raises(Exception) as caught:
        made(word, f"<w:p>{beside}[{tag}]</w:p><w:p>[a]</w:p>{end}", x=1)
    assert str(caught.value) == (
        f"正文 段落 1 {tag}:整段会被它替换,同一段里不能还有 {said}。请让它独占一段。"
    )


def test_a_page_break_before_a_tags_own_paragraph_is_a_fault_and_before_a_value_stays(word):
    page = "<w:pPr><w:pageBreakBefore/></w:pPr>"
    with pytest.raises(Exception) as caught:
        made(word, f"<w:p>{page}[{{%p if x %}}]</w:p><w:p>[{{%p endif %}}]</w:p>", x=1)
    assert str(caught.value) == (
        "正文 段落 1 {%p if x %}:整段会被它替换,同一段里不能还有 段前分页。请让它独占一段。"
    )
    assert made(word, f"<w:p>{page}[{{{{p x }}}}]</w:p>", x=1) == f"<w:p>{page}[1]</w:p>"


def test_a_total_in_the_row_of_a_tag_is_a_fault(word):
    rows = [["{%tr for x in xs %}", ""], ["{{ x }}", "1"], ["合计", "{%tr endfor %}"]]
    assert word.faults(rows) == [
        "正文 表格 1 行 3 列 2 {%tr endfor %}:整行会被它替换,同一行里不能还有 「合计」。"
        "请让它独占一行。"
    ]
    bare = [["{% for x in xs %}", ""], ["{{ x }}", "1"], ["合计", "{% endfor %}"]]
    assert word.render(bare, xs=[1, 2]) == [[["1", "1"], ["合计", ""], ["2", "1"], ["合计", ""]]]


def merged(word, kind: str):
    """A table of three rows whose first column is merged; the first row is the tag's."""
    document = empty_document()
    table = document.add_table(3, 2)
    texts = ("{%" + kind + " for x in xs %}", "{{ x }}", "{%" + kind + " endfor %}")
    for row, text in zip(table.rows, texts, strict=True):
        row.cells[1].text = text
    table.cell(0, 0).merge(table.cell(2, 0))
    return word.save(document)


def test_a_merged_cell_that_begins_in_the_row_of_a_tag_is_a_fault(word):
    with pytest.raises(Exception) as caught:
        word.document(merged(word, "tr"), xs=[1])
    assert str(caught.value) == (
        "正文 表格 1 行 1 列 2 {%tr for x in xs %}:它所在的行会去掉,"
        "而向下合并的单元格从这一行开始。请取消这里的合并;"
        "循环的行上下合并,请在要合并的格里写 {% vm %}。"
    )
    merges = [
        [cell.tcPr.find(qn("w:vMerge")).get(qn("w:val")) for cell in row._tr.tc_lst[:1]]
        for row in word.document(merged(word, ""), xs=[1]).tables[0].rows
    ]
    assert merges == [["restart"], [None]]


# tables side by side


def blocks(word, *template, **values) -> list:
    """The kinds of blocks of the body, a parting paragraph told apart."""
    body = word.document(word.template(*template), **values).element.body
    names = {qn("w:p"): "段", qn("w:tbl"): "表", qn("w:sectPr"): ""}
    return [
        "细" if item.find(f"{qn('w:pPr')}/{qn('w:spacing')}") is not None else names[item.tag]
        for item in body
    ][:-1]


TABLE = [["a"]]


def test_tables_that_only_a_tag_parted_are_kept_apart(word):
    between = (TABLE, "{%p if x %}", "b", "{%p endif %}", TABLE, "c")
    assert blocks(word, *between, x=False) == ["表", "细", "表", "段"]
    assert blocks(word, *between, x=True) == ["表", "段", "表", "段"]
    looped = ("{%p for x in xs %}", TABLE, "{%p endfor %}", "c")
    assert blocks(word, *looped, xs=[1, 2, 3]) == ["表", "细", "表", "细", "表", "段"]
    branches = ("{%p if x %}", TABLE, "{%p else %}", TABLE, "{%p endif %}", TABLE, "c")
    assert blocks(word, *branches, x=True) == ["表", "细", "表", "段"]
    comment = (TABLE, "{#p 说明 #}", TABLE, "c")
    assert blocks(word, *comment) == ["表", "细", "表", "段"]


def test_tables_that_may_go_are_kept_apart_only_where_they_stay(word):
    rows = [["{%tr for x in xs %}"], ["{{ x }}"], ["{%tr endfor %}"]]
    columns = [["{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"]]
    for inner in (rows, columns):
        template = (
            TABLE,
            "{%p if 1 %}",
            inner,
            "{%p endif %}",
            "{%p if 1 %}",
            TABLE,
            "{%p endif %}",
            "c",
        )
        assert blocks(word, *template, xs=[]) == ["表", "细", "表", "段"]
        assert blocks(word, *template, xs=[1]) == ["表", "细", "表", "细", "表", "段"]


def test_tables_that_the_author_put_together_stay_together(word):
    assert blocks(word, "{%p if 1 %}", TABLE, TABLE, "{%p endif %}", "c") == ["表", "表", "段"]


def test_a_body_ends_with_a_paragraph(word):
    assert blocks(word, "{%p if x %}", "a", "{%p endif %}", x=0) == ["段"]
    assert blocks(word, "a", TABLE, "{%p if x %}", "b", "{%p endif %}", x=0) == ["段", "表", "段"]
    assert blocks(word, "a", TABLE, x=0) == ["段", "表"]


@pytest.mark.parametrize("tag", ["{%- if x %}", "{% if x -%}"])
def test_a_section_stays_where_its_paragraph_is_joined_to_another(word, tag):
    section = '<w:pPr><w:sectPr><w:pgSz w:w="1" w:h="2"/></w:sectPr></w:pPr>'
    first, second = (f"a{tag}", "b{% endif %}") if "-%" in tag else ("a", f"{tag}b{{% endif %}}")
    template = f"<w:p>[{first}]</w:p><w:p>{section}[{second}]</w:p>"
    assert made(word, template, x=1) == f"<w:p>{section}[a][b]</w:p>"
