"""An error gallery: for each message a workbook that causes it, and every word that it says."""

import shutil
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import small
from empty_document import empty_document
from loaded import load_workbook
from msgspec import structs
from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from sampled import check_of, typed_over
from spoiled import (
    DEPARTMENT,
    KINDS,
    LANGUAGE,
    SPOTS,
    Spoil,
    Typing,
    editing,
    in_turn,
    instead,
    replacing,
    sheets_change_places,
    typing,
    zipping,
)

from workbook.catalogue.messages import MESSAGES
from workbook.checking.check import Checked
from workbook.checking.fingerprint import Fingerprint
from workbook.checking.intake import take_in
from workbook.findings.model import Finding, flattened
from workbook.findings.place import Place
from workbook.form.model import Form
from workbook.form.own_functions import OwnFunction
from workbook.reading.saved import SavedBook, open_saved
from workbook.reading.snapshot import Identity, properties_of
from workbook.rules.model import RuleSpec

BOOK, PROPERTIES, BUDGET = "xl/workbook.xml", "docProps/custom.xml", "xl/worksheets/sheet3.xml"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
UPGRADE = "请用 gouji upgrade 旧.xlsx 新.xlsx 换成现在的表单,填过的会搬过去"
STAFF = "预算收支!C18 人员经费"
PLAN = "问题与改进!C6 下一步改进措施"
TWO_WARNINGS = [
    "基本情况!C26 在职人员:在职人员控制率 110.00%,超过 100%。如确有超编,请在“人员情况”中说明原因",
    "预算收支!C40 支出合计:预算完成率 119.53%,支出超过年初预算。"
    "如属年中追加,请填写预算追加和全年预算,并在报告中说明",
]


def strict(name: str, data: bytes) -> bytes:
    """A part as Excel writes it into a Strict Open XML Spreadsheet."""
    for word in (b"spreadsheetml", b"officeDocument"):
        old = b"http://schemas.openxmlformats.org/%s/2006/" % word
        data = data.replace(old, b"http://purl.oclc.org/ooxml/%s/" % word)
    return data


def moved_formula(path: Path) -> None:
    """A row's formula as it stands after sorting: it goes on naming the row above its old place."""
    editing(lambda book: _copy(book["项目指标"], "B20", "B12"))(path)


def _copy(sheet: Worksheet, source: str, target: str) -> None:
    sheet[target].value = sheet[source].value


def copied_kind(path: Path) -> None:
    """The workbook's kind in a folder beside it as well."""
    shutil.copytree(DEPARTMENT.folder, path.parent / "种类" / "department")


def stuffed(path: Path) -> None:
    """A file of 64 KB that unpacks to 64 MB."""
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", bytes(64 << 20))


def without(*, name: str = "", sheet: str = "", table: str = "") -> Spoil:
    """A name, a sheet or a table deleted."""

    def delete(book: Workbook) -> None:
        if name:
            del book.defined_names[name]
        if table:
            del book[sheet].tables[table]
        elif sheet:
            book.remove(book[sheet])

    return editing(delete)


def put(sheet: str, **cells: str | int | float) -> Spoil:
    """Something typed into cells by their address."""

    def type_in(book: Workbook) -> None:
        for address, value in cells.items():
            book[sheet][address] = value

    return editing(type_in)


def astray(label: str, beside: str) -> Spoil:
    """The name 人员经费 led to the cell below its own, and what stands beside the two."""

    def lead(book: Workbook) -> None:
        book.defined_names["人员经费"].attr_text = "预算收支!$C$19"
        book["预算收支"]["B18"], book["预算收支"]["B19"] = label, beside

    return editing(lead)


class InMemory:
    """A form in memory, filled with 甲 = 1, or as it is said."""

    def __init__(self, form: Form, *specs: RuleSpec, **typed: small.Typed) -> None:
        self._form, self._specs, self._typed = form, specs, typed or {"甲": 1}

    def __call__(self, path: Path) -> None:
        """There is no file."""

    def checked(self) -> Checked:
        return small.check_of(self._form, self._specs, **self._typed)


SIGNED = small.form_of(small.text("填表人", behind="填表人"))
SHARE = OwnFunction(name="占", call="bureau_rules:share", takes=("number",), gives="number")


def copy_a_sheet(book: Workbook) -> None:
    """A sheet is copied, and the copy, called as Excel calls one, is filled."""
    copy = book.copy_worksheet(book["预算收支"])
    copy.title = "预算收支 (2)"
    copy["C18"] = "改乱的副本"


def copied_over(book: Workbook) -> None:
    """A sheet was copied, and the copy took its name: all names go on leading to the original."""
    original = book["预算收支"]
    copy = book.copy_worksheet(original)
    original.title, copy.title = "预算收支(旧)", "预算收支"
    for name in book.defined_names.values():
        if name.attr_text.startswith(("预算收支!", "'预算收支'!")):
            name.attr_text = f"'预算收支(旧)'!{name.attr_text.rpartition('!')[2]}"


def made_for(
    fields: dict[str, tuple[str, str, str]] | None = None, workings: dict[str, str] | None = None
) -> Spoil:
    """The workbook made when its form had other fields, or its rules said something else."""
    now = DEPARTMENT.fingerprint
    then = Fingerprint(
        {**now.fields, **(fields or {})}, {**now.workings, **(workings or {})}, now.names
    )

    def spoil(path: Path) -> None:
        book: Any = load_workbook(path)
        for name in [one for one in book.custom_doc_props.names if one.startswith("GoujiForm")]:
            del book.custom_doc_props[name]
        for name, value in properties_of(Identity("department", 5, then.text)):
            if name.startswith("GoujiForm"):
                book.custom_doc_props.append(StringProperty(name=name, value=value))
        book.save(path)

    return spoil


