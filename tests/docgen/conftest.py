"""What the tests of documents share."""

from pathlib import Path

import pytest
from writing import Word, read


@pytest.fixture
def word(tmp_path: Path) -> Word:
    return Word(tmp_path)


@pytest.fixture
def read_document():
    return read
