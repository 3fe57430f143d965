"""The same quantity stated twice with two values, in sentences and in tables.

Two figures are the same quantity only where whole name, year, kind (budget or outturn) and unit
agree. Where the kind is not stated in a sentence it is taken for the outturn, and then only a slip
of the hand counts: one digit, two exchanged, a shift. Two scopes that share a name (all funds,
fiscal appropriation) differ in all digits and are left alone.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from workbook.proof.arithmetic import ONE, Term, significant, slipped
from workbook.proof.grid import NO_SUM, Grid, labelled, sections
from workbook.proof.model import Place, Severity, Slip, Statement, Table
from workbook.stated.clauses import MONEY
from workbook.stated.folded import letters, numbering
from workbook.stated.model import Basis, Quantity, Relation
from workbook.stated.sentences import UNSURE, read_text
from workbook.stated.words import BEFORE, canonical, general, named

RULE: Final = "repeated"
MIXED: Final = "mixed-units"
_SCOPES: Final = re.compile(r"一般公共预算|财政拨款|政府性基金|国有资本经营|社会保险基金|专户|市本级|县本级|区本级|省本级|本级|所属|下属")
_SHORT: Final = 3  # letters of a name that says too little
_LONG: Final = 6  # letters of a name that is hardly said of two things
_UNIT_HEAD: Final = re.compile(r"\((亿元|万元|元|人|名|个|辆)\)")
_INDICATOR: Final = re.compile(r"实际完成值|实际完成情况|完成值|全年完成值|实际值")
_INDICATOR_VALUE: Final = re.compile(r"(\d[\d,]*(?:\.\d+)?)(\D{0,6})")
_PERIOD: Final = re.compile(r"季度|上半年|下半年|\d月|同期|累计至|其中|每|平均|人均|计划|目标|预计")
_LABEL: Final = re.compile(r"^(?:其中[:,]?)?(?:[①-⑳]|\d{1,2}[.、)]|\(\d{1,2}\)|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\))*(?:其中[:,]?)?")
_GRANDS: Final = frozenset(("收入合计", "支出合计", "合计", "总计", "小计"))
_POSTS: Final = frozenset(("编制数", "行政编制", "事业编制", "工勤编制", "在职人员", "离退休人员"))
_PROJECT: Final = re.compile(r"项目名称$|专项名称$")
_GRAND: Final = re.compile(r"年度资金总额|资金总额|总金额|项目资金")


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with its whole name, and where it stands. `is_vague` where no kind was stated."""

    name: str
    year: str
    basis: Basis
    is_vague: bool
    term: Term
    unit: str
    place: Place
    text: str
    scope: str = ""  # the funds that are spoken of, empty for all of them

    @property
    def kind(self) -> str:
        """The unit, one for all amounts of money."""
        return "元" if self.unit in MONEY else "人" if self.unit == "名" else self.unit


def document_year(statements: Sequence[Statement]) -> str:
    """The year that a document is of, from its first lines."""
    for one in statements[:6]:
        if found := set(re.findall(r"(20\d\d)年(?!\d{1,2}月)", one.folded.text)):
            return found.pop() if len(found) == 1 else ""
    return ""


def all_facts(statements: Sequence[Statement], tables: Sequence[Table]) -> list[Fact]:
    """All figures with a whole name, in sentences and in tables."""
    year = document_year(statements)
    facts = [fact for one in statements for fact in _stated(one, year)]
    return [*facts, *(fact for table in tables for fact in _tabled(table, year))]


