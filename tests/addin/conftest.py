"""A LibreOffice that stands in for Excel, as xlwings' active program, and a clerk who listens."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from excel.fixtures import excel, excel_book
from light import lighten

from addin.install import addin_files

__all__ = ["excel", "excel_book"]  # fixtures of the strict Excel, for every test here


@dataclass
class Listener:
    """A screen that writes down what it is told."""

    said: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    shown: list[Path] = field(default_factory=list)
    place: Path | None = None
    file: Path | None = None

    def say(self, text):
        self.said.append(text)

    def agrees(self, question):
        self.said.append(question)
        return True

    def status(self, text):
        self.states.append(text)

    def place_to_save(self, proposal):
        return self.place

    def file_to_open(self, folder, ending):
        return self.file

    def show(self, path):
        self.shown.append(path)


@pytest.fixture(scope="session", autouse=True)
def add_in_made_once() -> Iterator[None]:
    """In a checkout add-in and extension are made anew whenever they are asked for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(addin_files, "_carried", cache(addin_files._carried))
        yield


@pytest.fixture
def screen() -> Listener:
    return Listener()


@pytest.fixture(scope="module")
def calc(office: Any) -> Iterator[None]:
    """Whatever xlwings does goes to the LibreOffice of this file's tests."""
    from addin.calc.engine import register

    apps = register(office).impl.apps
    yield
    for app in [one for one in apps if one.office is office]:
        apps.forget(app)


@pytest.fixture(params=["calc", "excel"])
def program(request) -> Iterator[callable]:
    """Opens a file in the program: LibreOffice, then Excel with all its rules."""
    opened: list[xw.Book] = []
    asked = request.getfixturevalue(request.param)

    def open_in(path, **how) -> xw.Book:
        opened.append(asked.open(path, **how) if asked else xw.Book(str(lighten(path))))
        return opened[-1]

    yield open_in
    if asked is None:
        for book in opened:
            book.close()
