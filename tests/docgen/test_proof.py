"""`gouji proof`: reports of many kinds of units are clean, ours too; slips in them are found."""

import json
import re
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from random import Random

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from empty_document import empty_document
from marked import blocks

import gouji
from docgen.manifest.reading import read_manifest
from docgen.proof.check import judged_document, proof_document
from docgen.proof.document import read_opened
from docgen.proof.telling import line_of, told
from docgen.stated.styles import open_document
from docgen.template.word.names import W
from workbook.checking.uncollected import uncollected
from workbook.proof.model import Place, Severity, Statement
from workbook.proof.whole.rules import judged

REPORTS = sorted((Path(__file__).parent / "proof" / "reports").glob("*.txt"))
SHARE = 0.9  # of the slips in figures that stand in a relation
TRIED = 32  # of the printed figures: all would take five minutes


def saved(text, path):
    """A text as a Word document, its rows between bars as tables."""
    document = empty_document()
    for block in blocks(text):
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        width = max(map(len, block))
        table = document.add_table(len(block), width)
        for row, cells in enumerate(block):
            for column, cell in enumerate(cells):
                table.cell(row, column).text = cell
    document.save(str(path))
    return path


def errors(path, off=()):
    return errors_in(proof_document(path, off))


def errors_of(document):
    """The same of a document that was read."""
    with uncollected():
        return errors_in(judged_document(document))


def errors_in(verdict):
    found = verdict.slips
    return [(one.rule, one.place, one.should_be) for one in found if one.severity is Severity.ERROR]


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_report_that_agrees_with_itself_has_no_slip_and_its_relations_are_counted(path, tmp_path):
    verdict = proof_document(saved(path.read_text("utf-8"), tmp_path / "报告.docx"))
    assert verdict.slips == []
    assert verdict.in_order.total() > 5


SLIPS = {
    "决算公开": (
        "支出总计增加312.15万元，增长6.86%",
        "支出总计增加312.15万元，下降6.86%",
        "direction",
    ),
    "预算公开": ("社会保障和就业支出208.30万元", "社会保障和就业支出280.30万元", "sum"),
    "乡镇自评": ("减少1.24万元，下降9.92%", "减少1.24万元，下降9.29%", "change"),
    "项目评价": ("|2|西山街道|6|2261.54|", "|2|西山街道|6|2216.54|", "table-sum"),
    "预算执行": ("转贷收入12.50亿元", "转贷收入12.50亿元。", "punctuation"),
    "医院": ("|（二）药品费|132,560,300.15|", "|（二）药品费|123,560,300.15|", "table-sum"),
    "学校": ("（高一16个、高二16个、高三16个）", "（高一16个、高二16个、高三16个", "pairs"),
    "专项资金": ("占57.05%；基础设施类", "占75.05%；基础设施类", "share"),
    "统计公报": ("增加71.05亿元，增长9.85%", "增加71.05亿元，增长8.95%", "change"),
    "决算九表": ("|2130301|行政运行|986.40|", "|2130301|行政运行|968.40|", "code-sum"),
    "预算表": ("基本工资|4,325,640|", "基本工资|4,352,640|", "table-sum"),
    "工作总结": ("二是普法形式", "三是普法形式", "numbering"),
}


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_single_slip_in_such_a_report_is_an_error_of_its_rule(path, tmp_path):
    good, bad, rule = SLIPS[path.stem]
    text = path.read_text("utf-8")
    assert text.count(good) == 1
    found = errors(saved(text.replace(good, bad), tmp_path / "报告.docx"))
    assert rule in {name for name, *_ in found}


def test_the_real_report_keeps_its_one_error(report):
    assert errors(report) == [("pairs", Place(31), "缺前面的“")]


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The example's report, which repeats the real one of 2022."""
    folder = tmp_path_factory.mktemp("report")
    book = gouji.make_workbook("department", folder / "填报.xlsx", sample=True)
    return gouji.make_report(gouji.check_workbook(book), folder / "报告.docx")


def slips(text):
    """A printed figure with one slip of each sort."""
    figure = text.rstrip("%")
    tail = text[len(figure) :]
    random, digits = Random(text), [at for at, one in enumerate(figure) if one.isdigit()]
    at = random.choice(digits[:3])
    changed = str((int(figure[at]) + random.randint(1, 8)) % 10)
    made = [figure[:at] + changed + figure[at + 1 :]]
    for one, other in pairwise(digits):
        if figure[one] != figure[other]:
            letters = list(figure)
            letters[one], letters[other] = letters[other], letters[one]
            made.append("".join(letters))
            break
    value = Decimal(figure)
    if value and "." in figure:
        made += [f"{value * 10:f}", f"{value * 10_000:f}"]
    if figure.isdigit():
        made.append(str(int(figure) + 1))
    return [one + tail for one in made if one != figure]


