"""A rollover as a person reads it: what was carried, what was not and why."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from workbook.checking.show import summary
from workbook.findings.model import stands_in_the_way
from workbook.prose.written import WRITTEN, literal_figures
from workbook.years.carried import Carried
from workbook.years.carry import Fate, Move
from workbook.years.periods import says_period
from workbook.years.rollover import Rollover
from workbook.years.upgrade import Upgrade

MOST_FIGURES = 5  # of one text
KEPT_WORDS = {Fate.KEPT: "沿用 {} 格", Fate.PRIOR: "上年数 {} 格", Fate.NEXT_YEAR: "年度加 1"}
_OF_PERIODS = {
    Fate.KEPT: "沿用 {} 格",
    Fate.PRIOR: "上期数 {} 格",
    Fate.NEXT_YEAR: "往后一期",
}


def rollover_lines(made: Rollover, path: Path, source: Path) -> Iterator[str]:
    """The whole account of next year's workbook at `path`, made from last year's at `source`."""
    yield f"已新建:{path}" + (f"({_called(made)})" if _called(made) else "")
    yield from _remarks(made, source)
    yield from _section("结转(其余单元格空着待填)", _carried(made))
    yield from _section("没有结转,请看一看", _lost(made))
    yield from _section("上年的工作簿里没有、空着待填的", made.absent)
    year = made.year
    if year:
        dated = [f"{m.sheet} {m.entry.label}" for m in made.dated]
        yield from _section(f"沿用的文字里写着 {year - 1},请核对要不要改", dated)
    yield from _section(
        "沿用的文字里直接写着数和年份,请核对要不要改;能引用的改成引用", _stated(made)
    )
    yield from _section("属于上年、按表单留空的", _emptied(made))


def upgrade_lines(made: Upgrade, path: Path, source: Path) -> Iterator[str]:
    """The whole account of the workbook at `path` in today's form, made from that at `source`."""
    if made.is_needless:
        yield f"{source} 已经是现在的表单,没有另做。"
        return
    yield f"已新建:{path}(原来是第 {made.version} 版表单,现在是第 {made.kind.form.version} 版)"
    yield from (f"请注意:{sentence}。" for sentence in made.rivals)
    yield from _section("表单改了", made.changes)
    yield from _section("搬过去了", _carried(made))
    yield from _section("没有搬过去,请看一看", _lost(made))
    yield from _section("原来的工作簿里没有、空着待填的", made.absent)
    yield "原来的工作簿没有改动;新的请用 gouji check 核对。"


def _stated(made: Rollover) -> Iterator[str]:
    """The figures with a unit and the years that stand in the texts carried, quotes left out."""
    for move in made.moves:
        if move.fate is Fate.KEPT and move.field.type in WRITTEN:
            figures = literal_figures(str(move.value))
            more = f"等 {len(figures)} 个" if len(figures) > MOST_FIGURES else ""
            if figures:
                told = "、".join(figures[:MOST_FIGURES])
                yield f"{move.sheet} {move.entry.label}:{told}{more}"


def _called(made: Rollover) -> str:
    """The year of the new workbook, or its month or quarter."""
    if made.period is not None:
        return made.period[1]
    return f"{made.year} 年度" if made.year and made.kind.form.period == "year" else ""


def _remarks(made: Rollover, source: Path) -> Iterator[str]:
    current = made.kind.form.version
    yield from (f"请注意:{sentence}。" for sentence in made.rivals)
    if made.version != current:
        yield f"上年的工作簿是第 {made.version} 版表单,新的是第 {current} 版;上年的没有核对。"
    elif stands_in_the_way(made.findings):
        yield f"上年的工作簿{summary(made.findings)},照样结转;明细见 gouji check {source.name}。"
    if not _called(made) and any(map(says_period, made.kind.form.fields.values())):
        yield (
            "上一期没有填或读不出来,新的一期请自己填。"
            if made.kind.form.period != "year"
            else ("上年的年度没有填或读不出来,新的年度请自己填。")
        )


def _section(title: str, lines: Iterator[str] | tuple[str, ...] | list[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield f"{title}:"
        yield from (f"  {line}" for line in found)


def _carried(made: Carried) -> Iterator[str]:
    for sheet in made.kind.form.sheet:
        counts = Counter(m.fate for m in made.moves if m.sheet == sheet.name)
        words = KEPT_WORDS if made.kind.form.period == "year" else _OF_PERIODS
        said = [word.format(counts[fate]) for fate, word in words.items() if counts[fate]]
        if said:
            yield f"{sheet.name}:{'、'.join(said)}"


def _emptied(made: Rollover) -> Iterator[str]:
    """Figures and dates by number, texts by name, because a text is somebody's work."""
    for sheet in made.kind.form.sheet:
        here = [m for m in made.moves if m.sheet == sheet.name and m.fate is Fate.EMPTIED]
        figures = sum(m.field.is_number for m in here)
        dates = sum(m.field.type == "date" for m in here)
        texts = Counter(_name(m) for m in here if not m.field.is_number and m.field.type != "date")
        said = [f"{figures} 个数"] * bool(figures) + [f"{dates} 个日期"] * bool(dates)
        said += [f"{name}({n} 行)" if n > 1 else name for name, n in texts.items()]
        if said:
            yield f"{sheet.name}:{'、'.join(said)}"


def _lost(made: Carried) -> Iterator[str]:
    for move in made.moves:
        if move.fate is Fate.UNUSABLE:
            yield f"{move.entry.place or move.sheet} {move.entry.label}:{move.why}"
    yield from (f"{one.place} {one.label}:{one.what}" for one in made.lost)
    for left in made.leftovers:
        yield f"{left.place or ''} {left.name}:表单里没有这一项({left.text})".lstrip()


def _name(move: Move) -> str:
    return f"{move.table}的{move.field.name}" if move.table else move.field.name
