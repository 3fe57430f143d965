"""What the rules of a kind put into a bureau's own form, and that it says what a check says."""

import zipfile
from io import BytesIO
from pathlib import Path

import bureau_forms
import pytest
from loaded import load_workbook
from lxml import etree
from openpyxl.formula.translate import Translator
from openpyxl.worksheet.datavalidation import DataValidation

from docgen.adopting.kind import adopt_kind
from docgen.report.given_faults import DataError
from workbook.adopting.adopt import adopt
from workbook.checking.intake import take_in
from workbook.checking.kinds import load_kind
from workbook.rules.judge import WORST_LAST, Verdict
from workbook.years.beginning import new_workbook

RULES = {
    "canteen": {
        "有收入": "学生伙食费_本月数 > 0",
        "收支": "期末结余_本月数 == 收入合计_本月数 - 支出合计_本月数",  # 不符: there was a balance
        "采购在支出内": "金额合计 <= 食材_本月数",
        "单笔": "金额 <= sum(采购明细.金额) * 0.2",  # on each row
        "有供应商": "count(采购明细) >= 5 and count_where(采购明细.品名, '米类') == 1",
    },
    "assessment": {
        "执行率": "年度资金总额_执行率 <= 100",
        "其他执行率": "其他资金_执行率 <= 100",
        "总分": "分值总分 == 100",
        "得分不超": "得分 <= 分值",
        "按一级指标": "sum_where(自评表.分值, 自评表.一级指标, '产出指标') == 50",
        "不写": "得分总分 >= 0",
    },
    "procurement": {
        "不超预算": "合同金额小计 <= 预算金额",
        "合计不超": "合同金额小计合计 <= 预算金额合计",
        "中小企业过半": "合同金额中小企业合计 * 2 >= 合同金额小计合计",
        "公开招标": "count_where(采购情况.采购方式, '公开招标') == 2",
    },
    "projects": {
        "完成率": "投资年度投资完成率总计 <= 100",
        "每个": "投资年度投资完成率 <= 100",
    },
    "indicators": {"增长": "地区生产总值_增长率 > 5.2", "优秀": "等次_本期 == '优秀'"},
}
# What is typed over a figure of last year's; a blank is no figure, words are none either.
SPOILED = {
    "canteen": [("收支汇总", "B6", "约八万"), ("采购明细", "D3", None), ("采购明细", "E4", "二十")],
    "assessment": [("自评表", "G12", 30), ("自评表", "A15", None)],
    "procurement": [("采购情况", "E6", None), ("采购情况", "D7", 50), ("采购情况", "C7", None)],
    "projects": [("项目进度", "D6", 0), ("项目进度", "D6", None)],
}
EACH = {"单笔": "采购明细", "得分不超": "自评表", "不超预算": "采购情况", "每个": "项目进度"}


def kind_of(folder, file, rules):
    folder.mkdir(parents=True)
    for name, data in adopt(folder.name, file).files.items():
        (folder / name).write_bytes(data)
    with (folder / "rules.toml").open("a", encoding="utf-8") as toml:
        for name, claim in rules.items():
            each = f'each = "{EACH[name]}"\n' if name in EACH else ""
            toml.write(f'[[rule]]\nid = "{name}"\nclaim = "{claim}"\n{each}')
    return load_kind(folder)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The workbooks of all kinds, filled as last year's were, with their folder."""
    root = tmp_path_factory.mktemp("种类")
    paths: list[Path] = []
    for name, rules in RULES.items():
        kind = kind_of(root / name, getattr(bureau_forms, name)(), rules)
        paths.append(root / f"{name}.xlsx")
        paths[-1].write_bytes(new_workbook(kind, sample=True))
        if name in ("projects", "indicators"):
            paths.append(root / f"{name}空白.xlsx")
            paths[-1].write_bytes(new_workbook(kind))
    for name, changes in SPOILED.items():
        book = load_workbook(root / f"{name}.xlsx")
        for number, (sheet, address, value) in enumerate(changes):
            before, book[sheet][address].value = book[sheet][address].value, value
            paths.append(root / f"{name}{number}.xlsx")
            book.save(paths[-1])
            book[sheet][address].value = before
    return root, paths


@pytest.fixture(scope="module")
def calculated(made, recalculate):
    """The same workbooks as LibreOffice has calculated them."""
    root, paths = made
    return root, paths, recalculate(paths)


