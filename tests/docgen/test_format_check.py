"""Documents held against GB/T 9704-2012: those that conform, and each measure spoiled."""

import json
import subprocess
import sys
import zipfile
from collections import Counter

import docx
import papers
import pytest
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from papers import CENTRE, LEFT, RIGHT, saved
from writing import SPACES

from docgen.official.check import check_document
from docgen.official.model import MEASURES
from docgen.report.report import make_report
from docgen.template.model.errors import TemplateError
from docgen.template.word.package import MOST_PARAGRAPHS
from workbook.checking.intake import take_in
from workbook.checking.kinds import find_kind
from workbook.form.sample import Sample
from workbook.making.build import build_workbook

STANDARD = "GB/T 9704-2012 "
# What the real report of 2022 itself has in half width, and the sample repeats word for word.
COLON = ("punctuation", "“单位名称:中共株洲”", "“单位名称：中共株洲”", "9")
COMMA = ("punctuation", "“方针政策,了解情况”", "“方针政策，了解情况”", "9")


def found(path):
    """Code, found, required and clause of all that deviates."""
    return [
        (one.code, one.found, one.required, one.clause.removeprefix(STANDARD))
        for one in check_document(path)
    ]


WAYS = (papers.direct, papers.chained, papers.themed, papers.numbered, papers.notice)


@pytest.mark.parametrize("way", WAYS)
def test_a_document_that_conforms_has_no_deviation_however_its_format_is_said(tmp_path, way):
    assert found(saved(way(), tmp_path / "公文.docx")) == []


@pytest.mark.parametrize(
    ("kind", "known"), [("department", [COLON, COMMA]), ("project", []), ("project_sichuan", [])]
)
def test_our_own_reports_conform_but_for_what_the_real_text_has_wrong(tmp_path, kind, known):
    of_kind = find_kind(kind)
    book = tmp_path / "填报.xlsx"
    build_workbook(of_kind.form, of_kind.rules, of_kind.sample).save(book)
    intake = take_in(book)
    assert found(make_report(intake, tmp_path / "报告.docx").path) == known
    assert found(make_report(intake, tmp_path / "草稿.docx", draft=True).path) == known


@pytest.mark.parametrize("pages", [("（封面）",), ("（封面）", "目录", "附件目录")])
def test_whole_pages_before_the_title_are_not_held_against_the_norm(department, tmp_path, pages):
    rows = tuple({"标题": page, "处理": "列入"} for page in pages)
    sample = Sample(department.sample.fields, department.sample.tables | {"提纲": rows})
    build_workbook(department.form, department.rules, sample).save(tmp_path / "填报.xlsx")
    assert found(make_report(take_in(tmp_path / "填报.xlsx")).path) == [COLON, COMMA]


def paragraph(document, start):
    return next(one for one in document.paragraphs if one.text.startswith(start))


def words(start, old, new):
    """Other words in the paragraph that begins so, its first run left to them all."""

    def change(document):
        first, *others = paragraph(document, start).runs
        text = "".join(run.text for run in (first, *others))
        assert old in text
        first.text = text.replace(old, new)
        for run in others:
            run.text = ""

    return change


def letters(start, name, size=16):
    """Another font or size in the last run of the paragraph."""
    return lambda document: papers.font(paragraph(document, start).runs[-1], name, size)


def layout(start, **properties):
    def change(document):
        for name, value in properties.items():
            setattr(paragraph(document, start).paragraph_format, name, value)

    return change


def section(number, **properties):
    def change(document):
        for name, value in properties.items():
            setattr(document.sections[number], name, value)

    return change


def footer(**options):
    def change(document):
        for one in (document.sections[0].footer, document.sections[0].even_page_footer):
            for run in one.paragraphs[0].runs:
                run._r.getparent().remove(run._r)
        papers.footers(document.sections[0], **options)

    return change


def no_even_number(document):
    for run in document.sections[0].even_page_footer.paragraphs[0].runs:
        run._r.getparent().remove(run._r)


