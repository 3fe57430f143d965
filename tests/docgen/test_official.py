"""The official format, in the values that Word reads and on the pages that come out."""

import importlib.util
import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from printed import page_texts, printed

from docgen import norm
from docgen.new_document import new_document
from docgen.report.report import make_report
from workbook.checking.intake import take_in

ROOT = Path(__file__).resolve().parents[2]


def saved(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def parts(document: bytes) -> dict[str, str]:
    archive = zipfile.ZipFile(io.BytesIO(document))
    return {name: archive.read(name).decode() for name in archive.namelist()}


def attributes(element) -> dict[str, str]:
    return {name.split("}")[1]: value for name, value in element.attrib.items()}


def said(properties) -> dict[str, dict[str, str]]:
    """What a w:pPr, w:rPr or w:sectPr says: attributes by element."""
    return {child.tag.split("}")[1]: attributes(child) for child in properties}


def one_font(name: str) -> dict[str, str]:
    return dict.fromkeys(("ascii", "eastAsia", "hAnsi", "cs"), name) | {"hint": "eastAsia"}


def test_the_page_is_a4_with_22_lines_of_28_characters():
    section = said(new_document().sections[0]._sectPr)
    assert {name: section[name] for name in ("pgSz", "pgMar", "docGrid")} == {
        "pgSz": {"w": "11906", "h": "16838"},
        "pgMar": {
            "top": "2098",
            "right": "1474",
            "bottom": "1984",
            "left": "1587",
            "header": "850",
            "footer": "1423",
            "gutter": "0",
        },
        "docGrid": {"type": "linesAndChars", "linePitch": "579", "charSpace": "-842"},
    }


def test_the_grid_holds_28_characters_and_22_lines_and_no_more():
    width, height = (11906 - 1587 - 1474) / 20, (16838 - 2098 - 1984) / 20
    pitch = norm.SIZE_3 + norm.CHARACTER_SPACE / 4096
    assert 28 * pitch <= width < 29 * pitch
    letter = norm.SIZE_3 + norm.LETTER_SPACING / 20
    assert 28 * letter <= width < 29 * letter
    assert 22 * norm.LINE_PITCH / 20 <= height < 23 * norm.LINE_PITCH / 20
    assert norm.LINE_PITCH / 20 == 28.95


def test_the_body_is_justified_fangsong_indented_by_two_characters():
    normal = new_document().styles["Normal"].element
    assert said(normal.pPr) == {
        "widowControl": {"val": "0"},
        "autoSpaceDE": {"val": "0"},
        "autoSpaceDN": {"val": "0"},
        "snapToGrid": {"val": "0"},
        "spacing": {"before": "0", "after": "0", "line": "579", "lineRule": "exact"},
        "ind": {
            "leftChars": "0",
            "left": "0",
            "rightChars": "0",
            "right": "0",
            "firstLineChars": "200",
            "firstLine": "632",
        },
        "jc": {"val": "both"},
    }
    assert said(normal.rPr) == {
        "rFonts": one_font("仿宋_GB2312"),
        "snapToGrid": {"val": "0"},
        "spacing": {"val": "-6"},
        "sz": {"val": "32"},
        "szCs": {"val": "32"},
    }


@pytest.mark.parametrize(
    ("style", "font"),
    [("Heading 1", "黑体"), ("Heading 2", "楷体_GB2312"), ("Heading 3", "仿宋_GB2312")],
)
def test_a_heading_is_the_body_in_its_own_font_kept_with_the_next_line(style, font):
    styles = new_document().styles
    heading, normal = styles[style].element, styles["Normal"].element
    level = {"outlineLvl": {"val": str(int(style[-1]) - 1)}}
    assert said(heading.pPr) == {"keepNext": {}, "keepLines": {}, **said(normal.pPr), **level}
    assert said(heading.rPr) == said(normal.rPr) | {"rFonts": one_font(font)}
    link = heading.find(qn("w:link"))
    assert attributes(link) == {"val": f"{heading.styleId}Char"}


def test_the_heading_words_inside_a_paragraph_have_the_linked_style():
    styles = new_document().styles
    linked = styles["Heading 3 Char"].element
    assert said(linked.rPr) == said(styles["Heading 3"].element.rPr)
    assert linked.find(qn("w:link")).get(qn("w:val")) == "Heading3"


def test_the_title_is_centred_xiaobiaosong_of_22_points():
    title = new_document().styles["Title"].element
    assert said(title.pPr)["jc"] == {"val": "center"}
    assert said(title.pPr)["ind"]["firstLineChars"] == "0"
    assert said(title.rPr) == {
        "rFonts": one_font("方正小标宋简体"),
        "snapToGrid": {"val": "0"},
        "spacing": {"val": "0"},
        "sz": {"val": "44"},
        "szCs": {"val": "44"},
    }


@pytest.mark.parametrize(
    ("style", "align", "indents", "before"),
    [
        ("署名", "center", {"leftChars": "1350", "left": "4265"}, "1158"),
        ("长署名", "right", {"rightChars": "400", "right": "1264"}, "1158"),
        ("成文日期", "right", {"rightChars": "400", "right": "1264"}, "0"),
        ("抬头", "both", {}, "579"),
    ],
)
def test_signature_date_and_addressee_stand_where_the_norm_wants_them(
    style, align, indents, before
):
    layout = said(new_document().styles[style].element.pPr)
    flat = dict.fromkeys(
        ("leftChars", "left", "rightChars", "right", "firstLineChars", "firstLine"), "0"
    )
    assert (layout["jc"]["val"], layout["ind"]) == (align, flat | indents)
    assert layout["spacing"]["before"] == before


def test_the_note_of_annexes_hangs_under_the_first_letter_of_an_annex():
    assert said(new_document().styles["附件说明"].element.pPr)["ind"] == {
        "leftChars": "200",
        "left": "1895",
        "rightChars": "0",
        "right": "0",
        "hangingChars": "400",
        "hanging": "1264",
    }


def test_nothing_is_bold_slanted_coloured_or_taken_from_a_theme():
    styles = parts(saved(new_document()))["word/styles.xml"]
    assert not re.search(r"<w:(b|i|bCs|iCs)[ />]|Theme", styles)
    assert set(re.findall(r'w:color w:val="(\w+)"', styles)) == {"000000"}
    assert '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>' in styles


@pytest.mark.parametrize(("footer", "side"), [("footer", "right"), ("even_page_footer", "left")])
def test_the_page_number_stands_between_dashes_one_character_from_the_outer_edge(footer, side):
    (paragraph,) = getattr(new_document().sections[0], footer).paragraphs
    assert paragraph.text == "— 1 —"
    assert paragraph._p.xpath("string(.//w:instrText)") == " PAGE "
    assert said(paragraph._p.pPr) == {
        "pStyle": {"val": "Footer"},
        "ind": {f"{side}Chars": "100", side: "280"},
        "jc": {"val": side},
    }
    style = new_document().styles["Footer"].element
    assert said(style.rPr)["rFonts"] == one_font("宋体")
    assert said(style.rPr)["sz"] == {"val": "28"}


def test_the_settings_are_those_of_a_chinese_document_of_today():
    settings = new_document().settings.element
    assert {"evenAndOddHeaders", "compat", "themeFontLang"} <= said(settings).keys()
    modes = {
        mode.get(qn("w:name")): mode.get(qn("w:val"))
        for mode in settings.iter(qn("w:compatSetting"))
    }
    assert modes["compatibilityMode"] == "15"


def test_each_font_names_another_for_machines_without_it():
    fonts = parts(saved(new_document()))["word/fontTable.xml"]
    assert dict(re.findall(r'w:name="(.+?)"><w:altName w:val="(.+?)"', fonts)) == {
        "方正小标宋简体": "华文中宋",
        "仿宋_GB2312": "仿宋",
        "黑体": "SimHei",
        "楷体_GB2312": "楷体",
        "宋体": "SimSun",
    }


def test_the_package_holds_nothing_that_the_report_does_not_need():
    document = parts(saved(new_document()))
    assert set(document) == {
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/fontTable.xml",
        "word/footer1.xml",
        "word/footer2.xml",
        "word/settings.xml",
        "word/styles.xml",
    }
    assert re.findall(r"<(dc\w*:\w+)>(.*?)<", document["docProps/core.xml"]) == [
        ("dc:language", "zh-CN")
    ]


@pytest.fixture(scope="module")
def build_templates():
    path = ROOT / "tools" / "build_templates.py"
    spec = importlib.util.spec_from_file_location("build_templates", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_templates_are_what_their_script_builds(build_templates):
    for place, content in build_templates.templates().items():
        kept = (ROOT / place).read_bytes()
        assert parts(kept) == parts(content), "run python tools/build_templates.py"


def test_a_template_has_the_same_bytes_at_every_build(build_templates):
    assert build_templates.templates() == build_templates.templates()


@pytest.fixture(scope="module")
def report(sample_bytes, tmp_path_factory):
    """The sample's report."""
    book = tmp_path_factory.mktemp("report") / "填报.xlsx"
    book.write_bytes(sample_bytes)
    return docx.Document(str(make_report(take_in(book)).path))


def test_the_report_is_headed_by_the_official_outline(report):
    headings = [
        (paragraph.style.name, paragraph.text)
        for paragraph in report.paragraphs
        if paragraph.style.name in ("Heading 1", "Heading 2")
    ]
    assert headings == [
        ("Heading 1", "一、基本情况"),
        ("Heading 2", "（一）单位基本情况"),
        ("Heading 2", "（二）区委统战部2022年整体支出绩效目标"),
        ("Heading 1", "二、一般公共预算支出情况"),
        ("Heading 2", "（一）基本支出情况"),
        ("Heading 2", "（二）项目支出情况"),
        ("Heading 1", "三、政府性基金预算支出情况"),
        ("Heading 1", "四、国有资本经营预算支出情况"),
        ("Heading 1", "五、社会保险基金预算支出情况"),
        ("Heading 1", "六、资金使用及绩效情况"),
        ("Heading 2", "（一）部门整体支出绩效情况"),
        ("Heading 2", "（二）专项资金支出绩效情况"),
        ("Heading 1", "七、存在的问题及原因分析"),
        ("Heading 1", "八、下一步改进措施"),
        ("Heading 1", "九、绩效自评结果拟应用和公开情况"),
        ("Heading 1", "十、其他需要说明的情况"),
    ]


def test_heading_words_before_a_text_stay_in_its_paragraph(report):
    (paragraph,) = (one for one in report.paragraphs if one.text.startswith("3.机构设置。"))
    runs = [(run.style.name, run.text) for run in paragraph.runs]
    heading = "".join(text for style, text in runs if style == "Heading 3 Char")
    others = {style for style, _ in runs} - {"Heading 3 Char"}
    assert (paragraph.style.name, heading) == ("Normal", "3.机构设置。")
    assert others == {"Default Paragraph Font"}


def test_three_full_pages_are_printed_with_22_lines_of_28_characters(tmp_path, convert):
    document = new_document()
    document.add_paragraph("正" * (3 * 22 * 28 - 2))
    pages = [
        [line for line in page.splitlines() if line.strip()]
        for page in page_texts(printed(saved(document), tmp_path, convert))
    ]
    numbers = [page.pop() for page in pages]
    assert [number.replace(" ", "") for number in numbers] == ["—1—", "—2—", "—3—"]
    assert [number.startswith(" " * 20) for number in numbers] == [True, False, True]
    assert [len(page) for page in pages] == [22, 22, 22]
    assert [len(line.strip()) for page in pages for line in page] == [26] + [28] * 65
