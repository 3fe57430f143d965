"""Rules that a kind's author writes into the sheet 规则 of its own form.xlsx."""

import zipfile
from io import BytesIO

import pytest
from bureau_forms import canteen
from loaded import load_workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from docgen.adopting.kind import again_kind
from workbook.adopting.adopt import adopt
from workbook.checking.data_files import KindError
from workbook.checking.intake import take_in
from workbook.checking.kinds import load_kind
from workbook.saving.edited import Edited
from workbook.saving.sheets import drop_sheet
from workbook.years.beginning import new_workbook
from workbook.years.rollover import roll_over_file

HEADS = ("名称", "公式", "级别", "说明")
RULES = (
    ("收入为正", "学生伙食费_本月数 > 0", "错误", "食堂管理办法"),
    ("不透支", "期末结余_本月数 >= 0", "警告", ""),
    ("有采购", "count(采购明细) > 0", "提示", ""),
    ("金额对得上", "金额 == 数量 * 单价", "", "入库单"),  # on each row of 采购明细
)


def with_rules(file, rows, heads=HEADS, *, change=lambda sheet: None):
    """A bureau's book with the sheet 规则."""
    book = load_workbook(BytesIO(file))
    sheet = book.create_sheet("规则")
    for row in (heads, *rows):
        sheet.append(row)
    change(sheet)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def kind_of(folder, file, toml=""):
    folder.mkdir()
    for name, data in adopt(folder.name, file).files.items():
        (folder / name).write_bytes(data)
    if toml:
        (folder / "rules.toml").write_text(toml, "utf-8")
    return load_kind(folder)


def test_rules_of_the_sheet_are_rules_like_those_of_the_file(tmp_path):
    toml = '[[rule]]\nid = "有月份"\nclaim = "期末结余_本月数 < 1000000"\n'
    rules = kind_of(tmp_path / "食堂", with_rules(canteen(), RULES), toml).rules.rules
    told = [(r.spec.id, r.spec.claim, r.spec.severity, r.spec.each, r.spec.source) for r in rules]
    assert told == [
        ("有月份", "期末结余_本月数 < 1000000", "error", "", ""),
        ("收入为正", "学生伙食费_本月数 > 0", "error", "", "食堂管理办法"),
        ("不透支", "期末结余_本月数 >= 0", "warning", "", ""),
        ("有采购", "count(采购明细) > 0", "hint", "", ""),
        ("金额对得上", "金额 == 数量 * 单价", "error", "采购明细", "入库单"),
    ]


def test_every_fault_of_the_sheet_names_its_cell_and_the_mend(tmp_path):
    rows = (
        ("收入 为正", "学生伙食费_本月数 > 0"),
        ("写成表格的", "=收支汇总!B5=收支汇总!B6+收支汇总!B7+收支汇总!B8", "错误"),
        ("全角", "收入合计_本月数 ＝ 学生伙食费_本月数 ＋ 教职工伙食费_本月数 ＋ 财政补助_本月数"),
        ("名称有误", "学生伙食_本月数 > 0", "错误级"),
        ("有月份", "期末结余_本月数 >= 0", "提示"),
        ("没有公式", "", "错误"),
        ("看不懂", "期末结余 余额", "错误"),
        ("重复", "期末结余_本月数 >= 0", "提示"),
        ("重复", "期末结余_本月数 >= 1", "提示"),
    )
    toml = '[[rule]]\nid = "有月份"\nclaim = "期末余额 < 1"\n'
    kind = kind_of(tmp_path / "食堂", with_rules(canteen(), rows), toml)
    with pytest.raises(KindError) as caught:
        kind.check()
    told = [fault.removeprefix(f"{tmp_path}/食堂/") for fault in caught.value.faults]
    proper = "收入合计_本月数 == 学生伙食费_本月数 + 教职工伙食费_本月数 + 财政补助_本月数"
    assert told == [
        "rules.toml:规则「有月份」:表单里没有「期末余额」",
        f"form.xlsx:规则!B4 公式:「{rows[2][1]}」写法有误,是不是「{proper}」?",
        "form.xlsx:规则!B5 公式:表单里没有「学生伙食_本月数」,是不是「学生伙食费_本月数」?",
        "form.xlsx:规则!B8 公式:「期末结余 余额」写法有误:「余额」不该写在这里",
        "form.xlsx:规则!A2 名称:「收入 为正」只能用汉字、字母、数字和下划线,不以数字开头,"
        "是不是「收入为正」?",
        "form.xlsx:规则!B3 公式:这里是 Excel 公式 =收支汇总!B5=收支汇总!B6+收支汇总!B7+收支汇总!B8,"
        "只有结果,不是规则。请先把单元格设为“文本”,再写「收入合计_本月数=="
        "学生伙食费_本月数+教职工伙食费_本月数+财政补助_本月数」",
        "form.xlsx:规则!C5 级别:「错误级」不是级别,要写错误、警告、提示之一,是不是「错误」?",
        "form.xlsx:规则!A6 名称:「有月份」在 rules.toml 里也有一条,请只留一条,或改个名称",
        "form.xlsx:规则!B7 公式:没有写。要写必须成立的式子,如 合计 == 甲 + 乙",
        "form.xlsx:规则!A10 名称:「重复」在 规则!B9 已有一条,请改个名称",
    ]


