"""What the tests of documents share."""

from pathlib import Path

import pytest
from handmade import plain
from writing import Word, read

from docgen.importing.report import read_report


@pytest.fixture
def word(tmp_path: Path) -> Word:
    return Word(tmp_path)


@pytest.fixture
def read_document():
    return read


@pytest.fixture
def imported(department, tmp_path):
    def read(lines, make=plain, kind=department):
        path = tmp_path / "旧报告.docx"
        make(lines).save(str(path))
        return read_report(path, kind)

    return read