def printed(root, name):
    """The one text at the mark of a figure; None where it has none, or several."""
    mark = root.find(f".//{W}bookmarkStart[@{W}name='{name}']")
    if mark is None:
        return None
    texts, after = [], mark.getnext()
    while after is not None and after.tag != f"{W}bookmarkEnd":
        texts += after.iter(f"{W}t")
        after = after.getnext()
    return texts[0] if len(texts) == 1 else None


def test_nine_in_ten_slips_in_a_figure_that_is_printed_twice_are_found(report):
    package, root = open_document(report)
    figures = read_manifest(package.read("customXml/item1.xml")).figures
    times = Counter(one.cell for one in figures)
    twice = [
        one for one in figures if re.fullmatch(r"\d+(\.\d+)?%?", one.text) and times[one.cell] > 1
    ]
    tried = twice[:: len(twice) // TRIED]
    known, found = set(errors(report)), []
    for one, text in ((one, printed(root, one.mark)) for one in tried):
        for slip in slips(one.text) if text is not None else ():
            text.text, before = slip, text.text
            found.append(bool(set(errors_of(read_opened(package, root))) - known))
            text.text = before
    assert len(found) > 25
    assert sum(found) / len(found) >= SHARE


def test_a_table_that_goes_on_as_a_second_one_is_summed_as_one(tmp_path):
    document = empty_document()
    rows = [("甲乡", "12.50"), ("乙乡", "30.25"), ("丙乡", "8.15"), ("合计", "59.00")]
    for part in (rows[:2], rows[2:]):
        if part is not rows[:2] and part[0][0] == "丙乡":
            document.add_paragraph("续表")
        table = document.add_table(3, 2)
        for row, cells in enumerate([("乡镇", "分配数"), *part]):
            for column, cell in enumerate(cells):
                table.cell(row, column).text = cell
    document.save(str(tmp_path / "表.docx"))
    assert errors(tmp_path / "表.docx") == [("table-sum", Place(0, 2, 3, 2), "50.90")]


LED = """
共扶持3400户{people}人，发放补助{paid}万元，分乡镇情况如下：
|乡镇|户数（户）|人数（人）|金额（万元）|
|柳河镇|1286|2104|96.45|
|石桥镇|984|1730|73.80|
|南溪乡|1130|1966|84.75|
|合计|3400|5800|255.00|
"""


@pytest.mark.parametrize(
    ("people", "paid", "told"),
    [
        ("5800", "255.00", []),
        ("8500", "255.00", [("repeated", Place(1), "5800(表里的合计人数(人))")]),
        ("5800", "225.00", [("repeated", Place(1), "255.00(表里的合计金额(万元))")]),
    ],
)
def test_the_line_that_leads_to_a_table_states_its_totals(people, paid, told, tmp_path):
    text = LED.format(people=people, paid=paid).strip()
    assert errors(saved(text, tmp_path / "报告.docx")) == told


def test_merged_cells_are_added_once_and_told_at_their_own_place(tmp_path):
    document = empty_document()
    table = document.add_table(4, 4)
    rows = [
        ("项目", "项目", "预算数", "决算数"),
        ("支出", "基本支出", "200.00", "195.49"),
        ("支出", "项目支出", "80.00", "69.75"),
        ("合计", "合计", "280.00", "265.42"),
    ]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    for first, last in (((0, 0), (0, 1)), ((3, 0), (3, 1)), ((1, 0), (2, 0))):
        words = table.cell(*first).text
        table.cell(*first).merge(table.cell(*last)).text = words
    document.save(str(tmp_path / "表.docx"))
    assert errors(tmp_path / "表.docx") == [("table-sum", Place(0, 1, 4, 3), "265.24")]


LIST = """<w:numbering {0}><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
<w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""


@pytest.mark.parametrize(("digits", "told"), [(20, []), (28, []), (400, [("table-sum", 5)])])
def test_a_figure_of_hundreds_of_digits_in_a_table_stops_nothing(digits, told, tmp_path):
    document = empty_document()
    rows = [
        ("项目", "金额"),
        ("甲", "9" * digits),
        ("乙", "2.25"),
        ("丙", "3.25"),
        ("合计", "6.75"),
    ]
    table = document.add_table(len(rows), 2)
    for row, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    document.save(str(tmp_path / "表.docx"))
    found = errors(tmp_path / "表.docx")
    assert [(rule, place.row) for rule, place, _ in found] == told


def numbered(document, text):
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>')
    )


def test_words_own_numbers_go_on_and_are_not_typed_once_more(tmp_path):
    document = empty_document()
    part = document.part.numbering_part
    part._element = parse_xml(LIST.format(nsdecls("w")))
    numbered(document, "机构设置情况。")
    numbered(document, "2.人员情况。")
    document.add_paragraph("4.其他情况。")
    document.save(str(tmp_path / "号.docx"))
    assert errors(tmp_path / "号.docx") == [
        ("numbering", Place(2), "2.(删去手打的“2.”)"),
        ("numbering", Place(3), "3."),
    ]


def test_a_report_is_proofed_when_it_is_made_and_stays_made(report, tmp_path):
    book = report.with_name("填报.xlsx")
    run = subprocess.run(
        [sys.executable, "-m", "gouji", "report", str(book), "报告.docx", "--proof"],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    assert run.returncode == 1
    *_, slip, last = run.stdout.decode().splitlines()
    assert slip == (
        "第 31 段:引号和括号不成对。写的是“同见证党的二十大”开幕式盛”,应为“缺前面的“”。请改正。"
    )
    assert last.startswith("报告.docx:有 1 处前后矛盾或写错。核对无误的有 4 处合计、")
    assert (tmp_path / "报告.docx").exists()


def command(folder, *arguments):
    run = subprocess.run(
        [sys.executable, "-m", "gouji", "proof", *arguments],
        cwd=folder, capture_output=True, check=False,
    )  # fmt: skip
    return run.stdout.decode(), run.stderr.decode(), run.returncode


TEXT = """
2022年度支出265.24万元，其中：项目支出69.75万元，基本支出195.94万元。
单位：万元
|项目|预算数|决算数|
|甲|10.00|12.00|
|乙|20.00|18.00|
|合计|30.00|33.00|
"""
SUM = (
    "第 1 段:文字里的合计。写的是“基本支出195.94万元”,应为“基本支出195.49万元”"
    "(69.75万元 + 195.94万元 = 265.69万元)。请核对这几个数。"
)
CELL = (
    "表 1 第 4 行第 3 格:表格里的合计。写的是“合计·决算数 33.00”,应为“30.00”"
    "(12.00 + 18.00 = 30.00)。请核对这几个数。"
)


def test_the_command_tells_all_in_lines_in_json_and_in_a_commented_copy(tmp_path):
    original = saved(TEXT, tmp_path / "报告.docx").read_bytes()
    last = "报告.docx:有 2 处前后矛盾或写错。核对无误的有 1 处表内合计。"
    lines = f"{SUM}\n{CELL}\n{last}\n批注副本:批注.docx\n"
    assert command(tmp_path, "报告.docx", "--annotate", "批注.docx") == (lines, "", 1)
    comments = docx.Document(str(tmp_path / "批注.docx")).comments
    assert [(one.author, one.text) for one in comments] == [("勾稽", SUM), ("勾稽", CELL)]
    assert (tmp_path / "报告.docx").read_bytes() == original
    out, err, status = command(tmp_path, "报告.docx", "--json")
    assert (err, status) == ("", 1)
    assert json.loads(out) == {
        "file": "报告.docx",
        "ok": False,
        "checked": {"table-sum": 1},
        "findings": [
            {
                "rule": "sum",
                "severity": "error",
                "place": {"paragraph": 1},
                "text": "2022年度支出265.24万元，其中：项目支出69.75万元，基本支出195.94万元。",
                "figures": ["265.24万元", "69.75万元", "195.94万元"],
                "says": "基本支出195.94万元",
                "should_be": "基本支出195.49万元",
                "arithmetic": "69.75万元 + 195.94万元 = 265.69万元",
            },
            {
                "rule": "table-sum",
                "severity": "error",
                "place": {"table": 1, "row": 4, "column": 3},
                "text": "合计|30.00|33.00",
                "figures": ["33.00", "12.00", "18.00"],
                "says": "合计·决算数 33.00",
                "should_be": "30.00",
                "arithmetic": "12.00 + 18.00 = 30.00",
            },
        ],
    }


def test_a_rule_that_is_off_says_nothing_and_counts_nothing(tmp_path):
    saved(TEXT, tmp_path / "报告.docx")
    off = ("--off", "sum", "--off", "table-sum")
    said = "报告.docx:没有发现前后矛盾。没有找到可以核对的数。\n"
    assert command(tmp_path, "报告.docx", *off) == (said, "", 0)
    out, err, status = command(tmp_path, "报告.docx", "--off", "合计")
    assert (out, status) == ("", 2)
    assert err.startswith("没有这条规则:合计。有:sum、table-sum、code-sum、")


def test_a_hint_is_told_and_is_no_fault(tmp_path):
    saved("支出18.00万元，比预算21.45万元减少3.44万元。", tmp_path / "报告.docx")
    hint = (
        "第 1 段:增减额和增减率(提示)。写的是“减少3.44万元”,应为“减少3.45万元”"
        "(21.45万元 - 18.00万元 = 3.45万元)。可能是四舍五入或者口径不同,请看一看。"
    )
    last = "报告.docx:有 1 处提示。核对无误的有 1 处方向。"
    assert command(tmp_path, "报告.docx") == (f"{hint}\n{last}\n", "", 0)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("演出120场次，其中城区50场次、乡镇60场次。", "可能有交叉、没有列全,或者口径不同,请看一看"),
        (
            "三公经费8.5万元，其中接待费3.5万元、车辆费6万元。",
            "可能有交叉、没有列全,或者口径不同,请看一看",
        ),
        ("检查企业12家，整改8家，整改率100%。", "可能是口径不同,请看一看"),
        ("支出18.00万元，比预算21.45万元减少3.44万元。", "可能是四舍五入或者口径不同,请看一看"),
        ("核定编制31名，其中：行政编制12名，事业编制18名。", "请核对这几个数"),
    ],
)
def test_a_finding_says_why_the_figures_may_be_apart(text, says):
    (slip,) = judged([Statement(text, Place(1))]).slips
    assert line_of(slip).rpartition(")。")[2] == f"{says}。"


def test_a_run_with_findings_alone_does_not_say_that_nothing_was_found_to_hold():
    verdict = judged([Statement("城区50个、乡镇60个，合计120个。", Place(1))])
    assert list(told(Path("报告.docx"), verdict))[-1] == "报告.docx:有 1 处前后矛盾或写错。"


def test_a_file_that_cannot_be_read_is_told_why(tmp_path):
    (tmp_path / "报告.pdf").write_bytes(b"%PDF-1.7\n%%EOF")
    (tmp_path / "报告.docx").write_bytes(b"PK")
    assert [command(tmp_path, name) for name in ("报告.pdf", "没有.docx")] == [
        (
            "",
            "报告.pdf:是 PDF,里面没有 Word 的段落、样式和标签。"
            "请用印出它的那份 Word 文档(.docx)。\n",
            2,
        ),
        ("", "没有这个文件:没有.docx\n", 2),
    ]
    assert command(tmp_path, "报告.docx")[::2] == ("", 2)


BOX = "支出265.24万元，其中：项目支出69.75万元，基本支出195.94万元。"
NOTE = "会议费30.55万元，培训费20.18万元，合计50.37万元。"
DRAWN = """<w:r {}><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
<mc:Choice Requires="wps"><w:drawing>{}</w:drawing></mc:Choice>
<mc:Fallback><w:pict>{}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"""
NOTES = """<w:footnotes {}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>
<w:footnote w:id="1"><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote></w:footnotes>"""
FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def test_headers_footers_notes_and_boxes_are_read_each_once(tmp_path):
    document = empty_document()
    document.add_paragraph("2022年度甲局整体支出绩效自评报告")
    host = document.add_paragraph("年末实有在职人员11人。")
    box = f"<w:txbxContent><w:p><w:r><w:t>{BOX}</w:t></w:r></w:p></w:txbxContent>"
    host._p.append(parse_xml(DRAWN.format(nsdecls("w"), box, box)))
    document.sections[0].header.paragraphs[0].text = "XX局2022年度报告"
    document.sections[0].footer.paragraphs[0].text = "甲局在职人员15人"
    notes = Part(
        PackURI("/word/footnotes.xml"), TYPE, NOTES.format(nsdecls("w"), NOTE).encode(),
        document.part.package,
    )  # fmt: skip
    document.part.relate_to(notes, FOOTNOTES)
    document.save(str(tmp_path / "报告.docx"))
    assert [one[:2] for one in errors(tmp_path / "报告.docx")] == [
        ("sum", Place(2)),
        ("residue", Place(1, part="页眉")),
        ("repeated", Place(1, part="页脚")),
        ("sum", Place(1, part="脚注")),
    ]
    out, _, status = command(tmp_path, "报告.docx", "--json", "--annotate", "批注.docx")
    places = [one["place"] for one in json.loads(out)["findings"]]
    assert (places[-1], status) == ({"part": "脚注", "paragraph": 1}, 1)
    assert len(list(docx.Document(str(tmp_path / "批注.docx")).comments)) == 4
