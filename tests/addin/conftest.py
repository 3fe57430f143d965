"""A LibreOffice that stands in for Excel, as xlwings' active program."""

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def calc(soffice: str) -> Iterator[None]:
    """A headless Calc; whatever xlwings does goes to it."""
    from addin.calc.engine import register
    from addin.calc.office import start

    office = start(program=soffice)
    register(office)
    yield
    office.close()
