"""An audit as lines for a person, as JSON for a program, and as comments in a copy."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from docgen.audit.audit import Audit
from docgen.audit.judging import Audited, State
from docgen.audit.refresh import Refreshed
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
_REDRAW: Final = "请更新报告;更新不了的(图改过,或多了少了一项),请重新生成。"
_MOST_MISSING: Final = 10  # figures of new rows that are listed


def told(path: Path, audit: Audit) -> Iterator[str]:
    """A paragraph for each figure that is not in order, what the report lacks, and the sum."""
    yield from audit.notes
    for one in audit.figures:
        if one.state is not State.OK:
            yield f"{_HEADS[one.state]}{place_of(one)} {_name(one)}"
            yield f"    {sentence(one)}"
    for drawn, now in audit.charts:
        yield f"【过时】图:{_difference(drawn, now)}。{_REDRAW}"
    if audit.missing:
        count = len(audit.missing)
        yield f"【缺少】填报表里有 {count} 个数是报告里没有的(如新加的行、新满足的条件):"
        for figure in audit.missing[:_MOST_MISSING]:
            yield f"    · {figure.cell or figure.tag} {figure.key}:{figure.text or BLANK}"
    yield f"{path.name}:{_sum(audit)}"


def _difference(drawn: Drawn, now: Drawn | None) -> str:
    """What a chart shows otherwise than the workbook, by cells."""
    if now is None:
        return "填报表现在不画这个图了"
    then, new = dict(drawn.points), dict(now.points)
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


def to_json(path: Path, workbook: Path, audit: Audit) -> str:
    """Both files, whether all is true, how many figures are in each state, and each figure."""
    content = {
        "report": str(path),
        "workbook": str(workbook),
        "ok": audit.is_true,
        "counts": dict(audit.counts),
        "figures": [_as_json(one) for one in audit.figures],
        "missing": [
            {"cell": one.cell, "key": one.key, "tag": one.tag, "current": one.text}
            for one in audit.missing
        ],
        "charts": [
            {
                "mark": drawn.mark,
                "tag": drawn.tag,
                "original": dict(drawn.points),
                "current": dict(now.points) if now else None,
            }
            for drawn, now in audit.charts
        ],
        "notes": list(audit.notes),
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def refreshed_told(path: Path, made: Refreshed) -> Iterator[str]:
    """Each figure that was rewritten, then what was left to a person."""
    for one in made.rewritten:
        yield f"【已改】{place_of(one)} {_name(one)}:{_shown(one.printed)} → {_shown(one.current)}"
    if not made.after.is_true:
        yield from told(path, made.after)
    count, drawn = len(made.rewritten), f",重画了 {made.charts} 个图" if made.charts else ""
    changed = f"改了 {count} 个数{drawn}。"
    yield f"{path.name}:" + (changed if count or drawn else "没有过时的数,未作改动。")


def refreshed_json(path: Path, workbook: Path, out: Path, made: Refreshed) -> str:
    """The audit after the refreshing, with what was rewritten and where the document lies."""
    content = json.loads(to_json(path, workbook, made.after))
    content["out"] = str(out)
    content["rewritten"] = [_as_json(one) for one in made.rewritten]
    return json.dumps(content, ensure_ascii=False, indent=2)


def save_commented(path: Path, audit: Audit, copy: Path) -> None:
    """Write the report with a comment at each figure that is not in order; raises `OutputError`."""
    must_be_another(copy, path)
    remarks = [
        (one.place.where, (f"{_HEADS[one.state]}{_name(one)}", sentence(one)))
        for one in audit.figures
        if one.place is not None and one.state is not State.OK
    ]
    save_new(copy, commented(path, remarks))


def _as_json(one: Audited) -> dict[str, object]:
    sheet, _, cell = one.figure.cell.rpartition("!")
    return {
        "mark": one.figure.mark,
        "state": one.state.value,
        "place": place_of(one),
        "printed": one.printed,
        "original": one.original,
        "current": one.current,
        "sheet": sheet,
        "cell": cell,
        "key": one.figure.key,
        "tag": one.figure.tag,
        "workbook_changed": one.workbook_changed,
    }


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
        return f"核对了 {total} 个数,全部与填报表相符。"
    words = {"stale": "过时", "edited": "手改", "lost": "失联", "doubled": "重复"}
    parts = [f"{name} {counts[state]}" for state, name in words.items() if counts[State(state)]]
    if audit.charts:
        parts.append(f"过时的图 {len(audit.charts)}")
    if audit.missing:
        parts.append(f"缺少 {len(audit.missing)}")
    return f"核对了 {total} 个数,相符 {counts[State.OK]},{','.join(parts)}。"