@pytest.mark.parametrize(
    ("claim", "level", "told"),
    [
        (
            "期末结余_本月数 == (收入合计_本月数",
            "",
            "B2 公式:「期末结余_本月数 == (收入合计_本月数」写法有误,"
            "是不是「期末结余_本月数 == (收入合计_本月数)」?",
        ),
        (
            "abs(期末结余_本月数)) > 1",
            "",
            "B2 公式:「abs(期末结余_本月数)) > 1」写法有误,是不是「abs(期末结余_本月数) > 1」?",
        ),
        (
            "采购明细.品名 == '米",
            "",
            "B2 公式:「采购明细.品名 == '米」写法有误:请检查名字、引号、括号和运算符",
        ),
        (
            "SUM(收支汇总!B6:B8)=收支汇总!B5",
            "",
            "B2 公式:「SUM(收支汇总!B6:B8)=收支汇总!B5」写的是单元格,规则里要写名称,"
            "是不是「total(学生伙食费_本月数, 教职工伙食费_本月数, 财政补助_本月数)"
            "==收入合计_本月数」?",
        ),
        (
            "期末结余_本月数 ≥ 0",
            "严重",
            "C2 级别:「严重」不是级别,要写错误、警告、提示之一,是不是「错误」?",
        ),
        (
            "期末结余_本月数 > 0",
            "警吿",
            "C2 级别:「警吿」不是级别,要写错误、警告、提示之一,是不是「警告」?",
        ),
    ],
)
def test_a_slip_of_one_sign_or_letter_is_told_with_its_mend(claim, level, told, tmp_path):
    kind = kind_of(tmp_path / "食堂", with_rules(canteen(), [("甲", claim, level)]))
    with pytest.raises(KindError) as caught:
        kind.check()
    assert caught.value.faults[-1].rpartition("form.xlsx:规则!")[2] == told


def test_a_sheet_without_the_heads_is_told_and_so_are_heads_that_are_none(tmp_path):
    def fault(heads):
        folder = tmp_path / "".join(heads)
        with pytest.raises(KindError) as caught:
            kind_of(folder, with_rules(canteen(), (), heads)).check()
        return [one.rpartition("form.xlsx:")[2] for one in caught.value.faults]

    assert fault(("规则", "算式")) == [
        "规则!A1:没有表头。这张表用来写规则,要有一行写着名称、公式、级别、说明;"
        "表里是别的内容的,请给工作表改个名字"
    ]
    assert fault(("名称", "公 式")) == [
        "规则!B1:「公 式」不是这张表的表头,是不是「公式」?,表头只有名称、公式、级别、说明",
        "规则!A1:表头缺了「公式」",
    ]


