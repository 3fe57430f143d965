"""Blocks that begin or end inside sentences, and tables that stand in content controls."""

from itertools import pairwise

import docx
import pytest
from docx.oxml import OxmlElement
from writing import Word

ROWS = [["{%tr for x in xs %}", ""], ["{{ x }}", "b"], ["{%tr endfor %}", ""], ["计", "{{ n }}"]]


def in_control(element) -> None:
    """Puts an element into a content control, as Word's developer tab does."""
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    control.append(OxmlElement("w:sdtPr"))
    control.append(content)
    element.addprevious(control)
    content.append(element)


def controlled(word: Word, blocks, pick, **values) -> list[str]:
    """The texts of the document's paragraphs, empty ones too; what `pick` gives is controlled."""
    document = docx.Document(word.template(*blocks))
    in_control(pick(document))
    body = word.document(word.save(document), **values).element.body
    assert all(len(table.findall(".//{*}tr")) for table in body.iter("{*}tbl"))
    assert all(len(row.findall(".//{*}tc")) for row in body.iter("{*}tr"))
    assert all(cell.findall(".//{*}p") for cell in body.iter("{*}tc"))
    return ["".join(p.itertext("{*}t")) for p in body.iter("{*}p")]


# content controls


@pytest.mark.parametrize(("xs", "texts"), [([], []), ([1, 2], ["1", "b", "2", "b"])])
def test_a_table_whose_fixed_row_is_a_content_control_stays(word, xs, texts) -> None:
    made = controlled(word, [ROWS], lambda d: d.tables[0].rows[3]._tr, xs=xs, n=5)
    assert made == [*texts, "计", "5"]


def test_a_table_whose_fixed_row_in_a_content_control_comes_first_stays(word) -> None:
    rows = [ROWS[3], *ROWS[:3]]
    assert controlled(word, [rows], lambda d: d.tables[0].rows[0]._tr, xs=[], n=5) == ["计", "5"]


def test_a_table_whose_only_row_in_a_content_control_is_left_out_by_a_condition_goes(word) -> None:
    rows = [["{%tr if flag %}"], ["a"], ["{%tr endif %}"]]

    def pick(document):
        return document.tables[0].rows[1]._tr

    assert controlled(word, ["前", rows], pick, flag=True) == ["前", "a"]
    assert controlled(word, ["前", rows], pick, flag=False) == ["前"]


def test_a_table_whose_repeated_row_is_a_content_control_goes_without_rows(word) -> None:
    rows = ROWS[:3]

    def pick(document):
        return document.tables[0].rows[1]._tr

    assert controlled(word, ["前", rows], pick, xs=[1, 2]) == ["前", "1", "b", "2", "b"]
    assert controlled(word, ["前", rows], pick, xs=[]) == ["前"]


def test_a_table_all_of_whose_rows_loop_in_one_content_control_goes_without_rows(word) -> None:
    document = docx.Document(word.template("前", ROWS[:3]))
    rows = [row._tr for row in document.tables[0].rows]
    in_control(rows[0])
    for before, row in pairwise(rows):
        before.addnext(row)
    path = word.save(document)
    for xs, texts in (([], ["前"]), ([1, 2], ["前", "1", "b", "2", "b"])):
        body = word.document(path, xs=xs).element.body
        assert ["".join(p.itertext("{*}t")) for p in body.iter("{*}p")] == texts
        assert len(list(body.iter("{*}tbl"))) == bool(xs)


def test_a_row_whose_repeated_cell_is_a_content_control_goes_without_cells(word) -> None:
    rows = [["{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"]]

    def pick(document):
        return document.tables[0].rows[0].cells[1]._tc

    assert controlled(word, ["前", rows], pick, xs=[1, 2]) == ["前", "1", "2"]
    assert controlled(word, ["前", rows], pick, xs=[]) == ["前"]


def test_a_row_whose_fixed_cell_is_a_content_control_stays(word) -> None:
    rows = [["{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}", "计"]]

    def pick(document):
        return document.tables[0].rows[0].cells[3]._tc

    assert controlled(word, [rows], pick, xs=[1, 2]) == ["1", "2", "计"]
    assert controlled(word, [rows], pick, xs=[]) == ["计"]


def test_a_cell_whose_last_paragraph_is_in_a_content_control_gets_no_other(word) -> None:
    def pick(document):
        return document.tables[0].rows[0].cells[0].paragraphs[3]._p

    rows = [[("{%p if flag %}", "a", "{%p endif %}", "b"), "c"]]
    assert controlled(word, [rows], pick, flag=True) == ["a", "b", "c"]
    assert controlled(word, [rows], pick, flag=False) == ["b", "c"]


