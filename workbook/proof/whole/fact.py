"""A figure with its whole name, and where it stands."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from workbook.proof.arithmetic import Term
from workbook.proof.model import Place
from workbook.proof.whole.lone import SCOPES
from workbook.stated.clauses import FACTORS
from workbook.stated.model import Basis
from workbook.stated.words import BEFORE

SHORT: Final = 3  # letters of a name that says too little
GRANDS: Final = frozenset(("收入合计", "支出合计", "合计", "总计", "小计"))
YEARS: Final = re.compile(r"20\d\d(?=年(?!\d{1,2}月))")


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with its whole name, and where it stands. `is_vague` where no kind was stated.

    An inexact one was stated as about so much. `is_lone` says that a unit has one such figure a
    year, and that the words name it in full.

    Of 2023年基本支出决算195.49万元: name 基本支出, year 2023, basis 决算, value 195.49, unit 万元.
    """

    name: str
    year: str
    basis: Basis
    is_vague: bool
    term: Term
    unit: str
    place: Place
    text: str
    scope: str = ""  # the funds that are spoken of, empty for all of them
    is_lone: bool = False
    is_exact: bool = True
    body: str = ""  # the one of several that is spoken of, empty for the unit itself

    @property
    def kind(self) -> str:
        """The unit, one for all amounts of money."""
        return "元" if self.unit in FACTORS else "人" if self.unit == "名" else self.unit


def scope_of(words: str) -> str:
    """The funds that words speak of last."""
    found = SCOPES.findall(words)
    return found[-1] if found else ""


def year_of_figure(stated: str, year: str) -> str:
    """The year of a figure: what is stated, the one before the document's, or the document's."""
    if stated == BEFORE:
        return str(int(year) - 1) if year else BEFORE
    return stated or year


Facts: TypeAlias = dict[tuple[str, str], list[Fact]]
BUDGETS: Final = (Basis.BUDGET, Basis.INITIAL, Basis.FULL)


def facts_by_name(facts: Sequence[Fact]) -> Facts:
    """The figures by name and year."""
    by_name: Facts = defaultdict(list)
    for fact in facts:
        by_name[fact.name, fact.year].append(fact)
    return by_name