def no_numbers(document):
    for footers in document.sections[0]._sectPr.findall(qn("w:footerReference")):
        footers.getparent().remove(footers)


def roman(document):
    kind = parse_xml(f'<w:pgNumType {nsdecls("w")} w:fmt="upperRoman"/>')
    document.sections[0]._sectPr.append(kind)


def colour(document):
    paragraph(document, "一、").runs[1].font.color.rgb = RGBColor(0x36, 0x5F, 0x91)


def red_title(document):
    paragraph(document, "某区档案馆关于").runs[0].font.color.rgb = RGBColor(0xFF, 0, 0)


def theme_over_font(document):
    """A theme's font beside another one in the same element: the theme's counts."""
    papers.theme(paragraph(document, "根据").runs[-1], "minorEastAsia")


def style_over_default(document):
    """A character style that says another font and size."""
    made = document.styles.add_style("强调字", 2)
    made.font.size = Pt(18)
    made.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "微软雅黑")
    run = paragraph(document, "全年接收").runs[-1]
    run._r.remove(run._r.rPr)
    run.style = made


PITCH = "固定值 28 至 28.95 磅(每面 22 行)"
A4 = "A4(210×297 毫米)"
MISSING = ("page-number", "没有页码", "版心下边缘之下的页码“— 1 —”", "7.5")
SPOILED = {
    "美国信纸": (
        section(0, page_width=Mm(215.9), page_height=Mm(279.4)),
        [("paper", "216×279 毫米", A4, "5.1")],
    ),
    "B5 附件": (
        section(2, page_width=Mm(182), page_height=Mm(257)),
        [("paper", "182×257 毫米", A4, "5.1")],
    ),
    "文字横排": (
        section(2, page_width=Mm(297), page_height=Mm(210)),
        [("paper", "横向,而这一节没有表格和图", "纵向的 A4", "5.1")],
    ),
    "上边距": (
        section(0, top_margin=Mm(25.4)),
        [("margin", "上 25.4 毫米", "上 37±1 毫米", "5.2.1")],
    ),
    "左边距": (
        section(0, left_margin=Mm(31.8)),
        [("margin", "左 31.8 毫米", "左 28±1 毫米", "5.2.1")],
    ),
    "装订线": (section(0, gutter=Mm(5)), [("margin", "左 33.0 毫米", "左 28±1 毫米", "5.2.1")]),
    "右边距": (
        section(2, right_margin=Mm(20)),
        [("margin", "右 20.0 毫米", "右 26 毫米(版心 156×225 毫米)", "5.2.1")],
    ),
    "横页边距": (
        section(1, left_margin=Mm(25)),
        [("margin", "左 25.0 毫米", "左 35±1 毫米", "5.2.1")],
    ),
    "单倍行距": (layout("根据", line_spacing=1), [("line-pitch", "单倍行距", PITCH, "5.2.3")]),
    "一倍半": (layout("一、", line_spacing=1.5), [("line-pitch", "1.5 倍行距", PITCH, "5.2.3")]),
    "20 磅": (
        layout("2.人员", line_spacing=Pt(20)),
        [("line-pitch", "固定值 20 磅", PITCH, "5.2.3")],
    ),
    "30 磅": (
        layout("2.人员", line_spacing=Pt(30)),
        [("line-pitch", "固定值 30 磅", PITCH, "5.2.3")],
    ),
    "不缩进": (
        layout("根据", first_line_indent=Pt(0)),
        [("indent", "0 字", "左空二字", "7.3.3")],
    ),
    "标题居左": (
        layout("某区档案馆关于", alignment=LEFT),
        [("title-place", "没有居中", "居中", "7.3.1")],
    ),
    "标题黑体": (
        letters("某区档案馆关于", "黑体", 22),
        [("font", "黑体(“关于2022…”)", "小标宋体", "7.3.1")],
    ),
    "标题小二": (
        letters("绩效自评情况", papers.TITLE, 18),
        [("size", "小二(18 磅)(“况的报告”)", "2号(22 磅)", "7.3.1")],
    ),
    "正文宋体": (
        letters("根据", "宋体"),
        [("font", "宋体(“预算绩效管理…”)", "仿宋体", "5.2.2")],
    ),
    "主题字体": (
        theme_over_font,  # which this theme has for Japanese, the language of these settings
        [("font", "ＭＳ 明朝(“预算绩效管理…”)", "仿宋体", "5.2.2")],
    ),
    "字符样式": (
        style_over_default,
        [
            ("font", "微软雅黑(“案5000卷…”)", "仿宋体", "5.2.2"),
            ("size", "小二(18 磅)(“案5000卷…”)", "3号(16 磅)", "5.2.2"),
        ],
    ),
    "正文四号": (
        letters("2.人员", papers.BODY, 14),
        [("size", "4号(14 磅)(“况。行政编制…”)", "3号(16 磅)", "5.2.2")],
    ),
    "一级仿宋": (
        letters("二、", papers.BODY),
        [("font", "仿宋_GB2312(“况”)", "黑体", "7.3.3")],
    ),
    "二级黑体": (
        letters("（一）", "黑体"),
        [("font", "黑体(“设置”)", "楷体", "7.3.3")],
    ),
    "二级小三": (
        letters("（二）", papers.SECOND, 15),
        [("size", "小三(15 磅)(“目标”)", "3号(16 磅)", "5.2.2")],
    ),
    "附件仿宋": (
        letters("附件1", "仿宋"),
        [("font", "仿宋(“附件1”)", "黑体", "7.3.7")],
    ),
    "附件正文": (
        letters("自评工作", "宋体"),
        [("font", "宋体(“自评工作由办…”)", "仿宋体", "5.2.2")],
    ),
    "蓝字": (colour, [("color", "#365F91(“况”)", "黑色", "5.2.4")]),
    "红标题": (
        red_title,
        [("color", "#FF0000(“某区档案馆”)", "黑色", "5.2.4")],
    ),
    "跳号": (words("二、", "二、", "三、"), [("heading-number", "“三、”", "“二、”", "7.3.3")]),
    "重号": (words("二、", "二、", "一、"), [("heading-number", "“一、”", "“二、”", "7.3.3")]),
    "二级跳号": (
        words("（二）绩", "（二）", "（三）"),
        [("heading-number", "“（三）”", "“（二）”", "7.3.3")],
    ),
    "四级跳号": (
        words("（2）", "（2）", "（3）"),
        [("heading-number", "“（3）”", "“（2）”", "7.3.3")],
    ),
    "一级用点": (words("二、", "二、", "二."), [("heading-form", "“二.”", "“二、”", "7.3.3")]),
    "一级用数字": (words("二、", "二、", "2、"), [("heading-form", "“2、”", "“二、”", "7.3.3")]),
    "二级半角": (
        words("（一）", "（一）", "(一)"),
        [("heading-form", "“(一)”", "“（一）”", "7.3.3")],
    ),
    "二级加顿号": (
        words("（一）", "（一）", "（一）、"),
        [("heading-form", "“（一）、”", "“（一）”", "7.3.3")],
    ),
    "三级用顿号": (words("2.人", "2.", "2、"), [("heading-form", "“2、”", "“2.”", "7.3.3")]),
    "四级半括号": (
        words("（1）", "（1）", "1）"),
        [("heading-form", "“1）”", "“（1）”", "7.3.3")],
    ),
    "缺三级": (
        words("1.内设", "1.", ""),
        [
            ("heading-level", "“（1）”,上面没有“1.”一层", "“1.”,其下才是“（1）”", "7.3.3"),
            ("heading-number", "“2.”", "“1.”", "7.3.3"),
        ],
    ),
    "缺一级": (
        words("一、", "一、基本情况", "现将有关情况报告如下。"),
        [
            ("font", "黑体(“现将有关情况…”)", "仿宋体", "5.2.2"),
            ("heading-level", "“（一）”,上面没有“一、”一层", "“一、”,其下才是“（一）”", "7.3.3"),
            ("heading-number", "“二、”", "“一、”", "7.3.3"),
        ],
    ),
    "没有页码": (
        no_numbers,
        2 * [MISSING],
    ),
    "双页没有": (
        no_even_number,
        [MISSING],
    ),
    "罗马数字": (roman, 2 * [("page-number", "upperRoman 格式的编号", "阿拉伯数字", "7.5")]),
    "短横线": (footer(words="- {} -"), 2 * [("page-number-dash", "“- 1 -”", "“— 1 —”", "7.5")]),
    "只有数字": (footer(words="{}"), 2 * [("page-number-dash", "“1”", "“— 1 —”", "7.5")]),
    "第几页": (footer(words="第{}页"), 2 * [("page-number-dash", "“第1页”", "“— 1 —”", "7.5")]),
    "页码字体": (
        footer(name="Times New Roman"),
        2 * [("page-number-font", "Times New Roman", "宋体", "7.5")],
    ),
    "页码字号": (footer(size=9), 2 * [("page-number-size", "小五(9 磅)", "4号(14 磅)", "7.5")]),
    "页码居中": (
        footer(sides=(CENTRE, CENTRE)),
        [
            ("page-number-side", "居中", "居右空一字", "7.5"),
            ("page-number-side", "居中", "居左空一字", "7.5"),
        ],
    ),
    "页码左右反": (
        footer(sides=(LEFT, RIGHT)),
        [
            ("page-number-side", "居左", "居右空一字", "7.5"),
            ("page-number-side", "居右", "居左空一字", "7.5"),
        ],
    ),
    "不分单双页": (
        lambda document: setattr(document.settings, "odd_and_even_pages_header_footer", False),
        [("page-number-side", "每页都居右", "单页居右空一字,双页居左空一字", "7.5")],
    ),
    "日期虚位": (
        words("2023年", "3月15日", "03月05日"),
        [("date", "“2023年03月05日”", "“2023年3月5日”", "7.3.5.4")],
    ),
    "日期汉字": (
        words("2023年", "2023年3月15日", "二〇二三年三月十五日"),
        [("date", "“二〇二三年三月十五日”", "“2023年3月15日”", "7.3.5.4")],
    ),
    "日期用点": (
        words("2023年", "2023年3月15日", "2023.3.15"),
        [("date", "“2023.3.15”", "“2023年3月15日”", "7.3.5.4")],
    ),
    "日期不全": (
        words("2023年", "15日", ""),
        [("date", "“2023年3月”", "年、月、日标全,如 2023年3月15日", "7.3.5.4")],
    ),
    "日期空着": (
        words("2023年", "3月15日", "　月　日"),
        [("date", "“2023年月日”", "年、月、日标全,如 2023年3月15日", "7.3.5.4")],
    ),
    "文中虚位": (
        words("全年", "全年", "2022年01月起，"),
        [("date", "“2022年01月”", "“2022年1月”", "7.3.5.4")],
    ),
    "方括号": (
        words("根据", "〔2022〕", "[2022]"),
        [("document-number", "“某财发[2022]7号”", "“某财发〔2022〕7号”", "7.2.5")],
    ),
    "圆括号": (
        words("根据", "〔2022〕", "（2022）"),
        [("document-number", "“某财发（2022）7号”", "“某财发〔2022〕7号”", "7.2.5")],
    ),
    "文号虚位": (
        words("根据", "〕7号", "〕第07号"),
        [("document-number", "“某财发〔2022〕第07号”", "“某财发〔2022〕7号”", "7.2.5")],
    ),
    "附件一": (
        words("附件1", "附件1", "附件一"),
        [("annex-mark", "“附件一”", "单独一行的“附件1”,用阿拉伯数字,不加标点", "7.3.7")],
    ),
    "附件冒号": (
        words("附件2", "附件2", "附件2："),
        [("annex-mark", "“附件2：”", "单独一行的“附件2”,用阿拉伯数字,不加标点", "7.3.7")],
    ),
    "附件空二字": (
        layout("附件1", first_line_indent=Pt(32)),
        [("annex-mark", "没有顶格", "顶格编排在版心左上角第一行", "7.3.7")],
    ),
    "附件号": (words("附件2", "2", "3"), [("annex-order", "“附件3”", "“附件2”", "7.3.7")]),
    "附件不另面": (
        section(2, start_type=WD_SECTION.CONTINUOUS),
        [("annex-page", "接在正文后面", "另面编排", "7.3.7")],
    ),
    "附件说明半角": (
        words("附件：", "附件：", "附件:"),
        [("annex-note", "“附件:”", "“附件：”", "7.3.4")],
    ),
    "附件说明句号": (
        words("2.自评说明", "说明", "说明。"),
        [("annex-note", "“.自评说明。”", "附件名称后不加标点", "7.3.4")],
    ),
    "逗号": (
        words("根据", "要求，", "要求,"),
        [("punctuation", "“号）要求,我单位对”", "“号）要求，我单位对”", "9")],
    ),
    "冒号": (
        words("1.基本", "其中：", "其中:"),
        [("punctuation", "“元，其中:人员经费”", "“元，其中：人员经费”", "9")],
    ),
    "句点": (
        words("2.项目", "结余。", "结余."),
        [("punctuation", "“转和结余.”", "“转和结余。”", "9")],
    ),
    "直引号": (
        words("1.基本", "公用经费", '"公用经费"'),
        [
            ("punctuation", '“4万元，"公用经费”', "“4万元，“公用经费”", "9"),
            ("punctuation", '“公用经费"23.7”', "“公用经费”23.7”", "9"),
        ],
    ),
    "表中逗号": (
        lambda document: setattr(document.tables[0].cell(0, 1), "text", "金额,万元"),
        [("punctuation", "“金额,万元”", "“金额，万元”", "9")],
    ),
}