GALLERY: dict[str, tuple[Spoil, str, str]] = {
    # the file
    "file-unreadable": (
        Path.unlink,
        "error",
        "读不了文件「填报.xlsx」(文件或文件夹不存在)。请确认文件存在、没有被别的程序锁住",
    ),
    "file-not-a-package": (
        lambda path: path.write_text("不是工作簿", encoding="utf-8"),
        "error",
        "「填报.xlsx」不是 Excel 工作簿,或已损坏。请用 Excel 打开后另存为“Excel 工作簿(.xlsx)”再试",
    ),
    "file-old-or-encrypted": (
        lambda path: path.write_bytes(OLE + bytes(504)),
        "error",
        "「填报.xlsx」是旧版 .xls 文件,或设了打开密码。请取消密码,另存为“Excel 工作簿(.xlsx)”再试",
    ),
    "file-too-large": (
        stuffed,
        "error",
        "「填报.xlsx」解压后大得不正常,为安全起见没有打开。请确认文件来源;必要时用新建的工作簿重填",
    ),
    "file-broken": (
        zipping(lambda name, data: b"<worksheet" if name == BUDGET else data),
        "error",
        "「填报.xlsx」的内容有损坏,读不下去(xl/worksheets/sheet3.xml 第 1 行不是完整的 XML)。"
        "请用 Excel 打开并另存一份再试;仍不行请用新建的工作簿重填",
    ),
    "file-strict": (
        zipping(strict),
        "error",
        "「填报.xlsx」里读不到任何工作表,可能存成了“Strict Open XML”格式。"
        "请另存为“Excel 工作簿(.xlsx)”再试",
    ),
    "kind-missing": (
        replacing(PROPERTIES, "GoujiKind", "Kind"),
        "error",
        "这不是勾稽的填报工作簿(没有报告种类的标记)。请用 gouji new 新建的工作簿填报",
    ),
    "kind-unknown": (
        replacing(PROPERTIES, "department", "三公"),
        "error",
        "工作簿是「三公」报告的,这台电脑上没有这种报告。"
        "现有的报告:language、department、department_total、grant_report、project、project_sichuan;请核对或安装",
    ),
    "kind-elsewhere": (
        copied_kind,
        "warning",
        "「department」这种报告不止一份:用的是 <这里>/种类/department 里的,没有用自带的那一份。"
        "请向维护报告的人员核对该用哪一份,给另一份换个种类名:工作簿只记种类名,"
        "分不出是用哪一份新建的",
    ),
    "version-older": (
        replacing(PROPERTIES, ">5<", ">1<"),
        "error",
        f"工作簿是旧版表单(第 1 版),现在是第 5 版。{UPGRADE};这一份请留着,不要改动",
    ),
    "form-changed": (
        made_for(fields={"基本支出": ("number", "元", "2")}),
        "error",
        f"工作簿新建以后,表单改过,版本号却没有变:“基本支出”的单位由“元”改为“万元”。{UPGRADE}"
        ";这一份请留着,不要改动",
    ),
    "rules-changed": (
        made_for(workings={"规则 编制构成": "", "规则 旧的": ""}),
        "warning",
        "工作簿新建以后,表单的规则或选项改过:规则 编制构成、规则 旧的;这里按现在的核对,"
        "表上的公式、下拉列表还是原来的。要让表上也是现在的,"
        "请用 gouji upgrade 旧.xlsx 新.xlsx 换一本",
    ),
    "version-newer": (
        replacing(PROPERTIES, ">5<", ">12<"),
        "error",
        "工作簿是新版表单(第 12 版),这里只有第 5 版。请升级勾稽后再试",
    ),
    # its structure
    "sheet-missing": (
        without(sheet="项目支出"),
        "error",
        "工作表「项目支出」不见了。请从备份恢复,或用新建的工作簿重填",
    ),
    "sheet-replaced": (
        sheets_change_places("附表说明", "校验"),
        "error",
        "附表说明!C5:工作表「附表说明」上,「附表说明」各项的名称一个也没有,像是换成了别的表。"
        "上面的数和文字都没有读;请从备份恢复这张工作表,或用新建的工作簿重填",
    ),
    "sheet-copied": (
        editing(copied_over),
        "error",
        "程序读的是工作表「预算收支(旧)」,而另有一张「预算收支」,像是它的副本,不知道填在哪一张上。"
        "请只留一张:数填在「预算收支」上的,请抄回「预算收支(旧)」;然后删去「预算收支」或给它改名",
    ),
    "sheet-unread": (
        editing(copy_a_sheet),
        "warning",
        "工作表「预算收支 (2)」像是「预算收支」的副本,填在上面的数不会进入报告。"
        "程序读的是「预算收支」:请核对数填在了哪一张上,用不着的那一张请删去或改名",
    ),
    "sheet-of-rules": (
        editing(lambda book: book.create_sheet("规则")),
        "warning",
        "工作表「规则」是维护表单的人写规则用的,填报的工作簿里不该有;上面写的没有读,也不会用来核对。"
        "请删去这张表;要改规则,请改种类自己的 form.xlsx 或 rules.toml",
    ),
    "label-doubled": (
        put("预算收支", B45="人员经费", C45=180),
        "warning",
        "预算收支!C45 人员经费:「人员经费」这一行在表上出现了不止一次,这里填的「180」不会进入报告。"
        "程序读的是 预算收支!C18;请核对,把多出来的一行删去",
    ),
    "name-missing": (
        without(name="人员经费"),
        "error",
        "人员经费:名称「人员经费」不见了,或不再指向一个单元格。"
        "可能删过行;请在“公式 > 名称管理器”里把它指回原来的单元格,或用新建的工作簿重填",
    ),
    "name-misled": (
        astray("人员经费 *", "公用经费 *"),
        "error",
        "预算收支!C19 人员经费:名称「人员经费」指着这一格,而这一格的行头、列头写的是「公用经费」。"
        "「人员经费」在 预算收支!C18:请在“公式 > 名称管理器”里把名称「人员经费」改指那里,"
        "或把各行移回原处",
    ),
    "name-astray": (
        astray("", "公用经费 *"),
        "error",
        "预算收支!C19 人员经费:名称「人员经费」指着这一格,而这一格的行头、列头写的是「公用经费」。"
        "请在“公式 > 名称管理器”里把名称「人员经费」指回「人员经费」的单元格,"
        "或用新建的工作簿重填",
    ),
    "names-moved": (
        editing(lambda book: book["预算收支"].insert_rows(18)),
        "error",
        "预算收支!C18 人员经费:从这里起有 17 个名称没有指着自己的单元格,行头、列头写的是别的项目。"
        "可能是插入、排序或移动过行:请撤销那次改动,或取回改动前的文件;"
        "也可以在“公式 > 名称管理器”里逐个改回",
    ),
    "names-shared": (
        astray("", ""),
        "error",
        "预算收支!C19 人员经费:「公用经费」也指着这一格。"
        "请在“公式 > 名称管理器”里把名称各自指回原来的单元格",
    ),
    "column-doubled": (
        put("项目支出", E5="名称"),
        "error",
        "项目支出!B5:表「项目」有不止一列叫「名称」,不知道该读哪一列。"
        "请删去多出来的一列,或改掉它的表头",
    ),
    "row-doubled": (
        put("指标评分", D7="在职人员控制率"),
        "error",
        "指标评分!D7 部门整体支出绩效评价指标评分（投入、过程）:"
        "表「评分」里「在职人员控制率」有不止一行,不知道该读哪一行。请删去多出来的行",
    ),
    "cell-broken": (
        replacing(BUDGET, "<v>171.74</v>", "<v>1_71.74</v>"),
        "error",
        f"{STAFF}:单元格里存的内容读不懂(1_71.74)。请用 Excel 打开,把这一格重新填一遍再保存",
    ),
    "format-misleads": (
        typing({"人员经费": 1717400}, '0!.0000"万元"'),
        "error",
        f"{STAFF}:单元格里存的是 1717400,因数字格式显示成 171.7400万元。"
        "请把这一格的格式改为“数值”,再核对、填写这个数",
    ),
    "table-missing": (
        without(sheet="项目支出", table="项目"),
        "error",
        "表「项目」不见了。请从备份恢复,或用新建的工作簿重填",
    ),
    "column-missing": (
        put("项目支出", C5="数额"),
        "error",
        "项目支出!B5:表「项目」没有「金额」这一列。可能改过表头;请把表头改回「金额」",
    ),
    "below-table": (
        put("项目支出", B36="漏写的项目", C36=5),
        "error",
        "项目支出!B36 项目支出和项目自评:表「项目」下面还有内容,不在表里,不会进入报告。"
        "请把它移到表内的空行,或拖动表格右下角把它包进来",
    ),
    "apart-from-table": (
        put("项目支出", B38="注:金额为年初预算", C40=5),
        "warning",
        "项目支出!B38 项目支出和项目自评:表「项目」下面有 2 行内容不在表里,不会进入报告。"
        "是表里的数据的,请移到表内的空行;是备注的可以保留",
    ),
    "cell-merged": (
        editing(lambda book: book["预算收支"].merge_cells("C18:C19")),
        "error",
        "预算收支!C19 公用经费:这一格被盖在合并的单元格 C18:C19 里,填的数和文字认不出是谁的。"
        "请取消合并,再核对、填写这一格",
    ),
    "row-missing": (
        in_turn(instead(LANGUAGE), put("指标表", C7="及时")),
        "error",
        "指标表!B5 给定的行:表「指标」里「及时率」这一行不见了。"
        "请恢复这一行的名称,或用新建的工作簿重填",
    ),
    "row-unknown": (
        in_turn(instead(LANGUAGE), put("指标表", C7="及时")),
        "error",
        "指标表!C7 给定的行:表「指标」里没有「及时」这一行,不会进入报告。"
        "请删去,或把名称改回原来的写法",
    ),
    "rows-too-few": (
        typing({f"绩效.{n}.{column}": None for n in range(4) for column in ("标题", "内容")}),
        "error",
        "绩效情况!B9 部门整体支出绩效情况:表「绩效」至少要填 1 行,现有 0 行。请补填",
    ),
    # a cell
    "label-lost": (
        InMemory(SIGNED, 填表人="张三 1234"),
        "error",
        "表!C5 填表人:标签“填表人：”不见了或移了位置,这里的「张三 1234」读不进来。"
        "请补上标签和冒号;一格里有几个标签的,标签之间空一格",
    ),
    "label-twice": (
        InMemory(SIGNED, 填表人="填表人：张三 填表人：李四"),
        "error",
        "表!C5 填表人:标签“填表人：”重复了,「填表人：张三 填表人：李四」里不知道该读哪一处。"
        "请删去多出来的",
    ),
    "label-unknown": (
        InMemory(SIGNED, 填表人="填表人：张三 复核：钱七"),
        "warning",
        "表!C5:「复核：钱七」不在表单的标签后面,不会进入报告。"
        "是表单要的,请写到它的标签后面;是备注的可以保留",
    ),
    "required": (typing(人员经费=None), "error", f"{STAFF}:必填,现在是空的。请填写"),
    "required-cells": (
        typing({f"项目.{row}.全年预算数": None for row in range(7)} | {"项目.0.预期目标": None}),
        "error",
        "项目支出!G6 项目支出和项目自评:表「项目」里还有 8 格必填的是空的:"
        "全年预算数 7 格、预期目标 1 格。请逐格填写",
    ),
    "above-blank": (
        put("项目指标", D6=None, E6=None, B6=None, G6=None, I6=None, J6=None),
        "error",
        "项目指标!B7 项目指标「项目支出」项目名称:上一行是空的,接不上项目名称,现在没有项目名称。"
        "请在这里填上项目名称,或删去上面的空行后再填",
    ),
    "above-astray": (
        moved_formula,
        "error",
        "项目指标!B12 项目指标「隐患按时整改率」项目名称:这里的公式取的不是紧挨着的上一行"
        "(现在显示「空白」):排过序,或插入、删除、移动过行。"
        "请在这里直接填写;刚排过序的请先撤消",
    ),
    "rows-moved": (
        put("项目指标", S6=5, S10=1),
        "error",
        "项目指标!B7 项目支出绩效指标:表「项目指标」的行换过次序,"
        "跟着上一行的项目名称可能已经不是原来的。"
        "刚排过序的请撤消;撤消不了的,请展开右边“校验用”各列,按“行序”从小到大排回来,"
        "或在每一行都填上项目名称",
    ),
    "rows-apart": (
        typing({"项目指标.12.项目名称": "民族工作专项经费"}),
        "warning",
        "项目指标!B18 项目指标「服务对象满意度」项目名称:"
        "「民族工作专项经费」的行没有排在一起,报告里会排到前面同名的行下面。"
        "请核对;是同一项的,请移到一起",
    ),
    "rows-unordered": (
        typing({"指标.0.二级指标": "社会效益指标"}),
        "warning",
        "绩效指标!B7 指标「政企早餐活动」一级指标:「产出指标」排在「效益指标」后面,"
        "和官方表的次序不同。请核对,改成官方表的次序",
    ),
    "error-cell": (
        typing(人员经费="#REF!"),
        "error",
        f"{STAFF}:单元格里是错误值 #REF!。请改正公式,或直接填数",
    ),
    "formula-unsaved": (
        typing(人员经费="=170+1.74"),
        "error",
        f"{STAFF}:单元格里的公式没有保存过计算结果。请用 Excel 打开、保存一次,或直接填数",
    ),
    "not-a-number": (
        typing(人员经费="约171万"),
        "error",
        f"{STAFF}:「约171万」不是数字。请只填数字,不确定的不要填文字说明",
    ),
    "wrong-unit": (
        typing(人员经费="1717400元"),
        "error",
        f"{STAFF}:「1717400元」的单位是“元”,这里要填“万元”的数。请换算后只填数字",
    ),
    "share-for-percent": (
        typing({"指标.10.实际完成值": 0.94}),
        "warning",
        "绩效指标!I16 指标「统一战线成员满意度」实际完成值:这里填的数已经以 % 为单位,"
        "0.94 就是 0.94%。请核对:是 94% 的,请改填 94;确实是 0.94% 的可以保留",
    ),
    "row-is-total": (
        put("项目支出", B13="合 计", C13=69.75),
        "error",
        "项目支出!B13 项目支出和项目自评:「合 计」这一行会和其他行一样再加一次。"
        "合计由程序算出,表里只填各项:请清空这一行",
    ),
    "list-unclear": (
        typing({"内设机构": "办公室，侨务办，民族办"}),
        "warning",
        "基本情况!C13 内设机构:按顿号数得 1 项,而「办公室，侨务办，民族办」里还有别的分隔,"
        "或以“等”字结尾。请只用顿号“、”隔开各项、写全;数目不是 1 的,请在数目那一格直接填数",
    ),
    "date-for-number": (
        typing({"人员经费": date(2023, 3, 15)}, "yyyy-mm-dd"),
        "error",
        f"{STAFF}:单元格被当成了日期(2023-03-15),这里要填数字。请把单元格格式改为“数值”后重填",
    ),
    "too-long": (
        typing(人员经费="123456789012345678"),
        "error",
        f"{STAFF}:123456789012345678 超过 15 位数字,Excel 存不准。请核对这个数",
    ),
    "too-many-decimals": (
        typing(人员经费=171.745),
        "error",
        f"{STAFF}:171.745 的小数超过 2 位。请按四舍五入改为 171.75,公式请用 ROUND",
    ),
    "too-small": (typing(人员经费=-171.74), "error", f"{STAFF}:-171.74 小于 0。请核对这个数"),
    "too-large": (
        typing({"绩效数据.1.占比": 714}),
        "error",
        "绩效数据!F7 绩效数据「推荐党外委员」占比:714 大于 100。请核对这个数",
    ),
    "row-stray": (
        typing({"项目.9.主管部门": "区委宣传部"}),
        "error",
        "项目支出!J15 项目主管部门:表「项目」的这一行只有这里填了「区委宣传部」,不算一行,"
        "不会进入报告。"
        "请把这一行填全,或删去这一格",
    ),
    "default-emptied": (
        typing(基本支出=None),
        "error",
        "预算收支!C17 基本支出:这里由公式算出 195.49,现在是空的。"
        "请填 195.49 或您自己的数;刚删掉的可以撤销",
    ),
    "given-changed": (
        put("指标评分", E9=5),
        "warning",
        "指标评分!E9 「预算完成率」分值:这里由表单给定,应是「6」,单元格里却是「5」;"
        "报告仍用给定的。可能误改了;请改回原来的内容",
    ),
    "not-a-date": (
        typing(成文日期="2023年3月"),
        "error",
        "基本情况!C10 成文日期:「2023年3月」不是日期。请按 2023-3-15 的写法填日期",
    ),
    "not-a-year": (
        typing(年度=22),
        "error",
        "基本情况!C5 年度:「22」不是年份。请填四位数的年份,如 2022",
    ),
    "not-a-choice": (
        typing(单位类型="机关"),
        "error",
        "基本情况!C9 单位类型:「机关」不在选项里。请从下拉列表中选:"
        "行政单位、参照公务员法管理的事业单位、公益一类事业单位、公益二类事业单位、其他",
    ),
    "computed-changed": (
        in_turn(instead(LANGUAGE, 甲=1, 乙=2, 零=3), put("计算", C5=7)),
        "warning",
        "计算!C5 合计:这里由公式算出 6.00,单元格里却是 7;报告仍用算出的数。"
        "公式可能被改掉了;请恢复公式,需要改的是它引用的数",
    ),
    "own-formula-typed": (
        InMemory(small.form_of(small.money("甲", own_formula=True))),
        "warning",
        "表!C5 甲:这里原是表自己的公式,现在填的是 1.00;报告用的是填的数。"
        "请恢复公式(照空白表抄一份),确实要另填的请核对",
    ),
    # quotes in a text
    "quote-name": (
        typing({"绩效数据.0.名称": "代表 人士"}),
        "error",
        "绩效数据!B6 绩效数据「代表 人士」名称:「代表 人士」不能当名称引用。"
        "名称只用汉字、字母、数字和下划线,且不以数字开头",
    ),
    "quote-taken": (
        typing({"绩效数据.0.名称": "基本支出"}),
        "error",
        "绩效数据!B6 绩效数据「基本支出」名称:名称「基本支出」用了两次,或与表单的字段同名。"
        "请换一个名称",
    ),
    "quote-unknown": (
        typing(改进措施="支出{{ 基本支 }}万元"),
        "error",
        f"{PLAN}:文字里引用了「基本支」,但没有这个名称。"
        "请核对名称(是否为「基本支出」),或先把它填进表里",
    ),
    "quote-blank": (
        typing(改进措施="“三公”经费{{ 三公经费 }}万元", 三公经费=None),
        "error",
        f"{PLAN}:文字里引用了「三公经费」,但它还没有填。请先填写「三公经费」",
    ),
    "quote-nested": (
        typing(改进措施="{{ 人员情况 }}"),
        "error",
        f"{PLAN}:文字里引用了「人员情况」,而那段文字里还有引用。请直接写出文字,或改引用其中的数",
    ),
    "quote-faulty": (
        typing(改进措施="支出{{ 基本支出 }万元"),
        "error",
        f"{PLAN}:文字里的引用「支出{{{{ 基本支出 }}万元」写得不对。"
        "请写成 {{ 名称 }} 的样子,花括号各两个",
    ),
    # figures that a text writes out
    "prose-differs": (
        typing({"人员情况": "区统战部人员行政编制8名，事业编制{{ 事业编制 }}名。"}),
        "error",
        "基本情况!C28 人员情况:文字里写「区统战部人员行政编制8名」,而表里「行政编制」(基本情况!C22)"
        "是 7名,报告里两个数都会印出来。请核对哪一个对,改正错的;"
        "文字里的数改成引用 {{ 行政编制 }},就总和表里的一样",
    ),
    "prose-unsure": (
        typing({"人员情况": "2022年基本支出195.94万元。"}),
        "warning",
        "基本情况!C28 人员情况:文字里写「2022年基本支出195.94万元」,"
        "而表里「基本支出」(预算收支!C17)是 195.49万元,文字没有说清楚是预算数还是决算数。"
        "请核对:是同一个数的,请改正,或改成引用 {{ 基本支出 }};"
        "不是的,请在文字里写清楚是预算数还是决算数",
    ),
    "prose-same": (
        typing({"人员情况": "行政编制7名，事业编制3名。"}),
        "hint",
        "基本情况!C28 人员情况:文字里直接写着「行政编制7名」、「事业编制3名」,和表里的一样。"
        "可以改成引用({{ 行政编制 }}、{{ 事业编制 }}),表里的数改了文字跟着改:按“改成引用”,"
        "或运行 gouji check 填报.xlsx --quote 副本.xlsx",
    ),
    # the outline
    "section-out": (
        typing({"提纲.19.处理": "不列入", "提纲.19.正文": "无此项。"}),
        "warning",
        "提纲!F25 政府性基金预算支出情况:这一处不进入报告,写在这里的不会印出来。"
        "请把“处理”改成“列入”;上一级标题没有列入的,把它也列入,或改次序;不要的请删去这里的内容",
    ),
    "section-required": (
        typing({"提纲.27.处理": "不列入"}),
        "warning",
        "提纲!B33 下一步改进措施:官方提纲里必须有的一节没有列入报告。"
        "请核对本级的提纲;确实不要的可以保留",
    ),
    "section-title-unused": (
        typing({"自加节.0.标题": "小结", "自加节.0.级别": "段落", "自加节.0.次序": 151}),
        "warning",
        "提纲!B40 小结:这一处不印标题,写的标题不会进入报告。请删去标题,或改“处理”和级别",
    ),
    "section-numbered": (
        typing({"提纲.17.改标题": "一、基本支出"}),
        "warning",
        "提纲!I23 一、基本支出:标题「一、基本支出」自己写了编号或句号,报告里会印两个。"
        "请删去,编号和句号由程序加",
    ),
    "section-text-unused": (
        typing({"提纲.27.处理": "自己写", "提纲.27.正文": "逐项整改。"}),
        "hint",
        f"{PLAN}:这里写了文字,但提纲里“下一步改进措施”不列入或自己写,不会印出来。"
        "请核对提纲;确实不要的可以保留",
    ),
    "section-untitled": (
        typing({"自加节.0.级别": "二级", "自加节.0.次序": 151, "自加节.0.正文": "都已完成。"}),
        "error",
        "提纲!B40 自加节(B40):级别是“二级”,却没有标题。请写上标题,或把级别改成“段落”",
    ),
    "section-blank": (
        typing({"提纲.17.处理": "自己写"}),
        "error",
        "提纲!F23 基本支出情况:这一节列入了报告,却没有内容。"
        "请在“正文”里写,或在“表格”里写上要印的区域;不要这一节的请改“处理”",
    ),
    "section-empty": (
        typing({"提纲.17.处理": "不列入", "提纲.18.处理": "不列入"}),
        "warning",
        "提纲!B21 一般公共预算支出情况:这个标题下面什么也没有。"
        "请写“正文”,或核对下面各节的“处理”和次序",
    ),
    "section-too-deep": (
        typing({"自加节.0.标题": "工作", "自加节.0.级别": "三级", "自加节.0.次序": 41}),
        "error",
        "提纲!C40 工作:“三级”标题的前面没有上一级标题。请核对次序和级别;上一级标题可能没有列入",
    ),
    "section-under-silent": (
        typing({"提纲.6.处理": "不印标题"}),
        "error",
        "提纲!C13 单位基本情况:上一级“基本情况”选了不印标题,“二级”标题上面就没有标题了。"
        "请把上一级改回“列入”,或把它下面的各节也选“不印标题”",
    ),
    "section-moved": (
        typing({"提纲.17.改次序": 45}),
        "warning",
        "提纲!H23 基本支出情况:官方提纲里它在“一般公共预算支出情况”之下,"
        "按现在的次序排到了“基本情况”之下。请核对次序;移动一节时,它下面的各节要一起改次序",
    ),
    "range-unknown": (
        put("提纲", G23="附表第一页"),
        "error",
        "提纲!G23 「基本支出情况」表格:「附表第一页」不是一个单元格区域。"
        "请写成 附表!A1:D6 的样子:工作表名、感叹号、左上角、冒号、右下角",
    ),
    "range-no-sheet": (
        put("提纲", G23="附表！A1：D6"),
        "error",
        "提纲!G23 「基本支出情况」表格:要印的表格在工作表「附表」,没有这张表。"
        "现有的工作表:填报说明、基本情况、预算收支、资金来源、项目支出、绩效情况、绩效数据、"
        "问题与改进、基础数据、自评表、附表说明、绩效指标、指标评分、项目指标、项目自评卡、提纲、校验、选项;请核对",
    ),
    "range-too-large": (
        put("提纲", G23="预算收支!A1:Z9"),
        "error",
        "提纲!G23 「基本支出情况」表格:「预算收支!A1:Z9」太大,报告里印不下。"
        "最多 12 列、200 行;请分成几个表格,或核对区域",
    ),
    "range-quote": (
        in_turn(put("预算收支", H50="{{ 支出合计 }}"), put("提纲", G23="预算收支!H50:H52")),
        "error",
        "预算收支!H50 基本支出情况:要印的单元格里写着「{{ 支出合计 }}」,表格里的引用不会换成数。"
        "请在这一格写公式,如 =预算收支!C17",
    ),
    "range-rounded": (
        in_turn(
            put("预算收支", H50=1.004, H51=2.5, H52=0.3333), put("提纲", G23="预算收支!H50:H52")
        ),
        "warning",
        "预算收支!H50 基本支出情况:1.004 的小数超过 2 位,报告里印成 1.00;这样的数有 2 个。"
        "各数四舍五入后合计可能对不上;要印准的数,请用 ROUND 先算好,或把它写成文字",
    ),
    "range-blank": (
        put("提纲", G23="预算收支!H90:J99"),
        "error",
        "提纲!G23 「基本支出情况」表格:「预算收支!H90:J99」里什么也没有。请核对区域,或先把表格填上",
    ),
    # rules
    "rule-fails": (
        typing(
            基本支出=195.49,
            公用经费=23.57,
            在职人员=10,
            年初预算=265.24,
            预算追加=None,
        ),
        "error",
        "预算收支!C17 基本支出:195.49 ≠ 人员经费 171.74 + 公用经费 23.57 = 195.31,差 0.18。"
        "「公用经费」(预算收支!C19)若是 23.75 就相符,可能有两位数字颠倒。请核对这三个数",
    ),
    "rule-rounding": (
        typing(基本支出=195.49, 公用经费=23.76),
        "hint",
        "预算收支!C17 基本支出:195.49 ≠ 人员经费 171.74 + 公用经费 23.76 = 195.50,差 0.01,"
        "在四舍五入允许的 0.015 以内(尾差)。可以保留;能按元核对的请核对",
    ),
    "rule-uncomputable": (
        instead(LANGUAGE, 甲=1, 照录=0),
        "warning",
        "单格!C5 甲:规则「除法」算不出结果(除数为 0),没有核对。"
        "这是规则的问题,不是数据的问题,请告知维护报告的人员",
    ),
    "own-function-failed": (
        InMemory(
            structs.replace(small.form_of(small.money("甲")), function=(SHARE,)),
            small.rule("占比", "占(甲) == 甲"),
        ),
        "error",
        "表!C5 甲:规则「占比」没有核对成:函数「占」用不了:「bureau_rules:share」还没有获准使用。"
        "种类自己不能打开它:请这台电脑的管理员在 /etc/gouji/settings.toml 里写 "
        'functions = ["bureau_rules"]。请核对这里填的数;都对的话,请把这句话告诉维护报告的人员',
    ),
}


