"""A workbook bent in LibreOffice, whose names go along: after each edit nothing is misread."""

from pathlib import Path
from typing import Any

import pytest
from light import lighten

from tools.editing.in_calc import EACH, bent_in_calc
from tools.editing.kinds import fill, small
from tools.editing.reading import misread


@pytest.mark.parametrize("seed", range(20))
def test_nothing_is_misread_after_any_edit(seed: int, office: Any, tmp_path: Path) -> None:
    made = small()
    source, target = tmp_path / "填报.xlsx", tmp_path / "改过.xlsx"
    fill(made, source)
    lighten(source)
    wrong = {}
    edits = 0
    for done in bent_in_calc(office, source, target, seed):
        edits += 1
        if found := misread(target, made[0]):
            wrong[tuple(done)] = found
    assert (edits, wrong) == (EACH, {})
