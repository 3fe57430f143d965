"""Conforming documents of many makings: nothing is found, and what is spoiled in each is."""

import io
import re
import zipfile

import makings
import pytest
from lxml import etree
from papers import BODY, FIRST, LONG, SECOND, TITLE

from docgen.official.check import check_document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAKINGS = {one.__name__: one for one in makings.MAKINGS}
MAIN = "word/document.xml"


@pytest.fixture(scope="module")
def made():
    return {name: one() for name, one in MAKINGS.items()}


def told(content, path):
    path.write_bytes(content)
    return [(one.code, one.text) for one in check_document(path)]


@pytest.mark.parametrize("name", MAKINGS)
def test_a_conforming_document_has_no_finding_whoever_made_it(made, name, tmp_path):
    assert told(made[name], tmp_path / "公文.docx") == []


# LibreOffice loses or garbles what these consist of: a chart without its part, links in smart tags.
LOST = ("with_tables", "controlled")


@pytest.mark.parametrize("name", [name for name in MAKINGS if name not in LOST])
def test_what_libreoffice_makes_of_it_conforms_too(made, name, tmp_path, convert):
    (tmp_path / "公文.docx").write_bytes(made[name])
    odt = convert(tmp_path / "公文.docx", "odt", tmp_path)
    (tmp_path / "再存").mkdir()
    again = convert(odt, "docx", tmp_path / "再存")
    assert told(again.read_bytes(), again) == []


def changed(content, change, part=MAIN):
    """The document with one part changed; None where the change found nothing to spoil."""
    files = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    if part not in files:
        return None
    root = etree.fromstring(files[part])
    if change(root) is False:
        return None
    files[part] = etree.tostring(root)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def line(root, start):
    """The paragraph outside tables, boxes and contents that begins so."""
    for one in root.iter(f"{W}p"):
        words = "".join(one.itertext(f"{W}t")).lstrip("　 ")
        outer = {up.tag for up in one.iterancestors()}
        inner = {f"{W}tbl", f"{W}txbxContent"}
        if re.match(start, words) and not outer & inner and not words[-1:].isdigit():
            return one
    return None


def letters(start, name=None, size=None):
    """Another font or size in each run of a paragraph."""

    def change(root):
        if (paragraph := line(root, start)) is None:
            return False
        for run in paragraph.iter(f"{W}r"):
            properties = run.find(f"{W}rPr")
            if properties is None:
                properties = etree.Element(f"{W}rPr")
                run.insert(0, properties)
            for tag in (f"{W}rFonts",) if name else (f"{W}sz", f"{W}szCs"):
                for old in properties.findall(tag):
                    properties.remove(old)
            if name:
                etree.SubElement(properties, f"{W}rFonts").set(f"{W}eastAsia", name)
            else:
                etree.SubElement(properties, f"{W}sz").set(f"{W}val", str(round(size * 2)))
        return True

    return change


def layout(start, tag, **values):
    """Another value of one element in a paragraph's properties."""

    def change(root):
        if (paragraph := line(root, start)) is None:
            return False
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            paragraph.insert(0, properties)
        for old in properties.findall(f"{W}{tag}"):
            properties.remove(old)
        one = etree.SubElement(properties, f"{W}{tag}")
        for key, value in values.items():
            one.set(f"{W}{key}", value)
        if tag == "ind":  # blanks would be an indent too
            first = next(paragraph.iter(f"{W}t"))
            first.text = first.text.lstrip("　")
        return True

    return change


def words(start, old, new):
    """Other words in a paragraph, in the run that has them, else all of them in the first."""

    def change(root):
        paragraph = line(root, start)
        texts = [] if paragraph is None else list(paragraph.iter(f"{W}t"))
        text = "".join(one.text or "" for one in texts)
        if old not in text:
            return False
        if (whole := next((one for one in texts if old in (one.text or "")), None)) is not None:
            whole.text = whole.text.replace(old, new)
            return True
        for one in texts:
            one.text = ""
        texts[0].text = text.replace(old, new)
        return True

    return change


def page(tag, **values):
    """Other values in each section that stands."""

    def change(root):
        for section in root.iter(f"{W}sectPr"):
            paper = section.find(f"{W}pgSz")
            if paper is not None and paper.get(f"{W}orient") != "landscape":
                for key, value in values.items():
                    section.find(f"{W}{tag}").set(f"{W}{key}", value)

    return change


def texts(old, new):
    """Other words in each text of a footer."""

    def change(root):
        for one in root.iter(f"{W}t"):
            one.text = (one.text or "").replace(old, new)

    return change


def no_field(root):
    for one in root.iter(f"{W}instrText"):
        one.text = "DATE"


def of_field(tag, **values):
    def change(root):
        for one in root.iter(f"{W}{tag}"):
            for key, value in values.items():
                one.set(f"{W}{key}", value)

    return change


def mm(value):
    return str(round(value / 25.4 * 1440))