def said_by_check(path, root):
    """The verdict on each rule, of one on each row the worst, as the sheet 校验 says it."""
    found: dict[str, list[Verdict]] = {}
    for one in take_in(path, root).checked.outcomes:
        found.setdefault(one.rule.spec.id, []).append(one.verdict)
    return {name: max(all_, key=WORST_LAST.index).value for name, all_ in found.items()}


def test_the_sheet_says_of_every_rule_what_a_check_says(calculated):
    root, paths, copies = calculated
    seen = set()
    for path, copy in zip(paths, copies, strict=True):
        sheet = load_workbook(copy, data_only=True)["校验"]
        shown = {row[2]: row[8] for row in sheet.iter_rows(min_row=5, values_only=True)}
        said = said_by_check(path, root)
        assert {name: shown[name] for name in said} == said
        assert {shown[name] for name in shown.keys() - said.keys()} <= {"未填"}  # no row in use
        seen |= set(shown.values())
    assert seen >= {"相符", "不符", "未填", "不适用", "非数值"}


def reds(sheet):
    """Each cell that a conditional format covers, with the format's formula as it stands there."""
    for where, rules in sheet.conditional_formatting._cf_rules.items():
        for area in where.sqref.ranges:
            first = sheet.cell(area.min_row, area.min_col).coordinate
            for rule in rules:
                written = Translator(f"={rule.formula[0]}", first)
                for row, column in area.cells:
                    at = sheet.cell(row, column).coordinate
                    yield at, written.translate_formula(at)


def test_the_cells_of_a_rule_that_fails_turn_red(made, recalculate, tmp_path):
    """The formula of each conditional format is put into a cell of its own, to be seen."""
    root, _ = made
    book = load_workbook(root / "canteen.xlsx")
    asked = {}
    for name in ("收支汇总", "采购明细"):
        for number, (at, formula) in enumerate(reds(book[name]), start=1):
            asked[name, number] = at
            book[name].cell(number, 30, formula)
    book.save(tmp_path / "看得见.xlsx")
    (copy,) = recalculate([tmp_path / "看得见.xlsx"])
    shown = load_workbook(copy, data_only=True)
    red = {
        f"{name}!{at}" for (name, n), at in asked.items() if shown[name].cell(n, 30).value is True
    }
    assert red == {
        "收支汇总!B5", "收支汇总!B9", "收支汇总!B16",  # 收支
        "采购明细!F6", "采购明细!F7",  # 单笔, of the last two rows
    }  # fmt: skip


def test_a_cell_accepts_only_what_is_asked_and_a_forms_own_entry_rules_stay(tmp_path):
    book = load_workbook(BytesIO(bureau_forms.canteen()))
    own = DataValidation(type="decimal", operator="lessThan", formula1="9")
    own.add("B6:B7")
    book["收支汇总"].add_data_validation(own)
    file = BytesIO()
    book.save(file)
    kind = kind_of(tmp_path / "canteen", file.getvalue(), {})
    made = load_workbook(BytesIO(new_workbook(kind)))
    rules = {
        str(one.sqref): (one.type, one.formula1)
        for sheet in made
        for one in sheet.data_validations.dataValidation
    }
    assert rules["B6:B7"] == ("decimal", "9")
    assert rules["B8"] == ("custom", "AND(ISNUMBER(B8),B8>=0,ROUND(B8,2)=B8)")
    assert rules["E3:E14"] == ("custom", "AND(ISNUMBER(E3),E3>=0,ROUND(E3,2)=E3)")
    assert rules["A3:A14"][0] == "date"
    assert not {"B5", "B2", "F3:F14", "B6"} & rules.keys()  # computed, words, ruled already
    assert made.sheetnames == ["收支汇总", "采购明细"]  # a form without rules gets no 校验


def test_all_other_parts_keep_their_bytes_and_looks_stay_under_their_numbers(made):
    root, _ = made
    for name in RULES:
        own, new = (zipfile.ZipFile(p) for p in (root / name / "form.xlsx", root / f"{name}.xlsx"))
        changed = {n for n in own.namelist() if n in new.namelist() and own.read(n) != new.read(n)}
        sheets = {one for one in changed if one.startswith("xl/worksheets/")}
        assert changed - sheets <= {
            "[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml",
            "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
        }  # fmt: skip
        before, after = (etree.fromstring(one.read("xl/styles.xml")) for one in (own, new))
        for kind in ("fonts", "fills", "borders", "cellXfs", "numFmts", "dxfs"):
            had, has = (one.find(f"{{*}}{kind}") for one in (before, after))
            if had is not None:
                kept = [etree.tostring(one) for one in has][: len(had)]
                assert kept == [etree.tostring(one) for one in had]
                assert has.get("count") == str(len(has))


