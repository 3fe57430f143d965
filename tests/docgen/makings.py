"""Official documents in twenty makings of other programs and hands, as raw parts of a .docx.

Each making is the same text, or a text of its own, whose format is said in another way: by WPS, by
chains of styles, by the document's defaults, by the theme, by the grid, in boxes and frames.
"""

import io
import re
import zipfile

from papers import ANNEX, BODY, FIRST, FONTS, LONG, SECOND, TEXT, TITLE

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
A4 = '<w:pgSz w:w="11906" w:h="16838"/>'
LYING = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
MARGINS = (
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" '
    'w:header="851" w:footer="1400" w:gutter="0"/>'
)
TURNED = (
    '<w:pgMar w:top="1588" w:right="2098" w:bottom="1474" w:left="1984" '
    'w:header="851" w:footer="1400" w:gutter="0"/>'
)
GRID = '<w:docGrid w:type="lines" w:linePitch="579"/>'
BOTH = (
    '<w:footerReference w:type="default" r:id="rIdF1"/>'
    '<w:footerReference w:type="even" r:id="rIdF2"/>'
)
EXACT = '<w:spacing w:before="0" w:after="0" w:line="560" w:lineRule="exact"/>'
TWO = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'


def fonts(name, western="Times New Roman"):
    return (
        f'<w:rFonts w:hint="eastAsia" w:ascii="{western}" w:hAnsi="{western}" '
        f'w:eastAsia="{name}" w:cs="{western}"/>'
    )


def size(points):
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def run(words, properties=""):
    rest = words.split("\n")
    text = "<w:br/>".join(f'<w:t xml:space="preserve">{one}</w:t>' for one in rest)
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{text}</w:r>"


def par(content, properties=""):
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def look(what):
    """The letters that the norm asks of a paragraph of that kind."""
    return fonts(FONTS.get(what, BODY)) + size(22 if what == "title" else 16)


def layout(what, spacing=EXACT):
    """The layout that the norm asks of a paragraph of that kind."""
    if what == "title":
        return f'{spacing}<w:jc w:val="center"/>'
    if what in ("signature", "date"):
        return f'{spacing}<w:ind w:right="1280"/><w:jc w:val="right"/>'
    return spacing if what in ("addressee", "annex") else spacing + TWO


def body(text=TEXT, made=look, laid=layout):
    """The paragraphs of a text, each run and paragraph told what it looks like."""
    return "".join(par(run(words, made(what)), laid(what)) for what, words in text)


def section(*what, kind=""):
    kinds = f'<w:type w:val="{kind}"/>' if kind else ""
    return f"<w:sectPr>{BOTH}{kinds}{''.join(what or (A4, MARGINS))}</w:sectPr>"


