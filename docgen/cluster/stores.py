"""IN and OUT where no folder is: in an object store, or wherever else fsspec reaches.

What is done with files is done with copies of a few of them in a folder, by the same code as
everywhere; then what has changed is put back.
"""

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from docgen.batch.folders import (
    TRIAL,
    Folders,
    cannot_be_written,
    has_no_workbook,
    lies_within_out,
)
from docgen.batch.found import is_workbook, told
from docgen.batch.model import COPIES, LEDGER, REPORTS, SUMMARY, Done, Status, Work
from docgen.batch.one import do
from docgen.report.given_faults import DataError
from workbook.files.save import put_whole

_REACHED: Final = "请核对网址、账号的权限和网络。"
_OFTEN: Final = 60.0  # seconds between two copies of the ledger


class Store:
    """A folder that fsspec reaches: `Store("s3://局/收")`; paths within it are relative."""

    def __init__(self, url: str) -> None:
        self.url = url
        try:
            self._files, root = url_to_fs(url)
        except ImportError as error:
            packages = "s3:// 是 s3fs,gs:// 是 gcsfs,abfs:// 是 adlfs"
            raise DataError(f"「{url}」要用的包没有装({packages})。请装好再做一次。") from error
        except ValueError as error:
            raise DataError(f"「{url}」打不开:没有这种网址,或写得不全。请核对。") from error
        self._root = str(root).rstrip("/")

    def full(self, path: str) -> str:
        """A path as the file system knows it."""
        return f"{self._root}/{path}"

    def paths(self) -> list[str]:
        """All files below, in an order that is always the same; raises `DataError`."""
        self._files.invalidate_cache()
        try:
            found = self._files.find(self._root)
        except FileNotFoundError:  # no such bucket, where other stores have an empty folder
            found = []
        except Exception as error:  # each store has errors of its own
            raise DataError(f"「{self.url}」读不了:{_REACHED}({type(error).__name__})") from error
        return sorted(str(one)[len(self._root) + 1 :] for one in found)

    def read(self, path: str) -> bytes:
        """A file's bytes; raises OSError."""
        data: bytes = self._files.cat_file(self.full(path))
        return data

    def write(self, path: str, data: bytes) -> None:
        """Put a file in its place in one step."""
        place = self.full(path)
        self._files.makedirs(place.rpartition("/")[0], exist_ok=True)
        if isinstance(self._files, LocalFileSystem):  # which would write it where it lies
            put_whole(Path(place), (data,))
        else:
            self._files.pipe_file(place, data)

    def take_away(self, path: str) -> None:
        """Take a file away."""
        self._files.rm_file(self.full(path))

    def is_there(self, path: str) -> bool:
        """Whether there is a file of this path."""
        return bool(self._files.isfile(self.full(path)))

    @contextmanager
    def copied(self, *paths: str) -> Iterator[Path]:
        """A folder with those of these files that are there; what changes in it changes here."""
        with TemporaryDirectory(prefix="gouji-") as name:
            folder = Path(name)
            before = {path: self.read(path) for path in paths if self.is_there(path)}
            for path, data in before.items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(data)
            yield folder
            after = {
                path.relative_to(folder).as_posix(): path.read_bytes()
                for path in folder.rglob("*")
                if path.is_file()
            }
            for path, data in after.items():
                if before.get(path) != data:
                    self.write(path, data)
            for path in before.keys() - after.keys():
                self.take_away(path)


@dataclass
class Stores:
    """IN and OUT of a batch as two stores, and `kept`, where this computer has the ledger.

    `Stores("s3://局/收", "s3://局/出", Path("/tmp/…"))`
    """

    folder: str
    out: str
    kept: Path
    _in: Store = field(init=False)
    _out: Store = field(init=False)
    _kept_at: float = field(init=False, default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self._in, self._out = Store(self.folder), Store(self.out)

    @property
    def ledger(self) -> Path:
        """A copy of the ledger, which OUT gets now and then, and at the end."""
        return self.kept / LEDGER

    @property
    def do(self) -> Callable[[Work], Done]:
        """What does a work whose paths are those within IN and OUT."""
        return partial(done_in_stores, self.folder, self.out)

    def sources(self, without: Collection[Path]) -> Mapping[str, Path]:
        """The workbooks to be looked at, by the rules of `Folders`."""
        own = [self._out.full(one) for one in (REPORTS, COPIES, SUMMARY)]
        if any(self._in.full("").startswith(f"{one}/") for one in own):
            raise lies_within_out(self.folder)
        if not self._out.full("").startswith(self._in.full("")) or self.folder == self.out:
            passed = [f"{one}/" for one in own[:2]]
        else:
            passed = [self._out.full("")]
        sources = {
            told(path): Path(path)
            for path in self._in.paths()
            if is_workbook(path.rpartition("/")[2])
            and not any(part.startswith(".") for part in path.split("/"))
            and not self._in.full(path).startswith((*passed, own[2]))
        }
        if not sources:
            raise has_no_workbook(self.folder)
        return sources

    def make_ready(self) -> None:
        """See that OUT can be written to, and fetch its ledger."""
        try:
            self._out.write(TRIAL, b"")
            self._out.take_away(TRIAL)
            if self._out.is_there(LEDGER):
                self.ledger.write_bytes(self._out.read(LEDGER))
        except Exception as error:  # each store has errors of its own
            raise cannot_be_written(self.out) from error

    def hash_of(self, source: Path) -> str:
        """That of the object; "" where it cannot be read."""
        try:
            return sha256(self._in.read(source.as_posix())).hexdigest()
        except Exception:  # noqa: BLE001 - each store has errors of its own
            return ""

    def work(self, path: str, source: Path, templates: Path | None, made: tuple[str, str]) -> Work:
        """The workbook with paths within IN and OUT."""
        return Work(path, source, Path(), templates, made)

    def is_there(self, path: str) -> bool:
        """Whether OUT has the object."""
        return self._out.is_there(path)

    def clear(self, work: Work) -> None:
        """Let neither report nor copy be there."""
        with self._out.copied(work.report.as_posix(), work.copy.as_posix()) as out:
            Folders(out, out).clear(replace(work, out=out))

    def put_summary(self, data: bytes, ours: str) -> str:
        """Put 汇总.xlsx in its place."""
        with self._out.copied(SUMMARY) as out:
            return Folders(out, out).put_summary(data, ours)

    def keep_ledger(self, *, at_once: bool = False) -> None:
        """Put the ledger into OUT, once a minute."""
        if not at_once and time.monotonic() - self._kept_at <= _OFTEN:
            return
        self._kept_at = time.monotonic()
        try:
            self._out.write(LEDGER, self.ledger.read_bytes())
        except Exception as error:  # each store has errors of its own
            if at_once:  # else it is tried again in a minute
                raise cannot_be_written(self.out) from error


def done_in_stores(folder: str, out: str, work: Work) -> Done:
    """What comes of a workbook that lies in a store; its report and copy are put there.

    A store that does not answer is no fault of the workbook's, and is tried again by the next run.
    """
    try:
        with (
            Store(folder).copied(work.source.as_posix()) as given,
            Store(out).copied(work.report.as_posix(), work.copy.as_posix()) as made,
        ):
            (made / REPORTS).mkdir(exist_ok=True)
            return do(replace(work, source=given / work.source, out=made))
    except Exception as error:  # noqa: BLE001 - each store has errors of its own
        where = f"存取「{folder}」或「{out}」时出错({type(error).__name__})"
        told = f"{where},没有做完。{_REACHED}再做一次。"
        return Done(work.path, Status.UNREADABLE, told, made=work.made, is_final=False)