def repeated(
    facts: Sequence[Fact], statements: Sequence[Statement], tables: Sequence[Table]
) -> Iterator[tuple[str, Slip | None]]:
    """Each quantity that is stated more than once; the odd one of several is told."""
    groups: dict[tuple[str, str, Basis, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[fact.name, fact.year, fact.basis, fact.kind].append(fact)
    apart = _apart(groups.values())
    values = {(one.name, one.year, one.basis, one.term.amount) for one in facts}
    for members in groups.values():
        known = [one for one in members if not (one.is_vague and _is_otherwise(one, values))]
        yield from _held(known, apart)
    yield from _indicators(statements, tables)


def _stated(statement: Statement, year: str) -> Iterator[Fact]:
    """The quantities of a sentence that have a whole name and are no change, rate or share."""
    if statement.is_cell and len(statement.text) < 30:
        return
    for one in read_text(statement.text, topic="" if statement.is_cell else statement.topic):
        is_plain = one.relation in (Relation.PLAIN, Relation.TOTAL, Relation.PART)
        name = _name_of(one)
        if not (is_plain and one.is_exact and name and one.unit and one.unit != "%"):
            continue
        if one.prefix or one.sign or _PERIOD.search(_around(statement, one)):
            continue
        topic = re.findall(r"20\d\d(?=年)", statement.topic)
        own = one.year or (topic[-1] if topic else year)
        if one.year == BEFORE:
            own = str(int(year) - 1) if year else BEFORE
        vague = one.basis is Basis.NONE
        basis = Basis.OUTTURN if vague else one.basis
        factor = MONEY.get(one.unit, ONE)
        term = Term(one.figure, factor, one.decimals, printed=f"{one.figure:f}{one.unit}")
        scope = _scope(statement.topic + statement.folded.text[: one.start])
        yield Fact(name, own, basis, vague, term, one.unit, statement.place, one.sentence, scope)


def _scope(words: str) -> str:
    """The funds that words speak of last."""
    found = _SCOPES.findall(words)
    return found[-1] if found else ""


def _around(statement: Statement, one: Quantity) -> str:
    """The words before a figure in its clause."""
    text = statement.folded.text
    start = max(text.rfind(mark, 0, one.start) for mark in ",;:。(") + 1
    return text[start : one.start]


def _name_of(one: Quantity) -> str:
    name = one.name or (one.subject if one.subject != UNSURE else "")
    name = canonical(re.sub(r"^\d{1,2}(?=\D)", "", name))
    if len(name) < _SHORT or name in general().words.totals or name in _GRANDS or re.search(r"\d", name):
        return ""
    return name


def _tabled(table: Table, year: str) -> Iterator[Fact]:
    """The figures of a table by label and head; of a project's own table under its name."""
    project = _project(table)
    for grid in sections(table):
        for row in grid.rows:
            for column, term in enumerate(grid.terms[row]):
                if term is not None and len(grid.cells[row]) == grid.width:
                    fact = _cell(grid, row, column, term, project, year)
                    if fact is not None:
                        yield fact
    for row, cells in enumerate(table.cells):
        for column, cell in enumerate(cells):
            found = labelled(cell)
            if found is not None and (not column or cells[column - 1] != cell):
                name = canonical(_LABEL.sub("", found[0]))
                unit = table.unit or "万元"
                if len(name) >= _SHORT and not project:
                    yield Fact(
                        name, year, Basis.OUTTURN, True,
                        found[1]._replace(factor=MONEY.get(unit, ONE), printed=f"{found[1].value}"),
                        unit, table.places[row][column], cell,
                    )  # fmt: skip


def _project(table: Table) -> str:
    """The project that a table is of, empty for a table of many."""
    for row, places in zip(table.cells[:4], table.places, strict=False):
        for at, cell in enumerate(row[:-1]):
            if _PROJECT.search(cell):
                value = next((x for x, p in zip(row[at:], places[at:], strict=False) if x != cell and p != places[at]), "")
                is_head = sum(bool(x) for x in dict.fromkeys(row)) > 4
                return "" if is_head else letters(value)
    return ""


def _cell(
    grid: Grid, row: int, column: int, term: Term, project: str, year: str
) -> Fact | None:
    head, label = grid.heads[column], grid.label(row, column)
    if grid.is_percent(row, column) or NO_SUM.search(head) or re.search(r"分值|得分|总分|权重|人数$", head):
        return None
    words = _LABEL.sub("", label) or head
    of_head = named(head)
    if project:
        if not _GRAND.search(words):
            return None
        words = project
    if label and of_head.name and not _is_plain_head(of_head.name):
        return None
    found = named(words)
    basis = found.basis if found.basis is not Basis.NONE else of_head.basis
    basis = basis if basis is not Basis.NONE else named(grid.table.caption).basis
    unit = next(iter(_UNIT_HEAD.findall(head) or _UNIT_HEAD.findall(label)), "") or grid.table.unit
    if not unit and project:
        unit = "".join(re.findall(r"\((亿元|万元|元)\)", "".join(map("".join, grid.cells[:4])))[:1])
    name = canonical(found.name)
    if name in _POSTS:
        unit = "人"
    if len(name) < _SHORT or not unit or name in general().words.totals or name in _GRANDS:
        return None
    own = of_head.year or found.year or year
    if own == BEFORE:
        own = str(int(year) - 1) if year else BEFORE
    factor = MONEY.get(unit, ONE)
    half = term.half * factor
    shown = term._replace(factor=factor, half=half, printed=f"{term.printed}{unit}")
    is_vague = basis is Basis.NONE
    return Fact(
        name, own, Basis.OUTTURN if is_vague else basis, is_vague, shown, unit,
        grid.place(row, column), "|".join(dict.fromkeys(filter(None, grid.cells[row]))), _scope(grid.table.caption),
    )  # fmt: skip


def _is_plain_head(name: str) -> bool:
    return name in ("金额", "数", "数额", "合计", "支出", "金额万元", "年", "数万元", "按支出", "资金", "万元", "支出数")


def _is_otherwise(one: Fact, values: Collection[tuple[str, str, Basis, Decimal]]) -> bool:
    """Whether a figure without a kind is the budget that another place states."""
    others = (basis for basis in Basis if basis is not one.basis)
    return (one.name, one.year, one.basis, one.term.amount) in values and any(
        (one.name, one.year, basis, one.term.amount) in values for basis in others
    )


def _apart(groups: Iterable[Sequence[Fact]]) -> set[frozenset[str]]:
    """Pairs of scopes whose figures differ as often as not: all funds, fiscal appropriation."""
    agree: Counter[frozenset[str]] = Counter()
    differ: Counter[frozenset[str]] = Counter()
    for members in groups:
        for at, one in enumerate(members[:12]):
            for other in members[at + 1 : 12]:
                if one.scope != other.scope and one.term.value and other.term.value:
                    pair = frozenset((one.scope, other.scope))
                    (agree if one.term.amount == other.term.amount else differ)[pair] += 1
    return {pair for pair, count in differ.items() if agree[pair] < 2 * count}


def _held(
    members: Sequence[Fact], apart: Collection[frozenset[str]]
) -> Iterator[tuple[str, Slip | None]]:
    if len({fact.place for fact in members}) < 2:
        return
    amounts = Counter(fact.term.amount for fact in members)
    if len(amounts) == 1:
        yield from ((RULE, None) for _ in members[1:])
        return
    (common, count), *_ = amounts.most_common()
    witnesses = [fact for fact in members if fact.term.amount == common]
    for fact in members:
        if fact.term.amount == common or amounts[fact.term.amount] > 1 and count > 1:
            continue
        if frozenset((fact.scope, witnesses[0].scope)) in apart:
            continue
        slip = _odd(fact, witnesses[0], alone=count == 1 and len(amounts) == 2)
        if slip is not None:
            yield (MIXED if slip.rule == MIXED else RULE), slip
    yield from ((RULE, None) for _ in witnesses[1:])


def _odd(fact: Fact, other: Fact, *, alone: bool) -> Slip | None:
    """What to say of a figure that differs from its witness; None where it may be another scope."""
    near = abs(fact.term.amount - other.term.amount)
    coarse = max(_half(fact), _half(other))
    if near <= coarse and fact.term.decimals != other.term.decimals:
        return None  # one is rounded
    is_sure = not (fact.is_vague or other.is_vague)
    is_telling = max(significant(fact.term), significant(other.term)) >= 3
    is_slip = slipped(fact.term, other.term.amount) or slipped(other.term, fact.term.amount)
    ratio = _ratio(fact, other)
    if ratio in (10_000, 100_000_000) and fact.unit != other.unit:
        return _told(fact, other, MIXED, Severity.ERROR)
    if is_slip and (is_telling or len(fact.name) >= _LONG):
        return _told(fact, other, RULE, Severity.ERROR)
    if fact.kind != "元" and is_sure and max(fact.term.value, other.term.value) > 0:
        return _told(fact, other, RULE, Severity.HINT)
    return _told(fact, other, RULE, Severity.HINT) if is_sure and alone else None


def _half(fact: Fact) -> "int | float":
    return 5 * 10.0 ** (-fact.term.decimals - 1) * float(fact.term.factor)


def _ratio(fact: Fact, other: Fact) -> "int | float":
    amounts = sorted((abs(fact.term.amount), abs(other.term.amount)))
    return 0 if not amounts[0] else float(amounts[1] / amounts[0])


def _told(fact: Fact, other: Fact, rule: str, severity: Severity) -> Slip:
    kind = "" if fact.is_vague else fact.basis.value
    return Slip(
        rule, severity, fact.place, fact.text, (fact.term.printed, other.term.printed),
        f"{fact.name}{kind} {fact.term.printed}", f"{other.term.printed}({other.place}的“{other.text[:24]}”)",
        f"{fact.term.printed} ≠ {other.term.printed}",
    )  # fmt: skip


def _indicators(
    statements: Sequence[Statement], tables: Sequence[Table]
) -> Iterator[tuple[str, Slip | None]]:
    """What an indicator has reached against the sentences that end in its whole name."""
    found = [one for table in tables for one in _reached(table)]
    by_name: dict[tuple[str, str], list[tuple[Term, Place, str]]] = defaultdict(list)
    for name, unit, term, place, text in found:
        by_name[name, unit].append((term, place, text))
    for (name, unit), cells in by_name.items():
        said = [
            (term, one.place, one.sentences[0].text if one.sentences else one.text)
            for one in statements if name in one.folded.text
            for term in _said_of(name, unit, one)
        ]  # fmt: skip
        members = [*said, *cells]
        values = Counter(term.value for term, _, _ in members)
        if len(members) < 2:
            continue
        if len(values) == 1:
            yield from ((RULE, None) for _ in members[1:])
            continue
        common, count = values.most_common(1)[0]
        if len(values) != 2 or (count == 1 and len(members) > 2) or len(said) == 0:
            continue
        odd = next(one for one in members if one[0].value != common)
        other = next(one for one in members if one[0].value == common)
        if slipped(odd[0], other[0].value):
            yield RULE, Slip(
                RULE, Severity.ERROR, odd[1], odd[2], (odd[0].printed, other[0].printed),
                f"{name}{odd[0].printed}", f"{other[0].printed}({other[1]})",
                f"{odd[0].printed} ≠ {other[0].printed}",
            )  # fmt: skip


def _reached(table: Table) -> Iterator[tuple[str, str, Term, Place, str]]:
    for grid in sections(table):
        columns = [at for at, head in enumerate(grid.heads) if _INDICATOR.search(head)]
        names = [at for at, head in enumerate(grid.heads) if "三级指标" in head or head.endswith("指标名称")]
        if not columns or not names:
            continue
        for row in grid.rows:
            cells = grid.cells[row]
            if len(cells) != grid.width:
                continue
            match = _INDICATOR_VALUE.fullmatch(cells[columns[0]])
            name = letters(cells[names[0]])
            if match and match[2] and len(name) >= 4:
                value = Decimal(match[1].replace(",", ""))
                decimals = max(0, -int(value.as_tuple().exponent))
                term = Term(value, ONE, decimals, printed=cells[columns[0]])
                yield name, match[2], term, grid.place(row, columns[0]), "|".join(filter(None, cells))


def _said_of(name: str, unit: str, statement: Statement) -> Iterator[Term]:
    """The figures that stand right behind a name, or behind its last words and a verb."""
    if statement.is_cell and len(statement.text) < 12:
        return
    pattern = re.compile(re.escape(name) + r"(?:共|为|达|达到|共计)?(\d[\d,]*(?:\.\d+)?)" + re.escape(unit))
    for match in pattern.finditer(statement.folded.text):
        before = statement.folded.text[max(match.start() - 14, 0) : match.start()].rpartition("。")[2]
        if not _PERIOD.search(before):
            value = Decimal(match[1].replace(",", ""))
            decimals = max(0, -int(value.as_tuple().exponent))
            yield Term(value, ONE, decimals, printed=f"{match[1]}{unit}")
