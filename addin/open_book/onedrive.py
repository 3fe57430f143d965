"""The file on this computer behind an address of OneDrive or SharePoint.

Excel names a synchronised workbook by its address on the net. OneDrive writes down which address
each of its folders holds: `UrlNamespace` and `MountPoint`, for a single folder of a library also
`FullRemotePath`, for a personal OneDrive also the owner's `CID`, which its addresses begin with.
"""

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote

KEY: Final = r"Software\SyncEngines\Providers\OneDrive"
# An own OneDrive, personal or of an organisation: what stands before the path inside of it.
_OWN: Final = re.compile(
    r"https://(?:d\.docs\.live\.net/[^/]+|[^/]+-my\.sharepoint\.[^/]+/personal/[^/]+/[^/]+)/(.+)",
    re.IGNORECASE,
)
_VARIABLES: Final = ("OneDriveConsumer", "OneDriveCommercial", "OneDrive")


class Mount(NamedTuple):
    """An address and the folder that holds what is under it."""

    url: str
    folder: Path


def is_url(name: str) -> bool:
    """Whether a book's full name is an address on the net."""
    return "://" in name


def local_file(url: str, mounts: Sequence[Mount], folders: Sequence[Path] = ()) -> Path | None:
    """The file that is known by this address; None where no folder of OneDrive's holds it.

    The longest address that fits counts first. `folders` are those of which only the path is known.
    """
    # The name may hold a `%` of its own: it is tried as it stands, too.
    for given in dict.fromkeys((unquote(url), url)):
        for mount in sorted(mounts, key=lambda one: -len(one.url)):
            if found := _under(mount, given):
                return found
        own = _OWN.fullmatch(given)
        places = [folder.joinpath(*_parts(own[1])) for folder in folders] if own else []
        if found := next((place for place in places if place.is_file()), None):
            return found
    return None


def of_this_computer(url: str) -> Path | None:
    """The same by what OneDrive has written down here."""
    return local_file(url, list(_registered()), _folders(os.environ))


def registered(values: Mapping[str, str]) -> Iterator[Mount]:
    """The mounts of one entry of OneDrive's; none where it is not whole."""
    folder = values.get("MountPoint", "")
    if not folder:
        return
    for name in ("FullRemotePath", "UrlNamespace"):
        if url := values.get(name, ""):
            owner = values.get("CID", "")
            if owner and owner.casefold() not in url.casefold():
                url = f"{url.rstrip('/')}/{owner}"
            yield Mount(url, Path(folder))


def _under(mount: Mount, url: str) -> Path | None:
    """The file of an address that begins as the mount's does.

    A library of which only a folder is synchronised may be written down with its own address, which
    is above that folder; then the parts that the folder lacks are left out, if that is unambiguous.
    """
    root = f"{unquote(mount.url).rstrip('/')}/"
    if not url.casefold().startswith(root.casefold()):
        return None
    parts = _parts(url[len(root) :])
    whole = mount.folder.joinpath(*parts)
    if whole.is_file():
        return whole
    shorter = [mount.folder.joinpath(*parts[first:]) for first in range(1, len(parts))]
    there = [place for place in shorter if place.is_file()]
    return there[0] if len(there) == 1 else None


def _parts(path: str) -> list[str]:
    return [part for part in path.split("/") if part not in ("", ".", "..")]


def _registered() -> Iterator[Mount]:
    """From the registry of Windows."""
    if sys.platform != "win32":
        return
    import winreg  # noqa: PLC0415 - it exists on Windows alone

    try:
        root = winreg.OpenKey(winreg.HKEY_CURRENT_USER, KEY)
    except OSError:
        return
    with root:
        for number in range(winreg.QueryInfoKey(root)[0]):
            with winreg.OpenKey(root, winreg.EnumKey(root, number)) as entry:
                count = winreg.QueryInfoKey(entry)[1]
                values = (winreg.EnumValue(entry, place)[:2] for place in range(count))
                yield from registered({name: str(value) for name, value in values})


def _folders(environment: Mapping[str, str]) -> list[Path]:
    """The folders that OneDrive tells all programs of, and those that it has on a Mac."""
    told = [Path(environment[name]) for name in _VARIABLES if environment.get(name)]
    return [*dict.fromkeys(told), *sorted(Path.home().glob("Library/CloudStorage/OneDrive*"))]
