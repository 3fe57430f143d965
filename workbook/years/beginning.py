"""The workbook that a year begins with: a kind's blank one, its filled example, or one filled anew.

The first two take long to make and come of the kind's files alone, so they are kept like what the
kind itself comes to; only when they were made is put in anew. Others are filled into the blank one.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Final, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from workbook.checking.kinds import Kind
from workbook.files.cache import keep, recall
from workbook.form.model import Form
from workbook.form.sample import NOTHING, Sample, with_room
from workbook.rules.model import RuleSet
from workbook.saving.cells import FIRST_DAY
from workbook.years.filled import filled
from workbook.years.own_form import own_workbook

_TIMES_PART: Final = "docProps/core.xml"
_TIME: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


class _Kept(NamedTuple):
    """A package without the part that says when it was made, that part if it has one.

    `order` has of the sheets on which nobody fills a form the cells of formulas as written.
    """

    package: bytes
    times: bytes
    order: Mapping[str, tuple[str, ...]]


def new_workbook(kind: Kind, *, sample: bool = False) -> bytes:
    """The workbook of a kind as the bytes of an .xlsx file, with `sample` the filled example.

    Raises `KindError` for what is wrong with the kind's rules or its sample.
    """
    kept = _kept(kind, "sample" if sample else "blank", lambda: _made(kind, sample=sample))
    return _dated(kept.package, kept.times)


def filled_workbook(kind: Kind, sample: Sample, *, is_last: bool = True) -> bytes:
    """The workbook of a kind with a sample typed in, as the bytes of an .xlsx file.

    Where that is not the last that is done to it, it is not packed in vain. Raises `KindError` for
    what is wrong with the kind's rules, and where a bureau's own form has no room for what is typed
    in.
    """
    if kind.book is not None:
        return own_workbook(kind, kind.book, sample)
    form = with_room(kind.form, sample.tables)
    grown = {key: one.rows for key, one in form.tables.items() if one != kind.form.tables[key]}
    what = "blank" if not grown else f"blank {sorted(grown.items())}"
    kept = _kept(kind, what, lambda: _built(form, kind.rules))
    return _dated(filled(kept.package, kind, sample, kept.order, is_last), kept.times)


def _kept(kind: Kind, what: str, make: Callable[[], _Kept]) -> _Kept:
    key = kind.key(what)
    found = recall(key) if key else None
    if found is not None:
        return _Kept(*found)
    made = make()
    if key:
        keep(key, tuple(made))
    return made


def _dated(package: bytes, times: bytes) -> bytes:
    """The package with the part that says when it was made: now."""
    file = BytesIO(package)
    now = f"{datetime.now(tz=UTC):%Y-%m-%dT%H:%M:%SZ}".encode()
    if times:
        with ZipFile(file, "a", ZIP_DEFLATED) as archive:
            said = _TIME.sub(rb"\g<1>" + now, times)
            archive.writestr(ZipInfo(_TIMES_PART, FIRST_DAY), said, ZIP_DEFLATED)
    return file.getvalue()


def _made(kind: Kind, *, sample: bool) -> _Kept:
    if kind.book is not None:
        return _parted(own_workbook(kind, kind.book, kind.sample if sample else NOTHING), {})
    if not sample:
        return _built(kind.form, kind.rules)
    # Who finds it kept needs no openpyxl.
    from workbook.making.build import as_bytes  # noqa: PLC0415
    from workbook.making.examples_sheet import build_example  # noqa: PLC0415

    return _parted(as_bytes(build_example(kind.form, kind.rules, kind.sample)), {})


def _built(form: Form, rules: RuleSet) -> _Kept:
    """The blank workbook of a form."""
    from workbook.making.build import as_bytes, build_workbook  # noqa: PLC0415 - as above

    book = build_workbook(form, rules)
    asked = {sheet.name for sheet in form.sheet if sheet.card is None}
    order = {name: tuple(cells) for name, cells in book.results.items() if name not in asked}
    return _parted(as_bytes(book), order)


def _parted(book: bytes, order: Mapping[str, tuple[str, ...]]) -> _Kept:
    rest = BytesIO()
    with ZipFile(BytesIO(book)) as archive, ZipFile(rest, "w", ZIP_DEFLATED) as kept:
        for name in archive.namelist():
            if name != _TIMES_PART:
                kept.writestr(ZipInfo(name, FIRST_DAY), archive.read(name), ZIP_DEFLATED)
        times = archive.read(_TIMES_PART) if _TIMES_PART in archive.namelist() else b""
    return _Kept(rest.getvalue(), times, order)
