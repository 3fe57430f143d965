"""The figures of a text and its tables with their whole names, years, kinds and units."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from workbook.proof.arithmetic import ONE, Term
from workbook.proof.model import Place, Statement, Table
from workbook.proof.tables.grid import NO_SUM, Grid, labelled, sections
from workbook.proof.vocabulary import vocabulary
from workbook.proof.whole.lone import SCOPES, body_of, led, lone_of
from workbook.stated.clauses import FACTORS
from workbook.stated.counted import COUNTED
from workbook.stated.folded import letters, level_of, numbering
from workbook.stated.model import Basis, Quantity, Relation
from workbook.stated.phrases import UNSURE
from workbook.stated.sentences import read_text
from workbook.stated.words import BEFORE, canonical, general, named

_SHORT: Final = 3  # letters of a name that says too little
_LONG_CELL: Final = 30  # letters of a cell that is prose
_UNIT: Final = re.compile(r"\((亿元|万元|元|人|名|个|辆)\)")
_OF_PART: Final = re.compile(r"项目|专项|季度|半年|\d月|上年|去年|下属|所属")
_BUDGET: Final = re.compile(r"预算(?:公开|说明|草案|编制|情况)|部门预算")
_SPENT: Final = re.compile(r"决算|执行|自评|绩效|评价|结算")
_STAGE: Final = re.compile(r"(?:批准|通过|审议)[^,;。]{0,12}预算|预算(?:草案|调整方案)[。:]?$")
_PERIOD: Final = re.compile(r"季度|上半年|下半年|\d月|同期|累计至|其中|每|平均|人均|计划|目标|预计")
_NUMBERS: Final = (
    r"(?:[①-⑳]|\d{1,2}[.、)]|\(\d{1,2}\)|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\))*"
)
_LABEL: Final = re.compile(rf"^(?:其中[:,]?)?{_NUMBERS}(?:其中[:,]?)?")
_GRANDS: Final = frozenset(("收入合计", "支出合计", "合计", "总计", "小计"))
_POSTS: Final = frozenset(("编制数", "行政编制", "事业编制", "工勤编制", "在职人员", "离退休人员"))
_WITH_REST: Final = re.compile(r"总计(?:为|是|共|达)?$")
_TITLE: Final = re.compile(
    r"(?:报告|决算|预算|自评|说明|公开|总结|情况表)$|^(?:单位|部门)名称|\d{4}年度"
)
_NO_ITEM: Final = re.compile(r"(?:具体|总体|结构|构成|规模|其他|有关|主要)+(?:使用|安排|变化)?情况")
_HEADING: Final = 30  # letters of a heading
_YEARS: Final = re.compile(r"20\d\d(?=年(?!\d{1,2}月))")
_HEAD: Final = 6  # statements that may name the unit
MAIN: Final = frozenset(vocabulary().identities) | {
    part for parts in vocabulary().identities.values() for part in parts
}  # 基本支出, 三公经费 and what they are made of
_PLAIN: Final = (Relation.PLAIN, Relation.TOTAL, Relation.PART)
_STAFF: Final = re.compile(r"财政供养人员")
_PROJECT: Final = re.compile(r"项目名称$|专项名称$")
_GRAND: Final = re.compile(r"年度资金总额|资金总额|总金额|项目资金")
_PLAIN_HEADS: Final = frozenset(
    (
        *("金额", "数", "数额", "合计", "支出", "年", "资金", "万元"),
        *("金额万元", "数万元", "按支出", "支出数"),
    )
)


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


def document_year(statements: Sequence[Statement]) -> str:
    """The year that a document is of, from its first lines."""
    for one in statements[:6]:
        if found := set(re.findall(r"(20\d\d)年(?!\d{1,2}月)", one.folded.text)):
            return found.pop() if len(found) == 1 else ""
    return ""


def all_facts(statements: Sequence[Statement], tables: Sequence[Table]) -> list[Fact]:
    """All figures with a whole name, in sentences and in tables."""
    year = document_year(statements)
    head = "".join(one.folded.text for one in statements[:_HEAD] if _TITLE.search(one.folded.text))
    facts: list[Fact] = []
    section, stage = year, Basis.NONE
    for one, lead in led(statements):
        section = year or _section_year(one) or section
        stage = _stage(one, stage)
        facts += (_staged(fact, stage) for fact in _stated(one, section, head, lead))
    facts += [fact for table in tables for fact in _tabled(table, year)]
    is_budget = bool(_BUDGET.search(head)) and not _SPENT.search(head)
    if is_budget:  # what says neither is budgeted there
        return [replace(one, basis=Basis.BUDGET) if one.is_vague else one for one in facts]
    return facts


def _stage(one: Statement, stage: Basis) -> Basis:
    """Which budget a numbered line speaks of, which holds up to the next: 批准的预算调整方案."""
    text = one.folded.text
    if one.is_cell or not numbering(text) or re.search(r"\d(?:[\d,.]*)(?:[亿万]?元)", text):
        return stage
    if not _STAGE.search(text):
        return Basis.NONE
    return Basis.FULL if "调整" in text else Basis.INITIAL


def _staged(fact: Fact, stage: Basis) -> Fact:
    """A figure of a budget's stage, where its own words say no other."""
    is_open = fact.basis is Basis.OUTTURN and (fact.is_vague or fact.is_lone)
    is_other = stage is Basis.NONE or not is_open or _SPENT.search(fact.text)
    return fact if is_other else replace(fact, basis=stage, is_vague=False)


