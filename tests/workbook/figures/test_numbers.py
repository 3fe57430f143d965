"""Figures as people type them and as Excel keeps them, for every figure and not for a few."""

from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.figures.numbers import (
    NotNumber,
    decimals_of,
    from_excel,
    parse_number,
    plain,
    round_half_up,
    rounded,
    whole,
)
from workbook.rules.causes import swapped_digits

FULL_WIDTH = str.maketrans("0123456789.,-+", "０１２３４５６７８９．，－＋")
FIGURES = st.decimals(-(10**12), 10**12, places=2).map(lambda figure: figure + 0)
ANY = st.decimals(-(10**15), 10**15, allow_nan=False, allow_infinity=False)


@given(FIGURES, st.sampled_from(["", "万元", " 万元"]), st.booleans(), st.booleans())
def test_a_figure_is_read_back_however_it_is_written(
    figure: Decimal, unit: str, commas: bool, wide: bool
) -> None:
    written = f"{figure:,f}" if commas else f"{figure:f}"
    written = written.translate(FULL_WIDTH) if wide else written
    assert parse_number(f" {written}{unit}\u3000", "万元") == figure


@given(st.text(max_size=12))
def test_any_text_is_a_finite_figure_or_none(text: str) -> None:
    read = parse_number(text, "万元")
    assert isinstance(read, NotNumber) or read.is_finite()


@given(FIGURES, st.sampled_from(["元", "亿元", "%", "人"]))
def test_another_unit_is_never_converted(figure: Decimal, unit: str) -> None:
    assert parse_number(f"{figure:f}{unit}", "万元") == NotNumber("unit", unit)


@given(FIGURES)
def test_a_figure_of_fifteen_digits_comes_back_from_a_double_as_it_was(figure: Decimal) -> None:
    assert from_excel(float(figure)) == figure


def test_a_double_is_the_figure_that_excel_shows() -> None:
    noisy = 0.1 + 0.2
    assert [str(from_excel(x)) for x in (71.23999999999999, noisy, 10, 1e21)] == [
        "71.24",
        "0.3",
        "10",
        "1E+21",
    ]


@given(ANY, st.integers(0, 9))
def test_rounding_is_that_of_excel(number: Decimal, decimals: int) -> None:
    """ROUND: half a unit goes away from zero."""
    scale = 10**decimals
    size = Fraction(floor(abs(Fraction(number)) * scale + Fraction(1, 2)), scale)
    assert Fraction(round_half_up(number, decimals)) == (size if number >= 0 else -size)


@given(ANY, st.integers(0, 9))
def test_rounding_gives_the_decimals_that_were_asked_for(number: Decimal, decimals: int) -> None:
    assert round_half_up(number, decimals).as_tuple().exponent == -decimals


@pytest.mark.parametrize(
    ("number", "decimals", "result"),
    [
        ("0.5", 0, "1"),
        ("-0.5", 0, "-1"),
        ("2.675", 2, "2.68"),
        ("1.005", 2, "1.01"),
        ("99.995", 2, "100.00"),
        ("0.0049", 2, "0.00"),
        ("1E+300", 1, "1" + "0" * 300 + ".0"),
        ("1E-300", 1, "0.0"),
        ("0", 2, "0.00"),
    ],
)
def test_the_edges_of_rounding(number: str, decimals: int, result: str) -> None:
    assert f"{round_half_up(Decimal(number), decimals):f}" == result


def test_what_stops_just_short_of_a_half_in_binary_or_in_thirds_is_a_half() -> None:
    short = Decimal("0.00499999999999989")
    third = Decimal(1) / 3 * Decimal("0.015")
    assert (rounded(short, 2), rounded(third, 2)) == (Decimal("0.01"), Decimal("0.01"))
    assert (round_half_up(short, 2), rounded(Decimal("0.00499"), 2)) == (Decimal(0), Decimal(0))


@given(ANY)
def test_a_plain_figure_has_no_powers_of_ten_and_no_superfluous_zeros(number: Decimal) -> None:
    text = plain(number)
    assert "E" not in text
    assert text == "0" or not text.startswith("-0") or "." in text
    assert "." not in text or text[-1] not in ".0"


@given(FIGURES)
def test_decimals_are_counted_without_trailing_zeros(figure: Decimal) -> None:
    count = decimals_of(figure)
    assert figure == round_half_up(figure, count)
    assert count == 0 or figure != round_half_up(figure, count - 1)


@pytest.mark.parametrize(
    ("figure", "swapped"),
    [
        ("195.49", ["915.49", "159.49", "194.59", "195.94"]),
        ("0.03", ["0.30"]),
        ("0.30", ["3.00", "0.03"]),
        ("11", []),
        ("10", ["1"]),
        ("-12", ["-21"]),
    ],
)
def test_neighbouring_digits_are_exchanged_one_pair_at_a_time(
    figure: str, swapped: list[str]
) -> None:
    assert list(swapped_digits(Decimal(figure))) == [Decimal(text) for text in swapped]


@given(FIGURES)
def test_the_whole_number_below_is_the_floor_on_both_sides_of_zero(figure: Decimal) -> None:
    assert whole(figure) == floor(figure)


def test_a_quotient_that_falls_just_short_of_a_whole_number_is_that_number() -> None:
    third = Decimal(1) / 3
    assert [str(whole(x)) for x in (third * 3, third * -3, Decimal("-0.5"), Decimal("-1e-12"))] == [
        "1",
        "-1",
        "-1",
        "0",
    ]
    assert whole((100 - Decimal(19) / 20 * 100) / 5) == 1
