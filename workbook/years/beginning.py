"""The workbook that a year begins with: a kind's blank one, or its filled example.

It takes long to make and comes of the kind's files alone, so it is kept like what the kind itself
comes to; only when it was made is put in anew.
"""

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from workbook.checking.kinds import Kind
from workbook.files.cache import keep, recall
from workbook.form.sample import NOTHING
from workbook.years.own_form import own_workbook

_TIMES_PART: Final = "docProps/core.xml"
_TIME: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def new_workbook(kind: Kind, *, sample: bool = False) -> bytes:
    """The workbook of a kind as the bytes of an .xlsx file, with `sample` the filled example.

    Raises `KindError` for what is wrong with the kind's rules or its sample.
    """
    key = kind.key("sample" if sample else "blank")
    kept: tuple[bytes, bytes] | None = recall(key) if key else None
    if kept is None:
        kept = _parted(_made(kind, sample=sample))
        if key:
            keep(key, kept)
    package, times = kept
    file = BytesIO(package)
    now = f"{datetime.now(tz=UTC):%Y-%m-%dT%H:%M:%SZ}".encode()
    if times:
        with ZipFile(file, "a", ZIP_DEFLATED) as archive:
            archive.writestr(_TIMES_PART, _TIME.sub(rb"\g<1>" + now, times))
    return file.getvalue()


def _made(kind: Kind, *, sample: bool) -> bytes:
    if kind.book is not None:
        return own_workbook(kind, kind.book, kind.sample if sample else NOTHING)
    # Who finds it kept needs no openpyxl.
    from workbook.making.build import as_bytes, build_workbook  # noqa: PLC0415
    from workbook.making.examples_sheet import build_example  # noqa: PLC0415

    if sample:
        return as_bytes(build_example(kind.form, kind.rules, kind.sample))
    return as_bytes(build_workbook(kind.form, kind.rules))


def _parted(book: bytes) -> tuple[bytes, bytes]:
    """A package without the part that says when it was made, and that part if it has one."""
    rest = BytesIO()
    with ZipFile(BytesIO(book)) as archive, ZipFile(rest, "w", ZIP_DEFLATED) as kept:
        for name in archive.namelist():
            if name != _TIMES_PART:
                kept.writestr(name, archive.read(name))
        times = archive.read(_TIMES_PART) if _TIMES_PART in archive.namelist() else b""
    return rest.getvalue(), times
