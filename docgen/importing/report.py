"""A hand-made report as a new workbook: its values, a note on each, and what was not understood."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docgen.importing.recover import Leftover, recover
from docgen.importing.typed import Filled, fill
from docgen.template.model.errors import Location
from workbook.checking.data_files import KindError
from workbook.checking.kinds import Kind
from workbook.files.names import shown
from workbook.marking.notes import UNREAD_SHEET, write_notes, write_unread
from workbook.saving.edited import Edited
from workbook.stated.folded import CELL
from workbook.years.beginning import filled_workbook

MOST_LETTERS = 60  # of a passage that the summary quotes
MOST_LINES = 20
MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class Imported:
    """A read report: what fills the form, and what is left over."""

    kind: Kind
    source: Path
    filled: Filled
    leftovers: tuple[Leftover, ...]
    missing: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many cells the report has words for, those that the form works out among them."""
        return len(self.filled.notes)


def read_report(path: Path, kind: Kind) -> Imported:
    """The report at `path` read back; raises `TemplateError`, and `KindError` without template."""
    if not kind.template.exists():
        raise KindError([f"{kind.name} 没有 Word 模板({kind.template})"])
    recovered = recover(path, kind)
    filled = fill(recovered.found, kind)
    return Imported(kind, path, filled, tuple(recovered.leftovers), tuple(recovered.missing))


def imported_workbook(imported: Imported) -> bytes:
    """The new workbook as the bytes of an .xlsx file, filled, with a note on each filled cell.

    A sheet of its own lists what is left over.
    """
    filled = imported.filled
    edited = Edited(filled_workbook(imported.kind, filled.sample))
    write_notes(edited, filled.notes)
    write_unread(edited, shown(imported.source.name), list(_listed(imported)))
    return edited.data()


def _listed(imported: Imported) -> Iterator[tuple[str, str, str]]:
    """What the list holds: where, the words, and why or what to do."""
    for where, what in imported.filled.doubts:
        yield where, "", what
    for title in imported.missing:
        yield "", title, "报告里没有找到这个标题"
    for one in imported.leftovers:
        yield _where(one.line.where), _words(one), one.why or "没有找到对应的单元格"


def _where(place: Location) -> str:
    return f"报告 {place.within()}"


def _words(one: Leftover) -> str:
    return one.line.text.replace(CELL, " | ").strip()


def summary(imported: Imported) -> Iterator[str]:
    """What the command says when it is done."""
    if not imported.count:
        yield f"「{imported.source.name}」里没有认出任何内容,没有新建工作簿。请核对文件和报告种类。"
        return
    filled = imported.filled
    fields = len(filled.sample.fields)
    counts = {key: sum(map(bool, rows)) for key, rows in filled.sample.tables.items()}
    tables = "".join(f"、“{key}”{count} 行" for key, count in counts.items() if count)
    derived = len(filled.derived)
    typed = imported.count - derived
    yield f"填好 {typed} 个单元格({fields} 个单项{tables}),每个都有批注写着原文。"
    if derived:
        yield f"另有 {derived} 个单元格由公式算出,和报告里写的一样,保留公式。"
    blank = list(_blank(filled))
    if blank:
        more = f"等 {len(blank)} 项" if len(blank) > MOST_NAMES else ""
        yield f"报告里没有找到、还要填的:{'、'.join(blank[:MOST_NAMES])}{more}。"
    listed = list(_listed(imported))
    if listed:
        yield f"没有认出或有疑问的 {len(listed)} 处,全文见“{UNREAD_SHEET}”表:"
        yield from (_line(*one) for one in listed[:MOST_LINES])
    if len(listed) > MOST_LINES:
        yield f"  ……另有 {len(listed) - MOST_LINES} 处"
    yield "请逐项核对。"


def _blank(filled: Filled) -> Iterator[str]:
    """The names of the required fields that the report does not state."""
    for key, field in filled.form.fields.items():
        if field.is_due and key not in filled.sample.fields:
            yield field.name


def _line(where: str, words: str, why: str) -> str:
    words = " ".join(words.split())
    short = words if len(words) <= MOST_LETTERS else f"{words[:MOST_LETTERS]}…"
    said = f"“{short}”,{why}" if short else why
    return f"  {where}:{said}" if where else f"  {said}"