def _section_year(one: Statement) -> str:
    """The year that a heading of the first level is of, in a document of several years."""
    text = one.folded.text
    if one.is_cell or len(text) > _HEADING or level_of(numbering(text)) != 1:
        return ""
    years = set(_YEARS.findall(text))
    return years.pop() if len(years) == 1 else ""


def _stated(statement: Statement, year: str, head: str, lead: str) -> Iterator[Fact]:
    """The quantities of a sentence that have a whole name and are no change, rate or share."""
    if statement.is_cell and len(statement.text) < _LONG_CELL:
        return
    for one in read_text(statement.text, topic="" if statement.is_cell else statement.topic):
        around = _around(statement, one)
        lone = lone_of(around, one)
        name, is_lone = lone or _name_of(one), lone is not None
        if name and not is_lone and _WITH_REST.search(around):
            name += "总计"  # holds what was left of the year before: it is no 收入合计
        if name in MAIN:  # 其中人员经费 is the unit's own too
            around = around.replace("其中", "", 1)
        if not name or not one.unit or one.sign or _PERIOD.search(around):
            continue
        is_rate = one.unit == "%"  # a unit has one of each that is known by its whole name
        is_plain = is_rate or one.relation in _PLAIN or one.name in COUNTED
        if not is_plain or not (is_lone or not (is_rate or one.prefix)):
            continue
        if is_rate and _OF_PART.search(statement.topic + statement.folded.text):
            continue
        has_body = (is_lone and not is_rate) or name in MAIN
        body = body_of(statement, one, head, lead) if has_body else lead
        made = _fact(one, name, statement, _year_of(one, around, statement, year))
        yield replace(made, is_vague=made.is_vague and not is_lone, is_lone=is_lone, body=body)


def _fact(one: Quantity, name: str, statement: Statement, year: str) -> Fact:
    """A stated quantity as a fact; where no kind is stated it is taken for the outturn."""
    is_vague = one.basis is Basis.NONE
    factor = FACTORS.get(one.unit, ONE)
    return Fact(
        name, year, Basis.OUTTURN if is_vague else one.basis, is_vague,
        Term(one.figure, factor, one.decimals, printed=f"{one.figure:f}{one.unit}"), one.unit,
        statement.place, one.sentence, _scope(statement.topic + statement.folded.text[: one.start]),
        is_exact=one.is_exact,
    )  # fmt: skip


def _year_of(one: Quantity, around: str, statement: Statement, year: str) -> str:
    """The year of a figure: its own, that of its heading, or the document's."""
    topic = re.findall(r"20\d\d(?=年)", statement.topic)
    said = re.findall(r"20\d\d(?=年)", around) if one.unit == "%" else []
    return _year(one.year or "".join(said[-1:]), topic[-1] if topic else year)


def _scope(words: str) -> str:
    """The funds that words speak of last."""
    found = SCOPES.findall(words)
    return found[-1] if found else ""


def _around(statement: Statement, one: Quantity) -> str:
    """The words before a figure in its clause."""
    text = statement.folded.text
    start = max(text.rfind(mark, 0, one.start) for mark in ",;:。(") + 1
    return text[start : one.start]


