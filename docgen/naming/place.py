"""Where a figure stands in a report: what is said before and behind it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from docgen.naming.cells import in_one_word
from docgen.naming.model import Printed, Ways
from docgen.naming.page import Paragraph
from workbook.viewing.words import bare_words

FAR: Final = 60  # letters before a figure in which its name is looked for
LEAST_HEAD: Final = 2  # letters with which a head begins
CLAUSE: Final = re.compile(r"[。;；!！?？]")
PART: Final = re.compile(r"[，、；：:,;]")
_OF: Final = "的"  # 具有高级职称的69人
EACH: Final = "(?:分别|依次|各自?为)"  # before figures that are those of names before it, in order
_SEVERAL: Final = re.compile(rf"(?P<names>[^，,；;。：:]*){EACH}(?P<figures>[^；;。]*)$")
_AND: Final = re.compile(r"[、和及与]")
_FUNDS: Final = "资金"
_LONG: Final = 3  # letters of a name that is known without them
NUMBER: Final = re.compile(r"\d[\d,.]*")
OTHERS: Final = "□"


class Told(NamedTuple):
    """A figure that was found to be a cell's, where it ends, and whether its row alone was said."""

    way: Printed
    end: int
    is_named: bool


@dataclass(frozen=True)
class Place:
    """Where a figure stands: what is said before and behind it, and all that has a name.

    Of 195.49 in 其中:基本支出195.49万元。 `before` is 其中:基本支出 and `after` 万元。
    """

    paragraph: Paragraph
    before: str
    after: str
    ways: Ways
    told: Sequence[Told] = ()  # the figures before it in the same paragraph

    @property
    def last(self) -> Printed | None:
        """The figure before it."""
        return self.told[-1].way if self.told else None

    @cached_property
    def clause(self) -> str:
        """The words of its sentence before it."""
        return bare_words(CLAUSE.split(self.before)[-1][-FAR:])

    @cached_property
    def said(self) -> str:
        """The words of its sentence before it, behind what the paragraph is about."""
        said = f"{self.clause.removesuffix(_OF)}{self.several}"
        topic = bare_words(self.paragraph.topic)
        said = in_one_word(said if topic in said else f"{topic}{said}")
        bare = said.removesuffix(_FUNDS)  # 专项补助资金 of 专项补助
        is_name = any(bare.endswith(one) for one in self.ways.names if len(one) > _LONG)
        return bare if is_name and not said.endswith((*self.ways.names,)) else said

    @cached_property
    def several(self) -> str:
        """The name of one figure of several: 三年级 of 7人 in 一、二、三年级分别为5人、6人、7人."""
        told = _SEVERAL.search(CLAUSE.split(self.before)[-1])
        names = _AND.split(told["names"]) if told else []
        number = len(NUMBER.findall(told["figures"])) if told else 0
        if len(names) < LEAST_HEAD or number >= len(names):
            return ""
        own, last = names[number], names[-1]
        return own + (last[len(own) :] if len(own) < len(last) else "")

    @cached_property
    def names(self) -> list[str]:
        """The names of cells that are said in it."""
        return [one for one in self.ways.names if one in self.said]

    @cached_property
    def rows(self) -> list[str]:
        """The words of tables' rows that are said in its last part."""
        part = PART.split(self.clause)[-1]
        for one in sorted(self.names, key=len, reverse=True):  # 一般公共预算 is part of one
            part = part.replace(one, OTHERS) if one not in self.ways.rows else part
        return [one for one in self.ways.rows if one in part]
