"""The Excel add-in file gouji.xlam: xlwings' shipped add-in with our ribbon, VBA and settings."""

import zipfile
from collections.abc import Mapping
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Final

from addin.excel import package_parts, vba, vba_project
from addin.excel.settings import SETTINGS, Setting

SHIPPED: Final = "quickstart_addin_ribbon.xlam"
SHIPPED_MODULE: Final = "xlwings_custom_addin.bas"  # the text of the module xlwings in SHIPPED
_FIRST: Final = ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml")
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can name
_UNIX: Final = 3


def build(
    path: Path,
    *,
    modules: Mapping[str, str] | None = None,
    settings: Mapping[str, Setting] | None = None,
) -> None:
    """Writes the add-in; `modules` are more VBA modules by name, `settings` replace SETTINGS."""
    shipped = _of_xlwings(SHIPPED)
    texts = vba.modules(_of_xlwings(SHIPPED_MODULE).read_text(encoding="ascii"), modules or {})
    members = package_parts.with_our_ribbon(_members(shipped))
    members[package_parts.VBA] = vba_project.project(shipped, texts)
    path.write_bytes(_packed(members | package_parts.sheet(members, _all(settings or {}))))


def configure(path: Path, settings: Mapping[str, Setting]) -> None:
    """Writes settings into a built add-in, in place of those it has; needs no pyOpenVBA."""
    members, chosen = _members(path), _all(settings)
    shown = package_parts.ribbons(to_author=bool(chosen["AUTHOR"]))
    path.write_bytes(_packed(members | shown | package_parts.sheet(members, chosen)))


def settings_in(path: Path) -> dict[str, Setting]:
    """The settings that stand in an add-in."""
    return package_parts.settings(_members(path))


def is_made_from(path: Path, addin: bytes) -> bool:
    """Whether an add-in is this one with settings of its own."""
    try:
        ours, its = _members(BytesIO(addin)), _members(path)
    except zipfile.BadZipFile:
        return False
    return all(
        its.get(name) == data for name, data in ours.items() if name not in package_parts.SETTINGS
    )


def _of_xlwings(name: str) -> Path:
    """A file that the installed xlwings brings, found without importing it."""
    spec = find_spec("xlwings")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("xlwings is not installed")
    return Path(spec.origin).with_name(name)


def _all(settings: Mapping[str, Setting]) -> dict[str, Setting]:
    """SETTINGS with these in their places; raises ValueError for a name that nothing reads."""
    if unknown := settings.keys() - SETTINGS.keys():
        raise ValueError(f"no such settings: {sorted(unknown)}")
    return {**SETTINGS, **settings}


def _members(path: Path | BytesIO) -> dict[str, bytes]:
    """The parts of a package by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(members: Mapping[str, bytes]) -> bytes:
    """A zip file of the parts that is the same on every system.

    Nothing is deflated, because zlib's and zlib-ng's bytes differ.
    """
    buffer = BytesIO()
    rest = sorted(members.keys() - set(_FIRST))
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in (*_FIRST, *rest):
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.create_system = _UNIX
            archive.writestr(entry, members[name])
    return buffer.getvalue()
