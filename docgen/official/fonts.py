"""Fonts: which one a theme stands for, and which names are the norm's four.

A font has several names: 仿宋_GB2312 is 仿宋 on a newer Windows and FangSong in an English Word.
"""

from dataclasses import dataclass
from typing import Final

from lxml.etree import _Element as Element

from docgen.official.parts import Parts, number
from docgen.template.word.names import DRAWING, W

_A: Final = f"{{{DRAWING}}}"
_SCRIPTS: Final = {"ja": "Jpan", "ko": "Hang", "zh-tw": "Hant", "zh-hk": "Hant", "zh-mo": "Hant"}

TITLE, BODY, FIRST, SECOND, NUMBER = "小标宋体", "仿宋体", "黑体", "楷体", "宋体"
# What a name of the font holds, in small letters without blanks, and what it must not hold.
_FAMILIES: Final = {
    TITLE: (("小标宋", "xiaobiaosong", "fzxbs"), ()),
    BODY: (("仿宋", "fangsong", "simfang", "fzfs"), ()),
    FIRST: (("黑体", "simhei", "heiti", "fzhei", "fzht"), ()),
    SECOND: (("楷体", "楷书", "kaiti", "simkai", "fzkt", "fzkai"), ()),
    NUMBER: (("宋体", "simsun", "新宋", "stsong", "fzsong", "书宋"), ("仿宋", "标宋")),
}


def is_of(font: str, family: str) -> bool:
    """Whether a font of that name is one of the family: 仿宋_GB2312 is 仿宋体."""
    name = font.lower().replace(" ", "").lstrip("@")
    words, others = _FAMILIES[family]
    return any(word in name for word in words) and not any(word in name for word in others)


@dataclass(frozen=True, slots=True)
class ThemeFonts:
    """The fonts behind names such as minorEastAsia."""

    fonts: dict[str, str]

    def named(self, name: str | None) -> str | None:
        """The font of that name; "" where the theme has none, None where no name is asked."""
        return None if name is None else self.fonts.get(name.lower(), "")


def read_theme(parts: Parts) -> ThemeFonts:
    """The theme's fonts in the language that the settings name, Chinese where they name none."""
    language = parts.setting("themeFontLang")
    east = (language.get(f"{W}eastAsia") or "" if language is not None else "").lower()
    script = _SCRIPTS.get(east) or _SCRIPTS.get(east.partition("-")[0], "Hans")
    fonts: dict[str, str] = {}
    for size in ("major", "minor") if parts.theme is not None else ():
        scheme = next(parts.theme.iter(f"{_A}{size}Font"), None)  # type: ignore[union-attr]
        if scheme is None:
            continue
        latin, eastern = _face(scheme, "latin"), _face(scheme, "ea") or _of_script(scheme, script)
        fonts |= {
            f"{size}ascii": latin,
            f"{size}hansi": latin,
            f"{size}eastasia": eastern,
            f"{size}bidi": _face(scheme, "cs"),
        }
    return ThemeFonts(fonts)


def _face(scheme: Element, name: str) -> str:
    found = scheme.find(f"{_A}{name}")
    return "" if found is None else found.get("typeface", "")


def _of_script(scheme: Element, script: str) -> str:
    found = (one for one in scheme.iter(f"{_A}font") if one.get("script") == script)
    return next((one.get("typeface", "") for one in found), "")


SIZE_NAMES: Final = {
    42: "初号", 36: "小初", 26: "一号", 24: "小一", 22: "2号", 18: "小二", 16: "3号", 15: "小三",
    14: "4号", 12: "小四", 10.5: "5号", 9: "小五",
}  # fmt: skip


def size_name(points: float) -> str:
    """A size as a clerk calls it: 3号(16 磅), 17 磅."""
    name = SIZE_NAMES.get(points)
    return f"{name}({points:g} 磅)" if name else f"{points:g} 磅"


def half_points(text: str | None) -> float | None:
    """A size in half-points, as Word writes it, in points."""
    value = number(text)
    return None if value is None else (value / 20 if text and text.endswith("pt") else value / 2)
