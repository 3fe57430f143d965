"""More of what users of such libraries have reported: as docxtpl makes it, or better.

Each is a small template of our own; the name says the project and the number of its issue.
"""

import io
import random
from copy import deepcopy

import docx
import docxtpl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.run import Run
from ooxml import new_faults
from test_template_reports import (
    GO_ON,
    LISTED,
    START,
    cell,
    loop,
    p,
    row,
    rows_of,
    table,
)
from writing import SPACES, body_of, read, with_body

import gouji

GROUPS = [{"g": "甲", "d": [{"r": 1}, {"r": 2}]}, {"g": "乙", "d": [{"r": 3}]}]
TREE = [{"k": 1, "c": [{"k": 2, "c": []}]}]

# the template, its values, what comes of it here and in docxtpl
SAME = {
    "docxtpl 192 and 618, rows in rows with a merged cell": (
        [[["{%tr for i in xs %}", ""], ["{%tr for d in i.d %}", ""],
          ["{% vm %}{{ i.g }}", "{{ d.r }}"], ["{%tr endfor %}", ""], ["{%tr endfor %}", ""]]],
        {"xs": GROUPS},
        [[["甲", "1"], ["", "2"], ["乙", "3"]]],
    ),
    "docxtpl 162, fewer columns than in the template": (
        [[["H", "{%tc for x in xs %}", "h{{ x }}", "{%tc endfor %}", "Z"],
          ["D", "{%tc for x in xs %}", "d{{ x }}", "{%tc endfor %}", "z"]]],
        {"xs": [1]},
        [[["H", "h1", "Z"], ["D", "d1", "z"]]],
    ),
    "docxtpl 560, a loop that begins in a line": (
        ["To: {%for c in xs %}", "{{ c }}", "{%endfor %}"],
        {"xs": ["a", "b"]},
        ["To: ", "a", "", "b", ""],
    ),
    "docxtpl 116, tabs repeated": (
        ["{{ 3*'\\t' }}T{{ '_' * 4 }}"], {}, ["\t\t\tT____"],
    ),
    "docxtpl 282, breaks of every kind in a plain text": (
        ["{{ t }}"], {"t": "P\a t\n\nu\tx"}, ["P", " t\n\nu\tx"],
    ),
    "docxtpl 489, two tables for each item": (
        ["{% for r in xs %}", [["id", "{{ r }}"]], [["d", "{{ r }}"]], "{% endfor %}"],
        {"xs": [1, 2]},
        ["", [["id", "1"]], [["d", "1"]], "", [["id", "2"]], [["d", "2"]], ""],
    ),
    "docxtpl 30, loops in loops over paragraphs": (
        ["{% for a in xs %}", "{% for b in a.d %}", "{{ a.g }}{{ b.r }}", "{% endfor %}",
         "{% endfor %}"],
        {"xs": GROUPS[1:]},
        ["", "", "乙3", "", ""],
    ),
    "easy-template-x 36, a loop in a sentence of a loop": (
        ["{% for a in xs %}", "{{ a.g }} {% for b in a.d %}{{ b.r }}{% endfor %}", "{% endfor %}"],
        {"xs": GROUPS},
        ["", "甲 12", "", "乙 3", ""],
    ),
    "easy-template-x 110, two conditions in one cell": (
        [[["{% if a %}A{% endif %}{% if b %}B{% endif %}", "t"]]],
        {"a": 1, "b": 0},
        [[["A", "t"]]],
    ),
    "docx-templates 370, a loop over paragraphs in a cell of a looped row": (
        [[["{%tr for x in xs %}"], [("{%p for y in x %}", "{{ y }}", "{%p endfor %}")],
          ["{%tr endfor %}"]]],
        {"xs": ["ab", "c"]},
        [[[("a", "b")], ["c"]]],
    ),
    "docx-templates 186, curly quotes": (
        ["{{ xs|join(‘、’) }}{% if a == “甲” %}是{% endif %}"],
        {"xs": ["1", "2"], "a": "甲"},
        ["1、2是"],
    ),
    "a choice of rows": (
        [[["a", "b"], ["{%tr if x %}", ""], ["c", "d"], ["{%tr else %}", ""], ["e", "f"],
          ["{%tr endif %}", ""]]],
        {"x": 0},
        [[["a", "b"], ["e", "f"]]],
    ),
    "dashes over paragraphs": (
        ["a {%- if x %} b {%- endif %} c", "{%- if x -%}", "d", "{%- endif -%}", "e"],
        {"x": 1},
        ["a b cde"],
    ),
    "a sum kept over the passes": (
        ["{% set n = namespace(t=0) %}{% for x in xs %}{% set n.t = n.t + x %}{% endfor %}"
         "{{ n.t }}"],
        {"xs": [1, 2]},
        ["3"],
    ),
    "a tree": (
        ["{% for n in xs recursive %}{{ n.k }}"
         "{% if n.c %}({{ loop(n.c) }}){% endif %}{% endfor %}"],
        {"xs": TREE},
        ["1(2)"],
    ),
}  # fmt: skip

