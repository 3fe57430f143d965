"""What a document states about a figure: one type for sentences and for cells."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


class Basis(Enum):
    """Which figure of an item is stated; NONE where the words do not say."""

    NONE = ""
    INITIAL = "年初预算"
    ADDED = "预算追加"
    FULL = "全年预算"
    BUDGET = "预算"
    OUTTURN = "决算"


class Relation(Enum):
    """How a figure stands to another; the other's name is `Quantity.of`."""

    PLAIN = ""
    TOTAL = "total of"
    PART = "part of"
    CHANGE = "change against"
    RATE = "rate of"
    SHARE = "share of"
    COUNT = "count of a list"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its whole name.

    `name` is what the words say without year, basis and the clerk's fillers, empty where they name
    nothing: then it is of `subject`, the item that was spoken of before, or of the whole unit
    where that is empty; 前文 is an item that nobody can tell.
    `prefix` is the body that is named before the name. `year` is four digits, `上年`, or empty.
    `start` and `end` are where the figure stands in the text that was read, blanks not counted.

        `其中:人员经费支出171.70万元` is Quantity(name="人员经费支出", figure=Decimal("171.70"),
        unit="万元", decimals=2, relation=Relation.PART, of="基本支出", …)
    """

    name: str
    figure: Decimal
    unit: str
    decimals: int
    start: int
    end: int
    sentence: str
    prefix: str = ""
    subject: str = ""
    year: str = ""
    basis: Basis = Basis.NONE
    sign: str = ""
    relation: Relation = Relation.PLAIN
    of: str = ""
    is_exact: bool = True
    place: str = ""