def test_a_whole_table_in_a_content_control_loops(word) -> None:
    def pick(document):
        return document.tables[0]._tbl

    assert controlled(word, [ROWS], pick, xs=[1], n=5) == ["1", "b", "计", "5"]
    assert controlled(word, ["前", ROWS[:3], "后"], pick, xs=[]) == ["前", "后"]


# tables whose only row may be left without cells


def test_a_table_whose_only_row_has_no_cells_goes(word) -> None:
    rows = [["{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"]]
    assert word.render("前", rows, "后", xs=[]) == ["前", "后"]
    assert word.render("前", rows, "后", xs=[1]) == ["前", [["1"]], "后"]


def test_a_table_all_of_whose_rows_have_no_cells_goes(word) -> None:
    rows = [["{%tc for x in " + name + " %}", "{{ x }}", "{%tc endfor %}"] for name in ("xs", "ys")]
    assert word.render("前", rows, "后", xs=[], ys=[]) == ["前", "后"]
    assert word.render("前", rows, "后", xs=[], ys=[1]) == ["前", [["1"]], "后"]
    assert word.render("前", rows, "后", xs=[2], ys=[]) == ["前", [["2"]], "后"]


# blocks that begin and end inside sentences


@pytest.mark.parametrize(
    ("template", "kept", "dropped"),
    [
        (["前文{% if x %}", "{% endif %}后文"], ["前文", "后文"], ["前文后文"]),
        (["前文{% if x %}", "中", "{% endif %}后文"], ["前文", "中", "后文"], ["前文后文"]),
        (["前{% if x %}甲", "{% endif %}后"], ["前甲", "后"], ["前后"]),
        (["前{% if x %}", "乙{% endif %}后"], ["前", "乙后"], ["前后"]),
        (["前{% if x %}", "乙{% endif %}", "后"], ["前", "乙", "后"], ["前", "后"]),
        (["{% if x %}甲", "{% endif %}后"], ["甲", "后"], ["后"]),
        (["{% if x %}", "{% endif %}后文"], ["后文"], ["后文"]),
        (["前文{% if x %}", "{% endif %}"], ["前文"], ["前文"]),
        (["**前**{% if x %}", "{% endif %}//后//"], ["**前**", "//后//"], ["**前**//后//"]),
    ],
)
def test_a_condition_over_paragraphs_takes_what_stands_between_its_tags(
    word, template, kept, dropped
) -> None:
    assert word.render(*template, x=True) == kept
    assert word.render(*template, x=False) == dropped


def test_a_value_beside_a_tag_is_no_edge(word) -> None:
    template = ["{{ a }}{% if x %}", "b", "{% endif %}{{ c }}"]
    assert word.render(*template, x=True, a=1, c=2) == ["1", "b", "2"]
    assert word.render(*template, x=False, a=1, c=2) == ["12"]
    rows = [["{{ a }}{% if x %}", "b{% endif %}{{ c }}"]]
    (fault,) = word.faults(rows)
    assert fault.startswith("正文 表格 1 行 1 列 1 {% if x %}:与它配对的 {% endif %}")


@pytest.mark.parametrize(
    ("template", "chosen", "other"),
    [
        (["前{% if x %}", "甲{% else %}", "乙{% endif %}后"], ["前", "甲后"], ["前", "乙后"]),
        (["前{% if x %}", "{% else %}", "{% endif %}后"], ["前", "后"], ["前", "后"]),
    ],
)
def test_a_choice_over_paragraphs_takes_what_stands_between_its_tags(
    word, template, chosen, other
) -> None:
    assert word.render(*template, x=True) == chosen
    assert word.render(*template, x=False) == other


def test_a_loop_from_sentence_to_sentence_repeats_what_stands_between_its_tags(word) -> None:
    template = ["前{% for x in xs %}", "{{ x }}{% endfor %}后"]
    assert word.render(*template, xs=[1, 2]) == ["前", "1", "2后"]
    assert word.render(*template, xs=[]) == ["前后"]


