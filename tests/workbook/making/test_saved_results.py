"""Each formula is saved with its result: Protected View, phones and previews do not calculate."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

import pytest
from cases import ENDED, SEED, Case, KindOf, department_case, language_case, sample_case, spots_of
from loaded import load_workbook
from openpyxl import Workbook
from shapes import Shapes, with_computed
from small import details, form_of, money, rule, rules_of, text
from spoiled import KINDS, replacing, typing, zipping
from written import REPORTS, differing, flat, formulas, sample_of, slipped

from workbook.checking.intake import take_in
from workbook.checking.kinds import Kind, find_kind
from workbook.entries.read import read
from workbook.files.save import save_new
from workbook.findings.model import flattened
from workbook.form.sample import Sample, with_room
from workbook.making.build import as_bytes, build_workbook
from workbook.making.planning.layout import plan_sheets
from workbook.making.worked_out import work_out
from workbook.marking.annotate import annotate
from workbook.reading.results import Result
from workbook.reading.saved import SavedBook, open_saved
from workbook.rules.model import RuleFile, RuleSet, RuleSpec
from workbook.rules.prepare import prepare_rules
from workbook.saving.book import FormBook, write_formula

Recalculate = Callable[[Sequence[Path]], list[Path]]
SHEET1 = "xl/worksheets/sheet1.xml"


def all_differing(files: Sequence[Path], office: Any) -> list[str]:
    return [line for file in files for line in differing(file, office)]


# what we compute


def test_every_formula_of_every_workbook_has_the_result_that_libreoffice_computes(
    written: dict[str, Path], office: Any, tmp_path: Path, summary_line
) -> None:
    files = [tmp_path / f"{name}.xlsx" for name in written]
    for file, made in zip(files, written.values(), strict=True):
        file.write_bytes(made.read_bytes())
    assert all_differing(files, office) == []
    count = sum(len(formulas(file)) for file in files)
    summary_line(f"saved results: {count} formulas of {len(files)} workbooks, as LibreOffice's")


def test_libreoffice_is_made_to_compute_and_not_to_show_what_was_saved(
    written: dict[str, Path], office: Any, recalculate: Recalculate, tmp_path: Path
) -> None:
    stale = tmp_path / "陈旧.xlsx"
    stale.write_bytes(written["department 样例"].read_bytes())
    zipping(lambda _, data: data.replace("<v>相符</v>".encode(), "<v>陈旧</v>".encode()))(stale)
    assert Result("陈旧") in flat(stale).values()
    (made,) = recalculate([stale])
    assert flat(made).keys() >= flat(stale).keys()
    assert Result("陈旧") not in flat(made).values()
    assert any("saved Result(value='陈旧'" in one for one in differing(stale, office))


@pytest.mark.parametrize("name", [*REPORTS, "grant_report", "language"])
def test_random_fillings_have_the_results_that_libreoffice_computes(
    name: str, language: Kind, office: Any, tmp_path: Path
) -> None:
    kind = language if name == "language" else find_kind(name)
    make = {"department": department_case, "language": language_case}.get(name)
    # A lone default in a row not in use is an error of its own, which no formula can tell.
    figures = [
        key
        for key, (_, _, field) in spots_of(kind).items()
        if field.is_number and (field.is_asked or "." not in key)
    ]
    files = []
    for number in range(6):
        random = Random(f"{SEED} saved {name} {number}")
        case = make(random, number) if make else sample_case(kind)
        if number % 2 or not make:
            case = slipped(case, figures, random)
        files.append(tmp_path / f"{number}.xlsx")
        build_workbook(kind.form, kind.rules, sample_of(kind, case)).save(files[-1])
    assert all_differing(files, office) == []


def test_rules_and_computed_cells_of_any_shape_have_their_results(
    language: Kind, office: Any, tmp_path: Path
) -> None:
    files = []
    for number in range(4):
        random = Random(f"{SEED} saved shapes {number}")
        shapes = Shapes(random)
        form = with_computed(language.form, random, 40) if number % 2 else language.form
        specs = [RuleSpec(id=f"规则{n}", claim=shapes.claim(), tolerance="0.5") for n in range(80)]
        rules, _ = prepare_rules(RuleFile(tuple(specs)), form)
        case = language_case(random, number) | ENDED
        files.append(tmp_path / f"{number}.xlsx")
        build_workbook(form, rules, sample_of(KindOf(form, rules), case)).save(files[-1])
    assert all_differing(files, office) == []


FORM = form_of(
    money("合计", required=True),
    money("甲", required=True),
    money("乙", empty="zero", required=False),
    money("余额", compute="合计 - 甲"),
    tables=[details(text("名称"), money("金额"), money("两倍", compute="金额 * 2"))],
)
RULES = rules_of(
    FORM,
    rule("构成", "合计 == 甲 + 乙", tolerance="0.01"),
    rule("不少", "金额 <= 合计", each="明细"),
)
ROWS = ({"名称": "一", "金额": Decimal("0.1")}, {"名称": "二"}, {"名称": "三", "金额": 9})


SPOTS = {
    "余额": ("表", "C8"),
    "构成": ("校验", "I5"),
    "左边": ("校验", "E5"),
    "进度": ("填报说明", "E17"),
}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, ("", "未填", "", "还有 3 项没填；明细 3 行")),
        (
            {"合计": 1, "甲": Decimal("0.9"), "乙": Decimal("0.1")},
            (0.1, "相符", 1, "还有 1 项没填；明细 3 行"),
        ),
        ({"合计": 1, "甲": Decimal("0.99")}, (0.01, "尾差", 1, "还有 1 项没填；明细 3 行")),
        ({"合计": 1, "甲": 3}, (-2, "不符", 1, "还有 1 项没填；明细 3 行")),
        ({"合计": "1", "甲": 1}, ("非数值", "非数值", "", "还有 1 项没填；明细 3 行")),
    ],
)
def test_what_is_saved_is_what_the_sheet_says(
    typed: Case, said: tuple[object, ...], tmp_path: Path
) -> None:
    file = tmp_path / "小表.xlsx"
    build_workbook(FORM, RULES, Sample(typed, {"明细": ROWS})).save(file)
    found = flat(file)
    cells = {key: Result(value) for key, value in zip(SPOTS, said, strict=True)}
    assert {key: found[spot] for key, spot in SPOTS.items()} == cells


def test_a_row_not_in_use_has_an_empty_text_and_no_verdict(tmp_path: Path) -> None:
    file = tmp_path / "小表.xlsx"
    build_workbook(FORM, RULES, Sample({"合计": 5}, {"明细": ROWS})).save(file)
    found = {address: one.value for (sheet, address), one in flat(file).items() if sheet == "表"}
    rows = [[found[f"{column}{row}"] for column in "DE"] for row in range(13, 18)]
    assert rows == [[0.2, "相符"], ["", "—"], [18, "不符：不少"], ["", ""], ["", ""]]


# how a writer hands over a formula and its result


def test_a_formula_is_handed_over_with_its_result(tmp_path: Path) -> None:
    book, file = FormBook(), tmp_path / "手写.xlsx"
    sheet = book.worksheets[0]
    handed = {
        "A1": ("=GJ_TIES(B1,B2:B3)", Result("差 0.45")),
        "A2": ("=1/0", Result("#DIV/0!", is_error=True)),
        "A3": ("=1<2", Result(value=True)),
        "A4": ("=B1/3", Result(Decimal(1) / 3)),
        "A5": ('=""', Result("")),
        "A6": ("=10^20", Result(1e20)),
        "A7": ('=" <甲>&"&CHAR(10)', Result(" <甲>&\n")),
    }
    for address, (formula, result) in handed.items():
        write_formula(sheet[address], formula, result)
    save_new(file, as_bytes(book))

    shown = load_workbook(file, data_only=True).active
    assert {a: shown[a].value for a in handed if a != "A5"} == {
        a: float(r.value) if isinstance(r.value, Decimal) else r.value
        for a, (_, r) in handed.items()
        if a != "A5"
    }
    written = load_workbook(file).active
    assert {a: written[a].value for a in handed} == {a: f for a, (f, _) in handed.items()}
    assert [shown["A2"].data_type, shown["A3"].data_type] == ["e", "b"]
    assert flat(file)["Sheet", "A5"] == Result("")


def test_a_formula_that_is_typed_over_loses_its_result(tmp_path: Path) -> None:
    book, file = FormBook(), tmp_path / "手写.xlsx"
    write_formula(book.worksheets[0]["A1"], "=1+1", Result(2))
    book.worksheets[0]["A1"] = 3
    book.save(file)
    assert load_workbook(file).active["A1"].value == 3


# what the clerk's formulas gave

CLERKS = {
    "A1": "<f>1+1</f><v>2</v>",
    "B1": '<f t="shared" ref="B1:B3" si="0">A1*2</f><v>4</v>',
    "B2": '<f t="shared" si="0"/><v>8.1000000000000005</v>',
    "B3": '<f t="shared" si="0"/>',
    "C1": '<f t="array" ref="C1:C2">TRANSPOSE(A1:B1)</f><v>2</v>',
    "D1": "<f>1+</f>",
    "E1": "<f>TODAY()</f><v>45292</v>",
}
TYPED = {
    "F1": ('t="str"', '<f>"甲"&amp;"乙"</f><v>甲乙</v>'),
    "F2": ('t="str"', '<f>""</f><v></v>'),
    "F3": ('t="e"', "<f>NA()</f><v>#N/A</v>"),
    "F4": ('t="b"', "<f>1&lt;2</f><v>1</v>"),
    "F5": ("", "<f>GJ_TIES(A1,B1)</f><v/>"),
}
EXPECTED = {
    "A1": Result(2),
    "B1": Result(4),
    "B2": Result(8.1),
    "C1": Result(2),
    "E1": Result(45292),
    "F1": Result("甲乙"),
    "F2": Result(""),
    "F3": Result("#N/A", is_error=True),
    "F4": Result(value=True),
}


def clerks_book(path: Path) -> Path:
    """A workbook with formulas of every shape, some never calculated."""
    Workbook().save(path)
    cells = [(address, "", inner) for address, inner in CLERKS.items()]
    cells += [(address, kind, inner) for address, (kind, inner) in TYPED.items()]
    cells.append(("C2", "", "<v>4</v>"))
    rows = dict.fromkeys(range(1, 6), "")
    for address, kind, inner in sorted(cells):
        rows[int(address[1:])] += f'<c r="{address}" {kind}>{inner}</c>'
    data = "".join(f'<row r="{number}">{inner}</row>' for number, inner in rows.items())
    replacing(SHEET1, "<sheetData></sheetData>", f"<sheetData>{data}</sheetData>")(path)
    return path


def test_the_annotated_copy_keeps_what_the_clerks_formulas_gave(tmp_path: Path) -> None:
    source, copy = clerks_book(tmp_path / "甲.xlsx"), tmp_path / "批注.xlsx"
    annotate(source, [], copy)
    assert {address: one for (_, address), one in flat(copy).items()} == EXPECTED
    assert load_workbook(copy, data_only=True)["Sheet"]["C2"].value == 4
    assert formulas(copy) == formulas(source)


def test_an_annotated_copy_of_a_broken_workbook_keeps_each_result_of_the_source(
    sample_file: Path, recalculate: Recalculate, tmp_path: Path
) -> None:
    typing({"项目.1.金额": "#REF!"}, 公用经费=23.57, 三公经费="不详", 编制数="=1/0")(sample_file)
    (source,) = recalculate([sample_file])
    found = take_in(source).checked.findings
    annotate(source, found, tmp_path / "批注.xlsx")
    kept = flat(tmp_path / "批注.xlsx")
    assert kept == flat(source)
    assert {one.is_error for one in kept.values()} == {True, False}


def test_a_copy_of_a_workbook_that_was_never_calculated_has_no_results(
    sample_file: Path, tmp_path: Path
) -> None:
    typing(公用经费=23.57)(sample_file)
    annotate(sample_file, take_in(sample_file).checked.findings, tmp_path / "批注.xlsx")
    assert flat(tmp_path / "批注.xlsx") == {}


# what the reader makes of saved results


def test_no_formula_of_a_new_workbook_counts_as_changed(written: dict[str, Path]) -> None:
    codes = {
        name: {one.code for one in flattened(take_in(path, KINDS).checked.findings)}
        for name, path in written.items()
    }
    odd = {"computed-changed", "formula-unsaved", "given-changed"}
    assert {name: found & odd for name, found in codes.items() if found & odd} == {}


def test_a_formula_that_was_typed_over_is_still_told(
    written: dict[str, Path], tmp_path: Path
) -> None:
    file = tmp_path / "填报.xlsx"
    file.write_bytes(written["department 样例"].read_bytes())
    typing(公用经费=23.75)(file)
    book = load_workbook(file)
    book["基础数据"]["C6"] = 99
    book.save(file)
    found = flattened(take_in(file).checked.findings)
    assert [str(one.place) for one in found if one.code == "computed-changed"] == ["基础数据!C6"]


@pytest.mark.parametrize(
    ("inner", "code"),
    [
        ("<f>1+1</f>", "formula-unsaved"),
        ("<f>1+1</f><v/>", "formula-unsaved"),
        ('<f>""</f><v></v>', "required"),
        ("<f>1/0</f><v>#DIV/0!</v>", "error-cell"),
    ],
)
def test_a_formula_of_the_clerk_is_read_by_what_was_saved_with_it(
    inner: str, code: str, tmp_path: Path
) -> None:
    form, file = form_of(money("数", required=True)), tmp_path / "小表.xlsx"
    build_workbook(form, RuleSet(()), Sample({"数": 77}, {})).save(file)
    kind = {"required": ' t="str"', "error-cell": ' t="e"'}.get(code, "")
    typed = f'<c r="C5"{kind}>{inner}</c>'
    zipping(lambda _, data: re.sub(rb'<c r="C5"[^>]*><v>77</v></c>', typed.encode(), data))(file)
    book = open_saved(file)
    assert isinstance(book, SavedBook)
    assert [one.code for one in read(book.snapshot(form), form)[1]] == [code]


# nothing grows faster than the form does


def test_a_thousand_rows_cost_what_their_number_says() -> None:
    kind = find_kind("project")
    seconds = {count: min(_seconds(kind, count) for _ in range(2)) for count in (100, 500)}
    assert seconds[500] < 5 * 2 * seconds[100], seconds


def _seconds(kind: Kind, count: int) -> float:
    sample = many_projects(kind, count)
    form = with_room(kind.form, sample.tables)
    plans = plan_sheets(form, kind.rules)
    start = process_time()
    work_out(form, kind.rules, plans, sample)
    return process_time() - start


def many_projects(kind: Kind, count: int) -> Sample:
    """The sample's projects and their indicators over and over, under other names."""
    tables = kind.sample.tables
    projects, indicators, of_projects = [], [], []
    for one in tables["项目指标"]:  # a name goes from row to row
        name = one.get("项目名称") or of_projects[-1]["项目名称"]
        of_projects.append({**one, "项目名称": name})
    for number in range(count):
        project = tables["项目自评"][number % len(tables["项目自评"])]
        name = f"{project['项目名称']}{number}"
        projects.append({**project, "项目名称": name})
        own = (one for one in of_projects if one["项目名称"] == project["项目名称"])
        indicators += [{**one, "项目名称": name} for one in own]
    made = {**tables, "项目自评": tuple(projects), "项目指标": tuple(indicators)}
    return Sample(kind.sample.fields, made)