def checked(path: Path, spoil: Spoil) -> Checked:
    """What is said of the spoiled sample; of what is only typed over, without a file."""
    if isinstance(spoil, InMemory):
        return spoil.checked()
    if isinstance(spoil, Typing):
        return check_of(typed_over(spoil.cells, spoil.number_format))
    spoil(path)
    own = path.parent / "种类"
    return take_in(path, own if own.exists() else KINDS).checked


def said(checked: Checked) -> list[str]:
    """What is said beyond the sample's own two warnings."""
    return [str(one) for one in flattened(checked.findings) if str(one) not in TWO_WARNINGS]


# One of each sort of thing that the tests of this file type in.
IN_EACH_WAY: list[Typing] = [
    typing(
        人员经费=171.745,
        公用经费=22,
        基本支出=Decimal("195.49"),
        三公经费="１７１．７４",
        编制数=" 171.74 ",
        在职人员="",
        财政拨款收入="#REF!",
        财政拨款支出="=170+1.74",
        年初预算=True,
        单位名称="一" * 99,
        单位简称=2022,
        成文日期=date(2023, 3, 15),
        预算追加=None,
        改进措施="支出{{ 基本支出 }万元",
    ),
    typing({"人员经费": 0.5, "绩效数据.1.占比": 0.714, "公用经费": "50"}, "0.0%"),
    typing(
        {"人员经费": datetime(2023, 3, 15, 12, 30), "公用经费": date(2023, 3, 15)}, "yyyy-mm-dd"
    ),
    typing({"绩效数据.0.名称": "代表 人士", "项目.1.金额": -3, "项目.2.名称": None}),
]


