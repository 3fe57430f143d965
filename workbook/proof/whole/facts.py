"""The figures of a text and its tables with their whole names, years, kinds and units."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from workbook.proof.arithmetic import ONE, Term
from workbook.proof.model import Statement, Table
from workbook.proof.vocabulary import vocabulary
from workbook.proof.whole.fact import GRANDS, SHORT, YEARS, Fact, scope_of, year_of_figure
from workbook.proof.whole.lone import body_of, led, lone_of
from workbook.proof.whole.tabled import tabled
from workbook.stated.clauses import FACTORS
from workbook.stated.counted import COUNTED
from workbook.stated.folded import level_of, numbering
from workbook.stated.model import Basis, Quantity, Relation
from workbook.stated.phrases import UNSURE
from workbook.stated.sentences import read_text
from workbook.stated.words import canonical, general

_LONG_CELL: Final = 30  # letters of a cell that is prose
_OF_PART: Final = re.compile(r"项目|专项|季度|半年|\d月|上年|去年|下属|所属")
_BUDGET: Final = re.compile(r"预算(?:公开|说明|草案|编制|情况)|部门预算")
_SPENT: Final = re.compile(r"决算|执行|自评|绩效|评价|结算")
_STAGE: Final = re.compile(r"(?:批准|通过|审议)[^,;。]{0,12}预算|预算(?:草案|调整方案)[。:]?$")
_PERIOD: Final = re.compile(r"季度|上半年|下半年|\d月|同期|累计至|其中|每|平均|人均|计划|目标|预计")
_WITH_REST: Final = re.compile(r"总计(?:为|是|共|达)?$")
_TITLE: Final = re.compile(
    r"(?:报告|决算|预算|自评|说明|公开|总结|情况表)$|^(?:单位|部门)名称|\d{4}年度"
)
_NO_ITEM: Final = re.compile(r"(?:具体|总体|结构|构成|规模|其他|有关|主要)+(?:使用|安排|变化)?情况")
_HEADING: Final = 30  # letters of a heading
_HEAD: Final = 6  # statements that may name the unit
MAIN: Final = frozenset(vocabulary().identities) | {
    part for parts in vocabulary().identities.values() for part in parts
}  # 基本支出, 三公经费 and what they are made of
_PLAIN: Final = (Relation.PLAIN, Relation.TOTAL, Relation.PART)


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
    facts += [fact for table in tables for fact in tabled(table, year)]
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
    years = set(YEARS.findall(text))
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
    scope = scope_of(statement.topic + statement.folded.text[: one.start])
    return Fact(
        name, year, Basis.OUTTURN if is_vague else one.basis, is_vague,
        Term(one.figure, factor, one.decimals, printed=f"{one.figure:f}{one.unit}"), one.unit,
        statement.place, one.sentence, scope,
        is_exact=one.is_exact,
    )  # fmt: skip


def _year_of(one: Quantity, around: str, statement: Statement, year: str) -> str:
    """The year of a figure: its own, that of its heading, or the document's."""
    topic = re.findall(r"20\d\d(?=年)", statement.topic)
    said = re.findall(r"20\d\d(?=年)", around) if one.unit == "%" else []
    return year_of_figure(one.year or "".join(said[-1:]), topic[-1] if topic else year)


def _around(statement: Statement, one: Quantity) -> str:
    """The words before a figure in its clause."""
    text = statement.folded.text
    start = max(text.rfind(mark, 0, one.start) for mark in ",;:。(") + 1
    return text[start : one.start]


def _name_of(one: Quantity) -> str:
    name = one.name or (one.subject if one.subject != UNSURE else "")
    name = canonical(re.sub(r"^\d{1,2}(?=\D)", "", name))
    if (
        len(name) < SHORT
        or name in general().words.totals
        or name in GRANDS
        or re.search(r"\d", name)
        or _NO_ITEM.fullmatch(name)
    ):
        return ""
    return name