def _name_of(one: Quantity) -> str:
    name = one.name or (one.subject if one.subject != UNSURE else "")
    name = canonical(re.sub(r"^\d{1,2}(?=\D)", "", name))
    if (
        len(name) < _SHORT
        or name in general().words.totals
        or name in _GRANDS
        or re.search(r"\d", name)
        or _NO_ITEM.fullmatch(name)
    ):
        return ""
    return name


def _tabled(table: Table, year: str) -> Iterator[Fact]:
    """The figures of a table by label and head; of a project's own table under its name."""
    unit = table.unit or "".join(_UNIT.findall("".join(map("".join, table.cells[:4])))[:1])
    captioned = set(_YEARS.findall(table.caption))
    own = captioned.pop() if len(captioned) == 1 else ""
    about = _About(_project(table), year or own, unit)
    for grid in sections(table):
        for row in grid.rows:
            for column, term in enumerate(grid.terms[row]):
                if term is not None and len(grid.cells[row]) == grid.width:
                    fact = _cell(grid, (row, column), term, about)
                    if fact is not None:
                        yield fact
    if not about.project and unit:
        yield from _labelled(table, about)


class _About(NamedTuple):
    """What is said of a whole table: the project that it is of, the year, the unit."""

    project: str
    year: str
    unit: str


def _labelled(table: Table, about: _About) -> Iterator[Fact]:
    """Cells with label and figure in one: 其中:基本支出:195.49."""
    for row, cells in enumerate(table.cells):
        for column, cell in enumerate(cells):
            found = labelled(cell)
            if found is None or (column and cells[column - 1] == cell):
                continue
            name, place = canonical(_LABEL.sub("", found[0])), table.places[row][column]
            factor = FACTORS.get(about.unit, ONE)
            term = found[1]._replace(factor=factor, printed=f"{found[1].value}{about.unit}")
            if len(name) >= _SHORT:
                yield Fact(name, about.year, Basis.OUTTURN, True, term, about.unit, place, cell)


def _project(table: Table) -> str:
    """The project that a table is of, empty for a table of many."""
    for row in table.cells[:4]:
        words = list(dict.fromkeys(filter(None, row)))
        for at, cell in enumerate(words[:-1]):
            if _PROJECT.search(cell):
                return "" if len(words) > 4 else letters(words[at + 1])
    return ""


def _cell(grid: Grid, cell: tuple[int, int], term: Term, about: _About) -> Fact | None:
    row, column = cell
    head, label = grid.heads[column], grid.label(row, column)
    is_staff = bool(_STAFF.match(label)) and canonical(named(head).name) in _POSTS
    if grid.is_percent(row, column) or NO_SUM.search(head):
        return None
    if head.endswith("人数") and not is_staff:
        return None
    words, of_head = _LABEL.sub("", label) or head, named(head)
    if about.project:
        if not _GRAND.search(words):
            return None
        words = about.project
    if is_staff:
        words = head  # 财政供养人员 | 编制数 | 在职人数: the heads name the figures
    elif label and of_head.name and of_head.name not in _PLAIN_HEADS:
        return None
    found = named(words)
    name = canonical(found.name)
    unit = "人" if name in _POSTS else _unit(head, label) or about.unit
    if len(name) < _SHORT or not unit or name in general().words.totals or name in _GRANDS:
        return None
    bases = (found.basis, of_head.basis, named(grid.table.caption).basis)
    basis = next((one for one in bases if one is not Basis.NONE), Basis.NONE)
    factor, is_lone = FACTORS.get(unit, ONE), name in _POSTS
    shown = term._replace(factor=factor, half=term.half * factor, printed=f"{term.printed}{unit}")
    return Fact(
        name, _year(of_head.year or found.year, about.year),
        Basis.OUTTURN if basis is Basis.NONE else basis, basis is Basis.NONE and not is_lone,
        shown, unit, grid.place(row, column), grid.row_words(row), _scope(grid.table.caption),
        is_lone=is_lone,
    )  # fmt: skip


def _unit(head: str, label: str) -> str:
    return next(iter(_UNIT.findall(head) or _UNIT.findall(label)), "")


def _year(stated: str, year: str) -> str:
    """The year of a figure: what is stated, the one before the document's, or the document's."""
    if stated == BEFORE:
        return str(int(year) - 1) if year else BEFORE
    return stated or year
