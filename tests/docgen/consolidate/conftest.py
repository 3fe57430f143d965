"""A bureau, two counties and their units: their workbooks of two years, done once."""

from functools import partial

import pytest
from bureau import CODES, COUNTY, FORM, KIND, RULES, THIS_YEAR, YEAR_BEFORE
from openpyxl import Workbook

from docgen.batch.batch import Asked, Progress, run_batch
from docgen.batch.folders import Folders
from docgen.batch.units import read_units
from docgen.batch.workers import run_all
from docgen.consolidate.gathering import settled_ledger
from workbook.checking.kinds import find_kind
from workbook.form.sample import Sample
from workbook.making.build import as_bytes, build_workbook


@pytest.fixture(scope="session")
def kinds(tmp_path_factory):
    """The folder of the kind 收支, which has no template: nothing is to be reported."""
    folder = tmp_path_factory.mktemp("kinds")
    (folder / KIND).mkdir()
    (folder / KIND / "form.toml").write_text(FORM, encoding="utf-8")
    (folder / KIND / "rules.toml").write_text(RULES, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def bureau(kinds, tmp_path_factory):
    """A folder with 名单.xlsx, and the batches 今年 and 去年 that are done."""
    folder, kind = tmp_path_factory.mktemp("市 局"), find_kind(KIND, kinds)
    book = Workbook()
    for line in (("单位名称", "单位代码", "上级"), *COUNTY):
        book.active.append(line)
    book.save(folder / "名单.xlsx")
    for out, year, books in (("今年", 2025, THIS_YEAR), ("去年", 2024, YEAR_BEFORE)):
        place = folder / f"收{out}"
        place.mkdir()
        for name, (fields, tables) in books.items():
            whose = {"单位名称": name, "单位代码": CODES.get(name, "113"), "年度": year}
            filled = build_workbook(kind.form, kind.rules, Sample(whose | fields, tables))
            (place / f"{name}.xlsx").write_bytes(as_bytes(filled))
        run_batch(
            Asked(
                Folders(place, folder / out),
                partial(run_all, jobs=1),
                folder / "名单.xlsx",
                kinds,
            ),
            Progress(),
            lambda _result: None,
        )
    return folder


@pytest.fixture(scope="session")
def units(bureau):
    return read_units(bureau / "名单.xlsx")


@pytest.fixture
def ledger(bureau):
    with settled_ledger(bureau / "今年") as opened:
        yield opened
