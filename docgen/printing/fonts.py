"""The fonts that a document is written in, held against those of this computer."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any, Final

from lxml.etree import _Element as Element

from docgen.official.cascade import Cascade, read_cascade
from docgen.official.paragraphs import HAN
from docgen.official.parts import read_parts
from docgen.template.word.names import P, R, T
from docgen.template.word.package import Package

_HAN: Final = re.compile(f"[{HAN}]")
_WESTERN: Final = re.compile("[0-9A-Za-z]")


def missing_fonts(package: Package) -> tuple[str, ...]:
    """Those that this computer has not, in the order of the text; none where it cannot be asked."""
    parts = read_parts(package)
    cascade = read_cascade(parts)
    trees = (parts.main, *parts.footers.values())
    named = dict.fromkeys(font for tree in trees for font in _fonts(tree, cascade))
    return tuple(_lacking(named))


def _fonts(tree: Element, cascade: Cascade) -> Iterator[str]:
    """The font of each run's Chinese and of its other letters, where there are any."""
    for paragraph in tree.iter(P):
        for run in paragraph.iter(R):
            text = "".join(one.text or "" for one in run.iter(T))
            letters = cascade.letters(run, paragraph) if text.strip() else None
            if letters is None or letters.is_hidden:
                continue
            if letters.eastern and _HAN.search(text):
                yield letters.eastern
            if letters.western and _WESTERN.search(text):
                yield letters.western


def _lacking(fonts: Iterable[str]) -> Iterator[str]:
    if sys.platform == "win32":
        gui = import_module("win32gui")  # xlwings brings it
        yield from (font for font in fonts if not _is_on_windows(gui, font))
    elif shutil.which("fc-list"):
        command = ["fc-list", "--format", "%{family},"]
        told = subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - no shell
        had = {name.strip().lower() for name in told.stdout.decode(errors="replace").split(",")}
        yield from (font for font in fonts if font.strip().lower() not in had)


def _is_on_windows(gui: Any, font: str) -> bool:
    """Whether Windows knows a font of that name, in whatever language it is said."""
    found: list[object] = []

    def note(*one: object) -> int:
        found.append(one)
        return 1  # and go on

    screen = gui.GetDC(0)
    try:
        gui.EnumFontFamilies(screen, font, note, None)
    finally:
        gui.ReleaseDC(0, screen)
    return bool(found)
