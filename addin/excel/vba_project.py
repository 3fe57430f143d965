"""The VBA project inside the add-in: xlwings' own, with our modules, name and references."""

import struct
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

PROJECT: Final = "Gouji"
SHIPPED_PROJECT: Final = "MyAddin"
SHIPPED_RIBBON: Final = "RibbonMyAddin"
# Name, GUID, version, path and description as Excel writes them into xlwings.xlam. The path is a
# hint: Excel finds a library by GUID and version.
REFERENCES: Final = (
    (
        "stdole",
        "{00020430-0000-0000-C000-000000000046}",
        (2, 0),
        r"C:\Windows\System32\stdole2.tlb",
        "OLE Automation",
    ),
    (
        "Office",
        "{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}",
        (2, 0),
        r"C:\Program Files\Common Files\Microsoft Shared\OFFICE16\MSO.DLL",
        "Microsoft Office 16.0 Object Library",
    ),
)
_PROJECT_NAME: Final = 0x0004  # MS-OVBA 2.3.4.2.1.6
_TERMINATOR: Final = struct.pack("<HI", 0x0010, 0)  # MS-OVBA 2.3.4.2
_STORAGE: Final = "VBA".encode("utf-16-le").ljust(64, b"\0")  # a directory entry's first field
_WORKSPACE: Final = b"[Workspace]\r\n"


def project(shipped: Path, modules: Mapping[str, str]) -> bytes:
    """The vbaProject.bin of the shipped add-in with these modules, by name, in it."""
    # Only who builds the add-in needs pyOpenVBA.
    from pyopenvba import ExcelFile  # type: ignore[import-untyped] # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder, ExcelFile(shipped) as file:
        for reference in file.references():
            file.remove_reference(reference.name)
        for name, guid, (major, minor), path, description in REFERENCES:
            file.add_reference(name, guid, major, minor, path=path, description=description)
        made = file.vba_project()
        made.delete_module(SHIPPED_RIBBON)
        for module in made.modules:
            # A module that is written anew loses the code that another Excel compiled for it.
            file.set_module(module.name, modules.get(module.name, module.source))
        for name, text in modules.items():
            if name not in made.module_names():
                made.add_module(name, text)
        file.save(Path(folder) / shipped.name)
        with ExcelFile(Path(folder) / shipped.name) as saved:
            return _mended(saved.vba_project_bytes())


def _mended(compound: bytes) -> bytes:
    """The project under our name, and as Excel writes it where pyOpenVBA 6.5 does not."""
    from pyopenvba.cfb import CFB  # type: ignore[import-untyped] # noqa: PLC0415
    from pyopenvba.vba import compress, decompress  # type: ignore[import-untyped] # noqa: PLC0415

    cfb = CFB.from_bytes(compound)
    records = _records(decompress(cfb.get_stream_in_storage("VBA", "dir")))
    cfb.write_stream_in_storage("VBA", "dir", compress(records))
    cfb.write_stream("PROJECT", _lines(cfb.get_stream("PROJECT")))
    made = bytearray(cfb.to_bytes())
    # MS-CFB 2.6.1: a storage has no sectors of its own, and says so with a zero.
    start = made.index(_STORAGE) + 116
    made[start : start + 4] = bytes(4)
    return bytes(made)


def _records(written: bytes) -> bytes:
    """The dir stream with our name in PROJECTNAME, without the four bytes too many at its end."""
    if written.endswith(_TERMINATOR + bytes(4)):
        written = written[:-4]
    at = 0
    while (head := struct.unpack_from("<HI", written, at))[0] != _PROJECT_NAME:
        at += 6 + head[1]
    name = struct.pack("<HI", _PROJECT_NAME, len(PROJECT)) + PROJECT.encode("ascii")
    return written[:at] + name + written[at + 6 + head[1] :]


def _lines(written: bytes) -> bytes:
    """The PROJECT stream with our name, without the empty lines among the windows.

    The ID stays the shipped one: the lines CMG, DPB and GC are encrypted with it (MS-OVBA 2.4.3).
    """
    old, new = (f'\r\nName="{name}"\r\n'.encode("ascii") for name in (SHIPPED_PROJECT, PROJECT))
    head, workspace, windows = written.replace(old, new).partition(_WORKSPACE)
    kept = [line for line in windows.splitlines(keepends=True) if line.strip()]
    return head + workspace + b"".join(kept)
