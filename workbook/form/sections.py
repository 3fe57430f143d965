"""The sections of a report's official outline, as a form lists them."""

from typing import Literal

from msgspec import Struct

Level = Literal["一级", "二级", "三级", "段首", "段落"]
LEVELS: tuple[Level, ...] = ("一级", "二级", "三级", "段首", "段落")
HEADINGS: tuple[Level, ...] = LEVELS[:3]  # those under which others stand, the highest first


class Section(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One section of a report's official outline.

    `level` is that of its heading; a 段首 is the first words of a paragraph, a 段落 has no heading.
    `heading` are its words, in which figures may be quoted. `text` is the field whose lines it
    prints, `empty` what it prints where nothing was written. What it `asks`, and its text, is
    required only while the section is in the report. `written` is one that the clerk writes in
    the outline itself. `on` says whether it is in the report unless the clerk says otherwise;
    `required` that a report without it is asked about.

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
    on: bool = True
    required: bool = False

    @property
    def name(self) -> str:
        """What the sheet 提纲 calls it: its heading, else its key, in brackets for a 段落."""
        return self.heading or (self.key if self.level != "段落" else f"（{self.key}）")

    @property
    def asked(self) -> tuple[str, ...]:
        """The fields and tables that are asked for its sake."""
        return (*self.asks, self.text) if self.text else self.asks
