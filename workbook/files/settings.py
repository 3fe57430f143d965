"""What a computer's owner and its user have set: where kinds lie, where things are kept.

One file for the whole computer, one for the user, both TOML and both optional; the user's goes
before. Nothing in a kind or a workbook can change them.
"""

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

NAME: Final = "settings.toml"
KNOWN: Final = ("kinds", "cache", "author")


class Settings(Struct, frozen=True):
    """The settings as one, and the files that they come from.

    `kinds` are folders of kinds in the order in which they are looked through; `cache` is where
    what takes long to make is kept, None where nobody said, "" where nothing is to be kept.
    An `author` draws forms, and has the buttons for that.
    """

    files: tuple[Path, ...] = ()
    kinds: tuple[Path, ...] = ()
    cache: Path | str | None = None
    faults: tuple[str, ...] = ()
    author: bool = False


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
        roots = (environment.get("APPDATA"), environment.get("PROGRAMDATA"))
        found += [Path(root, "Gouji") for root in roots if root]
    elif system == "darwin":
        support = Path("Library", "Application Support", "Gouji")
        found += [home / support] if home else []
        found.append(Path("/") / support)
    else:
        given = Path(environment.get("XDG_CONFIG_HOME", ""))
        if given.is_absolute():
            found.append(given / "gouji")
        elif home:
            found.append(home / ".config" / "gouji")
        found.append(Path("/etc/gouji"))
    return tuple(folder / NAME for folder in found)


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
    for path in (path for path, stamp in files if stamp != _ABSENT):
        data = _data(path, faults)
        there.append(path)
        kinds += [_placed(one, path) for one in _texts(data, "kinds", path, faults)]
        if "cache" in data and cache is None:
            cache = _cache(data["cache"], path, faults)
        if "author" in data and author is None:
            author = _truth(data, "author", path, faults)
        for key in data.keys() - set(KNOWN):
            from difflib import get_close_matches  # noqa: PLC0415 - only a fault pays

            near = get_close_matches(key, KNOWN, 1)
            meant = f"是不是 {near[0]}?" if near else f"可写的有 {'、'.join(KNOWN)}"
            faults.append(f"{path}:没有「{key}」这一项,{meant}")
    return Settings(tuple(there), tuple(kinds), cache, tuple(faults), bool(author))


def _data(path: Path, faults: list[str]) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - most computers have no such file

    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        faults.append(f"{path}:读不了({error})")
        return {}


def _texts(data: dict[str, Any], key: str, path: Path, faults: list[str]) -> list[str]:
    value = data.get(key, [])
    value = [value] if isinstance(value, str) else value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return value
    faults.append(f'{path}:{key} 要写成 ["文件夹", …]')
    return []


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
