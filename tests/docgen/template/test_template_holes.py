"""What an empty list or a false condition must not leave behind."""


def test_a_table_whose_rows_all_vanish_vanishes(word):
    template = [["{%tr for x in xs %}"], ["{{ x }}"], ["{%tr endfor %}"]]
    assert word.render("a", template, "b", xs=[]) == ["a", "b"]
    assert word.render("a", template, "b", xs=[1]) == ["a", [["1"]], "b"]


def test_a_row_whose_cells_all_vanish_vanishes(word):
    template = [["{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"], ["a", "b", "c"]]
    assert word.render(template, xs=[]) == [[["a", "b", "c"]]]
    assert word.render(template, xs=[1, 2]) == [[["1", "2"], ["a", "b", "c"]]]


def test_a_table_whose_rows_have_no_cells_vanishes(word):
    template = [
        ["{%tr for r in rs %}", "", ""],
        ["{%tc for c in r %}", "{{ c }}", "{%tc endfor %}"],
        ["{%tr endfor %}", "", ""],
    ]
    assert word.render("a", template, "b", rs=[[], []]) == ["a", "b"]
    assert word.render("a", template, "b", rs=[[], [1]]) == ["a", [["1"]], "b"]


def test_a_cell_keeps_a_paragraph(word):
    template = [[("{%p if flag %}", "a", "{%p endif %}"), "b"]]
    assert word.render(template, flag=False) == [[["", "b"]]]
    assert word.render(template, flag=True) == [[["a", "b"]]]


def test_a_cell_that_would_end_with_a_table_ends_with_a_paragraph(word):
    template = [[("{%p for x in xs %}", [["{{ x }}"]], "{%p endfor %}")]]
    assert word.render(template, xs=[]) == [[[""]]]
    assert word.render(template, xs=[1]) == [[[([["1"]], "")]]]


def test_an_empty_table_in_a_cell_leaves_the_cell_its_paragraph(word):
    inner = [["{%tr for x in xs %}"], ["{{ x }}"], ["{%tr endfor %}"]]
    assert word.render([[(inner, "a"), "b"]], xs=[]) == [[["a", "b"]]]


def test_a_table_inside_an_empty_table_is_not_kept(word):
    inner = [["{%tr for y in x %}"], ["{{ y }}"], ["{%tr endfor %}"]]
    template = [["{%tr for x in xs %}"], [(inner, "t")], ["{%tr endfor %}"]]
    assert word.render("a", template, xs=[]) == ["a"]
    assert word.render("a", template, xs=[[], [1]]) == ["a", [["t"], [([["1"]], "t")]]]


def test_a_header_keeps_a_paragraph(word):
    path = word.template("a", header="{%p if flag %}")
    import docx

    document = docx.Document(path)
    header = document.sections[0].header
    header.add_paragraph("h")
    header.add_paragraph("{%p endif %}")
    rendered = word.document(word.save(document), flag=False)
    assert [paragraph.text for paragraph in rendered.sections[0].header.paragraphs] == [""]
