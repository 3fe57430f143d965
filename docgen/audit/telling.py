"""An audit as lines for a person, as JSON for a program, and as comments in a copy."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from docgen.audit.audit import Audit
from docgen.audit.judging import Audited, State
from docgen.audit.merging import Change
from docgen.audit.refresh import Refreshed
from docgen.manifest.blocks import Block
from docgen.manifest.reading import Drawn
from docgen.template.lint.annotate import commented
from workbook.files.save import must_be_another, save_new

BLANK: Final = "(空)"
_HEADS: Final = {
    State.STALE: "【过时】",
    State.EDITED: "【手改】",
    State.LOST: "【失联】",
    State.DOUBLED: "【重复】",
}
_REDRAW: Final = "请更新报告。"
_DROP: Final = "请在报告里删去这个图,或重新生成报告。"
# LibreOffice writes each chart anew, whatever was changed.
_NO_REDRAW: Final = (
    "这个图在别的程序里改过或另存过,更新不了:请另外生成一份报告,把那里的图复制过来,或改用新报告。"
)
_MOST_BLOCKS: Final = 3  # of a change that are quoted
_MOST_LETTERS: Final = 60  # of each of them
_MOST_MISSING: Final = 10  # figures of new rows that are listed


def told(path: Path, audit: Audit) -> Iterator[str]:
    """A paragraph for each figure that is not in order, what the report lacks, and the sum."""
    yield from audit.notes
    known = {mark for change in audit.changes for block in change.old for mark in block.marks}
    for one in audit.figures:
        if one.state is State.STALE and one.current is None and one.figure.mark in known:
            continue  # told with its row or paragraph
        if one.state is not State.OK:
            yield f"{_HEADS[one.state]}{place_of(one)} {_name(one)}"
            yield f"    {sentence(one)}"
    for change in audit.changes:
        yield from change_told(change)
        yield f"    {change_sentence(change)}"
    for there, printed in audit.reworded:
        yield f"【改字】{block_place(there) or '表格'} {_quoted(printed)}"
        yield f"    {reworded_sentence(there, printed)}"
    for drawn, now in audit.charts:
        advice = _REDRAW if drawn.mark in audit.renewable else _NO_REDRAW if now else _DROP
        yield f"【过时】图:{_difference(drawn, now)}。{advice}"
    come = {mark for change in audit.changes for block in change.new for mark in block.marks}
    missing = [figure for figure in audit.missing if figure.mark not in come]
    if missing:
        yield f"【缺少】填报表里有 {len(missing)} 个数是报告里没有的(如新加的行、新满足的条件):"
        for figure in missing[:_MOST_MISSING]:
            yield f"    · {figure.cell or figure.tag} {figure.key}:{figure.text or BLANK}"
    for line in dict.fromkeys(id(line) for line, _ in audit.written_in):
        found = [one for one in audit.written_in if id(one[0]) == line]
        numbers = "、".join(number for _, number in found)
        yield f"【另写】{found[0][0].where.within()} {numbers}"
        yield "    不是由填报表印出来的,没有可以核对的格子。请自己核对,或改成引用后重新生成。"
    yield f"{path.name}:{_sum(audit)}"


def change_told(change: Change) -> Iterator[str]:
    """What comes, goes or reads otherwise, each row or paragraph with its place."""
    head = "【增加】" if not change.old else "【减少】" if not change.new else "【改写】"
    place = f"{block_place(change.place)}{' 旁' if change.at and not change.old else ''}"
    yield f"{head}{place} {_texts(change.old or change.new)}"
    if change.old and change.new:
        yield f"    填报表现在给出的是 {_texts(change.new)}"


def change_sentence(change: Change) -> str:
    """Why rows or paragraphs are listed, and what to do."""
    what = "填报表里多了这些内容" if not change.old else "填报表里没有这些内容了"
    what = "填报表现在给出的内容不同" if change.old and change.new else what
    if change.at is None:
        return f"{what},但报告里相应的地方改过或删了,不知道放在哪里。请对照填报表手工修改。"
    if change.is_edited:
        return f"{what},但报告里这些行或段落手工改过。请核对:留着,或用“手改的也更新”(--force)。"
    return f"{what}。请更新报告。"


def reworded_sentence(there: Block | None, printed: Block) -> str:
    """What is to be said of a head, label or unit that somebody has changed."""
    if there is None:
        return "表里的这一行或这个单位印出以后删改过。请核对表里的数还是不是原来的意思。"
    return f"现在是 {_quoted(there)}。请核对表里的数还是不是原来的意思。"


def block_place(block: Block | None) -> str:
    """Where in the document a row or paragraph stands, as its reader counts."""
    if block is None or not block.lines:
        return ""
    return block.lines[0].where.within()


def _texts(blocks: Sequence[Block]) -> str:
    """The words of rows and paragraphs, the first few of them."""
    texts = [_quoted(block) for block in blocks if block.text]
    more = f"等 {len(texts)} 处" if len(texts) > _MOST_BLOCKS else ""
    return f"{''.join(texts[:_MOST_BLOCKS])}{more}" or "(空行)"


def _quoted(block: Block) -> str:
    text = block.text.replace("\n", "")
    return f"「{text[:_MOST_LETTERS]}…」" if len(text) > _MOST_LETTERS else f"「{text}」"


def _difference(drawn: Drawn, now: Drawn | None) -> str:
    """What a chart shows otherwise than the workbook, by cells."""
    if now is None:
        return "填报表现在不画这个图了"
    then, new = drawn.figures, now.figures
    cells = [cell for cell in {**then, **new} if then.get(cell) != new.get(cell)]
    return "；".join(
        f"{cell} 图上是 {then.get(cell, BLANK)},填报表是 {new.get(cell, BLANK)}" for cell in cells
    )


def sentence(one: Audited) -> str:
    """What is to be said of a figure, and what to do."""
    page, now = _shown(one.printed), _shown(one.current)
    if one.current is None:
        moved = "填报表里行的次序、名称或条件变了,这个数对不上号"
        return f"报告上是 {page},{moved}。请核对,或重新生成报告。"
    if one.state is State.STALE:
        return f"报告上是 {page},填报表现在是 {now}。请更新报告。"
    if one.state is State.EDITED:
        also = f",填报表也从 {_shown(one.original)} 改成了 {now}" if one.workbook_changed else ""
        meant = "" if one.workbook_changed else f",填报表是 {now}"
        return f"报告上被改成了 {page}{meant}{also}。请核对以哪个为准:改填报表,或把报告改回来。"
    if one.state is State.DOUBLED:
        return f"这个数在报告里出现了不止一次(复制过),这一处是 {page},填报表是 {now}。请逐处核对。"
    if one.place is None:
        return f"印出的 {_shown(one.original)} 在报告里找不到了(可能删掉了),填报表是 {now}。"
    return f"记号没有了,按前后的文字这里是 {page},填报表是 {now}。请核对。"


def place_of(one: Audited) -> str:
    """Where in the document a figure stands, as its reader counts."""
    if one.place is None:
        return ""
    where = one.place.where
    part = where.part()
    return where.within() if part == "正文" else f"{part} {where.within()}".rstrip()


def refreshed_told(path: Path, made: Refreshed) -> Iterator[str]:
    """Each figure that was rewritten, then what was left to a person."""
    for one in made.rewritten:
        yield f"【已改】{place_of(one)} {_name(one)}:{_shown(one.printed)} → {_shown(one.current)}"
    for change in made.changes:
        first, *more = change_told(change)
        yield "\n".join((f"【已改】{first}", *more))
    if not made.after.is_true:
        yield from told(path, made.after)
    count, drawn = len(made.rewritten), f",重画了 {made.charts} 个图" if made.charts else ""
    placed = f",增减、改写了 {len(made.changes)} 处行或段落" if made.changes else ""
    changed = (
        f"改了 {count} 个数{placed}{drawn}。" if made.is_changed else "没有过时的数,未作改动。"
    )
    yield f"{path.name}:{changed}{_unknown(made.after)}"


def _unknown(after: Audit) -> str:
    """That some figures cannot be brought up to date, where nothing of the audit is listed."""
    own = len(after.written_in) if after.is_true else 0
    where = "请用“核对报告”(gouji audit)看是哪些,自己核对"
    return f"另写进报告的 {own} 个数不是由填报表印出来的,没有更新;{where}。" if own else ""


def save_commented(path: Path, audit: Audit, copy: Path) -> None:
    """Write the report with a comment at each figure that is not in order; raises `OutputError`."""
    must_be_another(copy, path)
    remarks = [
        (one.place.where, (f"{_HEADS[one.state]}{_name(one)}", sentence(one)))
        for one in audit.figures
        if one.place is not None and one.state is not State.OK
    ]
    remarks += [
        (block.lines[0].where, ("".join(change_told(one)), change_sentence(one)))
        for one in audit.changes
        for block in [one.place]
        if block and block.lines
    ]
    remarks += [
        (there.lines[0].where, (f"【改字】{_quoted(was)}", reworded_sentence(there, was)))
        for there, was in audit.reworded
        if there is not None and there.lines
    ]
    save_new(copy, commented(path, remarks))


def _name(one: Audited) -> str:
    """The figure's name and cell as the clerk knows them."""
    names = "、".join(path.replace("[*].", " ") for path in one.figure.paths)
    row = f"「{one.figure.key}」" if one.figure.key else ""
    cell = f"({one.figure.cell})" if one.figure.cell else ""
    return f"{names}{row}{cell}"


def _shown(text: str | None) -> str:
    return text or BLANK


def _sum(audit: Audit) -> str:
    counts = audit.counts
    total = sum(counts.values())
    if audit.is_true:
        own = len(audit.written_in)
        more = f";另写进报告的 {own} 个数没有核对" if own else ""
        return f"核对了 {total} 个数,全部与填报表相符{more}。"
    words = {"stale": "过时", "edited": "手改", "lost": "失联", "doubled": "重复"}
    parts = [f"{name} {counts[state]}" for state, name in words.items() if counts[State(state)]]
    if audit.charts:
        parts.append(f"过时的图 {len(audit.charts)}")
    if audit.changes:
        parts.append(f"增减、改写的行或段落 {len(audit.changes)}")
    if audit.reworded:
        parts.append(f"改过的表头或单位 {len(audit.reworded)}")
    if audit.missing:
        parts.append(f"缺少 {len(audit.missing)}")
    return f"核对了 {total} 个数,相符 {counts[State.OK]},{','.join(parts)}。"
