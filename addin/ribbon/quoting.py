"""The button 改成引用: figures that a text writes out become quotes of the cells that hold them."""

from collections.abc import Mapping
from typing import Final

import xlwings as xw

from addin.open_book.busy import patiently
from addin.open_book.protection import is_read_only, unlocked
from addin.ribbon.checked import examined, is_foreign
from addin.ribbon.screen import Screen
from workbook.findings.place import Place
from workbook.prose.told import quoted

MOST_LISTED: Final = 8  # cells that the question names
READ_ONLY: Final = "这本工作簿是只读的,改了也存不下来。请先另存为一份,再按“改成引用”。"


def quote_figures(book: xw.Book, screen: Screen) -> None:
    """Ask whether figures become quotes, and write the texts that the clerk agrees to."""
    from workbook.marking.quoting import NOTHING, count_of  # noqa: PLC0415 - a click pays for what it does

    intake = examined(book)
    if is_foreign(intake, screen):
        return
    assert intake.kind is not None
    texts = quoted(intake.checked.values, intake.kind.form)
    count = sum(count for _, count in texts.values())
    if not count:
        screen.say(NOTHING)
    elif is_read_only(book):
        screen.say(READ_ONLY)
    elif not screen.agrees(question(texts, count)):
        screen.status("没有改动。")
    else:
        done = count_of(texts, patiently(lambda: _written(book, texts)))
        screen.status(f"已把 {done} 个数改成引用。再按一次“校验”,看到的就是改过的。")
        if done < count:
            screen.say(f"有 {count - done} 个数没有改:那几格是公式,或工作表设有密码保护。")


def question(texts: Mapping[Place, tuple[str, int]], count: int) -> str:
    """What the clerk is asked, with the cells that will change."""
    cells = [f"{place}({number} 个)" for place, (_, number) in texts.items()]
    more = "等" if len(cells) > MOST_LISTED else ""
    told = "、".join(cells[:MOST_LISTED]) + more
    return (
        f"文字里有 {count} 个数和表里的一样,改成引用?以后改表里的数,文字跟着变。\n{told}\n"
        "这一步不能用“撤消”退回。"
    )


def _written(book: xw.Book, texts: Mapping[Place, tuple[str, int]]) -> frozenset[Place]:
    """The cells into which the texts were written; formulas stay, and what a password locks."""
    done = set()
    for place, (text, _) in texts.items():
        sheet = book.sheets[place.sheet]
        cell = sheet.range(place.address)
        if text.startswith("=") or str(cell.formula).startswith("="):
            continue
        with unlocked(sheet) as may_change:
            if may_change:
                cell.value = text
                done.add(place)
    return frozenset(done)
