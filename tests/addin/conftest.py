"""A LibreOffice that stands in for Excel, as xlwings' active program."""

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="session")
def office(soffice: str) -> Iterator[Any]:
    """A headless LibreOffice of our own."""
    pytest.importorskip("addin.calc.bridge", exc_type=ImportError)  # which brings UNO
    from addin.calc.office import start

    started = start(program=soffice)
    yield started
    started.close()


@pytest.fixture(scope="session")
def calc(office: Any) -> None:
    """Whatever xlwings does goes to that LibreOffice."""
    from addin.calc.engine import register

    register(office)
