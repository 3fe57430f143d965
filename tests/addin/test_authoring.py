"""The group 制表 on a live Calc and on the strict Excel: a form becomes a kind inside of it."""

import sys
from pathlib import Path

import pytest
import xlwings as xw
from docx import Document

from addin.open_book.copies import save_copy
from addin.ribbon.press import press
from workbook.adopting.adopt import adopt
from workbook.checking.kinds import load_kind

sys.path.append(str(Path(__file__).parents[1] / "workbook" / "adopting"))
import bureau_forms


@pytest.fixture
def canteen(program, tmp_path) -> xw.Book:
    """A bureau's own form in front."""
    path = tmp_path / "食堂 月报.xlsx"
    path.write_bytes(bureau_forms.canteen())
    return program(path)


def click(name, book, sheet, address, screen):
    """Select cells and press the button; what is said, and the last state of the status bar."""
    book.sheets[sheet].activate()
    book.sheets[sheet].range(address).select()
    said = len(screen.said)
    press(name, book, screen)
    return screen.said[said:], screen.states[-1]


def names(book):
    return {one.name: one.refers_to.replace("'", "").replace("$", "") for one in book.names}


def test_selected_cells_become_fields_by_the_names_of_their_rows_and_columns(canteen, screen):
    said, state = click("mark_fields", canteen, "收支汇总", "A6:C7", screen)
    assert said == [
        "设为填报项:收支汇总!B6「学生伙食费_本月数」、收支汇总!C6「学生伙食费_本年累计」、"
        "收支汇总!B7「教职工伙食费_本月数」、收支汇总!C7「教职工伙食费_本年累计」?"
    ]
    assert state == "已设 4 个填报项;名称可在“公式 > 名称管理器”里改。"
    assert names(canteen) == {
        "学生伙食费_本月数": "=收支汇总!B6",
        "学生伙食费_本年累计": "=收支汇总!C6",
        "教职工伙食费_本月数": "=收支汇总!B7",
        "教职工伙食费_本年累计": "=收支汇总!C7",
    }
    said, _ = click("mark_fields", canteen, "收支汇总", "B6", screen)
    assert said == [
        "已经是填报项:收支汇总!B6「学生伙食费_本月数」。要改名称,请到“公式 > 名称管理器”。"
    ]


def test_a_selection_that_is_no_field_is_said_so(canteen, screen):
    for sheet, address, says in (
        (
            "收支汇总", "A5:A9",
            "选中的都是文字(标签、表头),没有要填的单元格。请选中要填的格子,再点一次。",
        ),
        (
            "收支汇总", "J40",
            "收支汇总!J40 的左边和上边都没有文字,不知道该叫什么。请先写上名称,再点一次。",
        ),
        (
            "采购明细", "D4",
            "采购明细!D4 在明细表「采购明细」里,它的各列已经是填报项。"
            "请选明细表以外的单元格,再点一次。",
        ),
        ("收支汇总", "A1:Z100", "选中了 2600 个单元格,太多了。请只选要设的那些,再点一次。"),
    ):  # fmt: skip
        before = names(canteen)
        assert click("mark_fields", canteen, sheet, address, screen)[0] == [says]
        assert names(canteen) == before


def test_a_workbook_that_was_handed_out_is_left_alone(program, sample_file, screen):
    book = program(sample_file)
    said, _ = click("mark_fields", book, "预算收支", "C9", screen)
    assert said == [
        "这是发出去填报的工作簿,不能在里面制表。"
        "请打开单位自己的表,或种类文件夹里的 form.xlsx,再点一次。"
    ]


def rules(book):
    """The rows of the sheet 规则."""
    return book.sheets["规则"].range("A1:D4").value


def test_a_total_and_its_parts_become_a_rule_that_a_kind_reads(canteen, screen, tmp_path):
    said, state = click("mark_total", canteen, "收支汇总", "B9:B13", screen)
    claim = "支出合计_本月数 == 食材_本月数 + 人工_本月数 + 水电燃气_本月数 + 其他_本月数"
    assert said == [f"加一条规则「支出合计_本月数构成」:{claim}?"]
    assert state == f"已写入 规则!B2:{claim}"
    click("mark_total", canteen, "采购明细", "F15", screen)
    assert rules(canteen) == [
        ["名称", "公式", "级别", "说明"],
        ["支出合计_本月数构成", claim, "错误", None],
        ["金额合计构成", "金额合计 == sum(采购明细.金额)", "错误", None],
        [None, None, None, None],
    ]
    assert canteen.sheets.active.name == "采购明细"
    said, _ = click("mark_total", canteen, "采购明细", "F15", screen)
    assert said == ["规则「金额合计构成」已经有了。请到“规则”表里改它。"]
    save_copy(canteen, tmp_path / "copy.xlsx")
    folder = tmp_path / "食堂"
    folder.mkdir()
    for name, data in adopt("食堂", (tmp_path / "copy.xlsx").read_bytes()).files.items():
        (folder / name).write_bytes(data)
    kind = load_kind(folder)
    assert [one.spec.claim for one in kind.rules.rules] == [claim, "金额合计 == sum(采购明细.金额)"]
    assert "食材_本月数" in names(canteen)