@pytest.mark.parametrize("typed", IN_EACH_WAY)
def test_what_is_typed_over_in_memory_reads_as_from_a_file(
    typed: Typing, sample_file: Path
) -> None:
    typed(sample_file)
    book = open_saved(sample_file)
    assert isinstance(book, SavedBook)
    assert typed_over(typed.cells, typed.number_format) == book.snapshot(DEPARTMENT.form)


def test_every_message_hangs_in_the_gallery() -> None:
    assert set(GALLERY) == set(MESSAGES)


@pytest.mark.parametrize("code", GALLERY)
def test_each_message_says_where_what_and_what_to_do(code: str, sample_file: Path) -> None:
    spoil, severity, words = GALLERY[code]
    found = flattened(checked(sample_file, spoil).findings)
    words = words.replace("<这里>", str(sample_file.parent))
    assert [(one.severity, str(one)) for one in found if one.code == code] == [(severity, words)]


def test_the_sample_has_its_two_warnings_and_nothing_else(sample_file: Path) -> None:
    findings = take_in(sample_file).checked.findings
    assert [(one.severity, str(one)) for one in findings] == [
        ("warning", words) for words in TWO_WARNINGS
    ]


FIGURE = Decimal("171.74")
ROUND_TOTAL = {"基本支出": 1258.25, "财政拨款支出": 1328, "财政拨款收入": 1328}


