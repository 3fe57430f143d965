"""The add-in and the extension as files: those that the wheel carries, or made from a checkout."""

import tempfile
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Final

ADDIN: Final = "gouji.xlam"
EXTENSION: Final = "gouji.oxt"
# Stands in the extension that is carried; whoever writes a copy of it puts their own Python there.
NOBODYS_PYTHON: Final = "@python"
_HERE: Final = Path(__file__).parent
_MADE: Final = _HERE.parent.parent / "build" / "addin"  # where hatch_build.py makes them


class NotCarriedError(Exception):
    """The file is neither carried nor can it be made; the message says what to do."""


def make(folder: Path, version: str) -> Iterator[Path]:
    """Write both files into `folder`, making it; needs pyOpenVBA."""
    folder.mkdir(parents=True, exist_ok=True)
    make_addin(folder / ADDIN)
    yield folder / ADDIN
    make_extension(folder / EXTENSION, version)
    yield folder / EXTENSION


def make_addin(path: Path, *, has_python: bool = True) -> None:
    """Write the add-in; raises `NotCarriedError` without pyOpenVBA.

    Cell functions go through xlwings' DLL to a Python that is installed. Excel would look for both
    by their bare names where there is none, so the program that brings its own Python does without.
    """
    from addin.excel.package import build  # noqa: PLC0415 - as above
    from addin.functions.vba import functions_modules  # noqa: PLC0415 - only who makes pays

    if not _can_make():
        raise NotCarriedError(
            "生成加载项要用 pyOpenVBA,只有开发勾稽的人才需要:pip install pyOpenVBA。\n"
            "装好的勾稽已经带着加载项,运行 gouji addin install 就行。"
        )
    build(path, modules=functions_modules() if has_python else {})


def make_extension(path: Path, version: str) -> None:
    """Write the extension, which starts nobody's Python yet."""
    from addin.extension.package import build_extension  # noqa: PLC0415 - only who makes it pays

    build_extension(path, NOBODYS_PYTHON, version)


def addin() -> bytes:
    """The add-in; raises `NotCarriedError` in a checkout that never had pyOpenVBA."""
    return _carried(ADDIN)


def extension(python: str, *, to_author: bool = False) -> bytes:
    """The extension, whose clicks start this `python`; raises as `addin` does.

    One that is made for an author has the buttons that draw forms.
    """
    from addin.extension.package import ADDONS, addons  # noqa: PLC0415 - as above

    made = BytesIO()
    with zipfile.ZipFile(BytesIO(_carried(EXTENSION))) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == ADDONS:
                data = addons(to_author=to_author).encode()
            if entry.filename.endswith(".py"):
                data = data.replace(repr(NOBODYS_PYTHON).encode(), repr(python).encode())
            new.writestr(entry, data)
    return made.getvalue()


def _carried(name: str) -> bytes:
    """One of the two files; in a checkout made anew, so that it is never older than its sources."""
    if (_HERE / name).exists():
        return (_HERE / name).read_bytes()
    if _can_make():
        from importlib.metadata import version  # noqa: PLC0415 - the hook runs where there is none

        with tempfile.TemporaryDirectory() as folder:
            made = {path.name: path.read_bytes() for path in make(Path(folder), version("gouji"))}
        return made[name]
    if (_MADE / name).exists():
        return (_MADE / name).read_bytes()
    raise NotCarriedError(f"这份勾稽没有带着 {name}。请在源码文件夹里运行 pip install . 重新安装。")


def _can_make() -> bool:
    return find_spec("pyopenvba") is not None
