"""Reports that were made by hand, read back into the form."""

import re
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from handmade import automatic, level_of, plain, renumbered
from hypothesis import given, settings
from hypothesis import strategies as st
from loaded import load_workbook
from read_back import derived, listed, sample_of
from sampled import check_of, retyped

from docgen.importing.report import imported_workbook, read_report, summary
from docgen.report.report import render_report
from docgen.stated.outline import read_lines
from docgen.template.model.errors import Location, Step, TemplateError, Unit
from workbook.checking.data_files import KindError
from workbook.checking.intake import take_in
from workbook.checking.kinds import find_kind, load_kind
from workbook.findings.place import Place
from workbook.making.build import as_bytes, build_workbook
from workbook.reading.saved import open_saved
from workbook.rules.judge import Verdict
from workbook.stated.folded import fold

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT.parent / "shared" / "seed" / "report-2022.txt"
GOLDEN = ROOT / "tests" / "golden" / "department.txt"
MISSING = "（一）基本支出情况"  # a heading that the real report forgot
STATED = (
    "年度", "单位名称", "单位简称", "单位自称", "内设机构", "内设机构数", "所属单位",
    "所属单位数", "机构设置情况", "主要职责", "机构性质", "行政编制", "事业编制", "在职人员",
    "人员情况", "整体支出绩效目标", "年初预算", "财政拨款收入", "财政拨款支出", "基本支出",
    "人员经费", "公用经费", "项目支出", "专项资金绩效", "存在的问题", "改进措施", "结果应用",
)  # fmt: skip
# What the form works out from the rest, and the report states too: the formulas stay.
WORKED_OUT = {"内设机构数", "所属单位数", "财政拨款支出", "基本支出", "项目支出"}
TIES = {"收支平衡", "支出按来源构成", "基本支出构成", "项目支出明细"}
ROWS = {"项目": ("名称", "金额"), "绩效": ("标题", "内容")}


def real_lines():
    return SEED.read_text(encoding="utf-8").splitlines()


def golden_lines():
    """The generated report's text as somebody would retype it: one heading lost, no annexes.

    Without the sentence on 三公 either, which the real report does not have.
    """
    text, _, _ = GOLDEN.read_text("utf-8").partition("附件说明 | ")
    lines = [line.partition(" | ")[2] for line in text.splitlines()]
    return [line for line in lines if line != MISSING and not line.startswith("“三公”")]


# The real report's own text lies beside the repository, where it is checked out with it.
SOURCES = [golden_lines, *([real_lines] if SEED.exists() else [])]


@pytest.fixture(params=SOURCES, ids=lambda source: source.__name__)
def lines(request):
    return request.param()


@pytest.fixture(scope="session")
def stated(sample_bytes, tmp_path_factory):
    """What of the real report is typed: the sample's values by field, and the rows by table."""
    path = tmp_path_factory.mktemp("样例") / "填报.xlsx"
    path.write_bytes(sample_bytes)
    values = take_in(path).checked.values
    fields = {key: values.fields[key].value for key in STATED if key not in WORKED_OUT}
    tables = {
        key: [{column: row[column].value for column in columns} for row in values.tables[key]]
        for key, columns in ROWS.items()
    }
    return fields, tables


def copied(kind, folder):
    """A copy of the kind's folder, to be changed."""
    return Path(shutil.copytree(kind.folder, folder / kind.name))


def changed(lines, old, new):
    assert sum(old in line for line in lines) == 1, old
    return [line.replace(old, new) for line in lines]


def without(lines, *starts):
    return [line for line in lines if not line.startswith(starts)]


def place(lines, words):
    (found,) = [number for number, line in enumerate(lines) if line.startswith(words)]
    return found


@pytest.mark.parametrize("make", [plain, automatic, renumbered], ids=lambda make: make.__name__)
def test_the_real_report_is_read_whole_however_it_is_numbered(lines, make, imported, stated):
    fields, tables = stated
    read = imported(lines, make)
    assert sample_of(read) == (fields, tables)
    assert derived(read) == WORKED_OUT
    assert listed(read) == [f"“{MISSING}”,报告里没有找到这个标题"]
    figures = [value for value in fields.values() if isinstance(value, Decimal)]
    assert (len(figures), len(tables["项目"])) == (13 - len(WORKED_OUT), 7)


