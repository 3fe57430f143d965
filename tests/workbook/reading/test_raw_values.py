"""What the text of a cell and the reference of a name are read as."""

import pytest

from workbook.reading.named_columns import area_named
from workbook.reading.results import Result, result_of
from workbook.xlsx.addresses import Corners
from workbook.xlsx.sheet import FileCell


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12", 12),
        ("-12", -12),
        ("-900719925474099312345", -900719925474099312345),  # more digits than a double has
        ("900719925474099312345", 900719925474099312345),
        ("-1.5", -1.5),
    ],
)
def test_a_whole_number_is_read_to_its_last_digit(written, number):
    found = result_of(FileCell("n", written, 0), None)
    assert (found, type(found.value)) == (Result(number), type(number))


@pytest.mark.parametrize(
    ("reference", "area"),
    [
        ("='收 支'!$B$3:$D$9", ("收 支", Corners(left=2, top=3, right=4, bottom=9))),
        ("收支!$B$3", ("收支", Corners(left=2, top=3, right=2, bottom=3))),
        ("'it''s'!B3", ("it's", Corners(left=2, top=3, right=2, bottom=3))),
        ("收支", None),
    ],
)
def test_a_reference_leads_to_a_sheet_quoted_or_not(reference, area):
    assert area_named(reference) == area
