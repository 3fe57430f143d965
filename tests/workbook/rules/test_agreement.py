"""One rule, three places: what Python says of a workbook is what its own formulas say."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from cases import (
    ENDED,
    SEED,
    Case,
    KindOf,
    Spots,
    computed_spots,
    default_formulas,
    department_case,
    fill,
    language_case,
    sample_case,
    spots_of,
)
from in_calc import Shown, calculated, in_calc
from openpyxl.utils import get_column_letter
from sampled import retyped
from shapes import Shapes, with_computed
from small import form_of, money, rules_of, text

from workbook.checking.check import Checked, check
from workbook.checking.kinds import Kind
from workbook.figures.numbers import from_excel
from workbook.findings.place import Place
from workbook.form.field import Field
from workbook.form.table import Table
from workbook.making.build import build_workbook
from workbook.making.planning.layout import plan_sheets
from workbook.reading.saved import SavedBook, open_saved
from workbook.reading.snapshot import Snapshot
from workbook.reading.values import ABSENT, UNREADABLE, Entry, Values
from workbook.rules.computing import is_same_figure
from workbook.rules.defaults import with_defaults
from workbook.rules.formulas import ROW_BLANK
from workbook.rules.judge import Outcome, Verdict
from workbook.rules.model import RuleFile, RuleSpec
from workbook.rules.operands import Operands
from workbook.rules.prepare import prepare_rules

WORST_FIRST = [
    Verdict.UNREADABLE,
    Verdict.FAILS,
    Verdict.UNCOMPUTABLE,
    Verdict.ROUNDING,
    Verdict.TIES,
    Verdict.NOT_APPLICABLE,
    Verdict.BLANK,
]
APART = 12  # every so many cases are read from a file as well
CASES = {"department": (department_case, 120), "language": (language_case, 80)}
Verdicts = dict[str, str]


def cases_of(name: str) -> list[Case]:
    make, count = CASES[name]
    return [make(Random(f"{SEED} {name} {number}"), number) for number in range(count)]


@pytest.mark.parametrize("name", CASES)
def test_each_rule_has_one_verdict_in_python_and_in_the_sheet(
    name: str,
    request: pytest.FixtureRequest,
    office: Any,
    tmp_path: Path,
    summary_line: Callable[[str], None],
) -> None:
    kind: Kind = request.getfixturevalue(name)
    cases = cases_of(name)

    seen, cells = Counter[tuple[str, str]](), Counter[str]()
    wrong = []
    for case, (read, shown) in zip(cases, judged(kind, cases, office, tmp_path), strict=True):
        said, written = verdicts_of(kind, read), sheet_verdicts(kind, shown)
        seen.update((place.partition(" ")[0], verdict) for place, verdict in said.items())
        wrong += [f"{line}\n    {typed(case)}" for line in differences(said, written)]
        wrong += [f"{one}\n    {typed(case)}" for one in misfits(kind, read, shown, cells)]

    assert wrong == [], "\n".join(wrong[:20])
    assert rules_without(Verdict.TIES, kind, seen) == []
    assert rules_without(Verdict.FAILS, kind, seen) == []
    summary_line(
        f"agreement, {name}: {len(cases)} fillings, {seen.total()} verdicts, "
        f"the same in Python and in the sheet (GOUJI_SEED={SEED}); computed cells: {told(cells)}"
    )


@pytest.mark.parametrize("name", CASES)
def test_what_is_typed_in_is_judged_as_from_a_file(
    name: str, request: pytest.FixtureRequest, office: Any, tmp_path: Path
) -> None:
    kind: Kind = request.getfixturevalue(name)
    cases, spots = cases_of(name)[::APART], spots_of(kind)
    files = write_all(kind, cases, tmp_path)
    first = snapshot_of(kind, files[0])
    for case, file, shown in zip(cases, files, calculated(office, files), strict=True):
        saved = with_defaults(snapshot_of(kind, file), kind.rules.computed)
        typed = {key: case.get(key) for key in spots}
        assert retyped(first, typed, defaults=defaults_of(spots)) == saved
        read = check(saved, kind.form, kind.rules)
        assert differences(verdicts_of(kind, read), sheet_verdicts(kind, shown)) == [], typed(case)
        assert list(misfits(kind, read, shown, Counter())) == [], typed(case)


def test_rules_of_any_shape_have_one_verdict_in_python_and_in_the_sheet(
    language: Kind,
    office: Any,
    tmp_path: Path,
    summary_line: Callable[[str], None],
) -> None:
    random = Random(f"{SEED} any shape")
    shapes = Shapes(random)
    specs = [
        RuleSpec(
            id=f"规则{number}",
            claim=shapes.claim(),
            when=shapes.claim(1) if number % 5 == 0 else "",
            tolerance=random.choice(["0", "0.01", "0.5"]),
        )
        for number in range(150)
    ]
    rules, faults = prepare_rules(RuleFile(tuple(specs)), language.form)
    kind = KindOf(language.form, rules)
    cases = [language_case(random, n) | ENDED for n in range(8)]

    wrong, seen = [], Counter[str]()
    for case, (read, shown) in zip(cases, judged(kind, cases, office, tmp_path), strict=True):
        said, written = verdicts_of(kind, read), sheet_verdicts(kind, shown)
        seen.update(said.values())
        wrong += [
            f"{line}\n    {claim_of(kind, line)}\n    {typed(case)}"
            for line in differences(said, written)
        ]

    assert [fault for fault in faults if not fault.endswith("没有用到表单里的任何一项")] == []
    assert wrong == [], "\n".join(wrong[:20])
    summary_line(f"agreement, rules of any shape: {len(rules.rules)} rules, {told(seen)}")


def test_a_computed_cell_says_the_same_in_python_and_in_the_sheet(
    language: Kind,
    office: Any,
    tmp_path: Path,
    summary_line: Callable[[str], None],
) -> None:
    seen, count = Counter[str](), 8
    for number in range(3):
        random = Random(f"{SEED} computed {number}")
        form = with_computed(language.form, random, 60)
        rules, faults = prepare_rules(RuleFile(), form)
        assert faults == []
        kind = KindOf(form, rules)
        cases = [language_case(random, n) | ENDED for n in range(count)]
        wrong = []
        for case, (read, shown) in zip(cases, judged(kind, cases, office, tmp_path), strict=True):
            found = misfits(kind, read, shown, seen)
            wrong += [f"{line}\n    {typed(case)}" for line in found]
        assert wrong == [], "\n".join(wrong[:20])
    summary_line(f"agreement, computed cells of any shape: {told(seen)}")


LISTED = (
    ("甲", "乙", "甲乙", "丙 丁", "5G建设", "甲（一期）"),
    ("甲", "甲", "乙", None, "甲*", "甲乙"),
    ("甲?", "甲", "a", "A", "ab", "AB"),
    ("01", "1", "1.0", "１", "1月2日", "2023-1-2"),
    (">5", "<>甲", ">", "甲", "~", "甲~"),
    (" 甲", "甲 ", "丙丁 ", "丙 丁", "TRUE", "10%"),
)
ASKED = (
    *("甲", "甲*", "*", "?", "a", "A", "aB", "01", "1", "１", ">5", ">1", "<>甲", "", " 甲"),
    *(
        "甲?",
        "甲~",
        "~",
        "1月2日",
        "44927",
        "TRUE",
        "10%",
        "0.1",
        "甲乙",
        "丙 丁",
        "5g建设",
        "甲(一期)",
    ),
)


def test_rows_are_picked_by_their_very_words_in_the_sheet_too(office: Any, tmp_path: Path) -> None:
    picked = [
        Field(key="次", type="integer", compute="count_where(名单.名称, 问)"),
        Field(key="和", type="number", compute="sum_where(名单.额, 名单.名称, 问)"),
        Field(key="两", type="integer", compute='count_where(名单.名称, 问, 名单.类, "甲类")'),
        Field(key="值", type="number", compute="figure_where(名单.额, 名单.名称, 问)"),
        Field(key="字", type="text", compute="text_where(名单.类, 名单.名称, 问)"),
    ]
    columns = text("名称", required=False), money("额"), text("类")
    listed = Table(key="名单", title="名单", column=columns, rows=len(LISTED[0]))
    asking = Table(
        key="问表", title="问表", rows=len(ASKED), column=(text("问"), text("注"), *picked)
    )
    form = form_of(tables=[listed, asking])
    kind = KindOf(form, rules_of(form))
    asked = {f"问表.{n}.问": words for n, words in enumerate(ASKED)}
    asked |= {f"问表.{n}.注": "有" for n in range(len(ASKED))}
    cases: list[Case] = [
        asked
        | {f"名单.{n}.名称": name for n, name in enumerate(names)}
        | {f"名单.{n}.额": Decimal(2**n) for n in range(len(names))}
        | {f"名单.{n}.类": "甲类" if n % 2 else "乙类" for n in range(len(names))}
        for names in LISTED
    ]
    seen, odd = Counter[str](), []
    for read, shown in judged(kind, cases, office, tmp_path):
        assert list(misfits(kind, read, shown, seen)) == []
        odd.append(shown.named("勾稽_特殊_名单.名称"))
    assert [bool(count) for count in odd] == [False, *[True] * 5]
    assert seen["value"] > 200


def told(seen: Counter[str]) -> str:
    return ", ".join(f"{word} {count}" for word, count in seen.most_common())


def misfits(kind: Kind | KindOf, read: Checked, shown: Shown, seen: Counter[str]) -> Iterator[str]:
    """The computed cells that say something else in the sheet than in Python."""
    entries = {(e.place.sheet, e.place.address): e for e in read.values.entries() if e.place}
    for key, (sheet, address, field) in computed_spots(kind.form, kind.rules).items():
        found, entry = shown.cell(sheet, address), entries.get((sheet, address))
        seen[said_of(entry)] += 1
        if not is_same(found, entry):
            value = said_of(entry) if entry is None or entry.value is None else entry.value
            yield f"{key}: Python {value}, sheet {found!r}\n    {field.compute}"


def said_of(entry: Entry | None) -> str:
    if entry is None or entry.is_blank:
        return "blank"
    if entry.is_absent:
        return ABSENT
    return "value" if entry.readable else UNREADABLE


def is_same(found: object, entry: Entry | None) -> bool:
    said = said_of(entry)
    if entry is None or said != "value":
        return (found or "blank") == said
    if isinstance(found, int | float):
        return not isinstance(entry.value, str) and is_same_figure(from_excel(found), entry)
    return found == entry.value


def claim_of(kind: KindOf, line: str) -> str:
    return next(r.spec.claim for r in kind.rules.rules if r.spec.id == line.partition(":")[0])


def test_the_sheet_says_of_a_figure_typed_as_text_that_it_is_none(
    department: Kind, office: Any, tmp_path: Path
) -> None:
    figures = ("人员经费", "项目支出", "项目.1.金额", "编制数", "绩效数据.1.占比")
    texts = ("171.74", "1,234.50", "171.74万元", "１０", "abc")
    spots = spots_of(department)
    typed_as_text = zip(figures, texts, strict=True)
    cases = [sample_case(department) | {figure: text} for figure, text in typed_as_text]

    seen = judged(department, cases, office, tmp_path)
    for figure, (said, shown) in zip(figures, seen, strict=True):
        sheet, address, _ = spots[figure]
        spoiled = following(department, said.values, Place(sheet, address))
        expected = {
            place: Verdict.UNREADABLE if reads(outcome, spoiled) else outcome.verdict
            for place, outcome in outcomes_of(said)
        }
        assert sheet_verdicts(department, shown) == with_worst(department, expected)


def test_an_error_in_a_column_that_no_rule_reads_is_told_by_the_sheet_in_one_of_its_words(
    department: Kind, office: Any, tmp_path: Path
) -> None:
    case = sample_case(department) | {"项目.0.类别": "#REF!"}
    (shown,) = calculated(office, write_all(department, [case], tmp_path))

    assert sheet_verdicts(department, shown)["项目支出明细"] == Verdict.UNREADABLE


def write_all(kind: Kind | KindOf, cases: Sequence[Case], folder: Path) -> list[Path]:
    book, spots = build_workbook(kind.form, kind.rules), spots_of(kind)
    files = [folder / f"{number:03}.xlsx" for number in range(len(cases))]
    defaults = default_formulas(book, spots)
    for case, file in zip(cases, files, strict=True):
        fill(book, spots, case, defaults)
        book.save(file)
    return files


def outcomes_of(read: Checked) -> Iterator[tuple[str, Outcome]]:
    """Python's outcomes by rule, by rule and row where a rule is checked on each row."""
    for outcome in read.outcomes:
        each, row = outcome.rule.spec.each, ""
        if each:
            place = next(iter(outcome.operands.row.values())).place
            assert place is not None
            row = f" {place.address.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}"
        yield outcome.rule.spec.id + row, outcome