def number(side, before="— ", after=" —", look_of=None):
    """A paragraph of a footer with the page number as a field of five runs."""
    look_of = look_of or fonts("宋体", "宋体") + size(14)
    parts = "".join(
        f"<w:r><w:rPr>{look_of}</w:rPr>{one}</w:r>"
        for one in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE   \\* MERGEFORMAT </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>2</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    indent = f'<w:ind w:{side}Chars="100" w:{side}="280"/>' if side in ("left", "right") else ""
    words = run(before, look_of), parts, run(after, look_of)
    return par("".join(words), f'{indent}<w:jc w:val="{side}"/>')


FOOTERS = (number("right"), number("left"))


def styles(defaults="", more=""):
    return (
        f"<w:styles {NAMES}><w:docDefaults>{defaults}</w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="1"><w:name w:val="Normal"/>'
        f"</w:style>{more}</w:styles>"
    )


def style(identity, base="", letters="", laid="", kind="paragraph"):
    parent = f'<w:basedOn w:val="{base}"/>' if base else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{identity}"><w:name w:val="{identity}"/>{parent}'
        f"<w:pPr>{laid}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def packed(content, footers=FOOTERS, of_styles=None, even=True, parts=None):
    """The bytes of a .docx; `content` is what its body holds, the last section included."""
    files = {"styles": of_styles or styles(), **(parts or {})}
    setting = "<w:evenAndOddHeaders/>" if even else ""
    files.setdefault("settings", f"<w:settings {NAMES}>{setting}</w:settings>")
    links = [(f"rId{name}", name, f"{name}.xml") for name in files if name != "theme"]
    links += [("rIdTheme", "theme", "theme/theme1.xml")] if "theme" in files else []
    links += [(f"rIdF{at}", "footer", f"footer{at}.xml") for at, _ in enumerate(footers, 1)]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", _types(links))
        archive.writestr("_rels/.rels", _links([("rId1", "officeDocument", "word/document.xml")]))
        archive.writestr("word/_rels/document.xml.rels", _links(links))
        archive.writestr(
            "word/document.xml", f"<w:document {NAMES}><w:body>{content}</w:body></w:document>"
        )
        for name, text in files.items():
            archive.writestr(
                "word/theme/theme1.xml" if name == "theme" else f"word/{name}.xml", text
            )
        for at, footer in enumerate(footers, 1):
            archive.writestr(f"word/footer{at}.xml", f"<w:ftr {NAMES}>{footer}</w:ftr>")
    return stream.getvalue()


def _types(links):
    over = "".join(
        f'<Override PartName="/word/{target}" ContentType="{_type_of(kind)}"/>'
        for _, kind, target in links
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>{over}'
        "</Types>"
    )


def _type_of(kind):
    theme = "application/vnd.openxmlformats-officedocument.theme+xml"
    return theme if kind == "theme" else f"{_TYPE}.{kind}+xml"


def _links(links):
    made = "".join(
        f'<Relationship Id="{one}" Type="{_KINDS}/{kind}" Target="{target}"/>'
        for one, kind, target in links
    )
    return f'<Relationships xmlns="{_RELATIONS}">{made}</Relationships>'


# --- The makings -----------------------------------------------------------------------------

_OLD = fonts("宋体", "Calibri") + size(10.5)
TABLE = (
    ("项目", "预算数", "决算数"), ("基本支出", "195.49", "195.49"), ("项目支出", "69.75", "69.75"),
)  # fmt: skip


def table(rows=TABLE, letters=None, borders=True):
    """A table in 小四, single lines."""
    letters = letters or fonts("仿宋", "Times New Roman") + size(12)
    edge = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    cells = "".join(
        "<w:tr>"
        + "".join(
            '<w:tc><w:tcPr><w:tcW w:w="2900" w:type="dxa"/></w:tcPr>'
            + par(run(one, letters), '<w:jc w:val="center"/>')
            + "</w:tc>"
            for one in row
        )
        + "</w:tr>"
        for row in rows
    )
    grid = '<w:tblGrid><w:gridCol w:w="2900"/></w:tblGrid>'
    drawn = f"<w:tblBorders>{edge}</w:tblBorders>" if borders else ""
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/>{drawn}</w:tblPr>{grid}{cells}</w:tbl>'


def annex(mark="附件1", title="基础数据表", rest=None, breaks=True):
    """附件1 at the head of a page, its title, and a table or a text."""
    at_top = "<w:pageBreakBefore/>" if breaks else ""
    return (
        par(run(mark, look("annex")), at_top + EXACT)
        + par(run(title, look("title")), layout("title"))
        + (rest or table() + par(run("", "")))
    )


def text_of(words=ANNEX):
    return par(run(words, look("body")), layout("body"))


def wps():
    """WPS: each run names all four fonts and szCs; a box in each footer holds the number."""
    defaults = (
        '<w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" '
        'w:eastAsia="宋体" w:cs="Times New Roman"/></w:rPr></w:rPrDefault>'
    )
    normal = styles(defaults).replace(
        '<w:name w:val="Normal"/>',
        '<w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl w:val="0"/>'
        '<w:jc w:val="both"/></w:pPr><w:rPr><w:kern w:val="2"/><w:sz w:val="21"/>'
        '<w:szCs w:val="24"/></w:rPr>',
    )

    def letters(what):
        name = {"title": "方正小标宋简体", "first": "方正黑体_GBK", "second": "方正楷体_GBK"}.get(
            what, "方正仿宋_GBK"
        )
        return (
            fonts(name, name) + '<w:b w:val="0"/><w:bCs/><w:color w:val="000000" '
            'w:themeColor="text1"/>' + size(22 if what == "title" else 16)
            + '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
        )  # fmt: skip

    def laid(what):
        return (
            '<w:keepNext w:val="0"/><w:widowControl w:val="0"/><w:wordWrap/><w:topLinePunct/>'
            + layout(what).replace('w:line="560"', 'w:line="570"')
            + '<w:textAlignment w:val="auto"/><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
        )

    pieces = "".join(
        par("".join(run(one, letters(what)) for one in re.findall(".{1,9}", words)), laid(what))
        for what, words in TEXT
    )
    footers = (boxed("outside"), boxed("outside"))
    return packed(pieces + section(), footers, normal)


def boxed(side):
    """The page number in a box of the footer, with the older markup beside it."""
    inner = number("left")
    return par(
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor>"
        f'<wp:positionH relativeFrom="margin"><wp:align>{side}</wp:align></wp:positionH>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/'
        f'wordprocessingShape"><wps:wsp><wps:txbx><w:txbxContent>{inner}</w:txbxContent>'
        "</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        '<mc:Fallback><w:pict><v:shape style="position:absolute;mso-position-horizontal:'
        f'{side};mso-position-horizontal-relative:margin"><v:textbox><w:txbxContent>{inner}'
        "</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        '<w:pStyle w:val="1"/>',
    )


def chain_of_four():
    """Each kind of paragraph at the end of a chain of four styles, nothing said by itself."""
    chain = (
        style("底", "1", size(16)) + style("行", "底", "", EXACT)
        + style("字", "行", fonts(BODY)) + style("段", "字", "", TWO)
        + style("题", "字", fonts(TITLE) + size(22), '<w:jc w:val="center"/>')
        + style("甲", "段", fonts(FIRST)) + style("乙", "甲", fonts(SECOND))
        + style("末", "字", "", '<w:jc w:val="right"/>') + style("头", "字")
        + style("附", "头", fonts(FIRST), "<w:pageBreakBefore/>")
    )  # fmt: skip
    names = {"title": "题", "first": "甲", "second": "乙", "signature": "末", "date": "末"}
    names |= {"addressee": "头", "annex": "附"}
    text = (*TEXT, ("annex", "附件1"), ("title", "基础数据表"), ("body", ANNEX))
    content = "".join(
        par(run(words), f'<w:pStyle w:val="{names.get(what, "段")}"/>') for what, words in text
    )
    return packed(content + section(), of_styles=styles("", chain))


def by_defaults():
    """Font, size and pitch of the text in docDefaults alone; others say what differs."""
    defaults = (
        f"<w:rPrDefault><w:rPr>{fonts('仿宋')}{size(16)}</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        '<w:spacing w:line="579" w:lineRule="exact"/></w:pPr></w:pPrDefault>'
    )

    def letters(what):
        return fonts(FONTS[what]) + (size(22) if what == "title" else "") if what in FONTS else ""

    content = body(made=letters, laid=lambda what: layout(what, ""))
    return packed(content + annex() + section(), of_styles=styles(defaults))


def many_sections():
    """Four sections; the first alone names footers, a lying one has its margins turned."""
    half = len(TEXT) // 2
    cut = [*TEXT[:half]], [*TEXT[half:]]
    first = body(cut[0]) + par("", f"<w:sectPr>{BOTH}{A4}{MARGINS}</w:sectPr>")
    second = body(cut[1]) + par("", section(kind="continuous").replace(BOTH, ""))
    lying = annex(breaks=False) + par("", section(LYING, TURNED).replace(BOTH, ""))
    last = annex("附件2", "自评说明", text_of(), breaks=False)
    return packed(first + second + lying + last + section().replace(BOTH, ""))


def in_frames():
    """Each footer's number in a frame of its own, left and right; Latin letters in Times."""
    frame = '<w:framePr w:wrap="around" w:vAnchor="text" w:hAnchor="margin" w:xAlign="{}" w:y="1"/>'
    footers = [
        number("both").replace("<w:pPr>", f"<w:pPr>{frame.format(side)}") + par("")
        for side in ("right", "left")
    ]
    return packed(body() + annex() + section(), footers)


def on_the_grid():
    """Single lines on a grid of lines and characters; exact pitch nowhere."""
    grid = '<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-849"/>'

    def laid(what):
        return layout(what, '<w:spacing w:line="240" w:lineRule="auto"/>')

    return packed(body(laid=laid) + section(A4, MARGINS, grid))


def pitch_of_29():
    """固定值 29 磅, and a title of 固定值 36 磅."""

    def laid(what):
        return layout(what).replace('"560"', '"720"' if what == "title" else '"580"')

    return packed(body(laid=laid) + annex() + section())


NUMBERING = (
    f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="3">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="japaneseCounting"/>'
    '<w:suff w:val="nothing"/><w:lvlText w:val="%1、"/><w:rPr>' + fonts(FIRST) + "</w:rPr></w:lvl>"
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:suff w:val="nothing"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:suff w:val="nothing"/><w:lvlText w:val="%3."/></w:lvl>'
    '<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:suff w:val="nothing"/><w:lvlText w:val="（%4）"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="8"><w:abstractNumId w:val="3"/></w:num></w:numbering>'
)
_MARKS = (r"^[一二]、", r"^（[一二]）", r"^\d\.", r"^（\d）")


def word_numbers():
    """Numbers that Word writes, the level's own numbering named by a style or a paragraph."""
    content = ""
    for what, words in TEXT:
        level = next((n for n, one in enumerate(_MARKS) if re.match(one, words)), None)
        level = None if what == "note" else level
        rest = words if level is None else re.sub(_MARKS[level], "", words)
        listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="8"/></w:numPr>'
        content += par(run(rest, look(what)), ("" if level is None else listed) + layout(what))
    return packed(content + section(), parts={"numbering": NUMBERING})


def title_of_three_lines():
    """A title of three lines in one paragraph, and blank lines around it."""
    title = "某区档案馆关于2022年度部门整体支出绩效自评\n工作开展情况和2023年度整改落实\n情况的报告"
    text = (("title", title), *TEXT[2:])
    blank = par("", EXACT)
    return packed(blank + body(text[:1]) + blank + body(text[1:]) + section())


def title_of_three_paragraphs():
    """A title of three paragraphs, one of them in a run of its own size by a style of letters."""
    lines = "某区档案馆关于", "2022年度部门整体支出绩效自评工作", "开展情况的报告"
    of_letters = style("大字", "", fonts("方正小标宋_GBK") + size(22), kind="character")
    title = "".join(par(run(one, '<w:rStyle w:val="大字"/>'), layout("title")) for one in lines)
    return packed(title + body(TEXT[2:]) + section(), of_styles=styles("", of_letters))


RED = '<w:color w:val="FF0000"/>'
LINE = (
    '<w:r><w:pict><v:line style="position:absolute" from="0,10" to="442,10" strokecolor="red" '
    'strokeweight="2pt"/></w:pict></w:r>'
)


def letterhead():
    """A red head with its red line, the number in the middle, 版记 in a table at the end."""
    centre = EXACT + '<w:jc w:val="center"/>'
    head = (
        par(run("某区财政局文件", fonts(TITLE) + RED + size(48)), '<w:jc w:val="center"/>')
        + par(run("某财发〔2023〕5号", look("body")), centre)
        + par(LINE, EXACT)
    )
    imprint = table(
        (("抄送：区委办公室，区人大常委会办公室，区审计局。",),
         ("某区财政局办公室　　　　　　　2023年3月15日印发",)),
        fonts("仿宋") + size(14), borders=False,
    )  # fmt: skip
    return packed(head + body() + imprint + par("", EXACT) + section())


def upward():
    """A report to a higher body: 份号, 密级, 紧急程度, 签发人 beside the number."""
    black = fonts(FIRST) + size(16)
    border = '<w:pBdr><w:bottom w:val="single" w:sz="24" w:space="1" w:color="FF0000"/></w:pBdr>'
    head = (
        par(run("000012", look("body")), EXACT)
        + par(run("机密★1年", black), EXACT)
        + par(run("特急", black), EXACT)
        + par(run("某区财政局文件", fonts(TITLE) + RED + size(42)), '<w:jc w:val="center"/>')
        + par(
            run("某财报〔2023〕12号", look("body")) + "<w:r><w:tab/></w:r>"
            + run("签发人：", look("body")) + run("张三", fonts(SECOND) + size(16)),
            border + EXACT + '<w:ind w:left="320" w:right="320"/>',
        )
    )  # fmt: skip
    return packed(head + body() + section())


def sealed():
    """Room for a seal, the seal itself in the date's paragraph, a note below the date."""
    seal = (
        '<w:r><w:drawing><wp:anchor behindDoc="1"><wp:extent cx="1512000" cy="1512000"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"/>'
        "</a:graphic></wp:anchor></w:drawing></w:r>"
    )
    blank = par("", EXACT) * 3
    end = (
        par(run("某区档案馆　　　　　", look("body")), EXACT + '<w:jc w:val="right"/>')
        + par(
            seal + run("2023年3月15日", look("body")),
            EXACT + '<w:ind w:rightChars="400" w:right="1280"/><w:jc w:val="right"/>',
        )
        + par(run("（联系人：李四，电话：0731-12345678）", look("body")), layout("body"))
    )
    return packed(body(TEXT[:-2]) + blank + end + section())


def with_tables():
    """Tables in 小四 and 五号 within the text: caption, unit and note beside each."""
    small = fonts("宋体") + size(10.5)
    middle = '<w:jc w:val="center"/>'
    inserted = (
        par(run("表1　2022年支出情况表", fonts(FIRST) + size(14)), middle)
        + par(run("单位：万元", fonts("仿宋") + size(12)), '<w:jc w:val="right"/>')
        + table()
        + par(run("注：本表按决算口径填列，不含上年结转。", small), "")
        + par(run("图1　支出构成", fonts(FIRST) + size(14)), middle)
        + chart()
        + par(run("资料来源：2022年部门决算。", small), "")
    )
    return packed(body(TEXT[:-4]) + inserted + body(TEXT[-4:]) + section())


def chart():
    """A chart in the line, single spaced."""
    return par(
        '<w:r><w:drawing><wp:inline><wp:extent cx="4000000" cy="2000000"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/>'
        "</a:graphic></wp:inline></w:drawing></w:r>",
        '<w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>',
    )


def revised():
    """Changes that were kept track of: what was there before is not what prints."""
    was = '<w:ins w:id="1" w:author="某" w:date="2023-03-01T00:00:00Z">'
    gone = (
        '<w:del w:id="2" w:author="某" w:date="2023-03-01T00:00:00Z"><w:r><w:rPr>'
        + _OLD + "</w:rPr><w:delText>原稿,旧字</w:delText></w:r></w:del>"
    )  # fmt: skip
    old = f'<w:rPrChange w:id="3" w:author="某"><w:rPr>{_OLD}</w:rPr></w:rPrChange>'
    before = (
        '<w:pPrChange w:id="4" w:author="某"><w:pPr><w:spacing w:line="240" w:lineRule="auto"/>'
        "</w:pPr></w:pPrChange>"
    )
    content = "".join(
        par(was + run(words, look(what) + old) + "</w:ins>" + gone, layout(what) + before)
        for what, words in TEXT
    )
    page = (
        '<w:sectPrChange w:id="5" w:author="某"><w:sectPr><w:pgSz w:w="12240" w:h="15840"/>'
        '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440"/></w:sectPr>'
        "</w:sectPrChange>"
    )
    return packed(content + section(A4, MARGINS, page))


def in_boxes():
    """发文机关标志 in a box above the title, a remark in a box beside the text."""
    box = (
        '<w:r><w:drawing><wp:anchor><a:graphic><a:graphicData uri="http://schemas.microsoft.com/'
        'office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx><w:txbxContent>{}'
        "</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        "</w:drawing></w:r>"
    )
    head = par(run("某区档案馆", fonts(TITLE) + RED + size(40)), '<w:jc w:val="center"/>')
    remark = par(run("校对稿，请勿外传", fonts("微软雅黑", "Arial") + size(9)))
    content = par(box.format(head), EXACT) + body(TEXT[:3])
    content += par(box.format(remark) + run(LONG, look("body")), layout("body")) + body(TEXT[4:])
    return packed(content + section())


THEME = (
    f'<a:theme {NAMES} name="Office"><a:themeElements><a:fontScheme name="Office">'
    '<a:majorFont><a:latin typeface="Cambria"/><a:ea typeface=""/><a:cs typeface=""/>'
    '<a:font script="Jpan" typeface="ＭＳ ゴシック"/><a:font script="Hans" typeface="黑体"/>'
    '</a:majorFont><a:minorFont><a:latin typeface="Times New Roman"/><a:ea typeface=""/>'
    '<a:cs typeface=""/><a:font script="Jpan" typeface="ＭＳ 明朝"/>'
    '<a:font script="Hans" typeface="仿宋_GB2312"/></a:minorFont></a:fontScheme>'
    "</a:themeElements></a:theme>"
)


def by_theme():
    """The text's font by the theme's script Hans, that of headings by its other half."""
    defaults = (
        '<w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" '
        f'w:eastAsiaTheme="minorEastAsia" w:cstheme="minorBidi"/>{size(16)}</w:rPr></w:rPrDefault>'
    )
    setting = f'<w:settings {NAMES}><w:evenAndOddHeaders/><w:themeFontLang w:val="en-US" '
    setting += 'w:eastAsia="zh-CN"/></w:settings>'

    def letters(what):
        if what == "first":
            return '<w:rFonts w:asciiTheme="majorHAnsi" w:eastAsiaTheme="majorEastAsia"/>'
        return look(what) if what in FONTS else ""

    content = body(made=letters) + annex()
    return packed(
        content + section(),
        of_styles=styles(defaults),
        parts={"theme": THEME, "settings": setting},
    )


def controlled():
    """Content controls, links, bookmarks, fields and smart tags around the words."""
    content = ""
    for at, (what, words) in enumerate(TEXT):
        inner = run(words[:4], look(what)) + f'<w:bookmarkStart w:id="{at}" w:name="b{at}"/>'
        inner += f'<w:hyperlink w:anchor="b{at}">{run(words[4:8], look(what))}</w:hyperlink>'
        inner += f'<w:bookmarkEnd w:id="{at}"/><w:proofErr w:type="spellStart"/>'
        inner += f'<w:smartTag w:element="date">{run(words[8:], look(what))}</w:smartTag>'
        one = par(inner, layout(what))
        content += f"<w:sdt><w:sdtPr/><w:sdtContent>{one}</w:sdtContent></w:sdt>"
    return packed(content + section())


def run_in():
    """Heading words before their texts in one paragraph, items with semicolons, an open list."""
    texts = (
        ("first", "一、加强组织领导。", "各单位要成立自评小组，主要负责人任组长，明确分工。"),
        ("second", "（一）明确责任。", "主要负责人对自评结果负责，财务机构负责汇总和报送。"),
        ("second", "（二）严格时限。", "各单位应当于2023年3月20日前报送自评报告，逾期不予受理。"),
        ("first", "二、规范报送材料", ""),
        ("body", "1.自评报告；", ""), ("body", "2.自评表；", ""), ("body", "3.佐证材料。", ""),
    )  # fmt: skip
    content = body(TEXT[:4])
    for what, head, rest in texts:
        content += par(run(head, look(what)) + run(rest, look("body")), layout("body"))
    return packed(content + body(TEXT[-4:]) + section())


def contents_and_cover():
    """A cover and a table of contents, in a section without numbers, before the text."""
    cover = par(run("绩效自评报告", fonts(TITLE) + size(36)), '<w:jc w:val="center"/>')
    toc = par(
        run("目　　录", fonts(FIRST) + size(22)), '<w:pageBreakBefore/><w:jc w:val="center"/>'
    )
    entries = "".join(
        par(run(one, fonts("宋体") + size(12)) + "<w:r><w:tab/></w:r>" + run(str(at), _OLD))
        for at, one in enumerate(("一、基本情况", "（一）机构设置", "二、支出情况"), 1)
    )
    listed = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{toc}{entries}</w:sdtContent></w:sdt>"
    )
    ends = par("", f"<w:sectPr>{A4}{MARGINS}</w:sectPr>")
    return packed(cover + listed + ends + body() + section())


