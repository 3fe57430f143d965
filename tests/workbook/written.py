"""Every workbook that the commands write, and the results that are saved in one."""

import math
import zipfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from cases import Case, language_case
from in_calc import in_calc
from light import sheet_parts
from lxml import etree
from spoiled import KINDS, LANGUAGE

from docgen.importing.report import imported_workbook, read_report
from docgen.report.report import make_report
from gouji.command_line.reports import run_demo
from workbook.checking.intake import take_in
from workbook.checking.kinds import Kind, find_kind
from workbook.findings.model import Finding
from workbook.form.sample import Sample
from workbook.making.build import build_workbook
from workbook.making.examples_sheet import build_example
from workbook.marking.annotate import annotate
from workbook.reading.results import NONE, Result, saved_results
from workbook.xlsx.book import Book
from workbook.years.rollover import roll_over_file

REPORTS = ("department", "project", "project_sichuan")
WORDS = ("不详", "１０", "1,234.50", "#REF!", "甲  乙", " ", "=1+1", "不适用")


def every_file(folder: Path) -> dict[str, Path]:
    """A workbook of each kind from each command that writes one."""
    found = {}
    for kind in (*map(find_kind, REPORTS), LANGUAGE):
        for what, path in _of_kind(kind, folder):
            found[f"{kind.name} {what}"] = path
    list(run_demo(folder / "演示"))
    return {**found, "demo": folder / "演示" / "填报.xlsx"}


def _of_kind(kind: Kind, folder: Path) -> Iterator[tuple[str, Path]]:
    files = {what: folder / f"{kind.name}{what}.xlsx" for what in ("空白", "样例", "批注", "结转")}
    build_workbook(kind.form, kind.rules).save(files["空白"])
    has_sample = kind is not LANGUAGE
    sample = kind.sample if has_sample else sample_of(kind, language_case(Random("样例"), 0))
    build = build_example if has_sample else build_workbook
    build(kind.form, kind.rules, sample).save(files["样例"])
    intake = take_in(files["样例"], KINDS)
    annotate(files["样例"], intake.checked.findings, files["批注"])
    rolled = roll_over_file(files["样例"], KINDS)
    assert not isinstance(rolled, Finding), rolled
    rolled.save(files["结转"])
    yield from files.items()
    if kind.template.exists():
        report = make_report(intake, folder / f"{kind.name}.docx", draft=True).path
        imported = folder / f"{kind.name}导入.xlsx"
        imported.write_bytes(imported_workbook(read_report(report, kind)))
        yield "导入", imported


def sample_of(kind: Kind, case: Case) -> Sample:
    """A case as what is typed into a new workbook; given rows are found by their names."""
    fields, rows = {}, {}
    for key, value in case.items():
        table, _, cell = key.partition(".")
        number, _, column = cell.partition(".")
        if value is not None and cell:
            rows.setdefault(table, {}).setdefault(int(number), {})[column] = value
        elif value is not None:
            fields[key] = value
    return Sample(fields, {key: _rows(kind, key, found) for key, found in rows.items()})


def _rows(kind: Kind, key: str, found: dict[int, dict[str, object]]) -> tuple[dict, ...]:
    table = kind.form.tables[key]
    given = [{table.row_name: row.given[table.row_name]} for row in table.row]
    count = len(given) or max(found) + 1
    return tuple({**found.get(n, {}), **(given[n] if given else {})} for n in range(count))


def slipped(case: Case, figures: Sequence[str], random: Random) -> Case:
    """The case with a few figures typed as words, dropped, or another number."""
    slips = {
        key: random.choice([None, 0, 7, random.choice(WORDS), random.choice(WORDS)])
        for key in random.sample(figures, min(len(figures), random.randint(1, 12)))
    }
    return case | slips


def formulas(path: Path) -> frozenset[tuple[str, str]]:
    """Sheet and address of each formula cell."""
    return _formulas(path.read_bytes())


@lru_cache(maxsize=64)
def _formulas(file: bytes) -> frozenset[tuple[str, str]]:
    with zipfile.ZipFile(BytesIO(file)) as package:
        return frozenset(
            (name, cell.get("r", ""))
            for name, part in sheet_parts(package).items()
            for cell in etree.fromstring(package.read(part)).iterfind("{*}sheetData/{*}row/{*}c")
            if cell.find("{*}f") is not None
        )


def flat(path: Path) -> dict[tuple[str, str], Result]:
    """The saved results by sheet and address, without those that are not there."""
    results = saved_results(Book.at(path))
    return {
        (sheet, address): result
        for sheet, cells in results.items()
        for address, result in cells.items()
        if result is not NONE
    }


def differing(path: Path, office: Any) -> Iterator[str]:
    """The formula cells whose saved result is not there or not what LibreOffice computes."""
    ours = flat(path)
    with in_calc(office, path, {}) as book:
        theirs = book.results(formulas(path))
    for spot in sorted(formulas(path)):
        one, other = ours.get(spot, NONE), theirs.get(spot, NONE)
        if one is NONE or not is_same(one, other):
            yield f"{path.name} {'!'.join(spot)}: saved {one}, LibreOffice {other}"


def is_same(one: Result, other: Result) -> bool:
    """Whether two results are one, numbers as far as the digits of a double go."""
    if not (_is_number(one) and _is_number(other)):
        return one == other and isinstance(one.value, bool) == isinstance(other.value, bool)
    # A side of an equation is not rounded: what is left of 0.3 - 0.2 - 0.1 in doubles is no figure.
    return math.isclose(one.value, other.value, rel_tol=1e-14, abs_tol=1e-10)


def _is_number(result: Result) -> bool:
    return isinstance(result.value, int | float) and not isinstance(result.value, bool)
