"""Cells with a default: whose formula stands in them, in a file and in an open book."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from msgspec import structs
from small import Typed, details, form_of, lines, money, rules_of, snapshot_of, text

from workbook.checking.check import Checked, check
from workbook.form.model import Form
from workbook.reading.snapshot import RawCell, Snapshot
from workbook.rules.formulas import Formulas

FORM = form_of(
    money("甲"),
    money("乙"),
    money("合", default="甲 + 乙"),
    tables=[details(text("名称"), money("额"), money("倍", default="额 * 2"), row_name="名称")],
)
RULES = rules_of(FORM)
OURS = Formulas(RULES.computed).of("合")
IN_ROW = Formulas(RULES.computed).of_row(FORM.tables["明细"], FORM.tables["明细"].column[2], None)
ROWS = ({"名称": "一", "额": 3, "倍": 7}, {"名称": "二", "额": 4, "倍": 8})


def filled(**typed: Typed) -> Snapshot:
    return snapshot_of(FORM, {"甲": 1, "乙": 2, **typed}, ROWS)


def with_formulas(snapshot: Snapshot, formulas: Mapping[str, str], kind: str = "") -> Snapshot:
    """A file's snapshot in which 合, or 倍 of each row, holds a formula."""

    def new(key: str, cell: RawCell | None) -> RawCell | None:
        if cell is None or key not in formulas:
            return cell
        changed = structs.replace(cell, formula=formulas[key])
        return structs.replace(changed, kind=kind, value="#REF!") if kind else changed

    names = {key: new(key, cell) for key, cell in snapshot.names.items()}
    table = snapshot.tables["明细"]
    rows = tuple({key: new(key, cell) for key, cell in row.items()} for row in table.rows)
    return replace(snapshot, names=names, tables={"明细": replace(table, rows=rows)})


def found(snapshot: Snapshot, form: Form = FORM) -> tuple[Checked, Typed, list[Typed]]:
    """What there is to say, what 合 is, and 倍 of each row."""
    checked = check(snapshot, form, RULES)
    rows = [row["倍"].value for row in checked.values.tables["明细"]]
    return checked, checked.values.fields["合"].value, rows


@pytest.mark.parametrize(
    "formula",
    [
        OURS,
        OURS.lower(),
        OURS.replace("甲", "$甲").replace(",", ", "),
        OURS.replace("TRUE", "TRUE()"),
        OURS.replace("IFERROR", "_xlfn.IFERROR"),
    ],
)
def test_a_default_that_its_program_wrote_differently_is_a_default(formula: str) -> None:
    checked, value, _ = found(with_formulas(filled(合=9), {"合": formula, "倍": IN_ROW}))
    assert value == 3  # whatever was saved as its result
    assert checked.values.fields["合"].is_derived
    assert checked.findings == ()


@pytest.mark.parametrize("formula", ["=9", "=SUM(C5:C6)", OURS.removeprefix("="), f" {OURS}", ""])
def test_another_formula_or_none_is_the_clerks_own_and_held_against_the_default(
    formula: str,
) -> None:
    checked, value, _ = found(with_formulas(filled(合=9), {"合": formula, "倍": IN_ROW}))
    assert value == 9
    assert not checked.values.fields["合"].is_derived
    assert lines(checked) == ["表!C7 合:9.00 ≠ 甲 1.00 + 乙 2.00 = 3.00,差 6.00。"
                              "请核对;确实不同的可以保留"]  # fmt: skip