@pytest.mark.parametrize(("spoil", "expected"), SPOILED.values(), ids=SPOILED)
def test_one_measure_spoiled_is_found_and_nothing_else(tmp_path, spoil, expected):
    document = papers.direct()
    spoil(document)
    assert found(saved(document, tmp_path / "公文.docx")) == expected


def test_a_hanging_of_nothing_takes_a_styles_first_line_away(tmp_path):
    document = papers.notice()
    mark = next(one for one in document.paragraphs if one.text == "附件")
    indent = mark._p.pPr.find(qn("w:ind"))
    indent.attrib.clear()
    indent.set(qn("w:hanging"), "0")
    assert found(saved(document, tmp_path / "公文.docx")) == []


def test_each_measure_is_spoiled_in_a_test():
    assert {code for _, expected in SPOILED.values() for code, *_ in expected} == set(MEASURES)


def grid(document):
    document.sections[0]._sectPr.find(qn("w:docGrid")).set(qn("w:linePitch"), "312")


def theme_font(document):
    part = next(one for one in document.part.package.iter_parts() if "theme" in one.partname)
    part._blob = part.blob.replace("黑体".encode(), "等线".encode())


def style_of_a_style(name, size):
    return lambda document: setattr(document.styles[name].font, "size", Pt(size))


