"""Where a batch finds its workbooks and puts what it makes of them: two folders, or elsewhere."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from docgen.batch.found import found
from docgen.batch.model import COPIES, LEDGER, REPORTS, SUMMARY, Done, Work
from docgen.batch.one import do
from docgen.batch.placing import clear, hash_of, make_way
from docgen.report.given_faults import DataError
from workbook.files.save import OutputError, put_whole, save_over

TRIAL = f"{REPORTS}/.gouji-试写"  # written to see whether OUT can be written to


class Places(Protocol):
    """IN and OUT of a batch; paths within them are texts with / between their parts."""

    @property
    def ledger(self) -> Path:
        """Where this computer has the ledger while the batch is under way."""

    @property
    def do(self) -> Callable[[Work], Done]:
        """What does a work of these places, in whichever process."""

    def sources(self, without: Collection[Path]) -> Mapping[str, Path]:
        """Each workbook in IN by its path; raises `DataError` where there is none."""

    def make_ready(self) -> None:
        """Make OUT ready to be written to; raises `OutputError` where it cannot be."""

    def hash_of(self, source: Path) -> str:
        """The SHA-256 of a workbook; "" where it cannot be read."""

    def work(self, path: str, source: Path, templates: Path | None, made: tuple[str, str]) -> Work:
        """The workbook as whoever does it is given it."""

    def is_there(self, path: str) -> bool:
        """Whether OUT has a file of this path."""

    def clear(self, work: Work) -> None:
        """Let OUT have no report and no copy of a workbook; somebody's own files are kept."""

    def put_summary(self, data: bytes, ours: str) -> str:
        """Put the summary over that with the hash `ours`; its own hash comes back."""

    def keep_ledger(self, *, at_once: bool = False) -> None:
        """Let OUT have the ledger as it is now; where that costs much, now and then will do."""


@dataclass(frozen=True, slots=True)
class Folders:
    """IN and OUT as two folders.

    `Folders(Path("收"), Path("出"))`
    """

    folder: Path
    out: Path

    @property
    def ledger(self) -> Path:
        """台账.sqlite in OUT."""
        return self.out / LEDGER

    @property
    def do(self) -> Callable[[Work], Done]:
        """What does a work whose paths this process can see."""
        return do

    def sources(self, without: Collection[Path]) -> Mapping[str, Path]:
        """The workbooks to be looked at; what the batch itself writes is none of them."""
        folder, out = self.folder.resolve(), self.out.resolve()
        own = [out / REPORTS, out / COPIES]
        if any(folder.is_relative_to(one) for one in own):
            raise lies_within_out(str(self.folder))
        if out != folder:
            own.append(out)
        sources = dict(found(self.folder, [*own, out / SUMMARY, *without]))
        if not sources:
            raise has_no_workbook(str(self.folder))
        return sources

    def make_ready(self) -> None:
        """Make the folders, and see that they can be written to."""
        try:
            for folder in (self.out / REPORTS, self.out / COPIES):
                folder.mkdir(parents=True, exist_ok=True)
            put_whole(self.out / TRIAL, (b"",))
            (self.out / TRIAL).unlink()
        except OSError as error:
            raise cannot_be_written(str(self.out)) from error

    def hash_of(self, source: Path) -> str:
        """That of the file."""
        return hash_of(source)

    def work(self, path: str, source: Path, templates: Path | None, made: tuple[str, str]) -> Work:
        """The workbook with the paths of these folders."""
        return Work(path, source, self.out, templates, made)

    def is_there(self, path: str) -> bool:
        """Whether the file is there."""
        return (self.out / path).is_file()

    def clear(self, work: Work) -> None:
        """Let neither report nor copy be there."""
        for path, ours in zip((work.report, work.copy), work.made, strict=True):
            clear(path, ours)

    def put_summary(self, data: bytes, ours: str) -> str:
        """Put 汇总.xlsx in its place."""
        make_way(self.out / SUMMARY, ours)
        save_over(self.out / SUMMARY, data)
        return hash_of(self.out / SUMMARY)

    def keep_ledger(self, *, at_once: bool = False) -> None:
        """It lies in OUT already."""


def lies_within_out(folder: str) -> DataError:
    """What is said where IN is a part of OUT that the batch writes."""
    return DataError(f"「{folder}」在输出的「{REPORTS}」或「{COPIES}」里面,请换一个文件夹")


def has_no_workbook(folder: str) -> DataError:
    """What is said of an empty IN: a share that is not there must not empty what was made of it."""
    return DataError(f"「{folder}」里没有工作簿(.xlsx)")


def cannot_be_written(out: str) -> OutputError:
    """What is said of an OUT in which nothing can be made."""
    return OutputError(f"「{out}」里不能新建文件。请看有没有权限,或换一个输出文件夹。")