def with_blanks():
    """Blanks within date and number, a wide dot, indents by blanks, the date moved by blanks."""
    text = [
        (what, re.sub(r"^(\d)\.", r"\1．", words) if what != "note" else words)
        for what, words in TEXT
    ]
    text[-1] = ("date", "2023年3月15日　　　　")

    def laid(what):
        return layout(what).replace(TWO, "").replace('<w:ind w:right="1280"/>', "")

    no_blank = ("title", "addressee", "signature", "date")
    content = "".join(
        par(run(("" if what in no_blank else "　　") + words, look(what)), laid(what))
        for what, words in text
    )
    return packed(content + section())


def regulations():
    """附件 with 办法: 章 in the middle, 条 with its number in 黑体 before the text."""
    notice = (
        ("title", "某区财政局关于印发《某区预算绩效管理办法》的通知"),
        ("addressee", "各预算部门、各单位："),
        ("body", "现将《某区预算绩效管理办法》印发给你们，请结合实际认真贯彻执行。"),
        ("note", "附件：某区预算绩效管理办法"),
        ("signature", "某区财政局"), ("date", "2023年3月15日"),
    )  # fmt: skip
    chapter = EXACT + '<w:jc w:val="center"/>'
    articles = (
        "第一章　总　则",
        "第一条　为了规范预算绩效管理，提高资金使用效益，根据有关法律法规，制定本办法。",
        "第二条　本办法适用于区级预算部门和单位，法律法规另有规定的，从其规定。",
        "（一）绩效目标管理，包括目标的设定、审核、批复和调整，由预算部门会同财政部门共同组织实施；",
        "（二）绩效评价。",
        "第二章　附　则", "第三条　本办法自2023年4月1日起施行，有效期五年，由区财政局负责解释。",
    )  # fmt: skip
    rest = ""
    for one in articles:
        head = re.match(r"第.[章条]", one)
        if head and head[0].endswith("章"):
            rest += par(run(one, look("first")), chapter)
        else:
            end = head.end() if head else 0
            rest += par(
                run(one[:end], look("first")) + run(one[end:], look("body")), layout("body")
            )
    return packed(body(notice) + annex("附件", "某区预算绩效管理办法", rest) + section())