def style_indent(document):
    document.styles["公文正文"].element.pPr.find(qn("w:ind")).set(qn("w:firstLineChars"), "0")
    document.styles["公文正文"].element.pPr.find(qn("w:ind")).set(qn("w:firstLine"), "0")


@pytest.mark.parametrize(
    ("way", "spoil", "expected"),
    [
        (papers.themed, grid, {"line-pitch": 17}),
        (papers.themed, theme_font, {"font": 2}),
        (papers.chained, style_of_a_style("一级", 15), {"size": 2}),
        (papers.chained, style_of_a_style("公文标题行", 15), {"size": 4}),
        (papers.chained, style_indent, {"indent": 8}),
    ],
)
def test_what_a_theme_a_grid_or_a_style_spoils_is_found_wherever_it_reaches(
    tmp_path, way, spoil, expected
):
    document = way()
    spoil(document)
    codes = [code for code, *_ in found(saved(document, tmp_path / "公文.docx"))]
    assert Counter(codes) == expected


BOXES = {
    "drawing": """<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0"
        simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">
        <wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:align>{side}</wp:align>
        </wp:positionH><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{number}
        </w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>
        </w:r>""",
    "vml": """<w:r><w:pict><v:shape style="position:absolute;mso-position-horizontal:{side}">
        <v:textbox><w:txbxContent>{number}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>""",
}
NUMBER = """<w:p><w:r><w:rPr><w:rFonts w:ascii="SimSun"/><w:sz w:val="28"/></w:rPr>
    <w:t>— </w:t></w:r><w:r><w:rPr><w:rFonts w:ascii="SimSun"/><w:sz w:val="28"/></w:rPr>
    <w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>
    <w:r><w:fldChar w:fldCharType="separate"/></w:r>
    <w:r><w:rPr><w:rFonts w:ascii="SimSun"/><w:sz w:val="28"/></w:rPr><w:t>1</w:t></w:r>
    <w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t> —</w:t></w:r></w:p>"""


