"""Sums whose total and parts stand in different places of a document."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Final

from workbook.proof.arithmetic import Fit, Term, best_sum, is_slip, significant, slipped, term
from workbook.proof.model import Place, Severity, Slip, Spot, Statement, Table, Words
from workbook.proof.tables.grid import sections
from workbook.proof.tables.scores import RULE as SCORE
from workbook.proof.tables.scores import total_scores
from workbook.proof.vocabulary import short_name, vocabulary, whole_of
from workbook.proof.whole.fact import Fact
from workbook.proof.whole.repeats import RULE as REPEATED
from workbook.stated.clauses import FACTORS, Said, Way
from workbook.stated.folded import numbering
from workbook.stated.model import Basis
from workbook.stated.words import canonical

RULE: Final = "sum"
_WHOLE: Final = re.compile(
    r"(?:预算资金|部门预算|财政拨款收入|财政拨款支出|总收入|总支出|整体支出)(?:总额|合计)?(?:为|共|是)?$"
)
_NUMBERED: Final = re.compile(r"(?:\d{1,2}[.、)]|\(\d{1,2}\)|[①-⑳])")
_SCORED: Final = re.compile(
    r"(?:自评|综合|评价|绩效|最终)(?:总)?(?:得分|评分|总分)(?:为|是)?$|总得分(?:为|是)?$"
)
_OTHER_SCORE: Final = re.compile(
    r"上年|去年|20\d\d年(?:度)?自评|复[核审评]|专家|平均|评审|抽查|财政局|初评|加分|扣分|各|下属|分别|指标|项目自评"
)
_INCLUDES: Final = re.compile(r"((?:(?:19|20)\d\d年度?)?[^,;:。\d]{2,12}?)(?:主要)?包括")
_LEAST: Final = 3  # items of a list


def sums_across(facts: Sequence[Fact], statements: Sequence[Statement]) -> Iterator[Slip | None]:
    """Lists under a heading that names their total, and posts by kind against all posts."""
    values: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.is_exact and (fact.is_lone or fact.is_vague or fact.basis is Basis.OUTTURN):
            values[fact.name].append(fact)
    for statement in statements:
        if not statement.is_cell and statement.topic:
            yield from _listed(statement, values)
        if not statement.is_cell and "包括" in statement.text:
            yield from _included(statement, values)
    for group in _paragraphs(statements):
        items = [figure for one in group for figure in _items(one)]
        yield from _of_heading(group[0], items, values)
    for total, parts in vocabulary().posts.items():
        yield from _posts(total, parts, values)


def _listed(statement: Statement, values: dict[str, list[Fact]]) -> Iterator[Slip | None]:
    """1.甲3万元;2.乙4万元;3.丙5万元 under 项目支出情况 are 项目支出."""
    items = _items(statement)
    if len(items) >= _LEAST:
        yield from _of_heading(statement, items, values)


def _included(statement: Statement, values: dict[str, list[Fact]]) -> Iterator[Slip | None]:
    """基本支出包括人员支出3万元、公用支出1万元 against the one 基本支出 of other sentences."""
    for sentence in statement.sentences:
        match = _INCLUDES.match(sentence.text)
        figures = [one for one in sentence.figures if one.way is Way.VALUE and one.is_exact]
        if match is None or not figures or "包括" not in figures[0].gap:
            continue
        clauses = [one.clause.rpartition("包括")[2] for one in figures]
        whole = [figures[at] for at in whole_of([short_name(words) for words in clauses])]
        facts = values.get(short_name(match[1]), [])
        if not whole and re.match(r"(?:和|及)?(?:其他|其它|其余)", figures[-1].clause):
            whole = figures  # 其他 comes last: nothing is left out
        is_plain = len(whole) > 1 and {one.kind for one in whole} == {"元"}
        if not is_plain or len({fact.term.amount for fact in facts}) != 1:
            continue
        parts = [term(one) for one in whole]
        if best_sum(facts[0].term, parts) is not None:
            yield None
        elif is_slip(facts[0].term, parts):
            yield _slip(facts[0], parts, statement.place, sentence.text)


def _paragraphs(statements: Sequence[Statement]) -> Iterator[list[Statement]]:
    """Numbered paragraphs of one heading, one behind another, of which each states one amount."""
    prose = [one for one in statements if not one.is_cell and one.sentences]
    for _, members in groupby(prose, key=lambda one: one.topic):
        own = list(members)
        numbered = [one for one in own if numbering(one.folded.text) and len(_items(one)) == 1]
        behind = [one for one in own if numbering(one.folded.text)]
        if len(numbered) >= _LEAST and numbered == behind[-len(numbered) :]:
            yield numbered


def _of_heading(
    statement: Statement, items: Sequence[Said], values: dict[str, list[Fact]]
) -> Iterator[Slip | None]:
    """The items of a list against the figure that is called as the heading above it."""
    name = canonical(re.sub(r"(?:使用|安排|支出)?(?:情况|明细)(?:说明)?$", "", statement.topic))
    names = [name, canonical(f"{name}支出")]
    totals = [
        fact for one in names for fact in values.get(one, ())
        if fact.kind == "元" and fact.place != statement.place
    ]  # fmt: skip
    if not totals:
        return
    parts = [term(one) for one in items]
    for fact in totals:
        found = best_sum(fact.term, parts)
        if found is not None and found.fit is Fit.EXACT and len(found.parts) == len(parts):
            yield None
            return
    is_one = len({fact.term.amount for fact in totals}) == 1
    is_telling = sum(significant(one) >= 3 for one in parts) * 2 >= len(parts)
    if is_one and is_telling and is_slip(totals[0].term, parts):
        yield _slip(totals[0], parts, statement.place, statement.text[:200])


def _items(statement: Statement) -> list[Said]:
    """The figures of the numbered items of a statement that says nothing else."""
    figures = [one for sentence in statement.sentences for one in sentence.figures]
    values = [one for one in figures if one.way is Way.VALUE and one.kind == "元" and one.is_exact]
    if len(values) != len(figures):
        return []
    numbered = sum(bool(_NUMBERED.search(one.gap)) for one in values[1:])
    return values if numbered == len(values) - 1 else []


def _posts(
    total: str, parts: Sequence[str], values: dict[str, list[Fact]]
) -> Iterator[Slip | None]:
    """编制数 is 行政编制 and 事业编制, where each is stated with one value alone."""
    whole = values.get(total, [])
    held = [values[part] for part in parts if values.get(part)]
    is_plain = len({fact.term.amount for fact in whole}) == 1 and len(held) > 1
    # A part that is written beside the total and could not be read is not 0.
    is_plain = is_plain and all(values.get(part) or part not in whole[0].text for part in parts)
    if not is_plain or any(len({fact.term.amount for fact in one}) > 1 for one in held):
        return
    terms = [one[0].term for one in held]
    added = sum((one.amount for one in terms), Decimal(0))
    if added == whole[0].term.amount:
        yield None
    elif is_slip(whole[0].term, terms):
        yield _slip(whole[0], terms, whole[0].place, whole[0].text)


def grand_totals(statements: Sequence[Statement], tables: Sequence[Table]) -> Iterator[Slip | None]:
    """The unit's whole budget and outturn in sentences against 年度资金总额 of its own table.

    A sentence says 预算资金 or 财政拨款支出 of the one or the other: only a slip of the hand
    counts.
    """
    totals = [fact for table in tables for fact in _grand(table)]
    amounts = {one.amount for one in totals}
    for statement in statements if len(amounts) > 1 or totals else ():
        for sentence in () if statement.is_cell else statement.sentences:
            for said in sentence.figures:
                one = term(said)
                is_whole = said.way is Way.VALUE and bool(_WHOLE.search(said.clause))
                if not is_whole or said.kind != "元" or not said.is_exact:
                    continue
                if one.amount in amounts:
                    yield None
                    continue
                near = next((total for total in totals if slipped(one, total.amount)), None)
                if near is not None and significant(near) > 2:
                    words = Words(
                        f"{said.clause[-16:]}{said}", f"{near.printed}(自评表的年度资金总额)",
                        f"{said} ≠ {near.printed}",
                    )  # fmt: skip
                    yield Spot(sentence, statement).slip(
                        REPEATED, Severity.ERROR, (said, near.printed), words
                    )


def stated_scores(
    statements: Sequence[Statement], tables: Sequence[Table]
) -> Iterator[Slip | None]:
    """自评得分96.2分 of a sentence against the total of the one table of scores."""
    totals = [one for table in tables for one in total_scores(table)]
    figures = (
        (said, sentence, statement) for statement in statements if not statement.is_cell
        for sentence in statement.sentences for said in sentence.figures
    )  # fmt: skip
    is_own = any("自评" in one.caption for one in tables if list(total_scores(one)))
    for said, sentence, statement in figures if len(totals) == 1 else ():
        if said.unit != "分" or said.depth or not (said.is_exact and _SCORED.search(said.clause)):
            continue
        if said.value == totals[0].value:
            yield None
            continue
        is_named = "自评" in sentence.text and not _OTHER_SCORE.search(sentence.text)
        is_sure = slipped(term(said), totals[0].value) or (is_named and is_own)
        if is_sure or (is_named and said.decimals):
            how = Severity.ERROR if is_sure else Severity.HINT
            due = f"{totals[0].printed}分(评分表的合计)"
            words = Words(f"{said.clause[-16:]}{said}", due, f"{said} ≠ {totals[0].printed}分")
            yield Spot(sentence, statement).slip(SCORE, how, (said, totals[0].printed), words)


def _grand(table: Table) -> Iterator[Term]:
    """The figures beside 年度资金总额, of the unit and of no single project."""
    words = "".join("".join(row) for row in table.cells[:4])
    unit = next(iter(re.findall(r"\((亿元|万元|元)\)", words)), table.unit)
    if "项目名称" in words or not unit:
        return
    for grid in sections(table):
        for row in grid.rows:
            for column, one in enumerate(grid.terms[row]):
                is_money = (
                    bool(re.search(r"预算|执行|决算", grid.heads[column])) and one is not None
                )
                is_whole = "年度资金总额" in grid.label(row, column)
                is_rate = grid.is_percent(row, column) or "率" in grid.heads[column]
                if one is not None and is_money and is_whole and not is_rate:
                    factor = FACTORS[unit]
                    yield one._replace(factor=factor, printed=f"{one.printed}{unit}")


def _written(one: Fact) -> str:
    """The words before a figure as they stand there: 我局核定编制31名."""
    found = re.search(rf"[\u4e00-\u9fff]{{1,16}}(?={re.escape(one.term.printed)})", one.text)
    return f"{found[0]}{one.term.printed}" if found else f"{one.name} {one.term.printed}"


def _slip(total: Fact, parts: Sequence[Term], place: Place, text: str) -> Slip:
    due = sum((one.amount for one in parts), Decimal(0)) / total.term.factor
    return Slip(
        RULE, Severity.ERROR, place, text,
        (total.term.printed, *(one.printed for one in parts)),
        _written(total), f"{due.normalize():f}(各项之和)",
        f"{' + '.join(one.printed for one in parts)} = {due.normalize():f}",
    )  # fmt: skip
