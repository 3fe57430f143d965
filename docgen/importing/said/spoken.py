"""The items of a report whose funds are said in sentences, by basis and source.

    免费开放项目年初预算80万元,其中:财政拨款75万元,其他资金5万元;全年执行84.2万元,……

Where sentences name two items, or one of them cannot be told, there is no row. The items of a
numbered list are each read in their own paragraphs.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from docgen.importing.matching.found import Found, Statement, rows_of, years_of
from docgen.importing.matching.model import Catch
from docgen.importing.matching.own_names import OwnNames
from docgen.importing.tables.amounts import Amount, put_amounts, put_row
from docgen.importing.tables.cards import cards_of, hole_of
from docgen.importing.tables.columns import column_of
from docgen.stated.lists import following
from docgen.stated.outline import Line
from workbook.catalogue import imports as told
from workbook.form.model import Form
from workbook.form.table import Table
from workbook.stated.clauses import Said, Sentence, Way, read_sentences
from workbook.stated.item_names import Kept, is_generic, is_item, is_surely_item, parted
from workbook.stated.model import Basis
from workbook.stated.units import MONEY
from workbook.stated.words import general, named, source_of

FEWEST: Final = 2  # items of a list
_BASES: Final = (Basis.INITIAL, Basis.FULL, Basis.OUTTURN)
_FRONT: Final = re.compile(r"^(?:其中|包括|分别为|分别是|由|含|和|及|使用|安排|来自)+")
_VERB: Final = re.compile(r"(?:安排|使用|支出|执行|到位|共计|合计|为|共|计|达)+$")
_ALL_OF_IT: Final = re.compile(r",?(?:资金)?(?:全部|均|全额)(?:为|来源于|来自|是)?([^,。;]{2,9})")
# What is a matter of an item and no item.
_MATTER: Final = re.compile(
    r"(?:情况|概况|目标|分析|问题|措施|内容|依据|指标|管理|方面|来源|构成|结构|原因|意义|进度|安排|使用|计划|组织)$|资金(?:到位|投入|拨付|支付)$"
)
_LABEL: Final = re.compile(r"(?:[^,。;:]{0,2}项目)?名称:([^,。;:]{2,40})[。;]?")


class _Name(NamedTuple):
    line: Line
    start: int
    text: str


def add_spoken(found: Found, form: Form, lines: Sequence[Line], own: OwnNames) -> None:
    """Add the row of a table that asks for amounts by source, where no table gives any row."""
    for card in cards_of(form):
        table = form.tables[card.table]
        is_asked = column_of(table, Kept(Basis.OUTTURN), ()) is None
        if not is_asked or any(rows_of(found, table.key)):
            continue
        years = years_of(found, form)
        prose = [line for line in lines if line.table is None and not line.is_long]
        if listed := _listed(table, own, years, prose):
            for name, reader in listed:
                _put(found, table, name, reader)
            continue
        reader = _Reader(table, own, years)
        for line in prose:
            reader.take(line)
        names = {one.text: one for one in reversed(reader.names)}
        if len(names) == 1 and put_amounts(found, table, reader.amounts):
            (name,) = names.values()
            _put(found, table, name, reader)


def _put(found: Found, table: Table, name: "_Name", reader: "_Reader") -> None:
    """Add the row of an item with what was said of it, its name alone where no source is."""
    stated = Statement([_caught(table, name.line, name.start, name.text)], told.FROM_PROSE.said())
    put_row(found, table, {table.row_name: stated} | put_amounts(found, table, reader.amounts))
    for one in (name.line, *reader.lines):
        found.partly.setdefault(one, []).append(f"“{table.key}”")


def _listed(
    table: Table, own: OwnNames, years: Collection[str], lines: Sequence[Line]
) -> list[tuple[_Name, "_Reader"]]:
    """The items of a numbered list, each with what its paragraphs say of it, or none at all.

    Each begins with its name, `1.免费开放项目。年初预算80万元`, and has an amount of its own.
    """
    read: set[Line] = set()  # what an earlier list holds, which begins none
    for first, line in enumerate(lines):
        made: list[tuple[_Name, _Reader]] = []
        due = line.number
        for one in lines[first:] if line not in read and _named_by(line, own) else ():
            name = _named_by(one, own) if one.number == due else None
            if name is not None:
                made.append((name, _Reader(table, own, years)))
                due = following(due)
            elif one.number and (one.heading_level or _level(one.number) == _level(line.number)):
                break
            made[-1][1].take(one)
            read.add(one)
        is_plain = all(
            reader.amounts and {other.text for other in reader.names} <= {name.text}
            for name, reader in made
        )
        is_sure = any(is_surely_item(name.text) for name, _ in made)
        if len(made) >= FEWEST and is_plain and is_sure:
            return made
    return []


def _named_by(line: Line, own: OwnNames) -> _Name | None:
    """The name that a numbered paragraph begins with, alone or before a 。 or a colon."""
    words = re.split(r"[。:]", line.title)[0]
    is_other = own.has(words) or is_generic(words) or _MATTER.search(words)
    is_name = line.number and is_item(words) and not is_other
    return _Name(line, len(line.number), words) if is_name else None


def _level(number: str) -> str:
    return re.sub(r"[\d一二三四五六七八九十]+", "", number)


def _caught(table: Table, line: Line, start: int, text: str, unit: str = "") -> Catch:
    """A piece of a line by its folded letters."""
    first = line.folded.origin[start]
    last = line.folded.origin[start + len(text) - 1] + 1
    return Catch(hole_of(table.key, table.row_name), line.text[first:last], line, first, last, unit)


@dataclass(slots=True)
class _Reader:
    """What the paragraphs say: names of items, and amounts by basis and source.

    Of 防汛项目年初预算9万元,其中财政拨款8万元,其他资金1万元: the name 防汛项目, and in `amounts`
    for 年初预算 9 in all, 8 of 财政拨款 and 1 of 其他资金.
    """

    table: Table
    own: OwnNames
    years: Collection[str]
    names: list[_Name] = field(default_factory=list)
    amounts: dict[tuple[Basis, str], list[Amount]] = field(default_factory=dict)
    lines: dict[Line, str] = field(default_factory=dict)
    basis: Basis | None = None  # of the total whose parts are being named

    def take(self, line: Line) -> None:
        """Take what a paragraph says."""
        text = line.folded.text
        if label := _LABEL.fullmatch(text, len(line.number)):
            self.names.append(_Name(line, label.start(1), label[1]))
        for sentence in read_sentences(text):
            self.basis = None
            for said in sentence.figures:
                if said.unit in MONEY and said.way is Way.VALUE:
                    self._amount(line, sentence, said)
                elif said.unit in MONEY:
                    self.basis = None

    def _amount(self, line: Line, sentence: Sentence, said: Said) -> None:
        words = _FRONT.sub("", said.clause)
        if ";" in said.gap:
            self.basis = None
        source = source_of(_VERB.sub("", words)) or source_of(words)
        if source:
            if self.basis is not None:
                self._put((self.basis, source), line, sentence, said)
            return
        name, basis, source = self._parted(words)
        self.basis = basis if said.is_exact and not self._is_of_other_year(said) else None
        if self.basis is None:
            return
        if name and not self._name(line, sentence, said, name):
            self.basis = None
            return
        self._put((self.basis, source), line, sentence, said)
        if not source and (every := _all_of(said)):
            self._put((self.basis, every), line, sentence, said)

    def _parted(self, words: str) -> tuple[str, Basis | None, str]:
        """The item, the basis and the source that words before an amount say."""
        bare = _VERB.sub("", words) if source_of(_VERB.sub("", words)[-4:]) else words
        for basis, ways in _basis_ways():
            for way in ways:
                before, found, behind = bare.partition(way)
                if found and (source := source_of(behind)):
                    return _bare(before), basis, source
        name, kept = parted(words)
        basis_said = kept.basis if kept is not None and kept.basis in _BASES else None
        return _bare(name), basis_said, ""

    def _is_of_other_year(self, said: Said) -> bool:
        year = named(said.clause).year or named(said.gap.rpartition(",")[0]).year
        return bool(year) and bool(self.years) and year not in self.years

    def _name(self, line: Line, sentence: Sentence, said: Said, name: str) -> bool:
        """Keep the item that an amount is of; False where the words name none and yet something."""
        if is_generic(name) or name.startswith(("该", "本", "此")):
            return True
        if not is_item(name) or self.own.has(name):
            return False
        start = sentence.start + said.start - len(said.gap) + said.gap.rindex(name)
        self.names.append(_Name(line, start, name))
        return True

    def _put(self, key: tuple[Basis, str], line: Line, sentence: Sentence, said: Said) -> None:
        text = f"{said.value:f}"
        start = sentence.start + said.start
        whole = line.folded.text[start : start + said.end - said.start]
        catch = _caught(self.table, line, start, whole, said.unit)
        amount = Catch(catch.hole, text, line, catch.start, catch.end, said.unit)
        self.amounts.setdefault(key, []).append(Amount(said.value, amount))
        self.lines[line] = ""


def _bare(name: str) -> str:
    """A name without the year before it."""
    return re.sub(r"^(?:(?:19|20)\d\d年度?|本年度?|今年|全年)[,的]?", "", name)


def _all_of(said: Said) -> str:
    """The source that an amount is wholly of: 80万元,全部为财政拨款."""
    match = _ALL_OF_IT.match(said.after)
    return source_of(match[1]) if match else ""


def _basis_ways() -> Iterator[tuple[Basis, Sequence[str]]]:
    for word, ways in general().basis.items():
        if Basis(word) in _BASES:
            yield Basis(word), ways