def test_a_selection_that_is_no_total_is_said_so(canteen, screen):
    for sheet, address, says in (
        (
            "收支汇总",
            "B6:B8",
            "看不出哪一格是合计(各格的名称:其中：学生伙食费、教职工伙食费、财政补助)。",
        ),
        ("收支汇总", "B6:C8", "选中的格子不在同一行或同一列。"),
        ("收支汇总", "B6", "收支汇总!B6 里没有把几格加起来的公式。"),
        ("收支汇总", "A5:A9", "选中的都是文字。"),
    ):  # fmt: skip
        (said,), _ = click("mark_total", canteen, sheet, address, screen)
        assert said == says + (
            "请选中合计和它的各组成数(连在一起的一行或一列),"
            "或只选里面写着 =SUM(…) 的合计,再点一次。"
        )
        assert "规则" not in [one.name for one in canteen.sheets]


def test_a_sheet_of_the_name_that_says_other_things_is_left_alone(canteen, screen):
    canteen.sheets.add("规则").range("A1").value = "食堂管理规则"
    (said,), _ = click("mark_total", canteen, "收支汇总", "B9:B13", screen)
    assert said.startswith("“规则”表没有表头:要有一行写着名称、公式、级别、说明。")


def test_rows_under_heads_become_a_list(canteen, screen):
    said, state = click("mark_list", canteen, "采购明细", "A2:G15", screen)
    assert said == [
        "把第 3 至 14 行设为明细表「食材采购明细」,"
        "各列是日期、品名、计量单位、数量、单价、金额、供应商?"
    ]
    assert state == "已设明细表「食材采购明细」:7 列、12 行。"
    assert names(canteen)["食材采购明细_单价"] == "=采购明细!E3:E14"
    said, _ = click("mark_total", canteen, "采购明细", "F15", screen)
    assert said == ["加一条规则「金额合计构成」:金额合计 == sum(食材采购明细.金额)?"]


def test_a_selection_that_is_no_list_is_said_so(canteen, screen):
    for sheet, address, says in (
        ("采购明细", "A2:G2", "只有表头,没有要填的行。"),
        ("采购明细", "A3:G9", "采购明细!A3 没有表头的文字。"),
        ("收支汇总", "A4:D9", "收支汇总!D4 没有表头的文字。"),
    ):  # fmt: skip
        (said,), _ = click("mark_list", canteen, sheet, address, screen)
        assert said == f"{says}请从表头那一行选起,选到最后一行要填的(不含合计),再点一次。"
        assert names(canteen) == {}


def test_a_form_is_tried_with_what_stands_in_it(canteen, screen):
    left = ["没有弄清楚的 1 处:", "· 采购明细:没有写金额单位,照其他表的「元」读,请核对"]
    click("mark_total", canteen, "收支汇总", "B9:B13", screen)
    canteen.sheets["收支汇总"].range("B9").value = 80000
    said, _ = click("preview", canteen, "收支汇总", "A1", screen)
    assert said[0].splitlines() == [
        "填报项 27 个,明细表 1 张,规则 1 条。",
        *left,
        "核对:发现 1 处错误。",
        "· 收支汇总!B9 支出合计本月数:80000.00 ≠ 食材本月数 60210.30 + 人工本月数 18000.00 + "
        "水电燃气本月数 4210.60 + 其他本月数 0 = 82420.90,差 2420.90。请核对这五个数",
        "有错误,没有生成报告。",
    ]
    canteen.sheets["收支汇总"].range("B9").formula = "=SUM(B10:B13)"
    said, _ = click("preview", canteen, "收支汇总", "A1", screen)
    told = ["填报项 27 个,明细表 1 张,规则 1 条。", *left, "核对:全部相符。"]
    assert said[0].splitlines() == told
    (report,) = screen.shown
    assert "82420.90" in "".join(one.text for one in Document(report).paragraphs)


def test_of_a_blank_form_it_is_said_what_was_read(program, screen, tmp_path):
    path = tmp_path / "空表.xlsx"
    path.write_bytes(adopt("空表", bureau_forms.canteen()).files["form.xlsx"])
    press("preview", program(path), screen)
    assert screen.said[0].splitlines()[-1] == (
        "表里还没有填数,所以没有核对,也没有报告。想看报告,请在一份填好的表里按“预览”。"
    )
    assert screen.shown == []


def test_a_kinds_own_form_is_tried_with_the_kinds_own_files(program, screen, tmp_path):
    folder = tmp_path / "食堂"
    folder.mkdir()
    for name, data in adopt("食堂", bureau_forms.canteen()).files.items():
        (folder / name).write_bytes(data)
    (folder / "report.docx").write_bytes(bureau_forms.said("本月结余{{ 本月结余_本月数 }}元。"))
    book = program(folder / "form.xlsx")
    before = (folder / "form.xlsx").read_bytes()
    press("preview", book, screen)
    assert screen.said == ["填报项 27 个,明细表 1 张,规则 0 条。\n核对:全部相符。"]
    (report,) = screen.shown
    assert [one.text for one in Document(report).paragraphs] == ["本月结余14009.60元。"]
    assert (folder / "form.xlsx").read_bytes() == before
