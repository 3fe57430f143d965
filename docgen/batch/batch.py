"""A whole batch: what is there and has changed is done, all of it is settled and summed up."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from docgen.batch.found import found
from docgen.batch.ledger import Ledger
from docgen.batch.model import COPIES, LEDGER, REPORTS, SUMMARY, Done, Status, Work
from docgen.batch.one import do
from docgen.batch.placing import clear, hash_of, make_way
from docgen.batch.settling import settle
from docgen.batch.states import States
from docgen.batch.summary import summary
from docgen.batch.units import Units, read_units
from docgen.batch.workers import Lost, Result, run_all
from docgen.report.given_faults import DataError
from workbook.checking.search import kind_folders
from workbook.files.save import OutputError, put_whole, save_over

_TOLD: Final = {
    Lost.LATE: (Status.LATE, "做了 {seconds:g} 秒还没有做完,已停下;请打开看看,或加长 --timeout"),
    Lost.GONE: (Status.UNREADABLE, "做到一半程序没有了,试了 {tries} 次;请打开看看是不是坏了"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a batch is asked for; `timeout` is in seconds, of one workbook.

    `Asked(Path("收"), Path("出"), Path("名单.xlsx"), jobs=4, timeout=120)`
    """

    folder: Path
    out: Path
    units: Path | None = None
    templates: Path | None = None
    jobs: int = 1
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
    sources = dict(_sources(asked))
    _make_ready(asked.out)
    ledger = Ledger(asked.out / LEDGER)
    try:
        _do_changed(asked, sources, ledger, progress, tell)
        return _settle(asked, units, ledger, progress)
    finally:
        ledger.close()


def units_of(path: Path, templates: Path | None) -> Units:
    """The list of units; raises `DataError` where it cannot be used or names a kind we have not."""
    units, kinds = read_units(path), kind_folders(templates)
    for one in units.all:
        if one.kind and one.kind not in kinds:
            known = "、".join(kinds)
            raise DataError(f"名单里「{one.name}」的种类「{one.kind}」没有。现有:{known}")
    return units


def _sources(asked: Asked) -> Iterator[tuple[str, Path]]:
    """The workbooks to be looked at; what the batch itself writes is none of them."""
    folder, out = asked.folder.resolve(), asked.out.resolve()
    own = [out / REPORTS, out / COPIES]
    if any(folder.is_relative_to(one) for one in own):
        raise DataError(f"「{asked.folder}」在输出的「{REPORTS}」或「{COPIES}」里面,请换一个文件夹")
    if out != folder:
        own.append(out)
    own += [out / SUMMARY, *([asked.units] if asked.units else [])]
    sources = list(found(asked.folder, own))
    if not sources:  # a share that is not there must not empty what was made of it
        raise DataError(f"「{asked.folder}」里没有工作簿(.xlsx)")
    return iter(sources)


def _make_ready(out: Path) -> None:
    try:
        for folder in (out / REPORTS, out / COPIES):
            folder.mkdir(parents=True, exist_ok=True)
        put_whole(out / REPORTS / ".gouji-试写", (b"",))
        (out / REPORTS / ".gouji-试写").unlink()
    except OSError as error:
        told = f"「{out}」里不能新建文件。请看有没有权限,或换一个输出文件夹。"
        raise OutputError(told) from error


def _do_changed(
    asked: Asked,
    sources: Mapping[str, Path],
    ledger: Ledger,
    progress: Progress,
    tell: Callable[[Result[Work, Done]], None],
) -> None:
    """Do what is new or has changed, each written down as soon as it is done."""
    before = ledger.remembered()
    ledger.unsettle()
    for path in [one for one in before if one not in sources]:
        _clear_away(asked, path, before.pop(path)[1])
        ledger.forget(path)
    states = States(asked.templates)
    hashes = {path: hash_of(source) for path, source in sources.items()}
    works = []
    for path, source in sources.items():
        key, done, _ = before.get(path, ("", None, 0))
        if done and key and key == states.key(hashes[path], done.kind) and _is_there(asked, done):
            continue
        made = done.made if done else ("", "")
        works.append(Work(path, source, asked.out, asked.templates, made))
    progress.total, progress.kept = len(sources), len(sources) - len(works)
    for result in run_all(works, do, asked.jobs, asked.timeout):
        path = result.work.path
        done = _as_done(result, asked.timeout)
        key = states.key(hashes[path], done.kind) if done.is_final else ""
        attempts = (before[path][2] if path in before else 0) + result.tries
        ledger.write(done, hashes[path], key, attempts)
        progress.done += 1
        tell(result)


def _as_done(result: Result[Work, Done], timeout: float) -> Done:
    """What came of a work; of one that was lost, that it was."""
    if isinstance(result.done, Done):
        return result.done
    for path, ours in zip((result.work.report, result.work.copy), result.work.made, strict=True):
        clear(path, ours)
    status, told = _TOLD[result.done]
    message = told.format(seconds=timeout, tries=result.tries)
    return Done(result.work.path, status, message, is_final=False)


def _is_there(asked: Asked, done: Done) -> bool:
    return all((asked.out / path).is_file() for path in (done.report, done.copy) if path)


def _clear_away(asked: Asked, path: str, done: Done) -> None:
    """Take away what was made of a workbook that is not there any more."""
    work = Work(path, asked.folder / path, asked.out, asked.templates)
    for place, ours in zip((work.report, work.copy), done.made, strict=True):
        clear(place, ours)


def _settle(asked: Asked, units: Units, ledger: Ledger, progress: Progress) -> Outcome:
    """All workbooks beside one another, in the ledger and in the summary."""
    dones = {path: (done, attempts) for path, (_, done, attempts) in ledger.remembered().items()}
    settled = settle(dones, units)
    ledger.settle(settled.entries)
    data = summary(settled, units, ledger.figures, asked.templates)
    make_way(asked.out / SUMMARY, ledger.summary)
    save_over(asked.out / SUMMARY, data)
    ledger.summary = hash_of(asked.out / SUMMARY)
    counts = Counter(one.status for one in settled.entries)
    return Outcome(counts, len(settled.doubts), replace(progress))
