"""What is wrong with a template: a place, the tag, the trouble and what to write instead."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, NamedTuple

from docgen.template.model.fault_texts import FAULT_TEXTS

PART_NAMES = {
    "document": ("正文", "body"),
    "header": ("页眉", "header"),
    "footer": ("页脚", "footer"),
    "footnotes": ("脚注", "footnotes"),
    "endnotes": ("尾注", "endnotes"),
    "core": ("文档属性", "document properties"),
    "app": ("文档属性", "document properties"),
    "custom": ("自定义属性", "custom properties"),
    "settings": ("文档设置", "document settings"),
    "comments": ("批注", "comments"),
    "styles": ("样式", "styles"),
    "numbering": ("编号", "numbering"),
    "glossary/document": ("构建基块", "building blocks"),
    "charts/chart": ("图表", "chart"),
    "diagrams/data": ("SmartArt 图形", "SmartArt"),
    "diagrams/drawing": ("SmartArt 图形", "SmartArt"),
}
LONGEST_QUOTE = 300
EMBEDDED = ("嵌入的文件", "embedded file")


class Unit(Enum):
    """What a step into a document leads to, as its reader calls it."""

    PARAGRAPH = ("段落 {}", "paragraph {}")
    CELL = ("表格 {} 行 {} 列 {}", "table {} row {} column {}")
    BOX = ("文本框 {}", "text box {}")
    NOTE = ("第 {} 条", "note {}")
    PROPERTY = ("{0}", "{1}")  # its Chinese and its English name


class Step(NamedTuple):
    """One step down into a part: `Step(Unit.CELL, (1, 2, 3))` is table 1, row 2, column 3."""

    unit: Unit
    numbers: tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Location:
    """Where in a Word file something stands: the part's name in the zip and steps down into it.

    `Location("word/document.xml", (Step(Unit.CELL, (1, 2, 3)), Step(Unit.PARAGRAPH, (2,))))` reads
    正文 表格 1 行 2 列 3 › 段落 2.
    """

    file: str = ""
    steps: tuple[Step, ...] = ()

    def part(self, language: str = "zh") -> str:
        """The part as the reader of the document calls it, in a language, `zh` or `en`."""
        index = int(language == "en")
        path = self.file.removesuffix(".xml").rstrip("0123456789")
        folder, _, stem = path.rpartition("/")
        inner = f"{folder.rpartition('/')[2]}/{stem}"
        name = PART_NAMES.get(inner) or PART_NAMES.get(stem)
        if name is None and not self.file.endswith(".xml") and folder:
            return f"{EMBEDDED[index]} {self.file}"
        return name[index] if name else self.file

    def within(self, language: str = "zh") -> str:
        """The paragraph or the table's row and column, from outside to inside: paragraph 4."""
        index = int(language == "en")
        return " › ".join(step.unit.value[index].format(*step.numbers) for step in self.steps)

    def around(self) -> "Location":
        """The paragraph in which it stands, where it is a string such as a picture's words."""
        is_string = bool(self.steps) and self.steps[-1].unit is Unit.PROPERTY
        return Location(self.file, self.steps[:-1]) if is_string else self

    def right(self, columns: int) -> "Location":
        """The cell so many to the right of the one in which it stands; itself outside tables."""
        for number, (unit, numbers) in enumerate(self.steps):
            if unit is Unit.CELL and columns:
                table, row, column = (int(one) for one in numbers)
                there = Step(Unit.CELL, (table, row, column + columns))
                return Location(self.file, (*self.steps[:number], there))
        return self

    def cell(self) -> tuple[int, int, int] | None:
        """The numbers of the outermost table, its row and column; None outside tables."""
        for unit, numbers in self.steps:
            if unit is Unit.CELL:
                table, row, column = (int(number) for number in numbers)
                return table, row, column
        return None


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """One thing that the template's author must mend, in Chinese and in English.

    `TemplateFault("unclosed-tag", where, "{{ 户数", {"closer": "}}"})`; the code and the details
    choose and fill the texts of `fault_texts`.
    """

    code: str
    where: Location
    tag: str = ""
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def part(self) -> str:
        """The part, in Chinese."""
        return self.where.part()

    @property
    def place(self) -> str:
        """The paragraph or table cell, in Chinese."""
        return self.where.within()

    @property
    def problem(self) -> str:
        """What is wrong, in Chinese."""
        return self._text(0)

    @property
    def advice(self) -> str:
        """What to write instead, in Chinese."""
        return self._text(1)

    @property
    def problem_en(self) -> str:
        """What is wrong, in English."""
        return self._text(2)

    @property
    def advice_en(self) -> str:
        """What to write instead, in English."""
        return self._text(3)

    def chinese(self) -> str:
        """The whole message on one line, in Chinese."""
        head = " ".join(filter(None, (self.part, self.place, _short(self.tag))))
        return f"{head}:{self.problem}。{self.advice}。"

    def english(self) -> str:
        """The whole message on one line, in English."""
        place = self.where.part("en"), self.where.within("en"), _short(self.tag)
        head = " ".join(filter(None, place))
        return f"{head}: {self.problem_en}. {self.advice_en}."

    def __str__(self) -> str:
        return self.chinese()

    def said(self, language: str) -> str:
        """The whole message on one line in a language, `zh` or `en`."""
        return self.english() if language == "en" else self.chinese()

    def _text(self, index: int) -> str:
        said = {
            name: _short(value) if isinstance(value, str) else value
            for name, value in self.details.items()
        }
        return FAULT_TEXTS[self.code][index].format(**said)


def _short(text: str) -> str:
    """A text as a message quotes it, which nobody reads when it fills a page."""
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"


class TemplateError(Exception):
    """A template that cannot be compiled or rendered; `faults` holds every fault found."""

    def __init__(self, faults: Iterable[TemplateFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(fault.chinese() for fault in self.faults))
