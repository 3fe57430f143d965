"""Official documents as clerks make them: the same text, its format said in one way or another."""

import io
import re

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from empty_document import empty_document

TITLE, BODY, FIRST, SECOND = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
CENTRE, LEFT, RIGHT = (
    WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
)  # fmt: skip
LONG = (
    "根据《某区预算绩效管理办法》（某财发〔2022〕7号）要求，"
    "我单位对2022年度整体支出开展了绩效自评。"
)  # What each paragraph is, and its words.
TEXT = (
    ("title", "某区档案馆关于2022年度整体支出"),
    ("title", "绩效自评情况的报告"),
    ("addressee", "某区财政局："),
    ("body", LONG),
    ("first", "一、基本情况"),
    ("second", "（一）机构设置"),
    (
        "body",
        "1.内设机构。本馆内设办公室、保管利用科等3个科室，下设1个所属事业单位，均已独立核算。",
    ),
    (
        "body",
        "（1）办公室负责文电、会务、机要、财务等日常运转工作，并承担本馆的政务公开和新闻宣传。",
    ),
    ("body", "（2）保管利用科负责档案的接收、整理、保管和提供利用，并承担档案数字化的日常工作。"),
    ("body", "2.人员情况。行政编制7名，在职人员7人，退休人员3人，均由财政全额供给，没有超编情况。"),
    ("second", "（二）绩效目标"),
    ("body", "全年接收档案5000卷，数字化率达到95%以上；接待查档1200人次，群众满意度达到90%以上。"),
    ("first", "二、支出情况"),
    ("body", "1.基本支出195.49万元，其中：人员经费171.74万元，公用经费23.75万元，均按预算执行。"),
    ("body", "2.项目支出69.75万元，主要用于档案数字化、库房改造和查档服务，年末没有结转和结余。"),
    ("note", "附件：1.基础数据表"),
    ("note", "2.自评说明"),
    ("signature", "某区档案馆"),
    ("date", "2023年3月15日"),
)
ANNEX = (
    "自评工作由办公室牵头，各科室提供依据，按照指标逐项打分，并经馆长办公会审定后按时报送区财政局。"
)
NUMBERS = [re.compile(one) for one in ("[一二]、", "（[一二]）", r"\d\.", r"（\d）")]
FONTS = {"title": TITLE, "first": FIRST, "second": SECOND, "annex": FIRST}


def empty() -> Document:
    """A document without text, on the page of the norm."""
    document = empty_document()
    document._body.clear_content()
    page(document.sections[0])
    document.settings.odd_and_even_pages_header_footer = True
    return document


def page(section, lying: bool = False) -> None:
    width, height = (297, 210) if lying else (210, 297)
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    top, bottom, left, right = (28, 26, 35, 37) if lying else (37, 35, 28, 26)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)


def font(run, name: str, size: float = 16) -> None:
    run.font.size = Pt(size)
    run.font.name = "Times New Roman"
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def footers(section, sides=(RIGHT, LEFT), words="— {} —", name="宋体", size=14) -> None:
    """`— 1 —` on odd and on even pages."""
    for footer, side in zip((section.footer, section.even_page_footer), sides, strict=True):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        before, _, after = words.partition("{}")
        for text in (before, "PAGE", after):
            run = paragraph.add_run("" if text == "PAGE" else text)
            run.font.size, run.font.name = Pt(size), name
            if text == "PAGE":
                field(run)


def field(run) -> None:
    for kind in ("begin", " PAGE ", "separate", "1", "end"):
        if kind == " PAGE ":
            one = OxmlElement("w:instrText")
            one.text = kind
        elif kind == "1":
            one = OxmlElement("w:t")
            one.text = kind
        else:
            one = OxmlElement("w:fldChar")
            one.set(qn("w:fldCharType"), kind)
        run._r.append(one)


def laid(paragraph, what: str) -> None:
    """The layout of a paragraph of that kind, said by the paragraph itself."""
    layout = paragraph.paragraph_format
    layout.line_spacing, layout.space_after = Pt(28), Pt(0)
    if what == "title":
        paragraph.alignment = CENTRE
        layout.line_spacing = Pt(35)
    elif what in ("signature", "date"):
        paragraph.alignment = RIGHT
    elif what not in ("addressee", "annex"):
        layout.first_line_indent = Pt(32)


def direct() -> Document:
    """Everything said by each paragraph and run, all in the style Normal."""
    document = empty()
    for what, words in TEXT:
        paragraph = document.add_paragraph()
        laid(paragraph, what)
        # Word cuts runs as it likes.
        for piece in (words[:5], words[5:]):
            font(paragraph.add_run(piece), FONTS.get(what, BODY), 22 if what == "title" else 16)
    footers(document.sections[0])
    annexes(document)
    return document


def annexes(document: Document) -> None:
    """A table on a page that lies, and a text on one that stands, in sections of their own."""
    page(document.add_section(WD_SECTION.NEW_PAGE), lying=True)
    annex_head(document, "附件1", "基础数据表")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ("项目", "金额(万元)", "基本支出", "195.49"), strict=True):
        cell.text = words.replace("(", "（").replace(")", "）")
    page(document.add_section(WD_SECTION.NEW_PAGE))
    annex_head(document, "附件2", "自评说明")
    paragraph = document.add_paragraph()
    laid(paragraph, "body")
    font(paragraph.add_run(ANNEX), BODY)


