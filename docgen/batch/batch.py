"""A whole batch: what is there and has changed is done, all of it is settled and summed up."""

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from docgen.batch.folders import Places
from docgen.batch.ledger import Ledger
from docgen.batch.model import Done, Status, Work
from docgen.batch.settling import settle
from docgen.batch.states import States
from docgen.batch.summary import summary
from docgen.batch.units import Units, read_units
from docgen.batch.workers import Lost, Result
from docgen.report.given_faults import DataError
from workbook.checking.search import kind_folders

# Who does the works: each by a function, in so many seconds at most; `run_all` of `workers`, or a
# cluster. Closing the results ends it.
Results = Generator[Result[Work, Done], None, None]
Run = Callable[[Iterable[Work], Callable[[Work], Done], float], Results]

_TOLD: Final = {
    Lost.LATE: (Status.LATE, "做了 {seconds:g} 秒还没有做完,已停下;请打开看看,或加长 --timeout"),
    Lost.GONE: (Status.UNREADABLE, "做到一半程序没有了,试了 {tries} 次;请打开看看是不是坏了"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a batch is asked for; `timeout` is in seconds, of one workbook.

    `Asked(Folders(Path("收"), Path("出")), partial(run_all, jobs=4), Path("名单.xlsx"))`
    """

    places: Places
    run: Run
    units: Path | None = None
    templates: Path | None = None
    timeout: float = 120


@dataclass(slots=True)
class Progress:
    """How far a batch is: `total` workbooks, of which `kept` have not changed."""

    total: int = 0
    kept: int = 0
    done: int = 0

    @property
    def left(self) -> int:
        """How many are still to be done."""
        return self.total - self.kept - self.done


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a batch ended: how many units or workbooks stand how, and how many are undecided."""

    counts: Mapping[Status, int]
    undecided: int
    progress: Progress = field(compare=False)

    @property
    def is_fit(self) -> bool:
        """Whether nothing is left to be mended or handed in."""
        return all(status.is_fit for status in self.counts)


def run_batch(
    asked: Asked, progress: Progress, tell: Callable[[Result[Work, Done]], None]
) -> Outcome:
    """Do the batch; `progress` is kept up to date, and each result told.

    Raises `DataError` for a folder or list that cannot be used, `OutputError` where nothing can be
    written, both before anything has changed. Whoever interrupts it loses nothing that was done.
    """
    units = units_of(asked.units, asked.templates) if asked.units else Units(())
    places = asked.places
    sources = places.sources([asked.units] if asked.units else [])
    places.make_ready()
    ledger = Ledger(places.ledger)
    try:
        _do_changed(asked, sources, ledger, progress, tell)
        return _settle(asked, units, ledger, progress)
    finally:
        ledger.close()
        places.keep_ledger(at_once=True)


def units_of(path: Path, templates: Path | None) -> Units:
    """The list of units; raises `DataError` where it cannot be used or names a kind we have not."""
    units, kinds = read_units(path), kind_folders(templates)
    for one in units.all:
        if one.kind and one.kind not in kinds:
            known = "、".join(kinds)
            raise DataError(f"名单里「{one.name}」的种类「{one.kind}」没有。现有:{known}")
    return units


def _do_changed(
    asked: Asked,
    sources: Mapping[str, Path],
    ledger: Ledger,
    progress: Progress,
    tell: Callable[[Result[Work, Done]], None],
) -> None:
    """Do what is new or has changed, each written down as soon as it is done."""
    before, places = ledger.remembered(), asked.places
    ledger.unsettle()
    for path in [one for one in before if one not in sources]:
        places.clear(places.work(path, Path(), asked.templates, before.pop(path)[1].made))
        ledger.forget(path)
    states = States(asked.templates)
    hashes = {path: places.hash_of(source) for path, source in sources.items()}
    works = []
    for path, source in sources.items():
        key, done, _ = before.get(path, ("", None, 0))
        if done and key and key == states.key(hashes[path], done.kind) and _is_there(places, done):
            continue
        made = done.made if done else ("", "")
        works.append(places.work(path, source, asked.templates, made))
    progress.total, progress.kept = len(sources), len(sources) - len(works)
    with closing(asked.run(works, places.do, asked.timeout)) as results:
        for result in results:
            path = result.work.path
            done = _as_done(result, asked)
            key = states.key(hashes[path], done.kind) if done.is_final else ""
            attempts = (before[path][2] if path in before else 0) + result.tries
            ledger.write(done, hashes[path], key, attempts)
            places.keep_ledger()
            progress.done += 1
            tell(result)


def _as_done(result: Result[Work, Done], asked: Asked) -> Done:
    """What came of a work; of one that was lost, that it was."""
    if isinstance(result.done, Done):
        return result.done
    asked.places.clear(result.work)
    status, told = _TOLD[result.done]
    message = told.format(seconds=asked.timeout, tries=result.tries)
    return Done(result.work.path, status, message, is_final=False)


def _is_there(places: Places, done: Done) -> bool:
    return all(places.is_there(path) for path in (done.report, done.copy) if path)


def _settle(asked: Asked, units: Units, ledger: Ledger, progress: Progress) -> Outcome:
    """All workbooks beside one another, in the ledger and in the summary."""
    dones = {path: (done, attempts) for path, (_, done, attempts) in ledger.remembered().items()}
    settled = settle(dones, units)
    ledger.settle(settled.entries)
    data = summary(settled, units, ledger.figures, asked.templates)
    ledger.summary = asked.places.put_summary(data, ledger.summary)
    counts = Counter(one.status for one in settled.entries)
    return Outcome(counts, len(settled.doubts), replace(progress))