@pytest.mark.parametrize(
    ("spoil", "figure"),
    [
        (typing(人员经费="171.74"), FIGURE),
        (typing(人员经费=" 171.74 "), FIGURE),
        (typing(人员经费="１７１．７４"), FIGURE),
        (typing(人员经费="171.74万元"), FIGURE),
        (typing(人员经费="171.74 万元"), FIGURE),
        (typing(人员经费="+171.74"), FIGURE),
        (typing(人员经费="1,234.50"), Decimal("1234.50")),
        (typing(人员经费="１，２３４．５０"), Decimal("1234.50")),
        (replacing(BUDGET, "<v>171.74</v>", "<v>171.74000000000001</v>"), FIGURE),
        (replacing(BUDGET, "<v>171.74</v>", "<v>1.7174E2</v>"), FIGURE),
        (replacing(BUDGET, "<v>171.74</v>", "<f>170+1.74</f><v>171.74</v>"), FIGURE),
    ],
)
def test_a_figure_is_read_in_each_way_that_people_type_it(
    spoil: Spoil, figure: Decimal, sample_file: Path
) -> None:
    entry = checked(sample_file, spoil).values.fields["人员经费"]
    assert (entry.value, str(entry.value)) == (figure, f"{figure:f}")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (typing(人员经费="171。74"), "「171。74」不是数字。请只填数字,不确定的不要填文字说明"),
        (typing(人员经费="17 1.74"), "「17 1.74」不是数字。请只填数字,不确定的不要填文字说明"),
        (typing(人员经费="1,71.74"), "「1,71.74」不是数字。请只填数字,不确定的不要填文字说明"),
        (typing(人员经费="1_000"), "「1_000」不是数字。请只填数字,不确定的不要填文字说明"),
        (typing(人员经费="١٢٣"), "「١٢٣」不是数字。请只填数字,不确定的不要填文字说明"),
        (typing(人员经费="(171.74)"), "「(171.74)」不是数字。请只填数字,不确定的不要填文字说明"),
        (typing(人员经费="1.7E2"), "「1.7E2」不是数字。请只填数字,不确定的不要填文字说明"),
        (typing(人员经费="—"), "「—」不是数字。请只填数字,不确定的不要填文字说明"),
        (typing(人员经费="NaN"), "「NaN」不是数字。请只填数字,不确定的不要填文字说明"),
        (typing(人员经费=True), "「TRUE」不是数字。请只填数字,不确定的不要填文字说明"),
        (
            typing(人员经费="一" * 99),
            f"「{'一' * 59}…」不是数字。请只填数字,不确定的不要填文字说明",
        ),
        (
            typing({"人员经费": 0.5}, "0.0%"),
            "单元格里存的是 0.5,因数字格式显示成 50.0%。"
            "请把这一格的格式改为“数值”,再核对、填写这个数",
        ),
        (
            typing({"人员经费": datetime(2023, 3, 15, 12, 30)}, "yyyy-mm-dd"),
            "单元格被当成了日期(2023-03-15),这里要填数字。请把单元格格式改为“数值”后重填",
        ),
        (
            replacing(BUDGET, "<v>171.74</v>", "<v>1E400</v>"),
            "单元格里存的内容读不懂(1E400)。请用 Excel 打开,把这一格重新填一遍再保存",
        ),
        (
            replacing(BUDGET, "<v>171.74</v>", "<v>123456789012345678</v>"),
            "123456789012345678 超过 15 位数字,Excel 存不准。请核对这个数",
        ),
        (
            replacing(BUDGET, "<v>171.74</v>", "<v>1E300</v>"),
            f"1{'0' * 58}… 超过 15 位数字,Excel 存不准。请核对这个数",
        ),
        (
            replacing(BUDGET, 't="n"><v>171.74</v>', 't="e"><f>1/0</f><v>#DIV/0!</v>'),
            "单元格里是错误值 #DIV/0!。请改正公式,或直接填数",
        ),
    ],
)
def test_anything_else_in_a_number_cell_is_a_finding_and_never_a_guess(
    spoil: Spoil, words: str, sample_file: Path
) -> None:
    findings = checked(sample_file, spoil).findings
    assert [str(one) for one in findings if one.place == Place("预算收支", "C18")] == [
        f"{STAFF}:{words}"
    ]


