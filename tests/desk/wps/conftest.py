"""What the tests of the add-in for WPS may ask for."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from excel.fixtures import excel
from opened import Desk, Wps, desk_running, wps_started
from spoiled import DEPARTMENT

from tools.units.slips import SLIPS
from workbook.making.build import as_bytes, build_workbook
from workbook.years.beginning import new_workbook

NAME = "填报 2022 年.xlsx"
DISTINCT = {key: one for one in reversed(SLIPS) for key in one.typed}.values()
TEN = dict(pair for one in islice(dict.fromkeys(DISTINCT), 10) for pair in one.typed.items())

__all__ = ["excel"]  # the strict Excel, to be held beside the WPS double


@pytest.fixture(scope="session")
def slipped(tmp_path_factory) -> Path:
    """The department's sample with ten slips typed into it."""
    sample = replace(DEPARTMENT.sample, fields={**DEPARTMENT.sample.fields, **TEN})
    path = tmp_path_factory.mktemp("勾稽 样例") / NAME
    path.write_bytes(as_bytes(build_workbook(DEPARTMENT.form, DEPARTMENT.rules, sample)))
    return path


@pytest.fixture(scope="session")
def clean(tmp_path_factory) -> Path:
    """The department's sample, of which only a warning is to be told."""
    path = tmp_path_factory.mktemp("勾稽 样例") / NAME
    path.write_bytes(new_workbook(DEPARTMENT, sample=True))
    return path


@pytest.fixture(scope="session")
def desk() -> Iterator[Desk]:
    with desk_running() as made:
        yield made


@pytest.fixture(scope="module")
def started(browser, desk) -> Iterator[Wps]:
    with wps_started(browser, desk) as made:
        yield made


@pytest.fixture
def wps(started) -> Iterator[Wps]:
    """A WPS that was just started; whatever fails in its pages fails the test."""
    started.desk.shown.clear()
    started.faults.clear()
    started.page.goto(f"{started.desk.address}index.html")
    yield started
    for other in started.page.context.pages:
        if other is not started.page:
            other.close()
    started.page.unroute_all()
    assert started.faults == []