HEAD, ITEM, NAME = "一、", "（一）", "某区.{2,8}(关于|会议纪要)|关于某区"
START = LONG[:6]
FAULTS = {
    "Letter": ("paper", page("pgSz", w="12240", h="15840")),
    "B5": ("paper", page("pgSz", w=mm(182), h=mm(257))),
    "A3": ("paper", page("pgSz", w=mm(297), h=mm(420))),
    "上 35.5": ("margin", page("pgMar", top=mm(35.5))),
    "上 38.5": ("margin", page("pgMar", top=mm(38.5))),
    "左 26.5": ("margin", page("pgMar", left=mm(26.5))),
    "左 29.5": ("margin", page("pgMar", left=mm(29.5))),
    "右 31.8": ("margin", page("pgMar", right=mm(31.8))),
    "下 25.4": ("margin", page("pgMar", bottom=mm(25.4))),
    "行距 20 磅": ("line-pitch", layout(START, "spacing", line="400", lineRule="exact")),
    "行距 32 磅": ("line-pitch", layout(START, "spacing", line="640", lineRule="exact")),
    "行距 1.5 倍": ("line-pitch", layout(START, "spacing", line="360", lineRule="auto")),
    "不缩进": ("indent", layout(START, "ind", firstLineChars="0", firstLine="0")),
    "缩进一字": ("indent", layout(START, "ind", firstLineChars="100", firstLine="320")),
    "缩进四字": ("indent", layout(START, "ind", firstLineChars="400", firstLine="1280")),
    "标题居左": ("title-place", layout(NAME, "jc", val="left")),
    "标题黑体": ("font", letters(NAME, FIRST)),
    "标题宋体": ("font", letters(NAME, "宋体")),
    "标题仿宋": ("font", letters(NAME, BODY)),
    "标题小二": ("size", letters(NAME, size=18)),
    "标题一号": ("size", letters(NAME, size=26)),
    "标题三号": ("size", letters(NAME, size=20)),
    "正文宋体": ("font", letters(START, "宋体")),
    "正文楷体": ("font", letters(START, SECOND)),
    "正文等线": ("font", letters(START, "等线")),
    "正文四号": ("size", letters(START, size=14)),
    "正文小三": ("size", letters(START, size=15)),
    "正文小二": ("size", letters(START, size=18)),
    "一级宋体": ("font", letters(HEAD, "宋体")),
    "一级楷体": ("font", letters(HEAD, SECOND)),
    "一级小标宋": ("font", letters(HEAD, TITLE)),
    "一级四号": ("size", letters(HEAD, size=14)),
    "二级黑体": ("font", letters(ITEM, FIRST)),
    "二级宋体": ("font", letters(ITEM, "宋体")),
    "二级小标宋": ("font", letters(ITEM, TITLE)),
    "二级小二": ("size", letters(ITEM, size=18)),
    "一级跳号": ("heading-number", words("二、", "二、", "三、")),
    "一级重号": ("heading-number", words("二、", "二、", "一、")),
    "一级逗号": ("heading-form", words("二、", "二、", "二，")),
    "二级跳号": ("heading-number", words("（二）", "（二）", "（四）")),
    "二级半角": ("heading-form", words("（二）", "（二）", "(二)")),
    "二级顿号": ("heading-form", words("（二）", "（二）", "（二）、")),
    "三级顿号": ("heading-form", words("2.人员", "2.", "2、")),
    "三级跳号": ("heading-number", words("2.人员", "2.", "3.")),
    "四级半括号": ("heading-form", words("（2）", "（2）", "2）")),
    "日期虚位": ("date", words("2023年3月15日", "3月15日", "03月15日")),
    "日期汉字": ("date", words("2023年3月15日", "2023年3月15日", "二〇二三年三月十五日")),
    "日期短线": ("date", words("2023年3月15日", "2023年3月15日", "2023-03-15")),
    "方括号": ("document-number", words(START, "〔2022〕", "[2022]")),
    "六角括号缺年": ("document-number", words(START, "〔2022〕", "〔22〕")),
    "文号虚位": ("document-number", words(START, "〕7号", "〕第007号")),
    "半角逗号": ("punctuation", words(START, "，", ",")),
    "半角书名": ("punctuation", words(START, "（某财发〔2022〕7号）", "(某财发〔2022〕7号)")),
    "半角冒号": ("punctuation", words(START, "要求，", "要求:")),
    "附件汉字": ("annex-mark", words("附件1", "附件1", "附件一")),
    "附件冒号": ("annex-mark", words("附件1", "附件1", "附件1：")),
    "附件居中": ("annex-mark", layout("附件1", "jc", val="center")),
    "附件号": ("annex-order", words("附件1", "附件1", "附件3")),
    "附件宋体": ("font", letters("附件1", "宋体")),
    "附件说明半角": ("annex-note", words("附件：", "附件：", "附件:")),
    "附件说明句号": ("annex-note", words("附件：", "基础数据表", "基础数据表。")),
    "附件说明序号": ("annex-note", words("附件：", "附件：1", "附件1：")),
}
FOOTER = {
    "没有页码": ("page-number", no_field),
    "短横线": ("page-number-dash", texts("—", "-")),
    "没有横线": ("page-number-dash", texts("—", "")),
    "第几页": ("page-number-dash", texts("—", "第")),
    "页码黑体": ("page-number-font", of_field("rFonts", ascii="黑体", hAnsi="黑体")),
    "页码 Times": ("page-number-font", of_field("rFonts", ascii="Times New Roman")),
    "页码等线": ("page-number-font", of_field("rFonts", ascii="等线", hAnsi="等线")),
    "页码五号": ("page-number-size", of_field("sz", val="21")),
    "页码小四": ("page-number-size", of_field("sz", val="24")),
    "页码三号": ("page-number-size", of_field("sz", val="32")),
}


@pytest.mark.parametrize("name", MAKINGS)
def test_what_is_spoiled_in_it_is_found_and_nothing_else(made, name, tmp_path):
    missed, tried = {}, 0
    faults = [(fault, code, change, MAIN) for fault, (code, change) in FAULTS.items()]
    faults += [(f, code, change, "word/footer1.xml") for f, (code, change) in FOOTER.items()]
    for fault, code, change, part in faults:
        content = changed(made[name], change, part)
        if content is None:
            continue
        tried += 1
        codes = {one for one, _ in told(content, tmp_path / "公文.docx")}
        if codes != {code}:
            missed[fault] = codes
    assert missed == {}
    assert tried >= 30