def test_a_text_cell_takes_a_number_or_a_date_as_it_reads(sample_file: Path) -> None:
    found = checked(sample_file, typing(单位名称=2022, 单位简称=date(2023, 3, 15)))
    assert said(found) == []
    fields = found.values.fields
    assert [fields[key].value for key in ("单位名称", "单位简称")] == ["2022", "2023-03-15"]


def test_escaped_control_characters_never_reach_the_report(sample_file: Path) -> None:
    text = "一_x0001_二_x000D__x000A_三_x005F_x0041_四_xD800_"
    typing(单位名称=text)(sample_file)
    found = take_in(sample_file).checked
    assert found.values.fields["单位名称"].value == "一二\n三_x0041_四"


def rename(book: Workbook) -> None:
    for sheet in book.worksheets:
        old, sheet.title = sheet.title, f"改 {sheet.title}'s"
        for name in book.defined_names.values():
            name.attr_text = name.attr_text.replace(f"'{old}'", f"'改 {old}''s'")


def insert_rows(book: Workbook) -> None:
    """What Excel does on inserting three rows: cells and the names that point at them move down."""
    book["预算收支"].move_range("A4:E60", rows=3)
    for name in book.defined_names.values():
        sheet, _, address = name.attr_text.rpartition("!")
        if sheet == "'预算收支'":
            name.attr_text = f"{sheet}!$C${int(address.rpartition('$')[2]) + 3}"


