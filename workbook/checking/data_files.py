"""The files of a kind as bytes, and the data in them."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

import msgspec

from workbook.checking.search import FORM, kind_folders
from workbook.files.reasons import why

RULES: Final = "rules.toml"
SAMPLE: Final = "sample.toml"
BOOK: Final = "form.xlsx"
FILES: Final = (FORM, RULES, SAMPLE, BOOK)
EXTENDS: Final = "extends"
FUNCTIONS: Final = b"function"  # in a form.toml that names functions of its own
MOST_KEPT: Final = 32
_T = TypeVar("_T")


class KindError(Exception):
    """A kind is missing or its data files are wrong; `faults` names each one, for its author."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class Layer(NamedTuple):
    """A folder of data files and their bytes, None for one that could not be read.

    `functions` is the state of the Python functions that it may name, see `functions_state`.
    """

    folder: Path
    contents: tuple[bytes | None, ...]
    functions: bytes = b""

    def content(self, name: str) -> bytes | None:
        """The bytes of a file as they were read."""
        return self.contents[FILES.index(name)]


def layers(folder: Path, extra: Path | None = None) -> tuple[Layer, ...]:
    """The kind in `folder`, the one that it extends, and so on.

    Raises `KindError` where there is none of that name, or where they extend each other.
    """
    found = [_layer(folder)]
    while name := _extended(found[-1].content(FORM)):
        path, folders = found[-1].folder / FORM, kind_folders(extra)
        names = [layer.folder.name for layer in found]
        if name in names:
            circle = " → ".join([*names[names.index(name) :], name])
            raise KindError([f"{path}:extends 绕成了一圈:{circle}。请改掉其中一个 extends"])
        if name not in folders:
            raise KindError([f'{path}:extends = "{name}":{unknown_kind(name, folders)}'])
        found.append(_layer(folders[name]))
    return tuple(found)


def unknown_kind(name: str, folders: dict[str, Path]) -> str:
    """The sentence that there is no kind of this name."""
    return f"没有「{name}」这种报告。现有:{'、'.join(folders) or '无'}"


def _layer(folder: Path) -> Layer:
    contents = tuple(_bytes(folder / name) for name in FILES)
    form = contents[FILES.index(FORM)] or b""
    if FUNCTIONS not in form:
        return Layer(folder, contents)
    from workbook.files.installed import functions_state  # noqa: PLC0415 - few kinds have functions

    return Layer(folder, contents, functions_state())


def _bytes(path: Path) -> bytes | None:
    with suppress(OSError):  # who needs the file then says so
        return path.read_bytes()
    return None


@lru_cache(MOST_KEPT)  # asked at every click, and a form takes long to parse
def _extended(content: bytes | None) -> str:
    """The kind that a form extends; nothing where the form cannot be read, which is said later."""
    if content is None or EXTENDS.encode() not in content:
        return ""
    try:
        name = _parsed(content).get(EXTENDS, "")
    except ValueError:
        return ""
    return name if isinstance(name, str) else ""


def toml(path: Path, content: bytes | None) -> dict[str, Any]:
    """The file's data; where nothing was read, to read it again tells why not."""
    try:
        return _parsed(path.read_bytes() if content is None else content)
    except OSError as error:
        raise KindError([f"{path}:读不了({why(error)})"]) from error
    except UnicodeDecodeError as error:
        raise KindError([f"{path}:请用 UTF-8 编码保存"]) from error
    except ValueError as error:  # what tomllib raises
        from workbook.checking.toml_faults import faults_of  # noqa: PLC0415 - only a faulty kind pays

        files = [path, *(one for one in _data_files(path) if one != path)]
        found = [f"{one}:{fault}" for one in files for fault in faults_of(_bytes(one) or b"")]
        raise KindError(found or [f"{path}:{error}"]) from error


def _data_files(path: Path) -> list[Path]:
    """The kind's files beside one of them, which an author mends together."""
    return [path.with_name(name) for name in FILES if name.endswith(".toml")]


def _parsed(content: bytes) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - a kind that was kept is parsed no more

    text = TextIOWrapper(BytesIO(content), encoding="utf-8-sig").read()
    return tomllib.loads(text, parse_float=Decimal)


def shaped(path: Path, data: dict[str, Any], shape: type[_T]) -> _T:
    """The data in their shape; raises `KindError` with everything that has another."""
    try:
        return msgspec.convert(data, shape, strict=True)
    except msgspec.ValidationError as error:
        from workbook.form.faults.shape import shape_faults  # noqa: PLC0415 - only a faulty kind pays

        faults = shape_faults(data, shape, _own_text(path, data)) or [str(error)]
        raise KindError([f"{path}:{fault}" for fault in faults]) from error


def _own_text(path: Path, data: dict[str, Any]) -> str:
    """The text of a file that says just these data; nothing where they come of several files."""
    with suppress(OSError, ValueError):
        content = path.read_bytes()
        if _parsed(content) == data:
            return content.decode("utf-8-sig")
    return ""


def raise_all(path: Path, faults: Sequence[str]) -> None:
    """Raise what is wrong with a file, if anything is."""
    if faults:
        raise KindError([f"{path}:{fault}" for fault in faults])


def raise_several(*parts: Callable[[], object]) -> None:
    """Ask for all of them, and raise the faults of all in one."""
    faults: list[str] = []
    for part in parts:
        try:
            part()
        except KindError as error:
            faults += error.faults
    if faults:
        raise KindError(faults)
