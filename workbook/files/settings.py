"""What a computer's owner and its user have set: where kinds lie, where things are kept.

One file for the whole computer, one for the user, both TOML and both optional; the user's goes
before. Nothing in a kind or a workbook can change them.
"""

import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

NAME: Final = "settings.toml"
_NAMES_FUNCTION: Final = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*(?::[^\W\d]\w*)?")
_SUPPORT: Final = Path("Library", "Application Support", "Gouji")
KNOWN: Final = ("kinds", "cache", "author", "functions")


class Settings(Struct, frozen=True):
    """The settings as one, and the files that they come from.

    `kinds` are folders of kinds in the order in which they are looked through; `cache` is where
    what takes long to make is kept, None where nobody said, "" where nothing is to be kept.
    An `author` draws forms, and has the buttons for that. `functions` are Python functions, modules
    and packages that kinds may use; only the computer's own file can name them.

    A file with `kinds = ["/局/表单"]` and `author = true` gives one folder of kinds, and an author.
    """

    files: tuple[Path, ...] = ()
    kinds: tuple[Path, ...] = ()
    cache: Path | str | None = None
    faults: tuple[str, ...] = ()
    author: bool = False
    functions: tuple[str, ...] = ()


def settings_files(
    environment: Mapping[str, str] = os.environ, system: str = sys.platform
) -> tuple[Path, ...]:
    r"""The user's file and the computer's, whether or not they are there.

    Windows: `%APPDATA%\Gouji\settings.toml`, `%PROGRAMDATA%\Gouji\settings.toml`. macOS: in
    `Library/Application Support/Gouji` of the user and of the computer. Elsewhere
    `$XDG_CONFIG_HOME/gouji`, without one `~/.config/gouji`, and `/etc/gouji`.
    """
    found: list[Path] = []
    home: Path | None = None
    with suppress(RuntimeError):  # a user whom no list names has no file of his own
        home = Path.home()
    if system == "win32":
        found += [Path(root, "Gouji") for root in (environment.get("APPDATA"),) if root]
    elif system == "darwin":
        found += [home / _SUPPORT] if home else []
    else:
        given = Path(environment.get("XDG_CONFIG_HOME", ""))
        if given.is_absolute():
            found.append(given / "gouji")
        elif home:
            found.append(home / ".config" / "gouji")
    computers = computers_file(environment, system)
    return (*(folder / NAME for folder in found), *([computers] if computers else []))


def computers_file(
    environment: Mapping[str, str] = os.environ, system: str = sys.platform
) -> Path | None:
    """The file of the whole computer, its administrator's; None where there is no place for it."""
    if system == "win32":
        root = environment.get("PROGRAMDATA")
        return Path(root, "Gouji", NAME) if root else None
    return (Path("/") / _SUPPORT if system == "darwin" else Path("/etc/gouji")) / NAME


def settings() -> Settings:
    """The settings as the files say them now."""
    return _read(tuple((path, _stamp(path)) for path in settings_files()))


_ABSENT: Final = -1


def _stamp(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_mtime_ns
    return _ABSENT


@lru_cache(maxsize=4)
def _read(files: tuple[tuple[Path, int], ...]) -> Settings:
    there: list[Path] = []
    kinds: list[Path] = []
    faults: list[str] = []
    cache: Path | str | None = None
    author: bool | None = None
    functions: list[str] = []
    for path in (path for path, stamp in files if stamp != _ABSENT):
        data = _data(path, faults)
        there.append(path)
        kinds += [_placed(one, path) for one in _texts(data, "kinds", path, faults)]
        if "cache" in data and cache is None:
            cache = _cache(data["cache"], path, faults)
        if "author" in data and author is None:
            author = _truth(data, "author", path, faults)
        if "functions" in data:
            functions += _functions(data, path, faults)
        for key in data.keys() - set(KNOWN):
            from difflib import get_close_matches  # noqa: PLC0415 - only a fault pays

            near = get_close_matches(key, KNOWN, 1)
            meant = f"是不是 {near[0]}?" if near else f"可写的有 {'、'.join(KNOWN)}"
            faults.append(f"{path}:没有「{key}」这一项,{meant}")
    return Settings(
        tuple(there), tuple(kinds), cache, tuple(faults), bool(author), tuple(functions)
    )


def _data(path: Path, faults: list[str]) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - most computers have no such file

    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        faults.append(f"{path}:读不了({error})")
        return {}


def _texts(
    data: dict[str, Any], key: str, path: Path, faults: list[str], what: str = "文件夹"
) -> list[str]:
    value = data.get(key, [])
    value = [value] if isinstance(value, str) else value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return value
    faults.append(f'{path}:{key} 要写成 ["{what}", …]')
    return []


def _functions(data: dict[str, Any], path: Path, faults: list[str]) -> list[str]:
    """The functions that the computer's file allows; a user's own file allows none."""
    named = _texts(data, "functions", path, faults, "包.模块:函数")
    if path != (computers := computers_file()):
        faults.append(f"{path}:functions 由管理员写在 {computers},写在这里不算")
        return []
    for one in named:
        if not _NAMES_FUNCTION.fullmatch(one):
            faults.append(f'{path}:functions 里的「{one}」要写成 "包"、"包.模块" 或 "包.模块:函数"')
    return [one for one in named if _NAMES_FUNCTION.fullmatch(one)]


def _truth(data: dict[str, Any], key: str, path: Path, faults: list[str]) -> bool | None:
    if isinstance(data[key], bool):
        return bool(data[key])
    faults.append(f"{path}:{key} 要写成 true 或 false")
    return None


def _cache(value: Any, path: Path, faults: list[str]) -> Path | str | None:
    if value is False:
        return ""
    if isinstance(value, str) and value:
        return _placed(value, path)
    faults.append(f'{path}:cache 要写成 "文件夹",或 false(什么也不留)')
    return None


def _placed(text: str, path: Path) -> Path:
    """A folder as a settings file names it: from the file's own folder, `~` for the user's."""
    with suppress(RuntimeError):  # nobody's home is known
        return path.parent / Path(text).expanduser()
    return path.parent / text