def move_one_cell(book: Workbook) -> None:
    sheet = book["预算收支"]
    sheet["H99"] = sheet["C18"].value
    sheet["C18"] = None
    book.defined_names["人员经费"].attr_text = "'预算收支'!$H$99"


def merge(book: Workbook) -> None:
    book["预算收支"].merge_cells("C18:E18")


def colour(book: Workbook) -> None:
    book["预算收支"]["C18"].fill = PatternFill("solid", fgColor="FF00FF00")


@pytest.mark.parametrize("change", [rename, insert_rows, move_one_cell, merge, colour])
def test_a_sheet_may_be_renamed_moved_and_painted(
    change: Callable[[Workbook], None], sample_file: Path, sample_values: dict[str, object]
) -> None:
    changed = checked(sample_file, editing(change))
    found = {key: entry.value for key, entry in changed.values.fields.items()}
    assert [one.code for one in changed.findings] == ["rule-fails", "rule-fails"]
    assert found == sample_values


@pytest.fixture
def sample_values(sample_bytes: bytes, tmp_path: Path) -> dict[str, object]:
    path = tmp_path / "原样.xlsx"
    path.write_bytes(sample_bytes)
    return {key: entry.value for key, entry in take_in(path).checked.values.fields.items()}


@pytest.mark.parametrize("name", ["人员经费", "预算追加"])
def test_a_cell_merged_into_its_neighbour_is_told_though_it_may_be_blank(
    name: str, sample_file: Path
) -> None:
    sheet, address, _ = SPOTS[name]
    area = f"B{address[1:]}:{address}"
    found = checked(sample_file, editing(lambda book: book[sheet].merge_cells(area)))
    told = [one for one in found.findings if one.code == "cell-merged"]
    assert [(str(one.place), one.label, one.found) for one in told] == [
        (f"{sheet}!{address}", name, area)
    ]
    assert not found.values.fields[name].readable


def test_names_merged_over_several_rows_are_one_finding(sample_file: Path) -> None:
    spoil = editing(lambda book: book["项目支出"].merge_cells("B6:B11"))
    (found,) = [one for one in checked(sample_file, spoil).findings if one.code == "cell-merged"]
    assert found.label == "项目第 2 行 名称等 5 格"
    assert [str(part.place) for part in found.parts] == [f"项目支出!B{row}" for row in range(7, 12)]


def test_a_name_that_points_at_two_cells_or_nowhere_is_missing(sample_file: Path) -> None:
    def spoil(book: Workbook) -> None:
        book.create_chartsheet("图").add_chart(BarChart())
        names = book.defined_names
        names["人员经费"].attr_text = "'预算收支'!$C$18:$C$19"
        names["公用经费"].attr_text = "#REF!"
        names["基本支出"].attr_text = "'没有这张表'!$C$17"
        names["年初预算"].attr_text = "'图'!$A$1"
        names["预算追加"].attr_text = "'预算收支'!$C$0"
        names["全年预算"].attr_text = "'预算收支'!$ZZZ$1"

    findings = checked(sample_file, editing(spoil)).findings
    assert [one.label for one in findings if one.code == "name-missing"] == [
        "年初预算",
        "预算追加",
        "全年预算",
        "基本支出",
        "人员经费",
        "公用经费",
    ]