def minutes():
    """纪要: who was there, in 黑体 before the names, behind the text."""
    text = (
        ("title", "某区人民政府专题会议纪要"),
        ("body", LONG),
        ("first", "一、会议听取了区财政局的汇报"),
        ("body", "会议认为，预算绩效管理工作取得了明显成效，应当总结经验，继续推进。"),
    )  # fmt: skip
    people = (("出席：", "张三、李四、王五、赵六、孙七、周八、吴九、郑十、冯一、陈二。"),
              ("列席：", "蒋五、沈六。"), ("请假：", "韩七。"))  # fmt: skip
    content = body(text) + par("", EXACT)
    for head, names in people:
        content += par(run(head, look("first")) + run(names, look("body")), layout("body"))
    return packed(content + section())


def letter():
    """函: red double lines, the number at the right, no number on the first page."""
    double = (
        '<w:pBdr><w:bottom w:val="thinThickSmallGap" w:sz="24" w:space="1" w:color="FF0000"/>'
        "</w:pBdr>"
    )
    text = (
        ("title", "某区财政局关于商请提供绩效自评材料的函"), ("addressee", "区档案馆："),
        ("body", LONG), ("body", "专此函达，请予支持。"),
        ("signature", "某区财政局"), ("date", "2023年3月15日"),
        ("body", "（联系人：张三，联系电话：0731-12345678，邮箱：cz@example.gov.cn）"),
    )  # fmt: skip
    head = par(run("某区财政局", fonts(TITLE) + RED + size(36)), double + '<w:jc w:val="center"/>')
    head += par(run("某财函〔2023〕9号", look("body")), EXACT + '<w:jc w:val="right"/>')
    return packed(head + body(text) + section(A4, MARGINS, "<w:titlePg/>"))