def annex_head(document: Document, mark: str, title: str) -> None:
    paragraph = document.add_paragraph()
    laid(paragraph, "annex")
    font(paragraph.add_run(mark), FIRST)
    paragraph = document.add_paragraph()
    paragraph.alignment = CENTRE
    font(paragraph.add_run(title), TITLE, 22)


def chained() -> Document:
    """Styles, each based on another that says the rest; heading words in a character style."""
    document = empty()
    body = style(document, "公文", None, BODY, 16)
    body.paragraph_format.line_spacing = Pt(28.5)
    body.paragraph_format.space_after = Pt(0)
    indented = style(document, "公文正文", body)
    indented.element.get_or_add_pPr().append(
        parse_xml(f'<w:ind {nsdecls("w")} w:firstLineChars="200" w:firstLine="640"/>')
    )
    heading = style(document, "公文标题行", indented)
    made = {
        "title": style(document, "大标题", body, TITLE, 22),
        "first": style(document, "一级", heading, FIRST),
        "second": style(document, "二级", heading, SECOND),
        "annex": style(document, "附件行", body, FIRST),
    }
    made["title"].paragraph_format.alignment = CENTRE
    for what, words in TEXT:
        usual = body if what in ("addressee", "signature", "date") else indented
        paragraph = document.add_paragraph(words, made.get(what, usual))
        if what in ("signature", "date"):
            paragraph.alignment = RIGHT
    footers(document.sections[0])
    document.add_page_break()
    document.add_paragraph("附件1", made["annex"])
    document.add_paragraph("基础数据表", made["title"])
    document.add_table(rows=1, cols=2)
    return document


def style(document, name, base, eastern=None, size=None):
    made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    made.base_style = base
    if eastern:
        made.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), eastern)
    if size:
        made.font.size = Pt(size)
    return made


