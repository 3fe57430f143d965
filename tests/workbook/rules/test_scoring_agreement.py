"""A score has one value in Python and in the sheet, a grade one word, a band one verdict."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from loaded import load_workbook
from methods import BUDGET_DONE, BUDGET_KEPT, GRADES, KEY_SPENDING, QUALITY, STAFF, read
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from small import form_of, rules_of, text

from workbook.figures.numbers import from_excel
from workbook.form.field import Field
from workbook.form.scoring import (
    Aimed,
    ComputingMethod,
    Equal,
    Grades,
    Inverse,
    Ratio,
    Steps,
    Tier,
    Tiers,
    claim_expression,
    grade_expression,
    score_expression,
)
from workbook.language.model import Scope, ZeroDivisorError
from workbook.language.parsing import parse
from workbook.rules.formulas import side_formulas, verdict_formula
from workbook.rules.judge import Verdict
from workbook.rules.model import RuleSpec

SEED = os.environ.get("GOUJI_SEED", "1")
SCORES, HALF = 600, 150
DIVIDED_BY_ZERO = "#DIV/0!"
CENT = Decimal("0.01")
Recalculate = Callable[[Sequence[Path]], list[Path]]


@dataclass(frozen=True)
class Example:
    """An expression, or a claim, over cells of its own, and what is typed into them."""

    expression: str
    typed: dict[str, Decimal | str]

    @property
    def fields(self) -> tuple[Field, ...]:
        """One cell each: a word, or a figure with the decimals of money or as typed."""
        return tuple(
            text(key)
            if isinstance(value, str)
            else Field(key=key, type="number", decimals=2 if key.startswith("分值") else None)
            for key, value in self.typed.items()
        )

    def value(self) -> Any:
        """What Python makes of it."""
        scope = Scope({field.key: field for field in self.fields}, {})
        try:
            return parse(self.expression, scope).value(self.typed.__getitem__)
        except ZeroDivisorError:
            return DIVIDED_BY_ZERO


def test_a_score_is_the_same_in_python_and_in_the_sheet(
    recalculate: Recalculate, tmp_path: Path, summary_line: Callable[[str], None]
) -> None:
    random = Random(f"{SEED} scores")
    examples = [_scored(random, number) for number in range(SCORES)]
    formulas = [
        side_formulas(rule)[1]
        for rule in _rules(examples, [f"分值{n} == {e.expression}" for n, e in enumerate(examples)])
    ]
    found = _recalculated(examples, formulas, recalculate, tmp_path / "得分.xlsx")

    said = [example.value() for example in examples]
    assert _differences(examples, said, found) == []
    computed = [one != DIVIDED_BY_ZERO for one in said]
    partial = [
        0 < one < example.typed[f"分值{n}"]
        for n, (example, one) in enumerate(zip(examples, said, strict=True))
        if computed[n]
    ]
    assert SCORES > sum(computed) > SCORES * 0.9
    assert sum(partial) > SCORES * 0.1
    summary_line(f"agreement, scores: {SCORES} scores the same in Python and in the sheet")


def test_a_grade_and_a_band_are_the_same_in_python_and_in_the_sheet(
    recalculate: Recalculate, tmp_path: Path
) -> None:
    random = Random(f"{SEED} grades")
    examples = [_graded(random, number) for number in range(HALF)]
    examples += [_banded(random, number) for number in range(HALF, 2 * HALF)]
    rules = _rules(examples, [example.expression for example in examples])
    formulas = [verdict_formula(rule) for rule in rules]
    found = _recalculated(examples, formulas, recalculate, tmp_path / "等级.xlsx")

    said = [Verdict.TIES if example.value() else Verdict.FAILS for example in examples]
    assert _differences(examples, said, found) == []
    assert set(said[:HALF]) == set(said[HALF:]) == {Verdict.TIES, Verdict.FAILS}


def _scored(random: Random, number: int) -> Example:
    method, edges = random.choice([_steps, _tiers, _aimed, _published])(random)
    value, weight, target = f"实际{number}", f"分值{number}", f"指标{number}"
    near = [Decimal(0), Decimal(0), CENT, -CENT, random.randint(-3000, 9000) * CENT]
    points = Decimal(random.choice(["0", "1", "2", "5", "8", "10", "20", "0.1", "12.5", "33.3"]))
    at = random.choice(edges) + random.choice(near)
    typed: dict[str, Decimal | str] = {
        value: at,
        weight: points,
        target: random.choice([Decimal(0), Decimal(-2), Decimal(100), Decimal(3), *edges * 4]),
    }
    if random.random() < 0.4:  # a percentage that is computed, on its edge as often as not
        whole = Decimal(random.choice([1, 3, 7, 12, 40, 999, 171])) * random.choice([1, CENT])
        part = f"部分{number}"
        typed |= {part: (at / 100 * whole), value: whole}
        value = f"{part} / {value} * 100"
    needed = target if isinstance(method, Aimed) and method.target is None else ""
    return Example(score_expression(method, value, weight, needed), typed)


def _published(random: Random) -> tuple[ComputingMethod, list[Decimal]]:
    limits = [Decimal(n) for n in (0, 10, 20, 30, 60, 70, 80, 90, 95, 100, 101, 105)]
    return read(random.choice([STAFF, BUDGET_DONE, BUDGET_KEPT, KEY_SPENDING])), limits


def _aimed(random: Random) -> tuple[ComputingMethod, list[Decimal]]:
    target = Decimal(random.randint(1, 20000)) * CENT
    shape = random.choice([Ratio, Inverse, Equal])
    decimals = random.choice([0, 1, 2, 2, 2, 4])
    fixed = target if random.random() < 0.5 else None
    return shape(target=fixed, decimals=decimals), [target, Decimal(0), target / 2]


def _steps(random: Random) -> tuple[ComputingMethod, list[Decimal]]:
    step = Decimal(random.choice(["1", "5", "0.1", "0.3", "2.5", "7"]))
    method = Steps(
        bound=Decimal(random.choice(["100", "0", "95.5", "-3"])),
        direction=random.choice(["above", "below"]),
        step=step,
        points=Decimal(random.choice(["0.5", "2", "0.1", "0.8"])),
        whole=random.random() < 0.7,
    )
    return method, [method.bound + n * step for n in range(-6, 7)]


def _tiers(random: Random) -> tuple[ComputingMethod, list[Decimal]]:
    limits = sorted({Decimal(random.randint(-50, 1200)) / 10 for _ in range(random.randint(1, 6))})
    compare = random.choice(["<=", ">="])
    points = [Decimal(n) / 2 for n in range(len(limits) + 1, 0, -1)]
    ordered = limits if compare == "<=" else limits[::-1]
    tier = tuple(Tier(limit=a, points=b) for a, b in zip(ordered, points, strict=False))
    return Tiers(compare=compare, tier=tier, otherwise=random.choice([Decimal(0), CENT])), limits


def _graded(random: Random, number: int) -> Example:
    total = Decimal(random.choice([60, 80, 90])) + random.choice([0, CENT, -CENT, 5, -70, 10])
    grade = grade_expression(read(GRADES, Grades), f"总分{number}")
    return Example(
        f"{grade} == 等级{number}",
        {f"总分{number}": total, f"等级{number}": random.choice("优良中差")},
    )


def _banded(random: Random, number: int) -> Example:
    method = read(QUALITY)
    weight = Decimal(random.choice(["10", "5", "3.3", "7.25"]))
    at = weight * random.choice([0, 60, 80, 100]) / 100
    return Example(
        claim_expression(method, f"档次{number}", f"得分{number}", f"分值{number}"),
        {
            f"档次{number}": random.choice([*method.words, method.words[0], "别的"]),
            f"得分{number}": at + random.choice([0, 0, CENT, -CENT, weight / 10]),
            f"分值{number}": weight,
        },
    )


def _rules(examples: Sequence[Example], claims: Sequence[str]) -> Any:
    form = form_of(*(field for example in examples for field in example.fields))
    specs = (RuleSpec(id=f"式{number}", claim=claim) for number, claim in enumerate(claims))
    return rules_of(form, *specs).rules


def _recalculated(
    examples: Sequence[Example], formulas: Sequence[str], recalculate: Recalculate, file: Path
) -> list[Any]:
    """What LibreOffice makes of each example's formula, in a sheet with one row for each."""
    book = Workbook()
    sheet = book.active
    for row, (example, formula) in enumerate(zip(examples, formulas, strict=True), start=1):
        sheet.cell(row, 1, f"={formula}")
        for column, (key, value) in enumerate(example.typed.items(), start=2):
            cell = sheet.cell(row, column, value)
            book.defined_names[key] = DefinedName(
                key, attr_text=f"{sheet.title}!${cell.column_letter}${row}"
            )
    book.save(file)
    (made,) = recalculate([file])
    return [cell.value for cell in load_workbook(made, data_only=True).active["A"]]


def _differences(
    examples: Sequence[Example], said: Sequence[Any], found: Sequence[Any]
) -> list[str]:
    return [
        f"Python {one}, sheet {other}: {example}"
        for example, one, other in zip(examples, said, found, strict=True)
        if one != (other if isinstance(other, str) else from_excel(other))
    ]