def speech():
    """A report to a congress: occasion and speaker below the title, in 楷体 in the middle."""
    middle = EXACT + '<w:jc w:val="center"/>'
    below = "——2023年1月10日在某区第五届人民代表大会第三次会议上", "区财政局局长　张三"
    head = par(
        run("关于某区2022年财政预算执行情况和\n2023年财政预算草案的报告", look("title")),
        layout("title"),
    )
    head += "".join(par(run(one, look("second")), middle) for one in below) + par("", EXACT)
    return packed(head + par(run("各位代表：", look("body")), EXACT) + body(TEXT[3:-4]) + section())


def joint():
    """Two units that sign together, side by side in a table without lines, and one date."""
    signed = table((("某区财政局", "某区审计局"),), look("body"), borders=False)
    return packed(body(TEXT[:-2]) + par("", EXACT) + signed + body(TEXT[-1:]) + section())


def written_signs():
    """Signs that stay narrow: times, ratios, links, Latin words, numbers of laws and judgements."""
    words = (
        "会议定于2023年3月15日9:30召开，比例为3:1，网址：http://www.example.gov.cn:8080/a?b=c，"
        "软件为Excel(2016)，参照GB/T 9704-2012、ISO 9001:2015执行，合同额1,234.56元。",
        "依据（2022）湘0102民初1234号判决和某国用（2015）第123号土地使用证，经A、B两组核对。",
        "2023.5万元、1.2倍、12345热线、No.5机组、x,y坐标和“e.g.”不作改动，邮箱：a.b@c.cn。",
    )  # fmt: skip
    extra = tuple(("body", one) for one in words)
    return packed(body((*TEXT[:4], *extra, *TEXT[4:])) + section())