def test_a_sheet_that_only_lost_its_names_is_not_said_to_be_gone(sample_file: Path) -> None:
    found = checked(sample_file, without(sheet="项目支出", table="项目")).findings
    assert [one.code for one in found if one.severity == "error"] == ["table-missing"]


def test_every_sheet_that_is_gone_is_said_once(sample_file: Path) -> None:
    spoil = in_turn(without(sheet="项目支出"), without(sheet="预算收支"))
    assert said(checked(sample_file, spoil)) == [
        "工作表「预算收支」不见了。请从备份恢复,或用新建的工作簿重填",
        "工作表「项目支出」不见了。请从备份恢复,或用新建的工作簿重填",
    ]


def test_the_totals_row_of_a_table_is_no_row_of_it(sample_file: Path) -> None:
    def total(book: Workbook) -> None:
        sheet = book["项目支出"]
        table = sheet.tables["项目"]
        table.ref, table.totalsRowCount, table.autoFilter = "B5:AG13", 1, None
        sheet["B13"], sheet["C13"] = "合计", 69.75

    found = checked(sample_file, editing(total))
    assert [row["名称"].value for row in found.values.tables["项目"]][-1] == (
        "知联会共识教育活动工作经费"
    )
    assert said(found) == []


def test_each_row_typed_under_a_table_is_named(sample_file: Path) -> None:
    found = checked(sample_file, put("项目支出", B36="甲", C37=2, B39="丙")).findings
    assert [str(one.place) for one in found if one.code == "below-table"] == [
        "项目支出!B36",
        "项目支出!C37",
    ]


def test_a_table_that_claims_a_million_rows_is_read_at_once(sample_file: Path) -> None:
    def stretch(book: Workbook) -> None:
        book["项目支出"].tables["项目"].ref = "B5:AG1048576"
        book["项目支出"]["XFD1048576"] = "迷路的"
        book["项目支出"]["B1048576"], book["项目支出"]["C1048576"] = "末行", 1

    start = time.perf_counter()
    found = checked(sample_file, editing(stretch))
    assert time.perf_counter() - start < 5
    rows = found.values.tables["项目"]
    assert (len(rows), rows[-1]["名称"].value) == (8, "末行")


@pytest.mark.parametrize(
    "ref", ["B5", "B:G", "5:35", "G35:B5", "XFD1048576:XFD1048576", "?", "B0:D9"]
)
def test_a_table_of_nonsense_is_missing_or_has_no_columns(ref: str, sample_file: Path) -> None:
    spoil = replacing("xl/tables/table1.xml", 'ref="B5:AI35"', f'ref="{ref}"')
    codes = {one.code for one in flattened(checked(sample_file, spoil).findings)}
    assert codes & {"table-missing", "column-missing", "file-broken"}


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (zipping(strict), "file-strict"),
        (
            replacing(
                "xl/workbook.xml",
                '<definedName name="人员经费">',
                "<definedName name=\"人员经费\">'预算收支'!$C$19</definedName>"
                '<definedName name="人员经费">',
            ),
            "file-broken",
        ),
        (lambda path: path.write_bytes(OLE + b"EncryptedPackage"), "file-old-or-encrypted"),
        (lambda path: path.write_bytes(b""), "file-not-a-package"),
        (lambda path: empty_document().save(str(path)), "file-not-a-package"),
        (lambda path: path.write_bytes(b"PK\x05\x06" + bytes(18)), "file-not-a-package"),
        (lambda path: path.write_bytes(path.read_bytes()[:-200]), "file-not-a-package"),
        (stuffed, "file-too-large"),
        (
            zipping(
                lambda name, data: (
                    b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
                    if name == BUDGET
                    else data
                )
            ),
            "file-broken",
        ),
        (zipping(lambda name, data: b"" if name == BOOK else data), "file-broken"),
        (
            replacing(f"{BOOK[:3]}_rels/workbook.xml.rels", "sheet4.xml", "sheet3.xml"),
            "file-broken",
        ),
        (replacing(BOOK, 'name="项目支出"', 'name="预算收支"'), "file-broken"),
        (replacing(PROPERTIES, ">5<", f">{'9' * 5000}<"), "version-older"),
        (replacing(PROPERTIES, ">5<", ">一<"), "version-older"),
    ],
)
def test_a_hostile_or_broken_file_is_one_finding(
    spoil: Spoil, code: str, sample_file: Path
) -> None:
    assert [one.code for one in checked(sample_file, spoil).findings] == [code]


def test_two_entries_of_one_name_are_no_workbook(sample_file: Path) -> None:
    with (
        pytest.warns(UserWarning, match="Duplicate name"),
        zipfile.ZipFile(sample_file, "a") as archive,
    ):
        archive.writestr(BOOK, archive.read(BOOK))
    assert [one.code for one in take_in(sample_file).checked.findings] == ["file-not-a-package"]


def test_a_zip_with_a_password_says_so(sample_file: Path) -> None:
    data = bytearray(sample_file.read_bytes())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1  # the flag of an encrypted entry
    sample_file.write_bytes(data)
    assert [one.code for one in take_in(sample_file).checked.findings] == ["file-old-or-encrypted"]


def test_too_many_entries_are_a_bomb(sample_file: Path) -> None:
    with zipfile.ZipFile(sample_file, "a") as archive:
        for number in range(5000):
            archive.writestr(f"xl/media/{number}", b"")
    assert [one.code for one in take_in(sample_file).checked.findings] == ["file-too-large"]


def test_more_cells_than_a_form_can_hold_are_a_bomb(sample_file: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(99, 10**6 * 2))
    replacing("xl/worksheets/sheet7.xml", "</sheetData>", f"{rows}</sheetData>")(sample_file)
    assert [one.code for one in take_in(sample_file).checked.findings] == ["file-too-large"]


def test_a_folder_is_no_workbook(tmp_path: Path) -> None:
    (finding,) = take_in(tmp_path).checked.findings
    assert str(finding) == (
        f"读不了文件「{tmp_path.name}」(这是一个文件夹)。请确认文件存在、没有被别的程序锁住"
    )


@pytest.mark.parametrize("seed", range(60))
def test_a_byte_gone_wrong_is_a_finding_and_never_a_crash(seed: int, sample_file: Path) -> None:
    data = bytearray(sample_file.read_bytes())
    for step in range(1 + seed % 3):
        data[(seed * 7919 + step * 104729) % len(data)] ^= 1 << seed % 8
    sample_file.write_bytes(data)
    assert all(isinstance(one, Finding) for one in take_in(sample_file).checked.findings)
