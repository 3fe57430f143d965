"""What two computers must have in common for one workbook to come to the same bytes on both."""

import sys
import zlib
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from workbook.checking.search import kind_places

PROGRAM: Final = ("Python", "勾稽")  # by what the two are called
# Each of them writes a part of a file, or decides what stands in it.
_LIBRARIES: Final = ("openpyxl", "lxml", "jinja2", "msgspec")
_PACKAGES: Final = ("workbook", "docgen")
_ROOT: Final = Path(__file__).parents[2]


def same(templates: Path | None) -> Mapping[str, str]:
    """By what each is called: versions, the program and the kinds of report."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    told = dict(zip(PROGRAM, (python, _program()), strict=True))
    told |= {name: _version(name) for name in _LIBRARIES}
    told["zlib"] = zlib.ZLIB_RUNTIME_VERSION
    return told | {f"报告种类“{name}”": digest for name, digest in _kinds(templates)}


@cache
def _program() -> str:
    folders = (_ROOT / package for package in _PACKAGES)
    files = (path for folder in folders for path in folder.rglob("*.*"))
    ours = [path for path in files if path.suffix in {".py", ".toml"}]
    return f"{_version('gouji')} ({_digest(ours, _ROOT)})"


def _kinds(templates: Path | None) -> Iterator[tuple[str, str]]:
    for name, places in kind_places(templates).items():
        files = [path for path in places[0].rglob("*") if path.is_file()]
        yield name, _digest(files, places[0])


def _digest(files: list[Path], root: Path) -> str:
    digest = sha256()
    for name, path in sorted((path.relative_to(root).as_posix(), path) for path in files):
        digest.update(f"{name}\0".encode() + sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:8]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # a checkout that is only on the path
        return "?"