def add_everything(sheet):
    """What a sheet may bring along: a note, a name of its own, one that leads to it."""
    sheet["A2"].comment = Comment("秘密的批注", "作者")
    sheet.defined_names["Print_Area"] = DefinedName("Print_Area", attr_text="规则!$A$1:$D$9")
    sheet.parent.defined_names["规则清单"] = DefinedName("规则清单", attr_text="规则!$A$2:$A$5")
    sheet.parent.move_sheet(sheet, -2)
    sheet.parent.active = 0


def test_workbooks_are_handed_out_without_the_sheet_and_what_leads_to_it(tmp_path):
    file = with_rules(canteen(), RULES, change=add_everything)
    kind = kind_of(tmp_path / "食堂", file)
    path = tmp_path / "新.xlsx"
    path.write_bytes(new_workbook(kind, sample=True))
    book = load_workbook(path)
    assert book.sheetnames[:2] == ["收支汇总", "采购明细"]
    assert "规则清单" not in book.defined_names
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    assert not [name for name, text in parts.items() if "公式" in text or "秘密的批注" in text]
    own = zipfile.ZipFile(tmp_path / "食堂" / "form.xlsx")
    assert not [name for name in own.namelist() if "comment" in name and name in parts]
    made = roll_over_file(path, tmp_path)
    made.save(tmp_path / "十月.xlsx")
    assert "规则" not in load_workbook(tmp_path / "十月.xlsx").sheetnames
    intake = take_in(path, tmp_path)
    assert [o.rule.spec.id for o in intake.checked.outcomes if not o.rule.each] == [
        "收入为正", "不透支", "有采购",
    ]  # fmt: skip


def test_words_of_the_sheet_that_a_file_shares_among_its_cells_go_along(tmp_path, recalculate):
    """As Excel and LibreOffice keep them, and openpyxl does not."""
    path = tmp_path / "原.xlsx"
    path.write_bytes(with_rules(canteen(), (("没人引用", "1 == 1", "提示", "内部口径"),)))
    (saved,) = recalculate([path])
    folder = tmp_path / "食堂"
    folder.mkdir()
    for name, data in adopt("食堂", saved.read_bytes()).files.items():
        (folder / name).write_bytes(data)
    own = (folder / "form.xlsx").read_bytes()
    with zipfile.ZipFile(BytesIO(own)) as archive:
        assert "内部口径" in archive.read("xl/sharedStrings.xml").decode()
    edited = Edited(own)
    drop_sheet(edited, "规则")
    with zipfile.ZipFile(BytesIO(edited.data())) as archive:
        texts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    assert not [text for text in texts if "内部口径" in text or "没人引用" in text]
    assert load_workbook(BytesIO(edited.data()))["收支汇总"]["A1"].value == "学校食堂月度收支表"


def test_rules_in_a_workbook_that_was_handed_in_are_told_and_not_judged(tmp_path):
    kind = kind_of(tmp_path / "食堂", canteen())
    path = tmp_path / "交来.xlsx"
    path.write_bytes(with_rules(new_workbook(kind, sample=True), RULES))
    book = load_workbook(path)
    checked = take_in(path, tmp_path).checked
    assert "规则" in book.sheetnames
    assert [str(one) for one in checked.findings if one.code == "sheet-of-rules"] == [
        "工作表「规则」是维护表单的人写规则用的,填报的工作簿里不该有;上面写的没有读,也不会用来核对。"
        "请删去这张表;要改规则,请改种类自己的 form.xlsx 或 rules.toml"
    ]
    assert not checked.outcomes


def test_next_years_form_keeps_the_rules_that_the_author_wrote(tmp_path):
    kind_of(tmp_path / "食堂", with_rules(canteen(), RULES))
    (tmp_path / "明年.xlsx").write_bytes(with_rules(canteen(), (("别的", "1 == 1"),)))
    again_kind(tmp_path / "食堂", tmp_path / "明年.xlsx")
    kind = load_kind(tmp_path / "食堂")
    assert [rule.spec.id for rule in kind.rules.rules] == [row[0] for row in RULES]
