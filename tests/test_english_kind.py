"""A kind in English: nothing that anybody sees of it is Chinese, and all of it works."""

import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from loaded import load_workbook
from msgspec import to_builtins as encoded
from openpyxl import Workbook

from addin.marking.showing import Shown, message, refusal
from docgen.audit.audit import audit_report
from docgen.audit.refresh import refresh_report
from docgen.audit.telling.commenting import save_commented
from docgen.audit.telling.lines import refreshed_told, told
from docgen.report.filters import filters_of
from docgen.report.report import make_report
from gouji.desk.own.told import findings_told
from gouji.desk.wps.answers import checked
from gouji.desk.wps.layout import layout_js
from gouji.from_python.calls import make_workbook
from workbook.catalogue import buttons
from workbook.catalogue.buttons import NOT_UPDATED
from workbook.checking.as_json import to_json
from workbook.checking.intake import Intake, take_in
from workbook.checking.kinds import Kind, find_kind, load_kind
from workbook.checking.show import report_lines
from workbook.findings.model import Finding, flattened
from workbook.form.faults.form import form_faults
from workbook.form.model import Form
from workbook.marking.annotate import annotate
from workbook.years.account import rollover_lines
from workbook.years.beginning import new_workbook
from workbook.years.naming import next_path
from workbook.years.rollover import roll_over_file

CHINESE = re.compile(r"[\u2e80-\u303f\u3040-\u9fff\uf900-\ufaff\uff00-\uffef]")
UNSEEN = ("theme", ".schema")  # names of fonts for other scripts
SLIPS = {
    "Bank": 23910.54,
    "Personnel_Month": 4851.50,
    "Grant_end": "soon",
    "Report_month": "Marchh",
    "Donor": None,
    "Exchange_rate": "129.25 KES",
    "Cash": 350.123,
    "Summary": "Spent {{ Spent }} and {{ Spendt }} and {{ Summary",
}


@pytest.fixture(scope="module")
def kind() -> Kind:
    return find_kind("grant_report")


