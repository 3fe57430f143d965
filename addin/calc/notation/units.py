"""Lengths and colours, between Excel's units and LibreOffice's."""

from collections.abc import Sequence
from typing import Final

HMM_PER_POINT: Final = 2540 / 72
PIXELS_PER_POINT: Final = 96 / 72
# A column's width in characters, by the 7-pixel digits of Excel's standard font and a 5-pixel gap.
DIGIT_PIXELS: Final = 7
GAP_PIXELS: Final = 5

Colour = tuple[int, int, int]


def to_points(hmm: float) -> float:
    """Hundredths of a millimetre as points, to the quarter point on which Excel sets its rows."""
    return round(hmm / HMM_PER_POINT * 4) / 4


def to_hmm(points: float) -> int:
    """Points as hundredths of a millimetre."""
    return round(points * HMM_PER_POINT)


def to_characters(hmm: float) -> float:
    """A column's width in characters."""
    pixels = round(hmm / HMM_PER_POINT * PIXELS_PER_POINT)
    if pixels <= DIGIT_PIXELS + GAP_PIXELS:
        return round(pixels / (DIGIT_PIXELS + GAP_PIXELS), 2)
    return round((pixels - GAP_PIXELS) / DIGIT_PIXELS, 2)


def from_characters(characters: float) -> int:
    """A column's width in hundredths of a millimetre."""
    if characters < 1:
        pixels = characters * (DIGIT_PIXELS + GAP_PIXELS)
    else:
        pixels = characters * DIGIT_PIXELS + GAP_PIXELS
    return to_hmm(pixels / PIXELS_PER_POINT)


def to_rgb(number: int) -> Colour:
    """LibreOffice's 0xRRGGBB as red, green, blue."""
    return number >> 16 & 255, number >> 8 & 255, number & 255


def from_rgb(colour: Sequence[int] | int | str) -> int:
    """A colour as LibreOffice's 0xRRGGBB, from a triple, `#rrggbb` or Excel's number 0xBBGGRR."""
    if isinstance(colour, str):
        return int(colour.removeprefix("#"), 16)
    if isinstance(colour, int):
        blue, green, red = to_rgb(colour)
        return from_rgb((red, green, blue))
    red, green, blue = colour
    return red << 16 | green << 8 | blue
