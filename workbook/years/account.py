"""A rollover as a person reads it: what was carried, what was not and why."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from workbook.catalogue import years as said
from workbook.catalogue.model import Language, listed
from workbook.checking.show import summary
from workbook.findings.model import stands_in_the_way
from workbook.prose.written import WRITTEN, literal_figures
from workbook.years.carried import Carried
from workbook.years.carry import Fate, Move
from workbook.years.periods import says_period
from workbook.years.rollover import Rollover
from workbook.years.upgrade import Upgrade

MOST_FIGURES = 5  # of one text
KEPT_WORDS = {Fate.KEPT: said.KEPT, Fate.PRIOR: said.PRIOR, Fate.NEXT_YEAR: said.NEXT_YEAR}
_OF_PERIODS = {
    Fate.KEPT: said.KEPT,
    Fate.PRIOR: said.PRIOR_PERIOD,
    Fate.NEXT_YEAR: said.NEXT_PERIOD,
}


def rollover_lines(made: Rollover, path: Path, source: Path) -> Iterator[str]:
    """The whole account of next year's workbook at `path`, made from last year's at `source`."""
    language = made.kind.form.language
    called = said.CALLED(language, called=_called(made)) if _called(made) else ""
    yield said.MADE(language, path=path) + called
    yield from _remarks(made, source)
    yield from _section(said.CARRIED(language), _carried(made))
    yield from _section(said.NOT_CARRIED(language), _lost(made))
    yield from _section(said.ABSENT(language, last=_last(made)), made.absent)
    year = made.year
    if year:
        dated = [f"{m.sheet} {m.entry.label}" for m in made.dated]
        yield from _section(said.DATED(language, year=year - 1), dated)
    yield from _section(said.STATED(language), _stated(made))
    yield from _section(said.EMPTIED(language, last=_last(made)), _emptied(made))


def _last(made: Rollover) -> str:
    """How the time before the new workbook's is called."""
    form = made.kind.form
    return (said.LAST_YEAR if form.period == "year" else said.LAST_PERIOD)(form.language)


def upgrade_lines(made: Upgrade, path: Path, source: Path) -> Iterator[str]:
    """The whole account of the workbook at `path` in today's form, made from that at `source`."""
    language, now = made.kind.form.language, made.kind.form.version
    if made.is_needless:
        yield said.NEEDLESS(language, path=source)
        return
    yield said.UPGRADED(language, path=path, was=made.version, now=now)
    yield from (said.NOTE(language, sentence=sentence) for sentence in made.rivals)
    yield from _section(said.CHANGES(language), made.changes)
    yield from _section(said.BROUGHT(language), _carried(made))
    yield from _section(said.NOT_BROUGHT(language), _lost(made))
    yield from _section(said.ABSENT_BEFORE(language), made.absent)
    yield said.UNTOUCHED(language)


def _stated(made: Rollover) -> Iterator[str]:
    """The figures with a unit and the years that stand in the texts carried, quotes left out."""
    language = made.kind.form.language
    for move in made.moves:
        if move.fate is Fate.KEPT and move.field.type in WRITTEN:
            figures = literal_figures(str(move.value))
            is_more = len(figures) > MOST_FIGURES
            more = said.AND_FIGURES(language, count=len(figures)) if is_more else ""
            if figures:
                told = listed(language, figures[:MOST_FIGURES]) + more
                yield said.OF_CELL(language, place=move.sheet, label=move.entry.label, said=told)


def _called(made: Rollover) -> str:
    """The year of the new workbook, or its month or quarter."""
    if made.period is not None:
        return made.period[1]
    is_told = made.year and made.kind.form.period == "year"
    return said.YEAR(made.kind.form.language, year=made.year) if is_told else ""


def _remarks(made: Rollover, source: Path) -> Iterator[str]:
    current, language = made.kind.form.version, made.kind.form.language
    yield from (said.NOTE(language, sentence=sentence) for sentence in made.rivals)
    if made.version != current:
        yield said.OTHER_VERSION(language, last=_last(made), was=made.version, now=current)
    elif stands_in_the_way(made.findings):
        told = summary(made.findings, language)
        yield said.UNSOUND(language, last=_last(made), summary=told, name=source.name)
    if not _called(made) and any(map(says_period, made.kind.form.fields.values())):
        is_of_year = made.kind.form.period == "year"
        yield (said.NO_YEAR if is_of_year else said.NO_PERIOD)(language)


def _section(title: str, lines: Iterator[str] | tuple[str, ...] | list[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield f"{title}:"
        yield from (f"  {line}" for line in found)


def _carried(made: Carried) -> Iterator[str]:
    language = made.kind.form.language
    for sheet in made.kind.form.sheet:
        counts = Counter(m.fate for m in made.moves if m.sheet == sheet.name)
        words = KEPT_WORDS if made.kind.form.period == "year" else _OF_PERIODS
        told = [word(language, count=counts[fate]) for fate, word in words.items() if counts[fate]]
        if told:
            yield said.OF_SHEET(language, sheet=sheet.name, said=listed(language, told))


def _emptied(made: Rollover) -> Iterator[str]:
    """Figures and dates by number, texts by name, because a text is somebody's work."""
    language = made.kind.form.language
    for sheet in made.kind.form.sheet:
        here = [m for m in made.moves if m.sheet == sheet.name and m.fate is Fate.EMPTIED]
        figures = sum(m.field.is_number for m in here)
        dates = sum(m.field.type == "date" for m in here)
        texts = Counter(
            _name(m, language) for m in here if not m.field.is_number and m.field.type != "date"
        )
        told = [said.FIGURES(language, count=figures)] * bool(figures)
        told += [said.DATES(language, count=dates)] * bool(dates)
        told += [
            said.TIMES(language, name=name, count=n) if n > 1 else name for name, n in texts.items()
        ]
        if told:
            yield said.OF_SHEET(language, sheet=sheet.name, said=listed(language, told))


def _lost(made: Carried) -> Iterator[str]:
    language = made.kind.form.language
    found = [
        (move.entry.place or move.sheet, move.entry.label, move.why)
        for move in made.moves
        if move.fate is Fate.UNUSABLE
    ]
    for place, label, why in (*found, *((one.place, one.label, one.what) for one in made.lost)):
        told = said.REASONS[why](language) if why in said.REASONS else why
        yield said.OF_CELL(language, place=place, label=label, said=told)
    for left in made.leftovers:
        words = said.UNASKED if left.text else said.UNREAD
        told = words(language, name=left.name, text=left.text)
        yield f"{left.place or ''} {told}".lstrip()


def _name(move: Move, language: Language) -> str:
    if not move.table:
        return move.field.name
    return said.COLUMN_OF(language, table=move.table, column=move.field.name)