def test_all_ten_headings_are_found(lines, imported):
    read = imported(lines)
    assert [title for title in read.missing if title != MISSING] == []
    assert sum(level_of(line) == 0 for line in lines) == 10


def test_each_filled_cell_has_a_note_that_quotes_its_sentence(lines, imported, tmp_path):
    read = imported(lines)
    (tmp_path / "填报.xlsx").write_bytes(imported_workbook(read))
    book = load_workbook(tmp_path / "填报.xlsx")
    whole = fold("\n".join(lines)).text
    for cell, note in read.filled.notes.items():
        stands = book[cell.sheet][cell.address]
        assert stands.comment.text == note
        quote = re.search(r"^原文\(.+?\):“(.*?)…?”$", note, re.S | re.M)[1]
        assert fold(quote).text in whole
        if isinstance(stands.value, int | float):
            assert f"{stands.value:g}" in fold(quote).text
    assert read.filled.notes[Place("项目支出", "C9")] == "原文(段落 19):“4.统战工作经费33.72万元；”"


def test_the_new_workbook_ties_and_lacks_only_what_the_report_does_not_say(
    lines, imported, tmp_path
):
    (tmp_path / "填报.xlsx").write_bytes(imported_workbook(imported(lines)))
    checked = take_in(tmp_path / "填报.xlsx").checked
    blank = {finding.label for finding in checked.findings if finding.code == "required"}
    assert blank == {"成文日期", "年度总体目标实际完成情况"}
    assert [one.what for one in checked.findings if one.code == "required-cells"] == [
        "表「项目」里还有 21 格必填的是空的:全年预算数 7 格、预期目标 7 格、实际完成情况 7 格"
    ]
    assert TIES.isdisjoint(finding.rule for finding in checked.findings)


def test_what_the_form_works_out_stays_a_formula_and_has_a_note(lines, imported, tmp_path):
    read = imported(lines)
    (tmp_path / "填报.xlsx").write_bytes(imported_workbook(read))
    book = load_workbook(tmp_path / "填报.xlsx")
    values = take_in(tmp_path / "填报.xlsx").checked.values
    found = {key: values.fields[key] for key in WORKED_OUT}
    assert {key: str(entry.value) for key, entry in found.items()} == {
        "内设机构数": "3",
        "所属单位数": "1",
        "财政拨款支出": "265.24",
        "基本支出": "195.49",
        "项目支出": "69.75",
    }
    for entry in found.values():
        assert entry.is_derived
        cell = book[entry.place.sheet][entry.place.address]
        assert (cell.data_type, cell.comment.text[:2]) == ("f", "原文")
    assert [line for line in summary(read) if line.startswith("另有")] == [
        "另有 5 个单元格由公式算出,和报告里写的一样,保留公式。"
    ]


def test_a_figure_that_differs_from_what_the_form_works_out_is_typed_over_the_formula(
    imported, tmp_path
):
    read = imported(changed(golden_lines(), "基本支出195.49万元", "基本支出195.94万元"))
    assert read.filled.sample.fields["基本支出"] == Decimal("195.94")
    assert derived(read) == WORKED_OUT - {"基本支出", "财政拨款支出"}
    (tmp_path / "填报.xlsx").write_bytes(imported_workbook(read))
    outcomes = take_in(tmp_path / "填报.xlsx").checked.outcomes
    failed = {one.rule.spec.id for one in outcomes if one.verdict is Verdict.FAILS}
    assert failed & TIES == {"收支平衡", "支出按来源构成", "基本支出构成"}


def test_a_signature_and_a_date_in_chinese_figures_are_read(imported):
    lines = without(golden_lines(), "单位名称")
    read = imported([*lines, "中共株洲市芦淞区委统战部", "二〇二三年三月十五日"])
    fields, _ = sample_of(read)
    assert (fields["单位名称"], fields["成文日期"]) == (
        "中共株洲市芦淞区委统战部",
        date(2023, 3, 15),
    )


def test_another_unit_is_converted_exactly_and_the_note_says_so(imported):
    read = imported(changed(golden_lines(), "人员经费171.74万元", "人员经费1,717,400元"))
    assert read.filled.sample.fields["人员经费"] == Decimal("171.74")
    note = read.filled.notes[Place("预算收支", "C18")]
    assert note.splitlines()[-1] == "原文以元为单位,换算为 171.74 万元。"


