"""The buttons of the ribbon: one table that ribbon, VBA, menus, manual and tests are made from."""

from typing import Final, NamedTuple


class Command(NamedTuple):
    """A button: the name of its action, the group it stands in, and what the clerk sees of it.

    `icon` is one of Office's own (imageMso); `key` the letter after Alt, G. For one:
    `Command("manual", "help", "使用手册", "打开使用手册。", "Help", "H")`.
    """

    name: str
    group: str
    label: str
    tip: str
    icon: str
    key: str
    is_large: bool = False


TAB: Final = "勾稽"
TAB_KEY: Final = "G"
AUTHORING: Final = "authoring"  # the group that only who draws forms is shown
GROUPS: Final = {"data": "数据", "report": "报告", AUTHORING: "制表", "help": "帮助"}
COMMANDS: Final = (
    Command("new_book", "data", "新建工作簿", "选一种报告,新建一本填报工作簿。", "FileNew", "N"),
    Command(
        "roll_over", "data", "从上年结转",
        "打开着的是上年的工作簿:新建一本下一年的,名称和文字沿用,上年的数填进“上年”列。",
        "DateAndTimeInsert", "Y",
    ),
    Command(
        "validate", "data", "校验", "核对这本工作簿,标出对不上的单元格,列出所有问题。",
        "AcceptInvitation", "V", is_large=True,
    ),
    Command("next_finding", "data", "逐条查看", "跳到下一处问题。", "FindNext", "F"),
    Command(
        "clear_marks", "data", "清除标记", "去掉校验留下的颜色和批注,恢复原来的样子。",
        "ClearFormats", "C",
    ),
    Command(
        "insert_check", "data", "插入核对",
        "选中一个合计:在旁边写一个公式,核对它是否等于各组成数之和。", "AutoSum", "I",
    ),
    Command(
        "quote_figures", "data", "改成引用",
        "文字里直接写着、和表里一样的数改成引用,以后改表里的数,文字跟着变。",
        "HyperlinkInsert", "Q",
    ),
    Command(
        "make_report", "report", "生成报告", "先校验,再生成 Word 报告并打开。",
        "FileSaveAsWordDocx", "R", is_large=True,
    ),
    Command(
        "check_report", "report", "核对报告",
        "报告里的数是否还和这本工作簿相符,报告自己说的数是否前后一致,列在一起。",
        "FileDocumentInspect", "K",
    ),
    Command(
        "refresh_report", "report", "更新报告",
        "报告里过时的数改成工作簿现在的,手改过的留着;原来的一份留底。", "RefreshAll", "U",
    ),
    Command(
        "export_pdf", "report", "导出 PDF", "先校验,再把报告转成归档用的 PDF;还没有报告的,先生成。",
        "FileSaveAsPdfOrXps", "P",
    ),
    Command(
        "mark_fields", AUTHORING, "设为填报项",
        "选中要填的格子:各起一个名称,报告和规则按名称认它。", "NameDefine", "E", is_large=True,
    ),
    Command(
        "mark_list", AUTHORING, "设为明细表",
        "选中表头和下面要填的各行:成为一张明细表,各列按表头起名称。", "TableInsertExcel", "B",
    ),
    Command(
        "mark_total", AUTHORING, "设为合计规则",
        "选中合计和它的各组成数:写一条规则,合计要等于各组成数之和。", "DataValidation", "S",
    ),
    Command(
        "preview", AUTHORING, "预览",
        "照现在的样子试一遍:读表,核对,生成报告。表本身不改。", "FilePrintPreview", "W",
    ),
    Command("manual", "help", "使用手册", "打开使用手册。", "Help", "H"),
    Command("doctor", "help", "诊断", "看看装了什么、日志在哪里。", "ControlsGallery", "D"),
    Command("about", "help", "关于", "版本和许可。", "Info", "A"),
)  # fmt: skip


def offered(*, to_author: bool = False) -> tuple[Command, ...]:
    """The buttons that somebody is shown; a clerk has no use for those that draw a form."""
    return tuple(one for one in COMMANDS if to_author or one.group != AUTHORING)


def groups(*, to_author: bool = False) -> dict[str, str]:
    """The groups that these stand in, with their labels."""
    shown = {one.group for one in offered(to_author=to_author)}
    return {name: label for name, label in GROUPS.items() if name in shown}
