"""What is wrong with a template: a place, the tag, the trouble and what to write instead."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from docgen.template.model.fault_texts import FAULT_TEXTS

PART_NAMES = {
    "document": ("正文", "body"),
    "header": ("页眉", "header"),
    "footer": ("页脚", "footer"),
    "footnotes": ("脚注", "footnotes"),
    "endnotes": ("尾注", "endnotes"),
    "core": ("文档属性", "document properties"),
}
STEP_NAMES = {
    "paragraph": ("段落 {}", "paragraph {}"),
    "cell": ("表格 {} 行 {} 列 {}", "table {} row {} column {}"),
    "box": ("文本框 {}", "text box {}"),
    "note": ("第 {} 条", "note {}"),
    "property": ("{}", "{}"),
}

Step = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Location:
    """Where in a Word file something stands: the part's name in the zip and steps down into it."""

    file: str = ""
    steps: tuple[Step, ...] = ()

    def part(self, language: int = 0) -> str:
        """The part as the reader of the document calls it."""
        stem = self.file.rpartition("/")[2].removesuffix(".xml")
        name = PART_NAMES.get(stem.rstrip("0123456789"))
        return name[language] if name else self.file

    def within(self, language: int = 0) -> str:
        """The paragraph or the table's row and column, from outside to inside."""
        return " › ".join(
            STEP_NAMES[str(name)][language].format(*numbers) for name, *numbers in self.steps
        )


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """One thing that the template's author must mend, in Chinese and in English."""

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
        head = " ".join(filter(None, (self.part, self.place, self.tag)))
        return f"{head}:{self.problem}。{self.advice}。"

    def english(self) -> str:
        """The whole message on one line, in English."""
        head = " ".join(filter(None, (self.where.part(1), self.where.within(1), self.tag)))
        return f"{head}: {self.problem_en}. {self.advice_en}."

    def __str__(self) -> str:
        return self.chinese()

    def _text(self, index: int) -> str:
        return FAULT_TEXTS[self.code][index].format(**self.details)


class TemplateError(Exception):
    """A template that cannot be compiled or rendered; `faults` holds every fault found."""

    def __init__(self, faults: Iterable[TemplateFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(fault.chinese() for fault in self.faults))
