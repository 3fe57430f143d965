"""The sheets that list something to look at: rules across units, outliers, who is not counted."""

from collections.abc import Mapping, Sequence

from docgen.batch.ledger import Entry
from docgen.batch.sheets import HEAD_ROW, new_sheet, put_message, put_text
from docgen.consolidate.across import Result, Told
from docgen.consolidate.outliers import Outlier
from workbook.making.styles import CENTRED, PLAIN
from workbook.saving.book import FormBook

_ACROSS = (
    *(("规则", 22.0), ("结果", 9.0), ("单位", 26.0), ("在哪里", 34.0)),
    *(("怎么办", 30.0), ("依据", 30.0), ("说明", 62.0)),
)
_OUTLIERS = (
    *(("报告", 20.0), ("单位", 28.0), ("工作簿", 36.0), ("项目", 26.0), ("数", 18.0)),
    ("说明", 64.0),
)
_LEFT_OUT = (
    *(("单位", 30.0), ("单位代码", 14.0), ("种类", 14.0), ("状态", 9.0)),
    *(("工作簿", 36.0), ("说明", 70.0)),
)


def write_across(book: FormBook, told: Sequence[Told]) -> None:
    """What rules across units say, faults first; those that tie are counted and not listed."""
    counts = {word: sum(one.result is word for one in told) for word in Result}
    words = "、".join(f"{word} {count} 处" for word, count in counts.items() if count)
    sheet = new_sheet(book, "跨单位核对", words or "没有要核对的", _ACROSS)
    order = list(Result)
    listed = [one for one in told if one.result is not Result.TIES]
    listed.sort(key=lambda one: order.index(one.result))
    for row, one in enumerate(listed, start=HEAD_ROW + 1):
        for column, text in enumerate((one.rule, one.result, one.unit, one.where), start=1):
            put_text(sheet, row, column, text, CENTRED if column == 2 else PLAIN)
        put_text(sheet, row, 5, one.todo, PLAIN)
        put_text(sheet, row, 6, one.source, PLAIN)
        put_message(sheet, row, 7, one.what)


def write_outliers(book: FormBook, found: Mapping[str, Sequence[Outlier]]) -> None:
    """The figures that stand out, by the group's label; nothing where there are none."""
    listed = [(label, one) for label, those in found.items() for one in those]
    if not listed:
        return
    told = "和别的单位、和上年比差得远的数,只供查看,不算错误"
    sheet = new_sheet(book, "异常值", told, _OUTLIERS)
    for row, (label, one) in enumerate(listed, start=HEAD_ROW + 1):
        entry = one.part.entry
        for column, text in enumerate(
            (label, entry.unit, entry.path or "", one.name, one.value), start=1
        ):
            put_text(sheet, row, column, text, PLAIN)
        put_message(sheet, row, 6, one.words)


def write_left_out(book: FormBook, entries: Sequence[Entry]) -> None:
    """The workbooks and units that are in no sum."""
    sheet = new_sheet(book, "未计入", f"没有计入合计的,共 {len(entries)} 行", _LEFT_OUT)
    for row, one in enumerate(entries, start=HEAD_ROW + 1):
        texts = (one.unit, one.code, one.kind, one.status, one.path or "")
        for column, text in enumerate(texts, start=1):
            put_text(sheet, row, column, text, PLAIN)
        put_message(sheet, row, 6, one.message)
