"""A workbook bent at random: what is read stands beside its label, or a finding names it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from loaded import load_workbook

from tools.editing import kinds
from tools.editing.kinds import bent, fill, small
from tools.editing.reading import misread

COUNT, EACH = 300, 30


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The small form, filled; it is parsed once, and bent again and again."""
    path = tmp_path_factory.mktemp("改动") / "填报.xlsx"
    fill(small(), path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kinds, "load_workbook", load_workbook)
        yield path


@pytest.mark.parametrize("first", range(0, COUNT, EACH))
def test_nothing_is_misread_without_a_word(first: int, source: Path) -> None:
    kind, _ = small()
    target = source.with_name(f"{first}.xlsx")
    wrong = {}
    for seed in range(first, first + EACH):
        done = bent(source, target, kind, seed)
        if found := misread(target, kind):
            wrong[seed] = (done, found)
    assert wrong == {}


def test_an_unbent_workbook_has_no_misread_field(source: Path) -> None:
    assert misread(source, small()[0]) == []