@pytest.mark.parametrize("kind", BOXES)
@pytest.mark.parametrize(("side", "told"), [("outside", []), ("center", ["每页都居中"])])
def test_a_page_number_in_a_box_stands_where_the_box_does(tmp_path, kind, side, told):
    document = papers.direct()
    document.settings.odd_and_even_pages_header_footer = False
    first = document.sections[0].footer.paragraphs[0]
    for run in first.runs:
        run._r.getparent().remove(run._r)
    names = " ".join(f'xmlns:{name}="{uri}"' for name, uri in SPACES.items())
    wps = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    box = BOXES[kind].format(side=side, number=NUMBER)
    first._p.append(parse_xml(box.replace("<w:r>", f"<w:r {names} {wps}>", 1)))
    assert [what for _, what, *_ in found(saved(document, tmp_path / "公文.docx"))] == told


@pytest.mark.parametrize(
    "text",
    [
        "比例为3:2，会议9:30开始，详见http://a.cn/b，得分98.5分，共1,234.50万元，占71.4%。",
        "按照GB/T 9704-2012的要求，采用Word,Excel等软件，版本为v2.1（正式版），面积为120m(2)。",
        "（2023）湘0203民初12号民事判决书已经生效，涉及（2022）1号楼，双方均未在法定期限内上诉。",
        "2022年12月10日至2023年1月5日，共接待10月以来的来访20批，其中：集体访2批、个人访18批。",
    ],
)
def test_half_width_signs_that_belong_there_are_left_alone(tmp_path, text):
    document = papers.direct()
    words("根据", papers.LONG, text)(document)
    assert found(saved(document, tmp_path / "公文.docx")) == []


