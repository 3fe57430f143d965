"""The annotated copy: coloured cells, notes, a sheet of results; the original is not touched."""

import re
import subprocess
import warnings
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest
from light import changed, untitled
from loaded import load_workbook
from lxml import etree
from openpyxl import Workbook
from openpyxl.comments import Comment
from small import check_of, details, form_of, money, rule, text
from spoiled import editing, typing

from workbook.checking.intake import take_in
from workbook.files.save import OutputError
from workbook.findings.model import Finding, Severity, flattened
from workbook.findings.place import Place
from workbook.making.build import build_workbook
from workbook.marking.annotate import annotate, annotated
from workbook.marking.remarks import MOST_SAID, remarks
from workbook.rules.model import RuleSet
from workbook.xlsx.bounds import MOST_LOOKS, MOST_RULES

RED, AMBER, BLUE = "FFFFC7CE", "FFFCE0C0", "FFDDEBF7"
Convert = Callable[[Path, str, Path], Path]
DARK_RED, DARK_AMBER, DARK_BLUE = "FFEF7272", "FFF5A742", "FF8DB9E2"


@pytest.fixture(scope="module")
def wrong_bytes(sample_bytes: bytes, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The sample with a total that does not tie, a 尾差 and a text for a figure."""
    path = tmp_path_factory.mktemp("wrong") / "填报.xlsx"
    path.write_bytes(sample_bytes)
    typing(基本支出=195.49, 公用经费=23.57, 全年预算=265.25, 三公经费="不详")(path)
    return path.read_bytes()


@pytest.fixture
def wrong_file(wrong_bytes: bytes, tmp_path: Path) -> Path:
    """A file of that, free to be changed."""
    path = tmp_path / "填报.xlsx"
    path.write_bytes(wrong_bytes)
    return path


def test_cells_are_coloured_by_the_gravest_finding_and_the_culprit_is_the_darkest(
    wrong_file: Path,
) -> None:
    copy = wrong_file.with_name("批注.xlsx")
    before = wrong_file.read_bytes()
    annotate(wrong_file, take_in(wrong_file).checked.findings, copy)

    sheets = load_workbook(copy)
    coloured = {
        str(Place(sheet.title, cell.coordinate)): cell.fill.fgColor.rgb
        for sheet in sheets.worksheets[1:]
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    assert coloured == {
        **{f"基本情况!C{row}": AMBER for row in (22, 23, 25)},
        "基本情况!C26": DARK_AMBER,
        **{f"预算收支!C{row}": AMBER for row in (5, 20)},
        "预算收支!C40": DARK_AMBER,
        **{f"预算收支!C{row}": BLUE for row in (6, 10, 11, 13, 14, 37)},
        "预算收支!C7": DARK_BLUE,
        **{f"预算收支!C{row}": RED for row in (17, 18)},
        **{f"预算收支!C{row}": DARK_RED for row in (19, 24)},  # named as the likely slip; no number
        **{f"资金来源!C{row}": AMBER for row in (6, 7, 27)},
        "资金来源!C23": BLUE,
        **{f"资金来源!E{row}": BLUE for row in range(8, 12)},
        **{f"项目支出!C{row}": AMBER for row in range(6, 13)},
    }
    assert wrong_file.read_bytes() == before


def test_the_notes_say_what_is_wrong_and_in_what_a_cell_takes_part(wrong_file: Path) -> None:
    copy = wrong_file.with_name("批注.xlsx")
    annotate(wrong_file, take_in(wrong_file).checked.findings, copy)
    sheet = load_workbook(copy)["预算收支"]
    base = (
        "预算收支!C17 基本支出:195.49 ≠ 人员经费 171.74 + 公用经费 23.57 = 195.31,差 0.18。"
        "「公用经费」(预算收支!C19)若是 23.75 就相符,可能有两位数字颠倒。请核对这三个数"
    )
    assert [sheet[cell].comment.text for cell in ("C17", "C18", "C24")] == [
        f"【错误】{base}\n【提醒】参与“预算完成率超百”:预算收支!C40 支出合计:预算完成率 "
        "119.53%,支出超过年初预算。如属年中追加,请填写预算追加和全年预算,并在报告中说明\n"
        "【提示】参与“收支平衡”:预算收支!C10 财政拨款收入:财政拨款收入 265.25 + "
        "一般公共预算以外的收入 0.00 + 年初结转和结余 0 "
        "= 265.25 ≠ 支出合计 265.24 + 结余分配 0 + 年末结转和结余 0 = 265.24"
        ",差 0.01,在四舍五入允许的 0.015 以内(尾差)。可以保留;能按元核对的请核对",
        f"【错误】参与“基本支出构成”:{base}",
        "【错误】预算收支!C24 “三公”经费决算数:「不详」不是数字。请只填数字,不确定的不要填文字说明",
    ]
    assert sheet["C17"].comment.author == "勾稽"


def test_the_results_sheet_lists_every_finding_with_a_link(wrong_file: Path) -> None:
    copy = wrong_file.with_name("批注.xlsx")
    findings = take_in(wrong_file).checked.findings
    annotate(wrong_file, findings, copy)
    book = load_workbook(copy)
    sheet = book["校验结果"]
    rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    errors, warnings_, hints = (
        [one for one in findings if one.severity is severity] for severity in Severity
    )
    assert (book.sheetnames[0], book.active.title) == ("校验结果", "校验结果")
    assert rows[0][0] == "勾稽批注的副本，只供查看；请在原来的工作簿里修改。"
    assert rows[2:] == [
        ["级别", "位置", "项目", "问题", "怎么改", "可能的原因"],
        ["错误：预算收支（2 处）", *[""] * 5],
        *map(listed, errors),
        ["提醒（2 处）", *[""] * 5],
        *map(listed, warnings_),
        ["提示（1 处）", *[""] * 5],
        *map(listed, flattened(hints)),
    ]
    assert len(flattened(hints)) == 2  # what only follows from another stands under it
    links = [row[1].hyperlink for row in sheet.iter_rows(min_row=4)]
    places = [str(one.place) for one in flattened(findings)]
    assert [one.location for one in links if one] == places
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToWidth == 1
    assert sheet["D5"].alignment.wrap_text


def listed(one: Finding) -> list[str]:
    return [
        *(one.severity.word, str(one.place), one.label, one.what, one.todo),
        ";".join(one.causes),
    ]


def test_cells_that_are_marked_are_listed_for_the_colours_of_the_book_itself(
    wrong_file: Path,
) -> None:
    copy = wrong_file.with_name("批注.xlsx")
    findings = take_in(wrong_file).checked.findings
    annotate(wrong_file, findings, copy)
    book = load_workbook(copy)
    ((sheet, area),) = book.defined_names["勾稽_已标记"].destinations
    told = [cell.value for (cell,) in book[sheet][area] if cell.value]
    assert told == [f"{place.sheet}!{place.address}" for place in remarks(findings)]
    assert "预算收支!C19" in told


def test_the_one_cell_that_the_check_names_is_the_only_dark_red_one_that_is_seen(
    sample_file: Path, convert: Convert
) -> None:
    typing(人员经费=177.14)(sample_file)  # two digits of 171.74 exchanged
    copy = sample_file.with_name("批注.xlsx")
    annotate(sample_file, take_in(sample_file).checked.findings, copy)
    colours = bands_on(convert, copy, "支出构成")
    assert colours[DARK_RED] == 1
    assert colours[RED] > 3
    assert bands_on(convert, sample_file, "支出构成")[DARK_RED] == 0


def bands_on(convert: Convert, book: Path, heading: str) -> Counter[str]:
    """How many bands of each red lie below one another on the printed page with a heading."""
    book.write_bytes(changed(book.read_bytes(), one_shown, bytes))  # else all sheets are
    pdf = convert(book, "pdf", book.parent)
    pages = run("pdftotext", str(pdf), "-").decode().split("\f")
    number = next(n for n, page in enumerate(pages, start=1) if heading in page)
    page = ("-f", str(number), "-l", str(number), "-r", "40", "-singlefile")
    run("pdftoppm", *page, str(pdf), str(pdf.with_suffix("")))
    _, size, _, pixels = pdf.with_suffix(".ppm").read_bytes().split(b"\n", 3)
    width = 3 * int(size.split()[0])
    lines = [pixels[start : start + width] for start in range(0, len(pixels), width)]
    found: Counter[str] = Counter()
    for colour in (DARK_RED, RED):
        wanted = bytes.fromhex(colour[2:]) * 10
        there = [wanted in line for line in lines]
        found[colour] = sum(now and not before for before, now in pairwise([False, *there]))
    return found


def one_shown(book: bytes) -> bytes:
    """The part of a book of which 预算收支 alone is printed."""
    root = etree.fromstring(untitled(book))
    for number, sheet in enumerate(root.iterfind("{*}sheets/{*}sheet")):
        if sheet.get("name") == "预算收支":
            for view in root.iter("{*}workbookView"):
                view.set("activeTab", str(number))
        else:
            sheet.set("state", "hidden")
    return etree.tostring(root)


def run(*command: str) -> bytes:
    return subprocess.run(command, check=True, capture_output=True, timeout=120).stdout


def test_a_note_that_is_there_already_is_kept_under_ours(wrong_file: Path) -> None:
    def spoil(book) -> None:
        book["预算收支"]["C24"].comment = Comment("张三:待核", "张三")

    editing(spoil)(wrong_file)
    copy = wrong_file.with_name("批注.xlsx")
    annotate(wrong_file, take_in(wrong_file).checked.findings, copy)
    assert load_workbook(copy)["预算收支"]["C24"].comment.text.endswith("\n———\n张三:待核")


def test_an_annotated_copy_can_be_checked_and_annotated_again(wrong_file: Path) -> None:
    first, second = (wrong_file.with_name(f"批注{n}.xlsx") for n in (1, 2))
    findings = take_in(wrong_file).checked.findings
    annotate(wrong_file, findings, first)
    again = take_in(first).checked.findings
    annotate(first, again, second)
    assert again == findings
    assert load_workbook(second).sheetnames[:2] == ["校验结果1", "校验结果"]


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    form = form_of(text("单位"), money("数"))
    spec = rule("数", "数 > 5", message="{{ 单位 }}的数太小")
    checked = check_of(form, [spec], 单位="=HYPERLINK(1)", 数=1)
    source, copy = tmp_path / "填报.xlsx", tmp_path / "批注.xlsx"
    build_workbook(form, RuleSet(())).save(source)
    annotate(source, checked.findings, copy)
    cell = load_workbook(copy)["校验结果"]["D5"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)的数太小", "s")


def test_a_cell_that_takes_part_in_hundreds_of_findings_names_the_first_few(tmp_path: Path) -> None:
    form = form_of(money("总"), tables=[details(money("金额"), rows=300)])
    rows = [{"金额": number} for number in range(1, 301)]
    checked = check_of(form, [rule("不超", "金额 <= 总", each="明细")], rows, 总=0)
    source, copy = tmp_path / "填报.xlsx", tmp_path / "批注.xlsx"
    build_workbook(form, RuleSet(())).save(source)
    annotate(source, checked.findings, copy)
    note = load_workbook(copy)["表"]["C5"].comment.text.split("\n")
    assert len(note) == MOST_SAID + 1
    assert note[-1] == "……另有 290 条,见“校验结果”"


def test_the_original_is_never_its_own_copy(wrong_file: Path) -> None:
    for copy in (wrong_file, wrong_file.parent / "." / ".." / wrong_file.parent.name / "填报.xlsx"):
        with pytest.raises(OutputError) as error:
            annotate(wrong_file, [], copy)
        assert str(error.value) == "批注要写到另一份文件里,请换一个文件名。"


def test_a_copy_that_exists_is_not_overwritten(wrong_file: Path) -> None:
    copy = wrong_file.with_name("批注.xlsx")
    copy.write_bytes(b"old")
    with pytest.raises(OutputError, match="已经存在,没有覆盖"):
        annotate(wrong_file, [], copy)
    assert copy.read_bytes() == b"old"


@pytest.mark.parametrize("data", [b"", b"no workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_of_a_file_that_cannot_be_read_there_is_no_copy(data: bytes, tmp_path: Path) -> None:
    source, copy = tmp_path / "填报.xlsx", tmp_path / "批注.xlsx"
    source.write_bytes(data)
    with pytest.raises(OutputError) as error:
        annotate(source, take_in(source).checked.findings, copy)
    assert str(error.value) == "「填报.xlsx」读不下去,做不了批注副本。"
    assert not copy.exists()


SHEET = "xl/worksheets/sheet2.xml"
LINK = rb'(?<=hyperlink ref=)"\w+"'
# What is done to a part of a whole file: another part in its place, or words for words.
BENT = {
    "a theme that is only looked at on writing": ("xl/theme/theme1.xml", b"^", b"<!DOCTYPE x>"),
    "a day of saving that is an entity": ("docProps/core.xml", b"^", b"<!DOCTYPE x>"),
    "no sheet": ("xl/workbook.xml", b"(?s).*<sheets>.*</sheets>", b"<workbook><sheets/>"),
    "a link over a sheet": (SHEET, LINK, b'"A1:XFD1048576"'),
    "a link over all columns": (SHEET, LINK, b'"A:XFD"'),
    "looks": ("xl/styles.xml", b"</cellXfs>", b"<xf/>" * MOST_LOOKS + b"</cellXfs>"),
    "rules": (
        SHEET, b"</dataValidations>",
        b'<dataValidation sqref="A1"/>' * MOST_RULES + b"</dataValidations>"),
    "a sheet twice": ("xl/_rels/workbook.xml.rels", b"sheet3.xml", b"sheet2.xml"),
}  # fmt: skip


@pytest.mark.parametrize("what", BENT)
def test_of_a_bent_file_that_opens_there_is_no_copy_either(wrong_file: Path, what: str) -> None:
    source, copy = wrong_file.with_name("弯.xlsx"), wrong_file.with_name("批注.xlsx")
    part, old, new = BENT[what]
    with ZipFile(wrong_file) as whole, ZipFile(source, "w") as bent:
        for name in whole.namelist():
            data = whole.read(name)
            bent.writestr(name, re.sub(old, new, data, count=1) if name == part else data)
    with pytest.raises(OutputError) as error:
        annotate(source, [], copy)
    assert str(error.value) == "「弯.xlsx」读不下去,做不了批注副本。"
    assert not copy.exists()


def test_what_the_copy_loses_raises_no_warning(wrong_file: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        annotate(wrong_file, [], wrong_file.with_name("批注.xlsx"))


def test_an_annotated_copy_bears_the_times_of_its_workbook_and_none_of_its_own(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    dated, undated, book = tmp_path / "有.xlsx", tmp_path / "无.xlsx", Workbook()
    book.save(dated)
    with ZipFile(dated) as old, ZipFile(undated, "w") as new:
        for name in old.namelist():
            is_dated = name == "docProps/core.xml"
            new.writestr(name, b"<coreProperties/>" if is_dated else old.read(name))
    said = load_workbook(dated).properties.modified
    for source, saved_at in ((dated, said), (undated, datetime(2001, 9, 9, 1, 46, 40))):
        copy = annotated(source, ())
        assert load_workbook(BytesIO(copy)).properties.modified == saved_at
        assert {one.date_time[0] for one in ZipFile(BytesIO(copy)).infolist()} == {1980}
