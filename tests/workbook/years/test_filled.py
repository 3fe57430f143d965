"""What is filled into a kept blank workbook: the same, part for part, as if it were built anew."""

import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from itertools import chain
from pathlib import Path
from random import Random

import pytest
from cases import SEED, KindOf, department_case, language_case, sample_case, spots_of
from openpyxl import load_workbook
from spoiled import KINDS
from written import REPORTS, WORDS, sample_of, slipped

from workbook.checking.kinds import Kind, find_kind
from workbook.form.sample import NOTHING, Sample
from workbook.making.build import as_bytes, build_workbook
from workbook.years.beginning import filled_workbook
from workbook.years.rollover import roll_over_file

EVERY = (*REPORTS, "department_total", "grant_report", "language")
STYLE = re.compile(rb' s="(\d+)"')


@pytest.fixture(autouse=True, scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An empty one, so that each blank workbook is made once in this file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("缓存")))
        yield


def parts(book: bytes) -> dict[str, bytes]:
    """All parts but styles and time of making, each cell with its style in place of a number.

    A text that begins as a formula does has a style of its own, which is numbered otherwise.
    """
    with zipfile.ZipFile(BytesIO(book)) as archive:
        assert archive.testzip() is None
        found = {name: archive.read(name) for name in archive.namelist()}
        assert len(found) == len(archive.namelist())
    found.pop("docProps/core.xml")
    formats = re.search(rb"<cellXfs.*?</cellXfs>", found.pop("xl/styles.xml"), re.DOTALL)
    assert formats is not None
    looks = re.findall(rb"<xf (?:[^>]*/>|.*?</xf>)", formats[0])
    return {
        name: STYLE.sub(lambda one: looks[int(one[1])], data) if "worksheets" in name else data
        for name, data in found.items()
    }


def assert_same(kind: Kind | KindOf, sample: Sample) -> None:
    built = parts(as_bytes(build_workbook(kind.form, kind.rules, sample)))
    made = parts(filled_workbook(kind, sample))
    assert made.keys() == built.keys()
    assert [name for name, data in made.items() if data != built[name]] == []


@pytest.mark.parametrize("name", EVERY)
def test_it_is_what_would_be_built(name: str) -> None:
    kind = find_kind(name, KINDS)
    assert_same(kind, NOTHING)
    random = Random(f"{SEED} filled {name}")
    figures = [key for key, (_, _, field) in spots_of(kind).items() if field.is_number]
    make = {"department": department_case, "language": language_case}.get(name)
    for number in range(4):
        case = make(random, number) if make else sample_case(kind)
        assert_same(kind, sample_of(kind, case if number == 0 else slipped(case, figures, random)))


def test_texts_of_every_kind_are_typed_as_they_are_built(department: Kind) -> None:
    """Each in a cell for texts, in one for numbers and in a row of a table."""
    texts = ["=1+1", "-", "＋", " 甲\r\n乙 ", '"<&>"', "字" * 40_000, "", "  ", *WORDS]
    half, fields = len(texts) // 2, department.form.fields.items()
    cells = [[key for key, one in fields if one.type == type_] for type_ in ("text", "number")]
    assert min(map(len, cells)) >= half == len(texts) - half
    for some in (texts[:half], texts[half:]):
        rows = [({"项目名称": text, "自评得分": 7}, {"项目名称": f"@{text}"}) for text in some]
        typed = {key: text for keys in cells for key, text in zip(keys, some, strict=False)}
        assert_same(department, Sample(typed, {"项目": tuple(chain.from_iterable(rows))}))


def test_what_a_table_has_no_ready_rows_for_gets_them(department: Kind) -> None:
    rows = tuple({"项目名称": f"项目{number}", "自评得分": number} for number in range(70))
    for _ in range(2):  # made, and kept
        assert_same(department, Sample({"评价年度": 2024}, {"项目": rows}))
    made = load_workbook(BytesIO(filled_workbook(department, Sample({}, {"项目": rows}))))
    assert made["项目支出"].tables["项目"].ref.endswith(str(made["项目支出"].max_row))


def test_a_day_is_typed_as_a_day(department: Kind) -> None:
    day = next(key for key, field in department.form.fields.items() if field.type == "date")
    assert_same(department, Sample({day: date(2024, 2, 29)}, {}))


def test_signs_that_no_file_can_hold_are_left_out(department: Kind) -> None:
    made = load_workbook(
        BytesIO(filled_workbook(department, Sample({"单位名称": "甲\0乙\x0b"}, {})))
    )
    sheet, address = next(iter(made.defined_names["单位名称"].destinations))
    assert made[sheet][address.replace("$", "")].value == "甲乙"


def test_a_rollover_needs_no_openpyxl(
    department: Kind, sample_bytes: bytes, tmp_path: Path
) -> None:
    last = tmp_path / "2023.xlsx"
    last.write_bytes(sample_bytes)
    first = roll_over_file(last)
    first.save(tmp_path / "第一本.xlsx")
    program = (
        "import sys; from gouji.command_line.app import app;"
        "app(['rollover', *sys.argv[1:]], standalone_mode=False);"
        "print('openpyxl' in sys.modules)"
    )
    run = [sys.executable, "-c", program, str(last), str(tmp_path / "第二本.xlsx")]
    told = subprocess.run(run, check=True, capture_output=True, text=True).stdout
    assert told.endswith("\nFalse\n")
    books = [(tmp_path / f"{name}.xlsx").read_bytes() for name in ("第一本", "第二本")]
    assert parts(books[0]) == parts(books[1])
    kind = department
    assert parts(books[0]) == parts(as_bytes(build_workbook(kind.form, kind.rules, first.sample)))