def test_hidden_deleted_and_moved_words_do_not_print(tmp_path):
    document = papers.direct()
    element = paragraph(document, "全年")._p
    added = paragraph(document, "全年").add_run("隐藏,文字")
    papers.font(added, "宋体", 10)
    added.font.hidden = True
    names = nsdecls("w")
    element.append(
        parse_xml(
            f'<w:moveFrom {names} w:id="901" w:author="a" w:date="2023-01-01T00:00:00Z">'
            "<w:r><w:t>移走,文字</w:t></w:r></w:moveFrom>"
        )
    )
    element.append(
        parse_xml(
            f'<w:del {names} w:id="902" w:author="a" w:date="2023-01-01T00:00:00Z">'
            "<w:r><w:delText>删去,文字</w:delText></w:r></w:del>"
        )
    )
    assert found(saved(document, tmp_path / "公文.docx")) == []


def gouji(folder, *arguments):
    run = subprocess.run(
        [sys.executable, "-m", "gouji", "format-check", *arguments],
        cwd=folder, capture_output=True, check=False,
    )  # fmt: skip
    return run.stdout.decode(), run.stderr.decode(), run.returncode


def test_the_command_tells_all_in_lines_in_json_and_in_a_commented_copy(tmp_path):
    document = papers.direct()
    words("根据", "要求，", "要求,")(document)
    original = saved(document, tmp_path / "公文.docx").read_bytes()
    sentence = (
        "第 4 段“根据《某区预算绩效管理办…”:标点不合。现在“号）要求,我单位对”,"
        "应为“号）要求，我单位对”(GB/T 9704-2012 9)。请把半角标点改成全角。"
    )
    lines = f"{sentence}\n公文.docx:有 1 处不合 GB/T 9704-2012。\n批注副本:批注.docx\n"
    assert gouji(tmp_path, "公文.docx", "--annotate", "批注.docx") == (lines, "", 1)
    (comment,) = docx.Document(str(tmp_path / "批注.docx")).comments
    assert (comment.author, comment.text) == ("勾稽", sentence)
    assert (tmp_path / "公文.docx").read_bytes() == original
    out, err, status = gouji(tmp_path, "公文.docx", "--json")
    assert (err, status) == ("", 1)
    assert json.loads(out) == {
        "file": "公文.docx",
        "ok": False,
        "findings": [
            {
                "place": "第 4 段“根据《某区预算绩效管理办…”",
                "code": "punctuation",
                "found": "“号）要求,我单位对”",
                "required": "“号）要求，我单位对”",
                "clause": "GB/T 9704-2012 9",
                "text": sentence,
            }
        ],
    }