@pytest.fixture(scope="module")
def made(kind: Kind, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a blank workbook, the example, a spoiled one and a copy of it with notes."""
    folder = tmp_path_factory.mktemp("english")
    (folder / "blank.xlsx").write_bytes(new_workbook(kind))
    (folder / "sample.xlsx").write_bytes(new_workbook(kind, sample=True))
    spoil(folder / "sample.xlsx", folder / "spoiled.xlsx")
    annotate(folder / "spoiled.xlsx", spoiled(folder).checked.findings, folder / "noted.xlsx")
    return folder


def type_into(source: Path, target: Path, values: Mapping[str, object]) -> Workbook:
    book = load_workbook(source)
    for name, value in values.items():
        ((sheet, cell),) = book.defined_names[name].destinations
        book[sheet][cell.replace("$", "")].value = value
    book.save(target)
    return book


def spoil(source: Path, target: Path) -> None:
    book = type_into(source, target, SLIPS)
    book["Staff"]["B7"].value, book["Staff"]["D7"].value = None, 150
    book["Results"]["H8"].value = None
    book.save(target)


def spoiled(folder: Path) -> Intake:
    return take_in(folder / "spoiled.xlsx")


def chinese_in(file: Path) -> Iterator[str]:
    """What stands in a file's parts in Chinese, each part once."""
    with zipfile.ZipFile(file) as package:
        for name in package.namelist():
            text = package.read(name).decode("utf-8", "replace")
            is_text = name.endswith((".xml", ".vml", ".rels"))
            if is_text and not any(one in name for one in UNSEEN):
                yield from (f"{name}: {found[0]}" for found in CHINESE.finditer(text[: 10**7]))


@pytest.mark.parametrize("name", ["blank", "sample", "spoiled", "noted"])
def test_no_part_of_a_workbook_has_a_chinese_letter(made, name):
    assert list(chinese_in(made / f"{name}.xlsx")) == []


def test_its_sheets_are_called_in_english(made):
    assert load_workbook(made / "noted.xlsx").sheetnames == [
        *("Findings", "Instructions", "Grant", "Budget", "Funds", "Staff", "Results"),
        *("Narrative", "Checks", "Lists"),
    ]


def test_the_example_ties(made):
    intake = take_in(made / "sample.xlsx")
    assert list(report_lines(Path("sample.xlsx"), intake.checked)) == [
        "sample.xlsx: everything ties."
    ]


def test_findings_are_told_in_english(made):
    intake = spoiled(made)
    said = [str(one) for one in flattened(intake.checked.findings)]
    assert said == [
        "Grant!C7 Donor: This is required and still blank. Fill it in",
        "Grant!C10 Last day of the grant: “soon” is not a date. Enter a date like 2023-03-15",
        "Grant!C14 Month: “Marchh” is not one of the choices. Choose from the list: January, "
        "February, March, April, May, June, July, August, September, October, November, December",
        "Funds!C13 In cash: 350.123 has more than 2 decimals. "
        "Round it to 350.12; in a formula use ROUND",
        "Funds!C19 Exchange rate: “129.25 KES” is in “KES”; here the figure is wanted without a "
        "unit. Convert it and enter the figure only",
        "Staff!B7 Staff row 2 Name: This is required and still blank. Fill it in",
        "Staff!D7 Staff row 2 Effort: 150 is more than 100. Check this figure",
        "Narrative!C5 Summary: The text quotes “Spendt”, and there is no such name. "
        "Check the name (is it “Spent”?), or enter it in the table first",
        "Narrative!C5 Summary: The quote “and {{ Summary” in the text is not written correctly. "
        "Write it as {{ name }}, with two braces on each side",
        "Funds!C9 Balance at the end of the month: 23885.54 ≠ In the bank account 23910.54 + In "
        "cash 350.123 + Advances not yet accounted for 1200.00 - Invoices not yet paid 819.00 = "
        "24641.663; the difference is 756.12. Check the bank statement, the cash count and the "
        "lists of advances and unpaid invoices",
        "Budget!E6 Personnel, This month: 4851.50 ≠ total of Cost of 3 rows of Staff = 4815.50; "
        "the difference is 36.00. If “Personnel, This month” (Budget!E6) were 4815.50 it would "
        "tie; two digits may be exchanged. If “Staff “Amina Okello” Cost” (Staff!E6) were 1251.50 "
        "it would tie; two digits may be exchanged. Check these four figures",
        "Results!G8 Indicators “Members of water committees trained” Achieved: 126.7% of the "
        "target are achieved, and no remark says why. Check target and result, or write a remark",
    ]
    lines = "\n".join(report_lines(intake.path, intake.checked))
    assert not CHINESE.search(lines)
    assert lines.endswith("spoiled.xlsx: 11 errors, 1 warning.")
    assert not CHINESE.search(to_json(intake))
    assert {one["verdict"] for one in json.loads(to_json(intake))["rules"]} == {
        *("Fails", "No number", "Ties"),
    }


def test_a_slip_of_one_cell_is_marked_there(made):
    (finding,) = (one for one in spoiled(made).checked.findings if one.rule == "Staff_costs")
    assert [str(place) for place in finding.culprits] == ["Budget!E6"]


def test_reports_and_drafts_have_no_chinese_letter(made):
    report = make_report(take_in(made / "sample.xlsx")).path
    draft = make_report(spoiled(made), draft=True).path
    assert report.name == "NLF-2025-014 monthly report 2026 March.docx"
    assert draft.name == "NLF-2025-014 monthly report 2026 Marchh (draft).docx"
    assert list(chinese_in(report)) == list(chinese_in(draft)) == []
    texts = [paragraph.text for paragraph in Document(str(report)).paragraphs]
    assert texts[0] == "Monthly grant report: March 2026"
    assert (
        "11,331.30 USD were spent in March. To date it is 107,825.26 USD, 55.25% of the budget; "
        "87,342.74 USD are left until 31 December 2026. The exchange rate of the month is 129.2500 "
        "KES to the dollar." in texts
    )
    assert Document(str(report)).core_properties.language == "en-US"
    with zipfile.ZipFile(draft) as package:
        headers = [name for name in package.namelist() if "header" in name and "rels" not in name]
        assert all(b'string="DRAFT"' in package.read(name) for name in headers)


def test_a_report_is_held_against_its_workbook_in_english(made, kind, tmp_path):
    book, report = tmp_path / "now.xlsx", tmp_path / "report.docx"
    make_report(take_in(made / "sample.xlsx"), report, kept_in=tmp_path)
    type_into(made / "sample.xlsx", book, {"Travel_Month": 712.4, "Bank": 23090.54})
    values = take_in(book).checked.values
    audit = audit_report(report, kind, values, book)
    lines = list(told(report, audit))
    assert lines[0] == "[out of date] paragraph 5 Spent (Funds!C8)"
    assert lines[1] == (
        "    The report says 11,331.30, the workbook now says 11,431.30. Refresh the report."
    )
    assert lines[-1] == (
        "report.docx: 112 figures checked, 96 true, 16 out of date, charts out of date: 1."
    )
    save_commented(report, audit, tmp_path / "noted.docx")
    made_new = refresh_report(report, kind, values, book, tracked=True)
    (tmp_path / "new.docx").write_bytes(made_new.document)
    lines += list(refreshed_told(report, made_new))
    assert lines[-1] == "report.docx: 16 figures changed, 1 charts drawn anew."
    assert not CHINESE.search("\n".join(lines))
    assert [*chinese_in(tmp_path / "noted.docx"), *chinese_in(tmp_path / "new.docx")] == []


def test_what_the_buttons_say_of_it_is_english(made):
    intake = spoiled(made)
    shown = Shown(why=buttons.LOCKED_SHEETS.said(sheets="“Funds”"))
    said = [message(intake, shown), refusal(intake, shown), refusal(intake, Shown(), NOT_UPDATED)]
    assert [one.splitlines()[0] for one in said] == [
        "11 errors, 1 warning. Not marked, being protected by a password: “Funds”.",
        "11 errors, 1 warning; no report was made. Not marked, being protected by a password: "
        "“Funds”. Mend first:",
        "11 errors, 1 warning; the report was not refreshed. Mend first:",
    ]
    assert said[0].splitlines()[-1] == "… all of them: the sheet “Findings”."
    answer = checked(intake)
    rows = answer.list.rows
    assert (rows[0][0], rows[2][:6]) == (
        "Findings: 11 errors, 1 warning",
        ["Weight", "Where", "Item", "What is wrong", "What to do", "Likely cause"],
    )
    assert not CHINESE.search("\n".join([*said, json.dumps(encoded(answer), ensure_ascii=False)]))


def test_what_the_desk_is_told_of_it_is_english(made):
    sound = take_in(made / "sample.xlsx")
    told = [findings_told(spoiled(made), None), findings_told(sound, spoiled(made).checked)]
    assert [one["summary"] for one in told] == ["11 errors, 1 warning", "everything ties"]
    assert told[1]["mended"][0].startswith("Grant!C7 Donor: This is required")
    assert not CHINESE.search(json.dumps(told, ensure_ascii=False))


def test_what_wps_says_of_it_without_asking_is_english():
    layout = json.loads(layout_js().partition("const LAYOUT = ")[2].rstrip(";\n"))
    assert layout["said"]["en"].keys() == layout["said"]["zh"].keys()
    english = [layout[one]["en"] for one in ("said", "sheets", "before", "words")]
    assert not CHINESE.search(json.dumps(english, ensure_ascii=False))


def test_a_file_that_is_there_already_is_refused_in_english(made, kind, tmp_path):
    there = tmp_path / "there.xlsx"
    there.write_bytes(b"mine")
    rolled = roll_over_file(made / "sample.xlsx")
    assert not isinstance(rolled, Finding)
    findings = spoiled(made).checked.findings
    for write in (
        lambda: make_workbook(kind, there),
        lambda: rolled.save(there),
        lambda: annotate(made / "spoiled.xlsx", findings, there),
    ):
        with pytest.raises(Exception, match="exists already and was not written over") as refused:
            write()
        assert not CHINESE.search(str(refused.value).replace(str(there), ""))
    assert there.read_bytes() == b"mine"


def test_the_next_month_begins_with_what_this_one_ended_with(made):
    rolled = roll_over_file(made / "sample.xlsx")
    assert not isinstance(rolled, Finding)
    path = next_path(made / "sample.xlsx", rolled.following, rolled.kind.form.language)
    assert path.name == "sample April.xlsx"
    rolled.save(path)
    lines = list(rollover_lines(rolled, path, made / "sample.xlsx"))
    assert lines[0] == f"Made: {path} (April)"
    assert lines[2:5] == [
        "  Grant: cells kept: 8, the next period",
        "  Budget: cells kept: 7, figures of the last period: 7",
        "  Funds: cells kept: 1, figures of the last period: 1",
    ]
    assert not CHINESE.search("\n".join(lines)) and list(chinese_in(path)) == []
    values = take_in(path).checked.values.fields
    found = {key: values[key].value for key in ("Report_month", "Opening_balance", "Travel_Before")}
    assert found == {
        "Report_month": "April",
        "Opening_balance": Decimal("23921.54"),
        "Travel_Before": Decimal("4822.75"),
    }


def test_phrases_of_templates_are_english():
    filters = filters_of("en")
    assert filters["amount"](Decimal("-1234567.50")) == "\u22121,234,567.50"
    assert filters["amount"](Decimal("1234.565"), 2) == "1,234.57"
    assert filters["change"](Decimal("112.34"), Decimal(100), "May", "USD") == (
        "up 12.34 USD (12.3%) on May"
    )
    assert filters["change"](Decimal(5), Decimal(5)) == "unchanged"
    assert filters["completion"](Decimal(50), Decimal(0)) == "no rate, the budget being 0"
    assert filters["share"](Decimal(1), Decimal(0)) == "N/A"
    assert filters["long_date"](date(2026, 3, 5)) == "5 March 2026"
    assert filters["iso_date"](date(2026, 3, 5)) == "2026-03-05"
    assert filters["count_items"]("wells, pumps; schools,") == 3
    assert [filters["ordinal"](n) for n in (1, 2, 3, 11, 22)] == [
        "1st",
        "2nd",
        "3rd",
        "11th",
        "22nd",
    ]
    assert not {"chinese", "chinese_date", "upper_amount"} & filters.keys()


def test_what_only_chinese_forms_have_is_refused(kind):
    import msgspec
    from msgspec.structs import replace

    from workbook.form.sections import Section

    form: Form = replace(kind.form, section=(Section(key="a", level="一级", heading="A"),))
    assert 'language = "en" 的表单不能写 [[section]]:提纲是中文公文的' in form_faults(form)
    with pytest.raises(msgspec.ValidationError, match="language"):
        msgspec.convert({"kind": "x", "version": 1, "title": "x", "language": "fr"}, Form)


def test_names_that_its_own_sheets_and_columns_have_are_taken(kind):
    from msgspec.structs import replace

    sheet = replace(kind.form.sheet[0], name="checks")
    form = replace(kind.form, sheet=(sheet, *kind.form.sheet[1:]))
    assert "工作表名「checks」已被占用,请换一个" in form_faults(form)


def test_a_scaffold_in_english_runs_at_once(tmp_path):
    from docgen.authoring.scaffold import scaffold

    scaffold(tmp_path / "visits", "Report on visits", "en")
    made = load_kind(tmp_path / "visits", tmp_path)
    (tmp_path / "visits.xlsx").write_bytes(new_workbook(made, sample=True))
    intake = take_in(tmp_path / "visits.xlsx", tmp_path)
    assert intake.checked.findings == ()
    report = make_report(intake).path
    assert list(chinese_in(report)) == list(chinese_in(tmp_path / "visits.xlsx")) == []