# where docxtpl loses or spoils something
BETTER = {
    "docxtpl 285, a merged cell whose tag and value are two runs": (
        [[["{%tr for d in xs %}", ""], ["{% vm %}¦**{{ d.g }}**", "{{ loop.index }}"],
          ["{%tr endfor %}", ""]]],
        {"xs": GROUPS},
        [[["**甲**", "1"], ["", "2"]]],
    ),
    "docxtemplater 129, a loop from a row's first cell to its last": (
        [[["{% for x in xs %}{{ x.g }}", "{{ x.d|length }}{% endfor %}"]]],
        {"xs": GROUPS},
        [[["甲", "2"], ["乙", "1"]]],
    ),
    "a sign of XML that goes through a macro": (
        ["{% macro m(a) %}<{{ a }}>{% endmacro %}{{ m('&') }}"], {}, ["<&>"],
    ),
}  # fmt: skip


def rendered(library, word, blocks, values):
    """The body that a library makes, and what is wrong with the file."""
    path, out = word.template(*blocks), word.folder / f"{library.__name__}.docx"
    template = library.DocxTemplate(path)
    template.render(values, autoescape=True)
    template.save(out)
    return read(docx.Document(io.BytesIO(out.read_bytes()))), new_faults(path, out)


@pytest.mark.parametrize("name", SAME)
def test_each_is_as_docxtpl_makes_it(word, name):
    blocks, values, expected = SAME[name]
    assert rendered(gouji, word, blocks, values) == (expected, [])
    assert rendered(docxtpl, word, blocks, values)[0] == expected


@pytest.mark.parametrize("name", BETTER)
def test_each_is_whole_here(word, name):
    blocks, values, expected = BETTER[name]
    assert rendered(gouji, word, blocks, values) == (expected, [])
    assert rendered(docxtpl, word, blocks, values)[0] != expected


def test_a_text_that_would_fill_pages_is_not_repeated(word):
    with pytest.raises(gouji.GoujiError, match="只能用于两个数"):
        rendered(gouji, word, ["{{ 1001*'a' }}"], {})


CONTROL = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
NUMBER = '<w:id w:val="7"/>'
LINE = '<w:r><w:pict><v:line id="{}" from="0,0" to="10,0"/></w:pict></w:r>'
WATER = '<w:r><w:pict><v:shape id="{}"><v:textpath string="{}"/></v:shape></w:pict></w:r>'
INSERTED = '<w:ins w:id="3" w:author="a">{}</w:ins>'
DELETED = '<w:del w:id="4" w:author="a"><w:r><w:delText>y</w:delText></w:r></w:del>'
BLANK = cell("<w:p/>", GO_ON)
XS = {"xs": [1, 2]}

