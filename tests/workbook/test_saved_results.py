"""Every workbook that we write carries what its formulas give, as LibreOffice works it out anew."""

from decimal import Decimal

import pytest
from conftest import KINDS
from openpyxl import load_workbook

from workbook.build import as_bytes, build_workbook
from workbook.form import EXAMPLES_SHEET
from workbook.kinds import find_kind, load_kind
from workbook.sample import NOTHING, Sample


def shown(path):
    """What each formula cell shows: by sheet and address, figures to 12 digits."""
    formulas, values = load_workbook(path), load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.coordinate): _plain(values[sheet.title][cell.coordinate].value)
        for sheet in formulas.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def _plain(value):
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(f"{value:.12g}").normalize()
    return value or ""


def spoiled(sample: Sample) -> Sample:
    """The sample with a total that does not tie and a text where a figure belongs."""
    fields = {**sample.fields, "基本支出": 195.94, "公用经费": "约二十"}
    return Sample(fields, sample.tables)


@pytest.mark.parametrize("kind", ["department", "project", "project_sichuan", "language"])
def test_saved_results_are_those_of_a_recalculation(kind, recalculate, tmp_path):
    made = load_kind(KINDS / kind) if kind == "language" else find_kind(kind)
    samples = {"空": NOTHING}
    if kind != "language":  # which has no sample
        samples["填"] = made.sample
    if kind == "department":
        samples["错"] = spoiled(made.sample)
    paths = []
    for name, sample in samples.items():
        paths.append(tmp_path / f"{name}.xlsx")
        paths[-1].write_bytes(as_bytes(build_workbook(made.form, made.rules, sample)))
    for path, again in zip(paths, recalculate(paths), strict=True):
        saved, anew = shown(path), shown(again)
        assert len(saved) > 20
        # Without the extension LibreOffice does not know the functions of this one sheet.
        known = [place for place in saved if place[0] != EXAMPLES_SHEET]
        assert {place: saved[place] for place in known} == {place: anew[place] for place in known}
