"""Last year's figures that stand in a template as they were, and how many of them still do."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import Path
from typing import Final
from zipfile import ZipFile

from docgen.naming.page import Span

KEPT: Final = "去年的数.txt"
_SAYS: Final = "# 模板里照原样留着的去年的数。改掉一处,生成报告时就少说一处;不必说,请删掉本文件。"
# Words by which a figure is found again.
_BEFORE: Final = re.compile(r"[^\d{}%\s，。；、,;]{0,10}$")
_BEHIND: Final = re.compile(r"[^\d{}\s.，。；、,;]?")
_TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_MARKUP: Final = re.compile(r"<[^>]*>")
_SHOWN: Final = 3
_SIGN: Final = "\t"  # between a figure and the same with the words around it


def kept_places(text: str, spans: Sequence[Span], figures: Sequence[str]) -> Iterator[str]:
    """A line for each place of these figures in a paragraph of the template."""
    for span in sorted(spans, key=lambda one: -one.start):
        text = f"{text[: span.start]}{span.tag}{text[span.end :]}"
    tags = [match.span() for match in _TAG.finditer(text)]
    for figure in dict.fromkeys(figures):
        for match in _whole(figure).finditer(text):
            start, end = match.span()
            if not any(first < end and start < last for first, last in tags):
                before, behind = _BEFORE.findall(text[:start]), _BEHIND.findall(text[end:])
                yield f"{figure}{_SIGN}{before[0]}{figure}{behind[0]}"


def _whole(words: str) -> re.Pattern[str]:
    """A pattern of words that begin and end with no part of a longer figure."""
    return re.compile(rf"(?<![\d.]){re.escape(words)}(?![\d.]*\d)")


def kept_text(places: Sequence[str]) -> str:
    """The file of these lines."""
    return "\n".join((_SAYS, *places)) + "\n"


def kept_told(folder: Path, template: Path) -> str:
    """How many figures of last year stand in the template as they were, "" for none."""
    if not (folder / KEPT).exists():
        return ""
    with ZipFile(template) as archive:
        parts = [name for name in archive.namelist() if name.startswith("word/document")]
        markup = "".join(archive.read(part).decode("utf-8", "replace") for part in parts)
    text = unescape(_MARKUP.sub("", markup.replace("</w:p>", "\n")))
    lines = (folder / KEPT).read_text(encoding="utf-8", errors="replace").splitlines()
    told = [line.partition(_SIGN) for line in lines if _SIGN in line]
    figures = [figure for figure, _, around in told if _whole(around).search(text)]
    if not figures:
        return ""
    some = "、".join(dict.fromkeys(figures[:_SHOWN]))
    return f"报告里有 {len(figures)} 处数是去年的原文(如 {some}),请改成今年的;见 {folder / KEPT}。"