def test_a_unit_that_does_not_come_out_even_is_told_and_not_rounded(imported):
    read = imported(changed(golden_lines(), "基本支出195.49万元", "基本支出1,954,912元"))
    assert read.filled.sample.fields["基本支出"] == Decimal("195.4912")
    assert listed(read)[0] == (
        "预算收支!C17:基本支出:195.4912 的小数超过 2 位。请按四舍五入改为 195.49,公式请用 ROUND。"
    )


def test_a_figure_stated_twice_differently_is_not_filled_and_both_places_are_listed(imported):
    other = "重用党外干部4名。2022年人员经费171.47万元。"
    read = imported(changed(golden_lines(), "重用党外干部4名。", other))
    assert "人员经费" not in read.filled.sample.fields
    assert Place("预算收支", "C18") not in read.filled.notes
    assert read.filled.doubts == [
        (
            "预算收支!C18",
            "人员经费:报告里前后不一,没有填:段落 17“其中：项目支出69.75万元，基本支出195.49万元，"
            "其中：人员经费171.74万元，公用经费23.75万元。”;"
            "段落 28“2022年人员经费171.47万元。”。请核对后填写",
        )
    ]


@pytest.mark.parametrize(
    "words",
    [
        "上年基本支出180万元。",
        "2021年基本支出180万元。",
        "基本支出约195万元。",
        "人均公用经费2.14万元。",
        "基本支出比预算增加5万元。",
        "政府性基金财政拨款收入12万元。",
        "另有购置费12万元。",
    ],
)
def test_a_figure_of_something_else_is_neither_taken_nor_a_contradiction(words, imported, stated):
    lines = golden_lines()
    lines.insert(place(lines, "（二）项目支出"), words)
    read = imported(lines)
    assert sample_of(read)[0] == stated[0]
    assert [line.partition(":")[2] for line in listed(read)[1:]] == [
        f"“{words}”,没有找到对应的单元格"
    ]
    lines = [line for line in lines if "人员经费171.74" not in line]
    assert imported(lines).filled.sample.fields.keys().isdisjoint({"基本支出", "公用经费"})


def test_figures_in_other_words_are_found_by_their_names_and_the_sentence_is_listed(imported):
    lines = golden_lines()
    words = "其中，基本支出为195.49万元（人员经费171.74 万元、公用经费23.75万元），占73.7%。"
    lines[place(lines, "其中：项目支出")] = words
    read = imported(lines)
    fields, _ = sample_of(read)
    assert [fields.get(key) for key in ("人员经费", "公用经费")] == [
        Decimal("171.74"),
        Decimal("23.75"),
    ]
    assert derived(read) == WORKED_OUT - {"项目支出"}
    assert listed(read)[-1].endswith(",只认出:基本支出、人员经费、公用经费")
    note = read.filled.notes[Place("预算收支", "C18")]
    assert note.splitlines()[-1] == "从叙述文字中按“人员经费”认出,请核对。"


PROJECTS = re.compile(r"\d\..*?万元[；。]")


def test_projects_are_read_one_to_a_paragraph(imported, stated):
    lines = golden_lines()
    number = place(lines, "1.民族工作专项经费")
    lines[number : number + 1] = PROJECTS.findall(lines[number])
    assert sample_of(imported(lines))[1] == stated[1]


def test_projects_are_read_from_the_middle_of_a_sentence(imported, stated):
    lines = golden_lines()
    number = place(lines, "1.民族工作专项经费")
    lines[number] = f"2022年项目支出69.75万元，共安排7个项目，包括：{lines[number]}"
    read = imported(lines)
    assert sample_of(read)[1] == stated[1]
    assert listed(read)[-1].endswith(",只认出:“项目”、项目支出")


def test_other_amounts_in_the_place_of_projects_are_not_taken_for_projects(imported, stated):
    lines = golden_lines()
    sentence = lines.pop(place(lines, "其中：项目支出"))
    lines.insert(place(lines, "三、"), sentence)
    read = imported(lines)
    assert sample_of(read)[1] == stated[1]
    assert read.filled.sample.fields["人员经费"] == Decimal("171.74")