def rows_of_headings():
    """Second and third levels that begin anew; 1. right below 一、; a heading that ends in 。"""
    text = (
        *TEXT[:4],
        ("first", "一、基本情况"), ("body", "1.机构设置情况。"),
        ("body", LONG), ("body", "2.人员情况。"),
        ("first", "二、主要做法"), ("second", "（一）强化组织"), ("body", LONG),
        ("second", "（二）强化监督"),
        ("body", "1.事前评估。" + LONG), ("body", "2.事中监控。" + LONG),
        ("second", "（三）强化运用"), ("body", "1.公开。" + LONG), ("body", "2.问责。" + LONG),
        ("first", "三、下一步打算"), ("second", "（一）继续推进"), ("body", LONG),
        *TEXT[-4:],
    )  # fmt: skip
    return packed(body(text) + section())


def turned_annexes():
    """A lying annex between two standing ones, its table with notes of its own."""
    wide = table((("序号", "项目", "预算", "调整", "决算", "执行率", "备注"),) + (("1",) * 7,) * 3)
    notes = par(run("填表人：张三　　联系电话：12345678", fonts("宋体") + size(10.5)))
    unit = par(run("填报单位：某区档案馆　　单位：万元", fonts("仿宋") + size(12)))
    first = body() + annex("附件1", "自评说明", text_of()) + par("", section().replace(BOTH, BOTH))
    second = annex("附件2", "项目支出绩效自评表", unit + wide + notes, breaks=False)
    second += par("", section(LYING, TURNED))
    third = annex("附件3", "整改台账", table(), breaks=False)
    return packed(first + second + third + section())


MAKINGS = (
    wps, chain_of_four, by_defaults, many_sections, in_frames, on_the_grid, pitch_of_29,
    word_numbers, title_of_three_lines, title_of_three_paragraphs, letterhead, upward, sealed,
    with_tables, revised, in_boxes, by_theme, controlled, run_in, contents_and_cover, with_blanks,
    regulations, minutes, letter, speech, joint, written_signs, rows_of_headings, turned_annexes,
)  # fmt: skip
