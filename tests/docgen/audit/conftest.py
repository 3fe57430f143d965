"""A report of the sample, its workbook, and the same workbook with seven cells changed."""

import pytest
from audit.reports import printed_by
from loaded import load_workbook

from docgen.report.report import make_report
from tools.editing.reports import Trials
from workbook.checking.intake import take_in

CHANGED = {
    ("预算收支", "C18"): 171.75, ("预算收支", "C25"): 1.5, ("项目支出", "C6"): 4.70,
    ("项目支出", "C9"): 33.00, ("基本情况", "C22"): 8, ("绩效数据", "C10"): 470,
    ("附表说明", "C12"): "王五",
}  # fmt: skip


@pytest.fixture(scope="session")
def made(sample_bytes, tmp_path_factory):
    """A folder with the sample, its report, and a workbook in which seven cells were changed."""
    folder = tmp_path_factory.mktemp("核 对")
    book = folder / "填报.xlsx"
    book.write_bytes(sample_bytes)
    make_report(take_in(book), folder / "报告.docx")
    changed = load_workbook(book)
    for (sheet, cell), value in CHANGED.items():
        changed[sheet][cell].value = value
    changed.save(folder / "改过.xlsx")
    return folder


@pytest.fixture(scope="session")
def intakes(made):
    """What came of the unchanged and of the changed workbook."""
    return {name: take_in(made / f"{name}.xlsx") for name in ("填报", "改过")}


@pytest.fixture(scope="session")
def stale_and_blank(intakes):
    """The marks whose text the changed workbook gives otherwise, and those that print nothing."""
    old, new = printed_by(intakes["填报"]), printed_by(intakes["改过"])
    return {mark for mark in old if old[mark] != new[mark]}, {m for m, t in old.items() if not t}


@pytest.fixture(scope="session")
def trials(tmp_path_factory):
    """The sample's report and workbooks that were changed since."""
    return Trials(tmp_path_factory.mktemp("增 减"))
