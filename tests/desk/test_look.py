"""The look of all desks: what is written can be read (WCAG 2.1, 1.4.3: at least 4.5 to 1)."""

import re

import pytest

from gouji.desk.serving import PAGES

COLOURS = dict(re.findall(r"--([\w-]+): (#\w{6});", (PAGES / "look.css").read_text("utf-8")))
ON_GROUNDS = [
    *((text, ground) for text in ("ink", "faint", "own") for ground in ("paper", "ground")),
    *((name, f"{name}-pale") for name in ("error", "warning", "hint", "good", "own")),
    *(("paper", ground) for ground in ("own", "own-dark")),
    ("ink", "own-pale"),
    ("own-dark", "own-pale"),
    ("good", "paper"),
    ("error", "paper"),
]


def luminance(colour):
    """WCAG 2.1, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("text", "ground"), ON_GROUNDS)
def test_text_stands_out_from_its_ground(text, ground):
    low, high = sorted((luminance(COLOURS[text]), luminance(COLOURS[ground])))
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_the_pages_ask_for_nothing_from_outside():
    for path in PAGES.rglob("*.*"):
        text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http" not in text and "//" not in re.sub(r"(?m)^\s*//.*|; // .*|: //.*", "", text)