def test_the_command_says_that_a_document_conforms_and_why_a_file_cannot_be_read(tmp_path):
    saved(papers.direct(), tmp_path / "公文.docx")
    (tmp_path / "公文.pdf").write_bytes(b"%PDF-1.7\n%%EOF")
    (tmp_path / "公文.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    assert gouji(tmp_path, "公文.docx") == ("公文.docx:合乎 GB/T 9704-2012。\n", "", 0)
    out, err, status = gouji(tmp_path, "公文.docx", "--json")
    assert (json.loads(out), err, status) == (
        {"file": "公文.docx", "ok": True, "findings": []},
        "",
        0,
    )
    assert [gouji(tmp_path, name) for name in ("公文.pdf", "公文.doc", "没有.docx")] == [
        (
            "",
            "公文.pdf:是 PDF,里面没有 Word 的段落、样式和标签。"
            "请用印出它的那份 Word 文档(.docx)。\n",
            2,
        ),
        ("", "公文.doc:是加密文档或旧的 .doc 文档。请去掉密码,另存为 .docx 再用。\n", 2),
        ("", "没有这个文件:没有.docx\n", 2),
    ]


def test_many_of_the_same_are_told_once_with_all_their_places(tmp_path):
    document = papers.direct()
    for one in document.paragraphs[3:15]:
        one.paragraph_format.line_spacing = Pt(30)
    saved(document, tmp_path / "公文.docx")
    lines = gouji(tmp_path, "公文.docx")[0].splitlines()
    assert len(lines) == 13
    assert lines[0].endswith("改成固定值。这样的还有 11 处:")
    assert lines[1::10] == ["    · 第 5 段“一、基本情况”", "    · 第 15 段“2.项目支出69.75万…”"]
    assert lines[-1] == "公文.docx:有 12 处不合 GB/T 9704-2012。"


def test_a_document_of_more_paragraphs_than_anybody_types_is_refused(tmp_path):
    body = "<w:p/>" * 2 * (MOST_PARAGRAPHS + 2)
    path = saved(papers.direct(), tmp_path / "空段.docx")
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    main = parts["word/document.xml"].decode()
    parts["word/document.xml"] = main.replace("<w:body>", f"<w:body>{body}").encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    with pytest.raises(TemplateError) as refused:
        check_document(path)
    assert [one.code for one in refused.value.faults] == ["too-large"]