def snapshot_of(kind: Kind | KindOf, file: Path) -> Snapshot:
    book = open_saved(file)
    assert isinstance(book, SavedBook), book
    return book.snapshot(kind.form)


def verdicts_of(kind: Kind | KindOf, read: Checked) -> Verdicts:
    return with_worst(kind, {p: outcome.verdict for p, outcome in outcomes_of(read)})


def with_worst(kind: Kind | KindOf, verdicts: Verdicts) -> Verdicts:
    """The verdicts with one more for each rule on rows: the worst of its rows."""
    found = dict(verdicts)
    for rule in kind.rules.rules:
        if rule.spec.each:
            of_rows = {v for p, v in verdicts.items() if p.startswith(f"{rule.spec.id} ")}
            found[rule.spec.id] = next((v for v in WORST_FIRST if v in of_rows), Verdict.BLANK)
    return found


def judged(
    kind: Kind | KindOf, cases: Sequence[Case], office: Any, folder: Path
) -> Iterator[tuple[Checked, Shown]]:
    """What Python says and LibreOffice shows of each case.

    Both read the first case from its file; the others are typed over it.
    """
    spots = spots_of(kind)
    # The defaults' formulas are taken from the file, so nothing stands over them in its case.
    case = {key: value for key, value in cases[0].items() if key not in defaults_of(spots)}
    (file,) = write_all(kind, [case], folder)
    first = snapshot_of(kind, file)
    with in_calc(office, file, spots) as book:
        yield check(first, kind.form, kind.rules), book.shown()
        for case in cases[1:]:
            book.type_in(case)
            typed = {key: case.get(key) for key in spots}
            snapshot = retyped(first, typed, defaults=defaults_of(spots))
            yield check(snapshot, kind.form, kind.rules), book.shown()


