"""The numbers that Word writes by itself before the paragraphs of a list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml.etree import _Element as Element

from docgen.template.word.names import P_PR, W
from workbook.stated.counted import number_of

_CHINESE: Final = frozenset((
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital",
    "taiwaneseCounting", "taiwaneseCountingThousand", "ideographTraditional",
))  # fmt: skip
_UNNUMBERED: Final = frozenset(("bullet", "none"))
_CIRCLED: Final = frozenset(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"))
_DIGITS: Final = "零一二三四五六七八九"
_NUMBER: Final = re.compile(r"(\(?)(\d{1,2}|[一二三四五六七八九十]{1,3})(\)?[、.]?)")
_SIGNS: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_MARK: Final = re.compile(r"%(\d)")
_NUM_PR: Final = f"{W}numPr"
_MOST_LEVELS: Final = 9


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is counted and written."""

    style: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class Lists:
    """The lists of a document, counted on as its paragraphs are read in order."""

    levels: dict[str, dict[int, _Level]]
    styles: dict[str, tuple[str, int]]
    counts: dict[str, list[int | None]] = field(default_factory=dict)

    def label(self, paragraph: Element) -> str:
        """The number before `paragraph`, empty where Word writes none; counts it."""
        return self.label_of(paragraph.find(P_PR))

    def label_of(self, properties: Element | None) -> str:
        """The same by the paragraph's properties, for whoever has them at hand."""
        found = _reference(properties, self.styles) if properties is not None else None
        if found is None or found[0] not in self.levels:
            return ""
        number, depth = found
        levels = self.levels[number]
        counts = self.counts.setdefault(number, [None] * _MOST_LEVELS)
        before = counts[depth]
        counts[depth] = levels.get(depth, _Level()).start if before is None else before + 1
        counts[depth + 1 :] = [None] * (_MOST_LEVELS - depth - 1)
        if levels.get(depth, _Level()).style in _UNNUMBERED:
            return ""

        def written(match: re.Match[str]) -> str:
            at = min(int(match[1]) - 1, depth)
            level = levels.get(at, _Level())
            count = counts[at]
            return _counted(level.start if count is None else count, level.style)

        return _MARK.sub(written, levels.get(depth, _Level()).text)


def read_lists(numbering: Element | None, styles: Element | None) -> Lists:
    """The lists that `numbering.xml` and `styles.xml` define."""
    by_style = dict(_styled(styles)) if styles is not None else {}
    if numbering is None:
        return Lists({}, by_style)
    abstract = {
        item.get(f"{W}abstractNumId", ""): dict(_levels(item))
        for item in numbering.iter(f"{W}abstractNum")
    }
    levels: dict[str, dict[int, _Level]] = {}
    for item in numbering.iter(f"{W}num"):
        base = abstract.get(_value(item, "abstractNumId"), {})
        own = {
            depth: level
            for override in item.iter(f"{W}lvlOverride")
            for depth, level in _levels(override)
        }
        levels[item.get(f"{W}numId", "")] = base | own
    return Lists(levels, by_style)


def _levels(item: Element) -> Iterator[tuple[int, _Level]]:
    for level in item.iter(f"{W}lvl"):
        style, text = _value(level, "numFmt") or "decimal", _value(level, "lvlText")
        yield (
            _number(level.get(f"{W}ilvl", "0")),
            _Level(style, text, _number(_value(level, "start") or "1")),
        )


def _styled(styles: Element) -> Iterator[tuple[str, tuple[str, int]]]:
    for style in styles.iter(f"{W}style"):
        properties = style.find(f"{W}pPr/{W}numPr")
        if properties is not None:
            depth = min(_number(_value(properties, "ilvl") or "0"), _MOST_LEVELS - 1)
            yield style.get(f"{W}styleId", ""), (_value(properties, "numId"), depth)


def _reference(properties: Element, styles: dict[str, tuple[str, int]]) -> tuple[str, int] | None:
    """The list and the level of a paragraph, its own or its style's."""
    own = properties.find(_NUM_PR)
    if own is None:
        return styles.get(_value(properties, "pStyle")) if styles else None
    return _value(own, "numId"), min(_number(_value(own, "ilvl") or "0"), _MOST_LEVELS - 1)


def _value(element: Element, name: str) -> str:
    child = element.find(f"{W}{name}")
    return "" if child is None else child.get(f"{W}val", "")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _counted(count: int, style: str) -> str:
    if style in _CHINESE:
        return chinese(count)
    if style in _CIRCLED and 1 <= count <= 20:
        return chr(ord("①") + count - 1)
    return str(count)


def chinese(count: int) -> str:
    """`count` as Chinese people number headings: 一, 十, 十二, 二十; digits from 100 on."""
    if not 0 < count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def following(number: str) -> str:
    """The number behind this one in a list, as they are compared: (三) of (二), empty for none."""
    if number and number in _SIGNS[:-1]:
        return _SIGNS[_SIGNS.index(number) + 1]
    match = _NUMBER.fullmatch(number)
    count = number_of(match[2]) if match else None
    if match is None or not count:
        return ""
    return f"{match[1]}{count + 1 if match[2].isdecimal() else chinese(count + 1)}{match[3]}"