# the XML of a body, the values, what comes of it
MADE = {
    "docxtemplater 674, a line that is drawn": (
        loop(f"<w:p>[{{{{ x }}}}]{LINE.format('s')}</w:p>"),
        XS,
        f"<w:p>[1]{LINE.format('s')}</w:p><w:p>[2]{LINE.format('s_2')}</w:p>",
    ),
    "poi-tl 1009, a row in a control": (
        table(1, *rows_of(CONTROL.format(NUMBER, row("{{ x }}")))) + p("z"),
        XS,
        table(1, CONTROL.format("", row("1")), CONTROL.format("", row("2"))) + p("z"),
    ),
    "poi-tl 1009, a cell in a control": (
        table(2, *rows_of(
            f"<w:tr>{CONTROL.format(NUMBER, cell(p('{{ x }}')))}{cell(p('b'))}</w:tr>", columns=2
        )) + p("z"),
        XS,
        table(2, *(f"<w:tr>{CONTROL.format('', cell(p(n)))}{cell(p('b'))}</w:tr>" for n in "12"))
        + p("z"),
    ),
    "docx-templates 392, cells merged above the loop": (
        table(2, row(cell(p("h"), START), "a"), row(BLANK, "b"),
              *rows_of(row("{{ x }}", "c"), columns=2)) + p("z"),
        XS,
        table(2, row(cell(p("h"), START), "a"), row(BLANK, "b"), row("1", "c"), row("2", "c"))
        + p("z"),
    ),
    "docx-templates 392, a merged cell that goes on through the loop": (
        table(2, row(cell(p("h"), START), "a"), row(BLANK, "{%tr for x in xs %}"),
              row(BLANK, "{{ x }}"), row(BLANK, "{%tr endfor %}")) + p("z"),
        XS,
        table(2, row(cell(p("h"), START), "a"), row(BLANK, "1"), row(BLANK, "2")) + p("z"),
    ),
    "a tag of which a piece was deleted and a piece inserted": (
        f"<w:p>[{{{{ ]{DELETED}[x]{INSERTED.format('[.y]')}[ }}}}]</w:p>",
        {"x": {"y": 5}},
        f"<w:p>[5]{INSERTED.format('')}</w:p>",
    ),
    "a watermark for each": (
        loop(f"<w:p>{WATER.format('W', '{{ x }}')}</w:p>"),
        XS,
        f"<w:p>{WATER.format('W', 1)}</w:p><w:p>{WATER.format('W_2', 2)}</w:p>",
    ),
    "docx-templates 449, a tag with Word's own marks in it": (
        "<w:p>[{{ ]<w:r><w:lastRenderedPageBreak/></w:r><w:proofErr w:type='spellStart'/>[x]"
        "<w:r><w:softHyphen/></w:r>[ }}]</w:p>",
        {"x": 5},
        "<w:p>[5]<w:r><w:softHyphen/></w:r></w:p>",
    ),
    "lists in the cells of looped rows": (
        table(1, *rows_of(row(cell(LISTED.format("[{{ x }}]"))))) + p("z"),
        XS,
        table(1, *(row(cell(LISTED.format(f"[{n}]"))) for n in "12")) + p("z"),
    ),
    "a table of its own in each row, of which one is empty": (
        table(1, *rows_of(row(cell(
            table(1, row("{%tr for y in x.d %}"), row("{{ y.r }}"), row("{%tr endfor %}"))
            + "<w:p/>")))) + p("z"),
        {"xs": [GROUPS[1], {"d": []}]},
        table(1, row(cell(table(1, row("3")) + "<w:p/>")), row(cell("<w:p/>"))) + p("z"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MADE)
def test_each_has_what_was_asked_for(word, name):
    body, values, expected = MADE[name]
    template = word.save(with_body(body))
    assert body_of(word.document(template, **values)) == body_of(with_body(expected))
    assert new_faults(template, word.folder / "out.docx") == []


BOLD = "<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>"
TAKEN = {
    "a macro": f"<w:p>[{{% macro m(a) %}}x]{BOLD.format('{{ a }}')}[z{{% endmacro %}}]</w:p>"
    "<w:p>[前{{ m(1) }}后]</w:p>",
    "a block that is named": f"<w:p>[{{% set m %}}x]{BOLD.format('1')}[z{{% endset %}}]</w:p>"
    "<w:p>[前{{ m }}后]</w:p>",
}


@pytest.mark.parametrize("name", TAKEN)
def test_runs_that_a_block_took_stand_between_runs(word, name):
    template = word.save(with_body(TAKEN[name]))
    expected = f"<w:p/><w:p>[前][x]{BOLD.format('1')}[z][后]</w:p>"
    assert body_of(word.document(template)) == body_of(with_body(expected))


def test_runs_of_a_loop_that_calls_itself_stand_between_runs(word):
    body = (
        f"<w:p>[{{% for n in xs recursive %}}{{{{ n.k }}}}]{BOLD.format('b')}"
        "[{% if n.c %}({{ loop(n.c) }}){% endif %}{% endfor %}]</w:p>"
    )
    document = word.document(word.save(with_body(body)), xs=TREE)
    assert [run.text for run in document.paragraphs[0].runs if run.text] == list("1b(2b)")
    assert not document.element.xpath("//w:t//w:r")


def scattered(document, chance: random.Random) -> None:
    """Cut runs into letters and put between these what Word and its users leave there."""
    for number, run in enumerate(list(document.element.body.iter(qn("w:r"))), 500):
        text = "".join(one.text or "" for one in run.iterchildren(qn("w:t")))
        if not text or any(one.tag not in (qn("w:t"), qn("w:rPr")) for one in run):
            continue
        for letter in text:
            twin = deepcopy(run)
            Run(twin, document).text = letter
            twin.set(qn("w:rsidR"), f"{chance.randrange(2**31):08X}")
            run.addprevious(twin)
            left = chance.choice(LEFT)
            for one in parse_xml(f"<w:x {NAMES}>{left.format(number)}</w:x>"):
                twin.addprevious(one)
            if chance.random() < 0.2:
                inserted = parse_xml(f'<w:ins {NAMES} w:id="{number}" w:author="a"/>')
                twin.addprevious(inserted)
                inserted.append(twin)
        run.getparent().remove(run)


NAMES = f'xmlns:w="{SPACES["w"]}"'
LEFT = (
    "",
    '<w:proofErr w:type="spellStart"/>',
    "<w:r><w:lastRenderedPageBreak/></w:r>",
    "<w:r/>",
    '<w:del w:id="{}" w:author="a"><w:r><w:delText>q</w:delText></w:r></w:del>',
)


def said(document) -> list:
    """What a document says, cell by cell, whatever its runs are."""
    return [
        ["".join(one.text or "" for one in p.iter(qn("w:t"))), p.getparent().tag]
        for p in document.element.body.iter(qn("w:p"))
    ]


@pytest.mark.parametrize("name", [*SAME, *BETTER])
def test_nothing_changes_when_tags_are_scattered(word, name):
    blocks, values, _ = (SAME | BETTER)[name]
    template = gouji.DocxTemplate(word.template(*blocks))
    template.render(values)
    whole = said(template.docx)
    for seed in range(3):
        document = docx.Document(word.template(*blocks))
        scattered(document, random.Random(f"{seed}{name}"))
        cut = gouji.DocxTemplate(word.save(document))
        cut.render(values)
        assert said(cut.docx) == whole