def defaults_of(spots: Spots) -> set[str]:
    """The cells in which a formula stands until somebody types over it."""
    return {key for key, (_, _, field) in spots.items() if field.default}


def sheet_verdicts(kind: Kind | KindOf, shown: Shown) -> Verdicts:
    """The sheet's own verdicts, by defined name and by the verdict columns of rows in use."""
    found = {rule.spec.id: shown.named(f"规则_{rule.spec.id}") for rule in kind.rules.rules}
    return found | dict(_row_verdicts(kind, shown))


def _row_verdicts(kind: Kind | KindOf, shown: Shown) -> Iterator[tuple[str, str]]:
    for plan in plan_sheets(kind.form, kind.rules):
        for spot in plan.tables:
            for rule in spot.rules:
                letter = get_column_letter(spot.columns[rule.spec.id])
                for row in spot.rows:
                    value = shown.cell(plan.sheet.name, f"{letter}{row}")
                    if value:
                        yield f"{rule.spec.id} {row}", _word(value)


def _word(value: str) -> str:
    return Verdict.BLANK if value == ROW_BLANK else value


def following(kind: Kind, values: Values, place: Place) -> set[Place | None]:
    """The cell and all that is computed from it, directly or through others."""
    reached: set[Place | None] = {place}
    for cell in kind.rules.computed:
        for row in cell.rows(values):
            operands = Operands(values, row)
            read = {e.place for leaf in cell.inputs.leaves for e in operands.entries(leaf)}
            entry = (row or values.fields)[cell.field.key]
            if reached & read and not entry.is_typed:  # over a default
                reached.add(entry.place)
    return reached


def reads(outcome: Outcome, places: set[Place | None]) -> bool:
    return any(entry.place in places for entry in outcome.entries())


def differences(said: Verdicts, written: Verdicts) -> list[str]:
    return [
        f"{place}: Python {said.get(place)}, sheet {written.get(place)}"
        for place in sorted(said.keys() | written.keys())
        if said.get(place) != written.get(place)
    ]


def typed(case: Case) -> str:
    return ", ".join(f"{key}={value}" for key, value in case.items() if value is not None)


def rules_without(
    verdict: Verdict, kind: Kind | KindOf, seen: Counter[tuple[str, str]]
) -> list[str]:
    return [r.spec.id for r in kind.rules.rules if not seen[r.spec.id, verdict]]
