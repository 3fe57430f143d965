"""封面, 目录 and 附件目录: whole pages before the title, which the clerk switches on in 提纲."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from empty_document import empty_document
from printed import page_texts, printed

from docgen.contents.contents import with_contents
from docgen.importing.report import read_report
from docgen.report.report import make_report, render_report
from workbook.checking.intake import take_in
from workbook.checking.kinds import Kind
from workbook.form.sample import Sample
from workbook.making.build import build_workbook

ALL = ("（封面）", "目录", "附件目录")
HEADINGS = [
    ("toc 1", "一、基本情况"),
    ("toc 2", "（一）单位基本情况"),
    ("toc 2", "（二）区委统战部2022年整体支出绩效目标"),
    ("toc 1", "二、一般公共预算支出情况"),
    ("toc 2", "（一）基本支出情况"),
    ("toc 2", "（二）项目支出情况"),
    ("toc 1", "三、政府性基金预算支出情况"),
    ("toc 1", "四、国有资本经营预算支出情况"),
    ("toc 1", "五、社会保险基金预算支出情况"),
    ("toc 1", "六、资金使用及绩效情况"),
    ("toc 2", "（一）部门整体支出绩效情况"),
    ("toc 2", "（二）专项资金支出绩效情况"),
    ("toc 1", "七、存在的问题及原因分析"),
    ("toc 1", "八、下一步改进措施"),
    ("toc 1", "九、绩效自评结果拟应用和公开情况"),
    ("toc 1", "十、其他需要说明的情况"),
]
ANNEXES = [
    "附件1　部门整体支出绩效评价基础数据表",
    "附件2　部门整体支出绩效自评表",
    "附件3　项目支出绩效自评表",
    "附件4　部门整体支出绩效评价指标评分表（投入、过程）",
    "附件5　支出情况图",
]


def filled(kind: Kind, path: Path, *pages: str, fields=(), **outline: str) -> Path:
    """The sample with these pages switched on, and with other cells of their rows."""
    rows = tuple({"标题": page, "处理": "列入", **outline} for page in pages)
    sample = Sample(kind.sample.fields | dict(fields), kind.sample.tables | {"提纲": rows})
    build_workbook(kind.form, kind.rules, sample).save(path)
    return path


def numbered(count: int):
    """A finder of pages that says 1, 2, 3."""
    return lambda _: [str(number) for number in range(1, count + 1)]


def front(document: bytes) -> list[tuple[str, str]]:
    """The paragraphs before the title, each with its style; blank ones left out."""
    lines = [(p.style.name, p.text) for p in Document(io.BytesIO(document)).paragraphs]
    return [line for line in lines[: [name for name, _ in lines].index("Title")] if line[1]]


@pytest.fixture
def document(department, tmp_path) -> bytes:
    facts = {"预算编码": "430203", "评价方式": "单位自评"}
    intake = take_in(filled(department, tmp_path / "填报.xlsx", *ALL, fields=facts))
    assert [str(one) for one in intake.checked.findings if one.severity == "error"] == []
    return render_report(department, intake.checked.values)


def test_all_three_come_before_the_title_with_what_they_hold(document):
    made = with_contents(document, numbered(len(HEADINGS) + len(ANNEXES)))
    assert front(made) == [
        ("封面标题", "2022年度芦淞区委统战部整体支出"),
        ("封面标题", "绩效自评报告"),
        ("封面信息行", "预算编码：430203"),
        ("封面信息行", "评价方式：单位自评"),
        ("封面落款", "中共株洲市芦淞区委统战部"),
        ("封面落款", "2023年3月15日"),
        ("整页标题", "目录"),
        *((style, f"{words}\t{n}") for n, (style, words) in enumerate(HEADINGS, 1)),
        ("整页标题", "附件目录"),
        *(("附件目录行", f"{words}\t{n}") for n, words in enumerate(ANNEXES, len(HEADINGS) + 1)),
    ]


def test_a_page_that_nobody_can_tell_stays_blank_until_word_is_asked(document):
    made = with_contents(document, lambda _: [])
    entries = [text for style, text in front(made) if style.startswith("toc")]
    assert entries == [f"{words}\t" for _, words in HEADINGS]
    settings = zipfile.ZipFile(io.BytesIO(made)).read("word/settings.xml")
    assert settings.count(b'<w:updateFields w:val="true"/>') == 1


def test_the_contents_are_one_field_of_words_over_the_marks_of_the_headings(document):
    body = Document(io.BytesIO(with_contents(document, numbered(21)))).element.body
    codes = ["".join(c.text.split()) for c in body.iter(qn("w:instrText"))]
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    own = [name for name in marks if name.startswith("_Toc")]
    assert codes == [
        'TOC\\o"1-2"\\h\\z',
        *(f"PAGEREF{name}\\h" for name in own),
        *(f"PAGEREF附件{number}\\h" for number in range(1, 6)),
    ]
    assert len(own) == len(set(own)) == len(HEADINGS)
    assert [name for name in marks if name.startswith("附件")] == [f"附件{n}" for n in range(1, 6)]
    signs = [sign.get(qn("w:fldCharType")) for sign in body.iter(qn("w:fldChar"))]
    assert signs == [
        *("begin", "separate"),
        *(("begin", "separate", "end") * len(HEADINGS)),
        "end",
        *(("begin", "separate", "end") * 5),
    ]
    assert not list(body.xpath("//w:fldChar[@w:dirty]"))


def sections(document: bytes) -> list[tuple[int, str | None]]:
    """Of each section how many footers it has, and at which number it begins."""
    return [
        (
            len(section._sectPr.findall(qn("w:footerReference"))),
            getattr(section._sectPr.find(qn("w:pgNumType")), "attrib", {}).get(qn("w:start")),
        )
        for section in Document(io.BytesIO(document)).sections
    ]


def test_only_the_text_is_numbered_and_its_first_page_is_1(department, document, sample_file):
    rest = [(2, "1"), (0, None), (0, None), (0, None)]
    assert sections(document) == [(0, None), (0, None), (0, None), *rest]
    values = take_in(sample_file).checked.values
    assert sections(render_report(department, values)) == rest


def test_a_report_without_them_has_nothing_of_them(department, sample_file):
    made = render_report(department, take_in(sample_file).checked.values)
    package = zipfile.ZipFile(io.BytesIO(made))
    assert b"updateFields" not in package.read("word/settings.xml")
    assert b"instrText" not in package.read("word/document.xml")
    assert front(made) == []
    assert with_contents(made, numbered(0)) == made


def test_what_the_clerk_writes_on_a_page_and_its_order_are_his(department, tmp_path):
    path = tmp_path / "填报.xlsx"
    own = (
        {"标题": "（封面）", "处理": "自己写", "正文": "内部资料", "改次序": 9},
        {"标题": "目录", "处理": "列入", "改标题": "目　录"},
        {"标题": "附件目录", "处理": "不印标题"},
    )
    sample = department.sample
    typed = Sample(sample.fields, sample.tables | {"提纲": own})
    build_workbook(department.form, department.rules, typed).save(path)
    made = with_contents(render_report(department, take_in(path).checked.values), numbered(21))
    lines = [text for style, text in front(made) if not style.startswith("toc")]
    assert lines == [
        "目　录",
        *(f"{words}\t{n}" for n, words in enumerate(ANNEXES, 17)),
        "内部资料",
    ]


def test_an_annex_that_the_report_has_not_is_not_listed(department, tmp_path):
    path = filled(department, tmp_path / "填报.xlsx", "附件目录", fields={"附图表": "否"})
    made = render_report(department, take_in(path).checked.values)
    lines = [("附件目录行", f"{words}\t") for words in ANNEXES[:4]]
    assert front(made) == [("整页标题", "附件目录"), *lines]


def test_the_pages_are_those_that_are_printed(convert, department, tmp_path):
    path = filled(department, tmp_path / "填报.xlsx", *ALL)
    made = make_report(take_in(path), tmp_path / "报告.docx").path.read_bytes()
    pages = ["".join(text.split()) for text in page_texts(printed(made, tmp_path, convert))]
    assert not any(page.endswith("—") for page in pages[:3])
    assert pages[3].endswith("—1—")
    text = pages[3:]  # the first of them is page 1
    lines = [line.split("\t") for style, line in front(made) if "\t" in line]
    assert len(lines) == len(HEADINGS) + len(ANNEXES)
    for words, page in lines:
        on_page = "".join(words.split())
        assert on_page in text[int(page) - 1], (words, page)


def test_a_report_with_them_is_read_back_as_one_without(department, tmp_path, sample_file):
    plain = make_report(take_in(sample_file), tmp_path / "无.docx").path
    path = filled(department, tmp_path / "填报2.xlsx", *ALL)
    made = with_contents(render_report(department, take_in(path).checked.values), numbered(21))
    (tmp_path / "有.docx").write_bytes(made)
    read = [read_report(one, department).filled.sample for one in (plain, tmp_path / "有.docx")]
    assert read[0] == read[1]


# a table of contents that somebody put into a template of his own in Word


def of_word(code: str) -> bytes:
    """A document with headings, and Word's own table of contents in several paragraphs."""
    document = empty_document()
    for line in (
        '<w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r>'
        f"<w:instrText>{code}</w:instrText></w:r><w:r>"
        '<w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>旧的一行</w:t>',
        "<w:t>旧的又一行</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        document.element.body.insert(
            len(document.element.body) - 1,
            parse_xml(f"<w:p {nsdecls('w')}><w:r>{line}</w:r></w:p>"),
        )
    document.add_heading("甲", 1)
    document.add_heading("乙", 2)
    document.add_paragraph("正文")
    document.add_heading("丙", 3)
    document.add_paragraph("题", style="Caption")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("code", "entries"),
    [
        (r' TOC \o "1-3" \h ', ["甲\t1", "乙\t2", "丙\t3"]),
        (r' TOC \o "2-2" \h ', ["乙\t1"]),
        (r" TOC \h ", ["甲\t1", "乙\t2", "丙\t3"]),
        (r' TOC \t "Caption,1" ', ["题\t1"]),
        (r' TOC \o "1-1" \t "Caption;2" ', ["甲\t1", "题\t2"]),
    ],
)
def test_it_lists_the_headings_that_it_asks_for(code, entries):
    made = with_contents(of_word(code), numbered(len(entries)))
    lines = [p.text for p in Document(io.BytesIO(made)).paragraphs]
    assert lines == [*entries, "甲", "乙", "正文", "丙", "题"]


def test_one_that_finds_no_heading_is_left_as_it_was():
    old = of_word(r' TOC \o "7-9" ')
    made = with_contents(old, numbered(0))
    assert [p.text for p in Document(io.BytesIO(made)).paragraphs][:2] == ["旧的一行", "旧的又一行"]