@pytest.mark.parametrize(
    ("head", "caption", "factor"),
    [
        (("项目名称", "金额（万元）"), "项目支出明细表", 1),
        (("项目名称", "金额"), "单位：元", 10000),
        (("名 称", "金额(元)"), "项目支出明细表", 10000),
    ],
)
def test_projects_are_read_from_a_table(imported, stated, head, caption, factor):
    lines = golden_lines()
    rows = [(row["名称"], f"{(row['金额'] * factor).normalize():f}") for row in stated[1]["项目"]]
    number = place(lines, "1.民族工作专项经费")
    lines[number : number + 1] = [caption, [head, *rows, ("合计", "697500")]]
    read = imported(lines)
    assert sample_of(read)[1] == stated[1]
    assert listed(read)[1:] == [
        f"报告 段落 19:“{caption}”,没有找到对应的单元格",
        "报告 表格 1 行 9 列 1:“合计 | 697500”,没有找到对应的单元格",
    ]


def test_headings_in_slightly_other_words_are_taken_and_told(imported, stated):
    lines = changed(golden_lines(), "存在的问题及原因分析", "存在问题及原因")
    read = imported(lines)
    assert sample_of(read)[0] == stated[0]
    assert listed(read)[1] == (
        "报告 段落 36:“七、存在问题及原因”,标题与模板的“七、存在的问题及原因分析”相近,已按它处理"
    )


def test_a_heading_with_its_text_in_one_paragraph_is_parted(imported):
    lines = golden_lines()
    number = place(lines, "三、")
    lines[number : number + 2] = ["三、政府性基金预算支出情况：本年无此项支出。"]
    read = imported(lines)
    assert read.filled.sample.fields["政府性基金支出情况"] == "本年无此项支出。"
    assert len(listed(read)) == 1


def test_sections_in_another_order_are_found(imported, stated):
    lines = golden_lines()
    first, second = place(lines, "七、"), place(lines, "八、")
    moved = lines[first:second]
    del lines[first:second]
    number = place(lines, "九、")
    lines[number:number] = moved
    assert sample_of(imported(lines))[0] == stated[0]


def test_lines_that_were_broken_by_hand_inside_a_paragraph_are_lines(imported, stated):
    lines = golden_lines()
    read = imported(["\n".join(lines[:3]), "\n".join(lines[3:20]), *lines[20:]])
    assert sample_of(read)[0] == stated[0]


def test_a_table_of_contents_is_not_taken_for_the_text(imported, stated):
    lines = golden_lines()
    contents = [line for line in lines if level_of(line) in (0, 1)]
    read = imported([*lines[:2], *contents, *lines[2:]])
    assert sample_of(read)[0] == stated[0]


def test_what_stands_under_a_heading_that_the_template_lacks_is_listed(imported, stated):
    read = imported([*golden_lines(), "十一、附件", "附件1", "另有说明。"])
    assert sample_of(read)[0] == stated[0]
    assert [line.partition(":")[2] for line in listed(read)[1:]] == [
        f"“{words}”,模板里没有这个标题" for words in ("十一、附件", "附件1", "另有说明。")
    ]


def test_more_rows_than_the_form_has_ready_are_all_filled(imported, tmp_path):
    lines = golden_lines()
    names = [f"第{number}类经费" for number in range(1, 45)]
    lines[place(lines, "1.民族工作专项经费")] = "".join(
        f"{number}.{name}1.00万元；" for number, name in enumerate(names, 1)
    )
    read = imported(lines)
    (tmp_path / "填报.xlsx").write_bytes(imported_workbook(read))
    rows = take_in(tmp_path / "填报.xlsx").checked.values.tables["项目"]
    assert [row["名称"].value for row in rows] == names


def test_a_report_of_something_else_fills_nothing(imported):
    read = imported(["关于放假的通知", "各单位：", "国庆节放假七天。"])
    assert read.count == 0
    assert list(summary(read)) == [
        "「旧报告.docx」里没有认出任何内容,没有新建工作簿。请核对文件和报告种类。"
    ]