def test_a_default_in_a_row_is_known_by_its_own_formula() -> None:
    short = IN_ROW.replace("明细[[#This Row],[额]]", "明细[@额]")
    older = (IN_ROW, short, IN_ROW.replace("明细[[#This Row],[额]]", "明细[@[额]]"))
    for formula in ("=勾稽_行_明细.倍", "=@勾稽_行_明细.倍", *older):  # once, it stood in each row
        checked, _, rows = found(with_formulas(filled(合=3), {"倍": formula}))
        assert rows == [6, 8]
        assert checked.findings == ()
    for other in (OURS, "=勾稽_行_明细.额"):
        checked, _, rows = found(with_formulas(filled(合=3), {"倍": other}))
        assert rows == [7, 8]
        assert lines(checked) == [
            "表!D12 明细「一」倍:7.00 ≠ 额 3.00 × 2 = 6.00,差 1.00。请核对;确实不同的可以保留"
        ]


def test_an_error_that_a_default_gives_is_told() -> None:
    checked, value, _ = found(with_formulas(filled(合=3), {"合": OURS}, kind="error"))
    assert value is None
    assert [(one.code, str(one.place)) for one in checked.findings if not one.rule] == [
        ("error-cell", "表!C7")
    ]


def test_of_an_open_book_a_cell_that_shows_something_else_is_asked_for_its_formula() -> None:
    asked = {"C7": OURS, "D12": IN_ROW, "D13": "=8"}
    snapshot = replace(
        filled(合=9), formulas=lambda places: [asked.get(one.address, "") for one in places]
    )
    checked, value, rows = found(snapshot)
    assert (value, rows) == (3, [6, 8])
    assert checked.findings == ()


def test_a_default_that_was_emptied_is_a_warning_with_what_stood_there() -> None:
    checked, value, _ = found(with_formulas(filled(), {"倍": IN_ROW}))
    assert value is None
    assert [(one.code, one.label, one.expected) for one in checked.findings] == [
        ("default-emptied", "合", "3.00"),
    ]


def test_words_that_a_default_says_are_read_as_the_default_says_them() -> None:
    absent, value, _ = found(with_formulas(filled(合="不适用"), {"倍": IN_ROW}))
    assert (value, absent.values.fields["合"].is_absent) == (None, True)
    assert [one.code for one in absent.findings] == []
    spoiled, value, _ = found(with_formulas(filled(合="非数值"), {"倍": IN_ROW}))
    assert (value, spoiled.values.fields["合"].is_derived) == (3, True)


def test_a_default_that_has_no_value_itself_cannot_have_been_emptied() -> None:
    for typed, codes in ((None, ["required"]), ("不详", ["not-a-number"])):
        checked, value, _ = found(with_formulas(filled(甲=typed), {"倍": IN_ROW}))
        assert (value, [one.code for one in checked.findings]) == (None, codes)


def test_a_text_whose_default_asks_what_does_not_apply_is_blank() -> None:
    rate = money("率", compute="甲 / 乙")
    form = form_of(money("甲"), money("乙"), rate, text("评", default="'高' if 率 > 1 else '低'"))
    rules = rules_of(form)
    formula = Formulas(rules.computed).of("评")
    said = []
    for divisor in (0, 1):
        snapshot = snapshot_of(form, {"甲": 2, "乙": divisor})
        cell = structs.replace(snapshot.names["评"], formula=formula)
        checked = check(replace(snapshot, names={**snapshot.names, "评": cell}), form, rules)
        entry = checked.values.fields["评"]
        said.append((entry.value, entry.is_absent, entry.is_blank))
    assert said == [(None, False, True), ("高", False, False)]


def test_what_is_typed_over_a_default_and_the_same_is_the_default() -> None:
    checked, value, _ = found(with_formulas(filled(合=Decimal(3)), {"倍": IN_ROW}))
    assert (value, checked.values.fields["合"].is_derived) == (3, True)


def test_what_is_typed_over_a_default_with_a_condition_is_compared_with_it() -> None:
    form = form_of(money("甲"), money("乙", default="甲 if 甲 > 1 else 5"))
    snapshot = snapshot_of(form, {"甲": 2, "乙": 3})
    found = check(snapshot, form, rules_of(form)).findings
    assert [(one.rule, str(one.difference)) for one in found] == [("乙与算出的一致", "1.00")]
