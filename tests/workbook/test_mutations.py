"""No slip of the hand goes unseen: each amount of the sample changed, and its cell is named."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from workbook.build import build_workbook
from workbook.check import Checked, check
from workbook.findings import Finding, everything
from workbook.form import Field
from workbook.judge import Verdict
from workbook.kinds import Kind
from workbook.numbers import from_excel
from workbook.saved import SavedBook
from workbook.snapshot import Place, RawCell, Snapshot

CENT = Decimal("0.01")


def test_every_slip_in_every_amount_of_the_sample_is_a_finding_that_names_its_cell(
    department: Kind, tmp_path, summary_line: Callable[[str], None]
) -> None:
    book = build_workbook(department.form, department.rules, department.sample)
    sample = SavedBook(tmp_path, book).snapshot(department.form)
    before = check_of(sample, department)
    known = {str(one) for one in everything(before.findings)}
    amounts = list(amounts_in_rules(before))

    tried, missed = 0, []
    for field, place, figure in amounts:
        for slip, value in slips(field, figure):
            tried += 1
            after = check_of(with_figure(sample, place, value), department)
            new = [one for one in everything(after.findings) if str(one) not in known]
            if not any(names(one, place) for one in new):
                missed.append(f"{place} {field.name} {figure} → {value} ({slip})")

    assert missed == []
    assert len(amounts) > 25
    summary_line(
        f"mutations: {tried} slips in {len(amounts)} amounts of the sample, "
        f"{100 * (tried - len(missed)) / tried:.0f}% found and their cell named"
    )


def check_of(snapshot: Snapshot, kind: Kind) -> Checked:
    return check(snapshot, kind.form, kind.rules)


def amounts_in_rules(checked: Checked) -> Iterator[tuple[Field, Place, Decimal]]:
    """Every figure that a rule was checked with, rows of tables included, each once."""
    seen = set()
    for outcome in checked.outcomes:
        if outcome.verdict in (Verdict.BLANK, Verdict.NOT_APPLICABLE):
            continue
        for entry in outcome.entries():
            if isinstance(entry.value, Decimal) and entry.place not in seen:
                assert entry.place is not None
                seen.add(entry.place)
                yield entry.field, entry.place, entry.value


def slips(field: Field, figure: Decimal) -> Iterator[tuple[str, Decimal]]:
    yield "+0.01", figure + CENT
    yield "-0.01", figure - CENT
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


def with_figure(snapshot: Snapshot, place: Place, value: Decimal) -> Snapshot:
    """The snapshot with another number typed in one cell."""

    def retype(cell: RawCell | None) -> RawCell | None:
        if cell is None or cell.place != place:
            return cell
        assert from_excel(float(value)) == value
        return replace(cell, kind="number", value=float(value))

    def retyped(row: Mapping[str, RawCell]) -> dict[str, RawCell]:
        return {key: changed for key, cell in row.items() if (changed := retype(cell))}

    names_ = {key: retype(cell) for key, cell in snapshot.names.items()}
    tables = {
        key: replace(table, rows=tuple(retyped(row) for row in table.rows))
        for key, table in snapshot.tables.items()
    }
    return replace(snapshot, names=names_, tables=tables)


def names(finding: Finding, place: Place) -> bool:
    return place in (finding.place, *(part.place for part in finding.parts))