def test_the_list_of_what_was_not_understood_stands_in_the_workbook(imported, tmp_path):
    words = "=本单位另有房屋出租。"
    lines = golden_lines()
    lines.insert(place(lines, "（二）项目支出"), words)
    (tmp_path / "填报.xlsx").write_bytes(imported_workbook(imported(lines)))
    sheet = load_workbook(tmp_path / "填报.xlsx")["未识别内容"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["未识别内容", None, None],
        ["从“旧报告.docx”导入。下面各处没有填进表里，请逐条核对。核对完可以删去本表。", None, None],
        ["位置", "内容", "说明"],
        [None, MISSING, "报告里没有找到这个标题"],
        ["报告 段落 18", words, "没有找到对应的单元格"],
    ]
    assert sheet["B5"].data_type == "s"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "old-or-encrypted"),
        (b"not a document", "not-a-package"),
        (b"", "not-a-package"),
    ],
)
def test_a_file_that_is_no_document_is_told_plainly(department, tmp_path, data, code):
    path = tmp_path / "旧报告.doc"
    path.write_bytes(data)
    with pytest.raises(TemplateError) as told:
        read_report(path, department)
    assert [fault.code for fault in told.value.faults] == [code]
    assert "存为 .docx" in str(told.value)


def test_a_workbook_in_the_place_of_a_report_is_no_document(department, sample_file):
    with pytest.raises(TemplateError) as told:
        read_report(sample_file, department)
    assert [fault.code for fault in told.value.faults] == ["not-a-package"]


@pytest.mark.parametrize("seed", range(20))
def test_a_byte_gone_wrong_is_told_or_read(department, tmp_path, seed):
    path = tmp_path / "旧报告.docx"
    plain(golden_lines()).save(str(path))
    data = bytearray(path.read_bytes())
    data[(seed * 104729) % len(data)] ^= 1 << seed % 8
    path.write_bytes(data)
    try:
        imported_workbook(read_report(path, department))
    except TemplateError as told:
        assert told.faults


@pytest.mark.parametrize(
    "words",
    [
        "1.项目5万元；" * 2500, "基本支出" * 4900, "内设" * 9000 + "个科室", "1、2、" * 3300,
        "内设办公室、" * 3000, "主要职责是" * 3500, "项目支出5万元,其中" * 1800, "比上年9%" * 3000,
    ],
)  # fmt: skip
def test_a_line_that_nobody_typed_takes_no_time_to_speak_of(imported, words):
    lines = golden_lines()
    lines.insert(place(lines, "（二）项目支出"), words)
    assert imported(lines).filled.sample.fields["公用经费"] == Decimal("23.75")


def test_a_faulty_list_of_phrases_is_told_to_its_author(department, tmp_path):
    folder = copied(department, tmp_path)
    (folder / "import.toml").write_text(
        'phrase = ["内设{{ 内设机构 }}{{ 科室数 }}个科室", "{{ 在职人员 }}人"]\n'
        '[text]\n"职责" = ["部门职责"]\n[offices]\ninside = "科室"',
        encoding="utf-8",
    )
    from docgen.report.lint_report import kind_faults

    with pytest.raises(KindError) as told:
        kind_faults(load_kind(folder))
    assert [fault.partition(":")[2] for fault in told.value.faults] == [
        "「内设{{ 内设机构 }}{{ 科室数 }}个科室」里有表单没有的名称",
        "「{{ 在职人员 }}人」要以至少两个字开头,才认得出来",
        "表单没有“职责”这一栏",
        "表单没有“科室”这一栏",
    ]


# What a report prints and nobody can read back: a text that begins like a number or a heading of
# the outline, a text that is the template's own `无。`, a full stop inside a title, a digit at the
# end of a name that a figure follows, and an optional amount of 0 that is not printed at all.
LETTERS = st.sampled_from("天地玄黄宇宙洪荒日月盈昃辰宿列张ABCxyz，、：“”（）《》 ")
FIRST = st.sampled_from("寒来暑往秋收冬藏闰余成岁律吕调阳")
NAMES = st.builds(
    lambda first, rest, last: f"{first}{rest}{last}", FIRST, st.text(LETTERS, max_size=20), FIRST
)
PARAGRAPHS = st.lists(NAMES.map(lambda words: f"{words}。"), min_size=1, max_size=3).map("\n".join)
AMOUNTS = st.decimals("0.01", "99999999.99", places=2)


