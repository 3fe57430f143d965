"""No slip of the hand goes unseen: each amount of the sample changed, and its cell is named."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import combinations

from sampled import check_of, known, sample, typed_over
from spoiled import DEPARTMENT

from workbook.findings.model import Finding, Severity, flattened
from workbook.findings.place import Place
from workbook.reading.values import Entry

CENT = Decimal("0.01")
MOST_TOLD = 3  # rules for one slip, those that follow from another not counted
# Cells that nothing ties to any other, or only by an upper bound: a slip there can go unseen.
LOOSE = {
    # last year's figures, known only from last year's report
    *(f"{row}_上年决算数" for row in ("公车购置", "公车运行", "出国", "接待")),
    *(f"{row}_上年决算数" for row in ("公用", "办公", "水电差旅", "会议培训", "采购")),
    "三公上年预算_金额",
    "项目.上年决算数",
    # parts whose total follows from them, where little else bounds it
    *("行政编制", "事业编制"),
    *("因公出国费", "公务用车购置费", "公务用车运行费", "公务接待费"),
    *(f"{row}_本年预算数" for row in ("公车购置", "公车运行", "出国", "接待")),
    *("项目.本年预算数", "项目.全年结转", "项目.执行结转"),
    # parts of which the table names only some, so that they need not add up
    *(f"{row}_本年预算数" for row in ("公用", "办公", "水电差旅", "会议培训", "采购")),
    *(f"{row}_本年决算数" for row in ("办公", "水电差旅", "会议培训", "采购")),
    "重点项目支出_金额",
    # what was done and what was aimed at, where the score stays the same or is the clerk's own
    "绩效数据.数值",
    *(
        f"{table}.{column}"
        for table in ("指标", "项目指标")
        for column in ("年度指标值", "实际完成值", "自评得分")
    ),
}


def test_every_slip_in_every_amount_of_the_sample_is_a_finding_that_names_its_cell(
    summary_line: Callable[[str], None],
) -> None:
    tried, unseen = 0, 0
    unnamed, too_many, missed = [], [], set()
    stood = {(one.rule, one.place) for one in check_of(sample()).findings}
    for key, entry in amounts():
        for slip, value in slips(entry):
            tried += 1
            findings = check_of(typed_over({key: value})).findings
            new = [one for one in flattened(findings) if str(one) not in known()]
            told = f"{entry.place} {entry.label} {entry.value} → {value} ({slip})"
            if not new:
                unseen += 1
                missed.add(key_of_column(key))
            elif not any(names(one, entry.place) for one in new):
                unnamed.append(told)
            weighty = [
                one
                for one in new
                if one.rule and one.severity is not Severity.HINT
                if (one.rule, one.place) not in stood  # the same warning, of another figure
            ]
            if sum(one in weighty for one in findings) > MOST_TOLD:
                too_many.append(told)

    assert unnamed == []
    assert too_many == []
    assert missed == LOOSE
    summary_line(
        f"mutations: {tried} slips in {len(list(amounts()))} amounts of the sample, "
        f"{100 * (tried - unseen) / tried:.0f}% found and their cell named; "
        f"the others are in {len(LOOSE)} columns and cells that nothing ties"
    )


def amounts() -> Iterator[tuple[str, Entry]]:
    """Every figure that somebody typed, rows of tables included, by the key that retypes it."""
    values = check_of(sample()).values
    for key, entry in values.fields.items():
        if is_typed(entry):
            yield key, entry
    for table in DEPARTMENT.form.tables.values():
        for number, row in enumerate(values.tables[table.key]):
            given = table.row[number].given if table.row else ()
            for key, entry in row.items():
                if is_typed(entry) and key not in given:
                    yield f"{table.key}.{number}.{key}", entry


def is_typed(entry: Entry) -> bool:
    return isinstance(entry.value, Decimal) and entry.is_typed


def key_of_column(key: str) -> str:
    return ".".join(part for part in key.split(".") if not part.isdigit())


def slips(entry: Entry) -> Iterator[tuple[str, Decimal]]:
    assert isinstance(entry.value, Decimal)
    figure = entry.value
    yield "+0.01", figure + CENT
    yield "-0.01", figure - CENT
    if figure:
        yield "×10", figure * 10
        yield "÷10", figure / 10
    for swapped in sorted(exchanges(figure)):
        yield "two digits exchanged", swapped


def exchanges(figure: Decimal) -> set[Decimal]:
    """Every other figure that comes of exchanging any two digits."""
    text = f"{figure:f}"
    places = [i for i, letter in enumerate(text) if letter.isdigit()]
    found = set()
    for i, j in combinations(places, 2):
        letters = list(text)
        letters[i], letters[j] = letters[j], letters[i]
        found.add(Decimal("".join(letters)))
    return found - {figure}


def test_an_exchange_is_of_any_two_digits() -> None:
    assert exchanges(Decimal("1.20")) == {Decimal(t) for t in ("2.10", "0.21", "1.02")}
    assert exchanges(Decimal("11")) == set()


def names(finding: Finding, place: Place | None) -> bool:
    return place in (finding.place, *(part.place for part in finding.parts))
