"""The system's Chromium for the tests of one file, and desks in it."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from spoiled import typing
from visiting import chromium


@pytest.fixture(scope="session")
def typed(sample_bytes: bytes, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., bytes]:
    """Takes values by name, and gives the sample's file with them, each made once."""
    folder = tmp_path_factory.mktemp("typed")

    @cache
    def made(cells: tuple[tuple[str, object], ...]) -> bytes:
        path = Path(folder, "填报.xlsx")
        path.write_bytes(sample_bytes)
        typing(dict(cells))(path)
        return path.read_bytes()

    return lambda **cells: made(tuple(cells.items()))


@pytest.fixture(scope="module")
def browser(needed):
    """One browser for a file's tests."""
    needed("chromium")
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def window(browser):
    """A window as wide as the smallest screen in use, in which one page stays open.

    A page beside another takes half of what the first one takes. A desk's pages store nothing, so
    that none knows of those before it.
    """
    opened = browser.new_context(viewport={"width": 1366, "height": 768})
    opened.new_page()
    yield opened
    opened.close()


@pytest.fixture
def page(window):
    """A fresh page; a fault of its script fails the test."""
    faults = []
    opened = window.new_page()
    opened.set_default_timeout(20_000)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield opened
    opened.close()
    assert faults == []