OPTIONAL = (
    "单位自称", "年初结转", "结余分配", "年末结转", "三公经费", "政府性基金支出情况",
    "国有资本经营支出情况", "社会保险基金支出情况", "其他说明",
)  # fmt: skip
QUOTED = {"内设机构", "所属单位"}  # printed only where a text quotes them


def printed_fields(form):
    """A strategy for all that the department's report prints in its text."""
    kinds = {
        "year": st.integers(1990, 2099),
        "date": st.dates(date(1990, 1, 1), date(2099, 12, 31)),
        "number": AMOUNTS,
        "text": NAMES,
        "paragraphs": PARAGRAPHS,
    }
    asked = [key for key in STATED if form.fields[key].type in kinds and key not in QUOTED]
    values = {key: kinds[form.fields[key].type] for key in [*asked, "成文日期"]}
    optional = {key: kinds[form.fields[key].type] for key in OPTIONAL}
    del values["单位自称"]
    return st.fixed_dictionaries(values, optional=optional)


@pytest.fixture(scope="module")
def blank(department, tmp_path_factory):
    """The department's form before anybody fills it, as it is read from its file."""
    path = tmp_path_factory.mktemp("空表") / "填报.xlsx"
    path.write_bytes(as_bytes(build_workbook(department.form, department.rules)))
    return open_saved(path).snapshot(department.form)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_report_of_ours_is_read_back_to_the_same_values(
    department, blank, tmp_path_factory, data
):
    fields = data.draw(printed_fields(department.form))
    if fields.get("单位自称") == fields["单位简称"]:
        del fields["单位自称"]
    # The annex prints what the projects give: another sum is a contradiction, and left blank.
    del fields["项目支出"]
    projects = data.draw(
        st.lists(st.fixed_dictionaries({"名称": NAMES, "金额": AMOUNTS}), max_size=12)
    )
    results = data.draw(
        st.lists(st.fixed_dictionaries({"标题": NAMES, "内容": PARAGRAPHS}), min_size=1, max_size=5)
    )
    tables = {"项目": tuple(projects), "绩效": tuple(results)}
    cells = {
        f"{key}.{number}.{column}": value
        for key, rows in tables.items()
        for number, row in enumerate(rows)
        for column, value in row.items()
    }
    values = check_of(retyped(blank, {**fields, **cells})).values
    path = tmp_path_factory.mktemp("往返") / "报告.docx"
    path.write_bytes(render_report(department, values))
    read = sample_of(read_report(path, department))
    typed = {key: value for key, value in fields.items() if not values.fields[key].is_derived}
    assert read == (typed, {key: list(rows) for key, rows in tables.items() if rows})


def test_amounts_that_are_printed_in_another_unit_come_back_in_their_own(tmp_path):
    kind = find_kind("project_sichuan")
    build_workbook(kind.form, kind.rules, kind.sample).save(tmp_path / "填报.xlsx")
    values = take_in(tmp_path / "填报.xlsx").checked.values
    (tmp_path / "报告.docx").write_bytes(render_report(kind, values))
    _, tables = sample_of(read_report(tmp_path / "报告.docx", kind))
    asked = [row.get("年初财政") for row in kind.sample.tables["项目自评"]]
    assert asked[0] == 380049
    read = [row.get("年初财政", row.get("年初预算数")) for row in tables["项目自评"]]
    assert read == [None if one is None else round(one, -2) for one in asked]


def test_automatic_numbers_are_written_as_word_shows_them(tmp_path):
    lines = ["一、甲", "（一）乙", "1.丙丁", "2.戊己", "（二）庚", "1.辛壬", "二、癸"]
    automatic(lines).save(str(tmp_path / "甲.docx"))
    assert [line.text for line in read_lines(tmp_path / "甲.docx")] == lines


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一、基本情况", "一、"),
        ("4、 国有资本", "4、"),
        ("(1） 部门整体", "(1)"),
        ("（十二）其他", "(十二)"),
        ("1.2022年预算资金221.91万元", "1."),
        ("第三部分 绩效", "第三部分"),
        ("①其一", "①"),
        ("1.2.3 小节", "1.2.3"),
        ("1.5万元用于办公", ""),
        ("2022年度支出", ""),
        ("一是高位谋划", ""),
        ("十个一联点", ""),
    ],
)
def test_a_number_before_a_heading_is_told_from_a_figure(tmp_path, text, number):
    plain([text]).save(str(tmp_path / "甲.docx"))
    assert [line.number for line in read_lines(tmp_path / "甲.docx")] == [number]