def test_a_form_with_a_sheet_of_the_name_keeps_it(tmp_path):
    book = load_workbook(BytesIO(bureau_forms.indicators()))
    book.create_sheet("校验")["A1"] = "本局的校验办法"
    file = BytesIO()
    book.save(file)
    kind = kind_of(tmp_path / "indicators", file.getvalue(), RULES["indicators"])
    made = load_workbook(BytesIO(new_workbook(kind)))
    assert made.sheetnames[-3:] == ["校验", "勾稽校验", "选项"]
    assert made["校验"]["A1"].value == "本局的校验办法"
    assert made["选项"].sheet_state == "hidden"


def test_a_workbook_that_was_handed_out_is_no_form_to_adopt(made, tmp_path):
    root, _ = made
    with pytest.raises(DataError) as caught:
        adopt_kind(tmp_path / "新种类", root / "canteen.xlsx")
    assert str(caught.value) == (
        "canteen.xlsx:这是勾稽发出的填报工作簿,里面已有程序加的校验;请用单位自己原来的表。"
    )


NEWER = (
    '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"'
    ' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
    ' xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    "<x14:conditionalFormattings><x14:conditionalFormatting>"
    '<x14:cfRule type="expression" priority="7" id="{00000000-0001-0000-0000-000000000000}">'
    "<xm:f>B6&gt;9</xm:f></x14:cfRule><xm:sqref>B6</xm:sqref>"
    "</x14:conditionalFormatting></x14:conditionalFormattings></ext>"
    '<ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"'
    ' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
    ' xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    '<x14:dataValidations count="1"><x14:dataValidation type="decimal"><x14:formula1>'
    "<xm:f>0</xm:f></x14:formula1><xm:sqref>B8</xm:sqref></x14:dataValidation>"
    "</x14:dataValidations></ext></extLst>"
)
CHAIN = (
    '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<c r="B5" i="1"/></calcChain>'
)


def as_excel_saves(file):
    """The file with rules of newer kinds, its order of calculation, and no window."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(file)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                text = text.replace("</worksheet>", f"{NEWER}</worksheet>")
            if name == "xl/_rels/workbook.xml.rels":
                link = (
                    '<Relationship Id="rId99" Target="calcChain.xml" Type="http://schemas.'
                    'openxmlformats.org/officeDocument/2006/relationships/calcChain"/>'
                )
                text = text.replace("</Relationships>", f"{link}</Relationships>")
            if name == "[Content_Types].xml":
                kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
                part = f'<Override PartName="/xl/calcChain.xml" ContentType="{kind}"/>'
                text = text.replace("</Types>", f"{part}</Types>")
            if name == "xl/workbook.xml":
                begin, end = text.index("<bookViews>"), text.index("</bookViews>")
                text = text[:begin] + text[end + len("</bookViews>") :]
            new.writestr(name, text)
        new.writestr("xl/calcChain.xml", CHAIN)
    return made.getvalue()


def test_rules_of_newer_kinds_stay_and_what_excel_would_stumble_over_goes(tmp_path):
    own = as_excel_saves(bureau_forms.canteen())
    made = new_workbook(kind_of(tmp_path / "canteen", own, RULES["canteen"]))
    with zipfile.ZipFile(BytesIO(made)) as archive:
        assert "xl/calcChain.xml" not in archive.namelist()
        assert b"calcChain" not in archive.read("[Content_Types].xml")
        assert b"calcChain" not in archive.read("xl/_rels/workbook.xml.rels")
        parts = [
            etree.fromstring(archive.read(f"xl/worksheets/{n}.xml")) for n in ("sheet1", "gouji1")
        ]
    form, check = parts
    (newer,) = form.iterfind("{*}extLst")
    expected = etree.fromstring(f"<w>{NEWER}</w>")
    assert [one.text for one in newer.iter() if one.text] == [
        one.text for one in expected.iter() if one.text
    ]
    tags = [etree.QName(one).localname for one in form]
    assert (
        tags.index("conditionalFormatting")
        < tags.index("dataValidations")
        < tags.index("pageMargins")
    )
    assert tags[-1] == "extLst"
    ours = [
        int(rule.get("priority")) for rule in form.iterfind("{*}conditionalFormatting/{*}cfRule")
    ]
    assert min(ours) == 8
    covered = [one.get("sqref") for one in form.iterfind("{*}dataValidations/{*}dataValidation")]
    assert "B8" not in covered
    assert check.find("{*}sheetViews") is None