def themed() -> Document:
    """仿宋 and 黑体 named by the theme alone, single lines on the grid, blanks for indents."""
    document = empty()
    part = next(p for p in document.part.package.iter_parts() if p.partname.endswith("theme1.xml"))
    content = part.blob.decode()
    for size, eastern in (("major", FIRST), ("minor", "仿宋")):
        content = re.sub(
            rf'(<a:{size}Font>.*?<a:ea typeface=")"', rf'\g<1>{eastern}"', content, flags=re.S
        )
    part._blob = content.encode()
    fonts = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:rFonts')}")
    fonts.set(qn("w:eastAsiaTheme"), "minorEastAsia")
    normal = document.styles["Normal"]
    normal.font.size = Pt(16)
    normal.paragraph_format.line_spacing, normal.paragraph_format.space_after = 1, Pt(0)
    properties = document.sections[0]._sectPr
    for grid in properties.findall(qn("w:docGrid")):
        properties.remove(grid)
    properties.append(parse_xml(f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="579"/>'))
    for what, words in TEXT:
        blanks = "" if what in ("title", "addressee", "signature", "date") else "\u3000\u3000"
        paragraph = document.add_paragraph()
        run = paragraph.add_run(blanks + words)
        if what == "first":
            theme(run, "majorEastAsia")
        elif what in FONTS:
            font(run, FONTS[what], 22 if what == "title" else 16)
        paragraph.alignment = {"title": CENTRE, "signature": RIGHT, "date": RIGHT}.get(what)
    document.settings.odd_and_even_pages_header_footer = False
    framed(document.sections[0])
    return document


def theme(run, name: str) -> None:
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsiaTheme"), name)


def framed(section) -> None:
    """One footer for all pages, whose number stands in a frame at the outside of the page."""
    paragraph = section.footer.paragraphs[0]
    frame = parse_xml(
        f'<w:framePr {nsdecls("w")} w:wrap="around" w:vAnchor="text" w:hAnchor="margin" '
        'w:xAlign="outside" w:y="1"/>'
    )
    paragraph._p.get_or_add_pPr().append(frame)
    simple = parse_xml(
        f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE  \\* MERGEFORMAT "><w:r><w:rPr>'
        '<w:rFonts w:ascii="宋体" w:hAnsi="宋体"/><w:sz w:val="28"/></w:rPr><w:t>1</w:t></w:r>'
        "</w:fldSimple>"
    )
    for text in ("— ", None, " —"):
        if text is None:
            paragraph._p.append(simple)
        else:
            run = paragraph.add_run(text)
            run.font.size, run.font.name = Pt(14), "宋体"


def numbered() -> Document:
    """Numbers that Word writes itself; a cover and a table of contents before the title."""
    document = empty()
    cover = document.add_paragraph()
    cover.alignment = CENTRE
    font(cover.add_run("绩效自评报告"), TITLE, 36)
    cover.add_run().add_break(WD_BREAK.PAGE)
    font(document.add_paragraph().add_run("目　录"), "宋体", 12)
    font(document.add_paragraph().add_run("一、基本情况"), "宋体", 12)
    font(document.add_paragraph().add_run("二、支出情况\t1"), "宋体", 12)
    document.add_section(WD_SECTION.NEW_PAGE)
    define_list(document)
    for what, words in TEXT:
        paragraph = document.add_paragraph()
        laid(paragraph, what)
        found = [n for n, one in enumerate(NUMBERS) if one.match(words) and what != "note"]
        rest = words
        for level in found:
            rest = NUMBERS[level].sub("", words)
            number = f'<w:ilvl w:val="{level}"/><w:numId w:val="77"/>'
            paragraph._p.get_or_add_pPr().append(
                parse_xml(f"<w:numPr {nsdecls('w')}>{number}</w:numPr>")
            )
        font(paragraph.add_run(rest), FONTS.get(what, BODY), 22 if what == "title" else 16)
    footers(document.sections[1])
    return document


NOTICE = (
    ("red", "某区财政局文件"),
    ("middle", "某财发〔2023〕5号"),
    ("Title", "关于开展2022年度部门整体支出绩效自评工作的通知"),
    ("margin", "各区直部门、各镇人民政府："),
    (
        "Normal",
        "为加强预算绩效管理，根据《关于全面实施预算绩效管理的意见》（中发〔2018〕34号），现通知如下。",
    ),
    ("Heading 1", "一、自评范围"),
    ("Normal", "纳入2022年部门预算的所有单位，共计35家，时段为2022年1月1日至2022年12月31日。"),
    ("Heading 1", "二、工作要求"),
    ("run-in", "（一）加强组织。各单位要成立自评小组，于2023年3月20日前报送报告，比例为3:1。"),
    ("run-in", "（二）严格审核。数字应与决算一致；不一致的，退回重报。邮箱：a@b.cn。"),
    ("Normal", "1.部门自查；"),
    ("Normal", "2.财政抽查。"),
    ("Normal", "附件：2022年度自评报告提纲"),
    ("right", "某区财政局　　　"),
    ("right", "2023年3月1日　　　　"),
    ("Normal", "（此件公开发布）"),
    ("annex", "附件"),
    ("middle", "2022年度自评报告提纲"),
    ("Heading 1", "一、基本情况"),
    ("Heading 2", "（一）概况"),
    (
        "Normal",
        "单位职能、机构设置、人员编制和实有人数等情况，以及年度总体目标和绩效指标的设定情况。",
    ),
    ("small", "抄送：区委办公室，区人大常委会办公室。"),
    ("small", "某区财政局办公室　　　　　2023年3月1日印发"),
)


def notice() -> Document:
    """A 通知 with a red head and 版记, in Word's own styles, heading words before their texts."""
    document = empty()
    for name, eastern, size in (
        ("Normal", "仿宋", 16),
        ("Title", "方正小标宋_GBK", 22),
        ("Heading 1", "SimHei", 16),
        ("Heading 2", "KaiTi_GB2312", 16),
    ):
        own(document.styles[name], eastern, size)
    document.styles["Title"].paragraph_format.alignment = CENTRE
    document.styles["Title"].paragraph_format.first_line_indent = Pt(0)
    for what, words in NOTICE:
        written(document, what, words)
    footers(document.sections[0])
    return document


def own(made, eastern: str, size: float) -> None:
    """Make one of Word's styles what the norm asks; its theme's font and colour go."""
    made.font.size, made.font.bold, made.font.color.rgb = Pt(size), False, RGBColor(0, 0, 0)
    fonts = made.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    fonts.set(qn("w:eastAsia"), eastern)
    layout = made.paragraph_format
    layout.line_spacing, layout.first_line_indent = Pt(28.8), Mm(11.3)
    layout.space_before = layout.space_after = Pt(0)


def written(document: Document, what: str, words: str) -> None:
    is_style = what in document.styles
    paragraph = document.add_paragraph(style=what if is_style else None)
    head = words.index("。") + 1 if what == "run-in" else len(words)
    run = paragraph.add_run(words[:head])
    paragraph.add_run(words[head:])
    if what in ("red", "middle"):
        paragraph.alignment = CENTRE
    if what == "right":
        paragraph.alignment = RIGHT
    if what in ("margin", "annex"):
        paragraph.paragraph_format.first_line_indent = Pt(0)
    paragraph.paragraph_format.page_break_before = what == "annex" or None
    eastern = {"red": TITLE, "run-in": "楷体", "annex": FIRST}.get(what)
    if eastern:
        font(run, eastern, 48 if what == "red" else 16)
    if what == "red":
        run.font.color.rgb = RGBColor(0xFF, 0, 0)
    if what == "small":
        run.font.size = Pt(14)


def define_list(document: Document) -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (kind, text) in enumerate(
            (
                ("chineseCountingThousand", "%1、"),
                ("chineseCountingThousand", "（%2）"),
                ("decimal", "%3."),
                ("decimal", "（%4）"),
            )
        )
    )
    root = document.part.numbering_part.element
    root.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>')
    )
    root.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )


def saved(document: Document, path):
    stream = io.BytesIO()
    document.save(stream)
    path.write_bytes(stream.getvalue())
    return path