def test_what_a_template_computes_is_listed_and_not_passed_over(department, tmp_path):
    folder = copied(department, tmp_path)
    template = plain(["{{ 年度 }}年报告", "人员经费占{{ 人员经费 / 基本支出 }}。"])
    template.save(str(folder / "report.docx"))
    plain(["2022年报告", "人员经费占87.9%。"]).save(str(tmp_path / "旧报告.docx"))
    read = read_report(tmp_path / "旧报告.docx", load_kind(folder))
    assert sample_of(read)[0] == {"年度": 2022}
    assert listed(read) == [
        "报告 段落 2:“人员经费占87.9%。”,模板在这里打印的是算出来的内容,不能倒推"
    ]


def test_names_with_nothing_behind_them_are_understood_and_take_nothing(department, tmp_path):
    folder = copied(department, tmp_path)
    template = plain(
        [
            "{{ 年度 }}年",
            "单位：{{ 单位名称 }}　简称：{{ 单位简称 }}　日期：{{ 成文日期|long_date }}",
        ]
    )
    template.save(str(folder / "report.docx"))
    for line, values in (
        ("单位：　简称：　日期：", {}),
        ("单位：甲局　简称：　日期：", {"单位名称": "甲局"}),
        ("单位名称：简称：乙", {}),
    ):
        plain(["2022年", line]).save(str(tmp_path / "旧报告.docx"))
        read = read_report(tmp_path / "旧报告.docx", load_kind(folder))
        assert sample_of(read)[0] == {"年度": 2022} | values
        assert (line in "".join(listed(read))) == (line == "单位名称：简称：乙")


def test_a_report_of_an_english_kind_is_read_back_with_the_list_of_what_is_left(tmp_path: Path):
    kind = find_kind("grant_report")
    build_workbook(kind.form, kind.rules, kind.sample).save(tmp_path / "grant.xlsx")
    values = take_in(tmp_path / "grant.xlsx").checked.values
    (tmp_path / "report.docx").write_bytes(render_report(kind, values))

    read = read_report(tmp_path / "report.docx", kind)
    (tmp_path / "back.xlsx").write_bytes(imported_workbook(read))
    book = load_workbook(tmp_path / "back.xlsx")
    assert book.sheetnames == [
        "Instructions", "Grant", "Budget", "Funds", "Staff", "Results", "Narrative",
        "Checks", "Lists", "Unread",
    ]  # fmt: skip
    assert [[cell.value for cell in row] for row in book["Unread"]["A1:C4"]] == [
        ["Unread", None, None],
        ["Imported from “report.docx”. What follows was not filled in; please go through it. "
         "Delete this sheet when you have checked it.", None, None],
        ["Where", "Words", "Remark"],
        ["Report, paragraph 2", "Clean water for six villages", "no cell was found for this"],
    ]  # fmt: skip
    assert list(summary(read))[2:4] == [
        "Not understood or doubtful: 14, in full on the sheet “Unread”:",
        "  Report, paragraph 2: “Clean water for six villages”: no cell was found for this",
    ]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    words = [*(str(cell.value) for cell in cells), *(c.comment.text for c in cells if c.comment)]
    assert [one for one in words if re.search("[\u3000-\u9fff]", one)] == []
    back = take_in(tmp_path / "back.xlsx").checked.values
    figures = ("Opening_balance", "Received", "Interest")
    assert {key: back.fields[key].value for key in figures} == {
        key: kind.sample.fields[key] for key in figures
    }


def test_a_note_names_the_cell_of_the_row_in_which_its_words_stand():
    row = Location("word/document.xml", (Step(Unit.CELL, (3, 2, 1)), Step(Unit.PARAGRAPH, (1,))))
    assert row.right(3).within() == "表格 3 行 2 列 4"
    assert row.right(0).within() == "表格 3 行 2 列 1 › 段落 1"
