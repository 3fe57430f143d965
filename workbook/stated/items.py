"""Items of a list in running text, each with its name and the amounts that are said of it.

    防汛经费预算15万元,实际使用14.2万元;环卫经费19万元(上年18万元),增长5.6%。

are two items: 防汛经费 with a budget and an outturn, 环卫经费 with an amount of this year and one
of the year before. Where one name of a text is none, or two amounts may be meant, nothing is read.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final, NamedTuple

from workbook.stated.clauses import Said, Sentence, Way, read_sentences
from workbook.stated.folded import NUMBERING, numbering
from workbook.stated.item_names import Kept, is_gain, is_generic, is_item, is_sum, parted
from workbook.stated.model import Basis
from workbook.stated.units import MONEY
from workbook.stated.words import general, named

_BETWEEN: Final = re.compile(r"[,:;]|(?<!\d)、")  # 2、 is a number
_LIST: Final = re.compile(r"[^\d,:;、]、")
_NEXT: Final = re.compile(rf"[,;:](?:{NUMBERING})(?P<name>[^,;:、。]+)。$")
_WHOLE: Final = re.compile(r"\([^()]*\)")
_POINTS: Final = ("该", "此", "本项目")  # to the name in the sentence before
_NOT_BUDGETED: Final = re.compile(
    r"(?P<name>.*?)年初(?:部门)?(?:预算)?"
    r"(?:(?:未|没有|无)(?:作|做|予)?(?:安排|批复|下达|列入)?(?:预算|资金)?|(?:预算|安排)?(?:数|金额)?(?:为|是)零)"
)
_ALL_YEAR: Final = frozenset(("全年", "全年共", "全年合计", "调整后", "调整为", "调整到"))
_LEFT: Final = re.compile(r"尚?未|待|用于")  # behind an amount that was not spent, or on what


class Amount(NamedTuple):
    """An amount, and where it begins in the text."""

    said: Said
    start: int

    @property
    def end(self) -> int:
        """Where the digits and the unit end."""
        return self.start + self.said.end - self.said.start


@dataclass(slots=True)
class Item:
    """A name, where it begins in the folded text, and what is said of it."""

    name: str
    start: int
    amounts: dict[Kept, Amount] = field(default_factory=dict)


class _Clause(NamedTuple):
    words: str
    start: int


class _UnclearError(Exception):
    """A text of which nobody can tell what its amounts are of."""


def read_items(text: str, is_other: Callable[[str], bool]) -> list[Item] | None:
    """The items of a folded paragraph, None where one of its amounts is not plain.

    `is_other` says of a name that it is no item's: 项目支出 is that of all together.
    """
    reader = _Reader(is_other)
    try:
        for sentence in read_sentences(text):
            reader.begin()
            reader.head_by(sentence)
            for said in sentence.figures:
                reader.take(said, sentence)
            reader.go_on_by(sentence)
        return reader.read()
    except _UnclearError:
        return None


@dataclass(slots=True)
class _Reader:
    """What was read so far: the item that is spoken of, or that all of them together are.

    Behind 防汛经费年初预算20万元,实际支出18万元 the item is 防汛经费, with both amounts.
    """

    is_other: Callable[[str], bool]
    items: list[Item] = field(default_factory=list)
    item: Item | None = None
    head: _Clause | None = None  # a name in a sentence of its own, of which the next ones speak
    year: str = ""
    is_part: bool = False  # what follows 其中 is a part of the item
    is_all: bool = False
    is_summed: bool = False
    is_begun: bool = False
    glued: int = -1  # where the figure before ends: 补贴 behind 两项 is a piece of a name

    def begin(self) -> None:
        """Begin a sentence, or what stands behind a ;."""
        self.item, self.year, self.is_part, self.is_all = None, "", False, False

    def head_by(self, sentence: Sentence) -> None:
        """Keep the name that a paragraph or a number of it begins with: `1.防汛经费。`."""
        number = numbering(sentence.text)
        words = sentence.text[len(number) :].rstrip("。")
        if (number or not self.is_begun) and not sentence.figures and is_item(words):
            self.head = _Clause(words, sentence.start + len(number))
        self.is_begun = True

    def go_on_by(self, sentence: Sentence) -> None:
        """Keep the name that ends a sentence as the next of a list: `…使用9万元;2.环卫经费。`."""
        end = sentence.figures[-1].end if sentence.figures else 0
        match = _NEXT.search(sentence.text, end)
        if match and is_item(match["name"]):
            self.head = _Clause(match["name"], sentence.start + match.start("name"))

    def read(self) -> list[Item]:
        """The items, none where no amount is kept of any."""
        if not all(is_item(item.name) for item in self.items):
            raise _UnclearError
        return self.items if any(item.amounts for item in self.items) else []

    def take(self, said: Said, sentence: Sentence) -> None:
        """Take the next figure with the words before it."""
        first = sentence.start + said.start - len(said.gap)
        place = sentence.start + said.start
        self.glued = first if first > sentence.start else -1
        if _LEFT.match(said.after):
            raise _UnclearError
        if not said.depth:
            closed = _closed(said.gap)
            self._plain(said, _clauses(said.gap[closed:], first + closed), place)
            return
        opened = said.gap.rfind("(")
        before = _clauses(said.gap[: max(opened, 0)], first)
        if opened > 0 and before[-1].words:
            self._name(before)
        self._aside(said, _clauses(said.gap[opened + 1 :], first)[-1], place)

    def _aside(self, said: Said, clause: _Clause, place: int) -> None:
        """Take a figure in brackets: of the item, where it says which of its amounts it is."""
        name, kept = parted(clause.words)
        is_own = said.unit in MONEY and said.way is Way.VALUE and not name
        if is_own and kept not in (None, Kept(Basis.NONE)) and not self.is_part:
            self._keep(kept, Amount(said, place))

    def _plain(self, said: Said, clauses: Sequence[_Clause], place: int) -> None:
        last = clauses[-1]
        self._move(clauses)
        if self.is_part:
            return
        if said.way is not Way.VALUE:
            if said.way is Way.AMOUNT and parted(_before_change(last.words))[0]:
                self.item = None
            return
        if said.unit not in MONEY:
            self.is_all = self.is_all or self._is_all(parted(last.words)[0])
            self.item = None
            return
        own = parted(last.words).name  # 项目支出为:防汛项目9万元
        is_listed = said.gap.endswith(f":{last.words}") and own and not self._is_all(own)
        before = [parted(one.words).name for one in clauses[:-1] if one.words != ";"]
        if not is_listed and any(
            name and self._is_all(name) for name in before
        ):  # 三公经费2021年、2022年
            self.item, self.is_all = None, True
            return
        if _LIST.search(_WHOLE.sub("", said.gap[_closed(said.gap) :])):  # 水费、电费40万元
            raise _UnclearError
        clauses, nothing = _without_nothing(clauses)
        kept = self._name(clauses)
        if self.item is None and not self.is_all and self.head is not None:
            self._open(self.head.words, self.head)
        if self.item is None and not self.is_all:
            raise _UnclearError
        if nothing is not None:  # 年初未安排,全年9万元
            whole = len(nothing.words)
            zero = replace(said, value=Decimal(0), unit="万元", start=0, end=whole, is_exact=True)
            self._keep(Kept(Basis.INITIAL, self.year), Amount(zero, nothing.start))
        self._keep(self._of_year(kept, last.words), Amount(said, place))

    def _of_year(self, kept: Kept | None, words: str) -> Kept | None:
        """The adjusted budget behind a first one: 年初安排6万元,年中增加3万元,全年9万元."""
        has_first = self.item is not None and any(
            one.basis is Basis.INITIAL for one in self.item.amounts
        )
        is_full = has_first and kept is not None and kept.basis is Basis.NONE
        return Kept(Basis.FULL, kept.year) if is_full and words in _ALL_YEAR and kept else kept

    def _move(self, clauses: Sequence[_Clause]) -> None:
        """Go on to the next item behind a ; or a number, and to parts behind 其中."""
        if any(one.words == ";" for one in clauses) or numbering(clauses[-1].words):
            self.begin()
        parts = general().words.parts
        if any(one.words.startswith(parts) for one in clauses):
            self.is_part, self.is_all = self.item is not None, False

    def _is_all(self, name: str) -> bool:
        return is_generic(name) or self.is_other(name)

    def _name(self, clauses: Sequence[_Clause]) -> Kept | None:
        """Go on to the item that is named before a figure; which of its amounts the words say."""
        words = [one for one in clauses if one.words not in ("", ";")]
        last = clauses[-1]
        if is_sum(last.words):
            self.is_summed, self.is_all, self.item = bool(self.items), True, None
            return None
        name, kept = parted(last.words)
        named_by = last
        if not name and len(words) > bool(last.words):
            named_by = words[-2] if last.words else words[-1]
            name, _ = parted(named_by.words)
        self._lead(words, named_by)
        if name and self._is_all(name):
            self.item, self.is_all = None, True
        elif name and not name.startswith(_POINTS):
            self._open(name, named_by)
        return None if kept is None else Kept(kept.basis, kept.year or self.year)

    def _lead(self, words: Sequence[_Clause], named_by: _Clause) -> None:
        """Keep the year of a clause before the name; of another kind of items nobody knows."""
        for one in words:
            year = named(one.words).year if one.start < named_by.start else ""
            if year and parted(one.words)[0]:
                raise _UnclearError
            self.year = year or self.year

    def _open(self, name: str, clause: _Clause) -> None:
        if self.is_summed or is_gain(clause.words):  # a sum of what is before, or behind
            raise _UnclearError
        if clause.start + clause.words.index(name) == self.glued:
            raise _UnclearError
        self.is_all = False
        self.item = next((one for one in self.items if one.name == name), None)
        if self.item is None:
            self.item = Item(name, clause.start + clause.words.index(name))
            self.items.append(self.item)

    def _keep(self, kept: Kept | None, amount: Amount) -> None:
        if self.item is None or kept is None:
            return
        if kept in self.item.amounts or not amount.said.is_exact:
            raise _UnclearError
        self.item.amounts[kept] = amount


def _clauses(gap: str, first: int) -> list[_Clause]:
    """The clauses of the words before a figure, a ; among them as one of its own."""
    hidden = _WHOLE.sub(lambda one: "·" * len(one[0]), gap)
    made: list[_Clause] = []
    start = 0
    for sign in _BETWEEN.finditer(hidden):
        made.append(_Clause(gap[start : sign.start()], first + start))
        if sign[0] == ";":
            made.append(_Clause(";", first + sign.start()))
        start = sign.end()
    return [*made, _Clause(gap[start:], first + start)]


def _without_nothing(clauses: Sequence[_Clause]) -> tuple[Sequence[_Clause], _Clause | None]:
    """The clauses of a figure without the one that says it had no first budget, and that one.

    Of 丙专项年初未安排 the name stays; what stands before a ; is of another item.
    """
    first = max((n + 1 for n, one in enumerate(clauses) if one.words == ";"), default=0)
    for number, one in enumerate(clauses[:-1]):
        match = _NOT_BUDGETED.fullmatch(one.words)
        if match is None:
            continue
        kept = [one._replace(words=match["name"])] if match["name"] else []
        others = [*clauses[:number], *kept, *clauses[number + 1 :]]
        is_own = number >= first and (kept or not parted(clauses[-1].words).name)
        return others, one if is_own else None
    return clauses, None


def _closed(gap: str) -> int:
    """Where the bracket that is open before these words is closed, 0 where none is."""
    hidden = _WHOLE.sub(lambda one: "·" * len(one[0]), gap)
    return hidden.find(")") + 1


def _before_change(words: str) -> str:
    """The words before 较, 同比 and the like."""
    places = [place for way in general().words.change if (place := words.find(way)) >= 0]
    return words[: min(places, default=0)]