def test_a_block_from_the_start_of_one_cell_to_the_end_of_another_takes_these_cells(word) -> None:
    rows = [["c", "{% if x %}a", "b{% endif %}"], ["d", "e", "f"]]
    assert word.render(rows, x=True) == [[["c", "a", "b"], ["d", "e", "f"]]]
    assert word.render(rows, x=False) == [[["c"], ["d", "e", "f"]]]
    rows = [["{% if x %}a", "b{% else %}c", "d{% endif %}", "e"]]
    assert word.faults(rows) == [
        "正文 表格 1 行 1 列 1 {% if x %}:与它配对的 {% endif %}(表格 1 行 1 列 3) "
        "不在同一层(段落、表格、单元格)。请把两个标记放在同一层,或用 {%tr if x %} … {%tr endif %}。"
    ]
    rows = [["c", "{% for x in xs %}{{ x }}", "b{% endfor %}"]]
    assert word.render(rows, xs=[1, 2]) == [[["c", "1", "b", "2", "b"]]]


def test_a_block_that_moves_the_cells_behind_it_to_other_columns_is_a_fault(word) -> None:
    heading = ["一", "二", "三"]
    told = (
        "为止的格数会变,后面的格就移到别的列去了。"
        "请在每一格里各写一对标记;列数要变的,各行都用 {%tc for %}。"
    )
    for opener, closer in (("{% if a %}", "{% endif %}"), ("{% for a in b %}", "{% endfor %}")):
        assert word.faults([heading, [f"{opener}1", f"2{closer}", "3"]]) == [
            f"正文 表格 1 行 2 列 1 {opener}:到 {closer}(表格 1 行 2 列 2) {told}"
        ]
    assert word.faults([heading, ["{% if a %}1", "{% else %}2", "3{% endif %}", "4"]]) == [
        f"正文 表格 1 行 2 列 1 {{% if a %}}:到 {{% endif %}}(表格 1 行 2 列 3) {told}"
    ]
    rows = [heading, ["{% if a %}1", "{% else %}2{% endif %}", "3"]]
    assert word.render(rows, a=True) == [[heading, ["1", "3"]]]
    assert word.render(rows, a=False) == [[heading, ["2", "3"]]]


@pytest.mark.parametrize(
    "rows",
    [
        [[([["{% if x %}"]], "")], ["b{% endif %}"]],  # in a table within a row
        [["{% if x %}a"], [([["{% endif %}"]], "")]],
    ],
)
def test_a_block_does_not_reach_out_of_a_table_within_a_row(word, rows) -> None:
    (fault,) = word.faults(rows)
    assert "{%tr if x %} … {%tr endif %}" in fault


BLOCK = ["{%p for x in xs %}", "{{ x }}", "{%p endfor %}"]


def all_in_control(*paragraphs) -> None:
    """Puts paragraphs that follow each other into one content control."""
    in_control(paragraphs[0]._p)
    for other in paragraphs[1:]:
        paragraphs[0]._p.getparent().append(other._p)


@pytest.mark.parametrize(("xs", "texts"), [([], []), ([1, 2], ["1", "2"])])
def test_a_control_all_of_whose_paragraphs_are_left_out_goes(word, xs, texts) -> None:
    document = docx.Document(word.template("前", *BLOCK, [[tuple(BLOCK)]], "后"))
    all_in_control(*document.paragraphs[1:4])
    all_in_control(*document.tables[0].cell(0, 0).paragraphs)
    body = word.document(word.save(document), xs=xs).element.body
    made = ["".join(p.itertext("{*}t")) for p in body.iter("{*}p")]
    assert made == ["前", *texts, *(texts or [""]), "后"]
    assert all(len(content) for content in body.iter("{*}sdtContent"))
    assert all(cell.findall(".//{*}p") for cell in body.iter("{*}tc"))


def test_no_paragraph_is_put_behind_a_control_that_ends_with_one(word) -> None:
    cell = [[[tuple(BLOCK)]]]

    def pick(document):
        return document.tables[0].cell(0, 0).paragraphs[1]._p

    assert controlled(word, cell, pick, xs=[1, 2]) == ["1", "2"]
    assert controlled(word, cell, pick, xs=[]) == [""]


@pytest.mark.parametrize("index", [0, 2])
def test_a_control_around_a_tag_that_stands_for_its_paragraph_or_row_goes(word, index) -> None:
    made = controlled(word, BLOCK, lambda d: d.paragraphs[index]._p, xs=[1, 2])
    assert made == ["1", "2"]
    rows = [["{%tr for x in xs %}"], ["{{ x }}"], ["{%tr endfor %}"]]
    assert controlled(word, [rows], lambda d: d.tables[0].rows[index]._tr, xs=[1, 2]) == ["1", "2"]
