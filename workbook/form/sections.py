"""The sections of a report's official outline, as a form lists them."""

from typing import Literal

from msgspec import Struct

Level = Literal["一级", "二级", "三级", "段首", "段落", "整页"]
LEVELS: tuple[Level, ...] = ("一级", "二级", "三级", "段首", "段落")  # what a clerk may add
HEADINGS: tuple[Level, ...] = LEVELS[:3]  # those under which others stand, the highest first
PAGE: Level = "整页"


class Section(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One section of a report's official outline.

    `level` is that of its heading; a 段首 is the first words of a paragraph, a 段落 has no heading,
    a 整页 is a page of its own before the report's title: 封面, 目录.
    `heading` are its words, in which figures may be quoted. `text` is the field whose lines it
    prints, `empty` what it prints where nothing was written. What it `asks`, and its text, is
    required only while the section is in the report. `written` is one that the clerk writes in
    the outline itself. `numbered` says how many paragraphs 1. 2. 3. the template prints in it, or
    the table of which it numbers the rows: the clerk's own go on behind them. `on` says whether
    it is in the report unless the clerk says otherwise; `required` that a report without it is
    asked about.

        [[section]]
        key = "存在的问题"
        level = "一级"
        heading = "存在的问题及原因分析"
        text = "存在的问题"
    """

    key: str
    level: Level
    heading: str = ""
    text: str = ""
    empty: str = ""
    asks: tuple[str, ...] = ()
    written: bool = False
    numbered: int | str = 0
    on: bool = True
    required: bool = False

    @property
    def name(self) -> str:
        """What the sheet 提纲 calls it: its heading, else its key, in brackets if it has none."""
        return self.heading or (f"（{self.key}）" if self.level in ("段落", PAGE) else self.key)

    @property
    def is_titled(self) -> bool:
        """Whether it has a heading: any but a 段落, and of the pages those with words for one."""
        return bool(self.heading) if self.level == PAGE else self.level != "段落"

    @property
    def asked(self) -> tuple[str, ...]:
        """The fields and tables that are asked for its sake."""
        return (*self.asks, self.text) if self.text else self.asks
