"""Formulas of our functions that another program wrote: 校验 turns them into the program's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw
from light import lighten
from loaded import load_workbook

from addin.open_book.live import LiveBook
from addin.ribbon.foreign_formulas import take_over
from addin.ribbon.press import press
from workbook.checking.intake import examine, take_in
from workbook.years.rollover import roll_over_file

SHEET = "预算收支"
TIES = "GJ_TIES(C17,C18:C19)"
STRANGE = {
    "F17": f"=[1]!{TIES}",
    "F18": f"=ORG.GOUJI.FUNCTIONS.{TIES}",
    "F19": f"=_xludf.{TIES}",
    "F20": f"=org.gouji.functions.{TIES.lower()}",
    "F21": f'=IF(gouji.xlam!{TIES}="相符",1,2)',
}
OWN = dict.fromkeys(STRANGE, f"={TIES}") | {"F21": f'=IF({TIES}="相符",1,2)'}
UNION = "=[1]!GJ_TIES(C24,(C25:C26,C29))"


@pytest.fixture(params=["calc", "excel"])
def opened(request) -> Iterator[callable]:
    """Opens a file in LibreOffice, then in the strict Excel."""
    books: list[xw.Book] = []
    excel = request.getfixturevalue(request.param)

    def open_in(path, **how) -> xw.Book:
        books.append(excel.open(path, **how) if excel else xw.Book(str(lighten(path))))
        return books[-1]

    yield open_in
    if excel is None:
        for book in books:
            book.close()


@pytest.fixture
def strange(sample_file) -> Path:
    """The sample with checks that other programs wrote."""
    return with_formulas(sample_file, STRANGE)


def with_formulas(path, formulas, *, password=None):
    book = load_workbook(path)
    for address, formula in formulas.items():
        book[SHEET][address] = formula
    if password:
        book[SHEET].protection.set_password(password)
    book.save(path)
    return path


def formulas_of(book, addresses):
    return {one: book.sheets[SHEET].range(one).formula for one in addresses}


def test_a_check_writes_them_anew(opened, strange, screen):
    book = opened(strange)
    press("validate", book, screen)
    assert formulas_of(book, STRANGE) == OWN
    assert screen.states[-1] == "发现 2 处提醒。"


def test_a_union_stays_in_excel_and_is_a_native_formula_in_calc(opened, sample_file):
    book = opened(with_formulas(sample_file, {"F24": UNION}))
    assert take_over(book) == 1
    cell = book.sheets[SHEET].range("F24")
    if book.app.engine.name == "excel":
        assert cell.formula == "=GJ_TIES(C24,(C25:C26,C29))"
    else:
        assert cell.value == "相符"


def test_what_a_password_locks_stays_as_it_is(opened, sample_file):
    book = opened(with_formulas(sample_file, STRANGE, password="不告诉你"))
    before = formulas_of(book, STRANGE)
    assert take_over(book) == 0
    assert formulas_of(book, STRANGE) == before


def test_a_read_only_book_stays_as_it_is(excel, strange):
    assert take_over(excel.open(strange, read_only=True)) == 0


def test_a_book_without_such_formulas_is_only_read_a_sheet_at_a_time(excel, sample_file):
    book = excel.open(sample_file)
    excel.calls.clear()
    assert take_over(book) == 0
    assert excel.calls.reads("Formula") <= len(book.sheets)
    assert excel.calls.writes("Formula") == 0


def test_beside_and_under_the_form_they_are_nobodys_input(opened, sample_file):
    """Right under a table typed rows are lost; a check is no row, whatever it shows."""
    before = read(take_in(sample_file))
    book = load_workbook(sample_file)
    own = book.create_sheet("我的核对")
    bottom = _bottom(book["项目支出"].tables["项目"].ref)
    every = [*STRANGE.values(), f"={TIES}", '=GJ_RULE("基本支出构成")']
    for number, formula in enumerate(every):
        book["项目支出"].cell(bottom + 1, 3 + number).value = formula
        book[SHEET][f"F{17 + number}"] = formula
        own[f"B{2 + number}"] = formula
    book.save(sample_file)
    assert read(take_in(sample_file)) == before
    live = opened(sample_file)
    assert read(examine(sample_file, LiveBook(live))) == before
    rolled = roll_over_file(sample_file)
    assert (rolled.lost, rolled.leftovers) == ((), ())


def read(intake):
    """The values of a checked book, and what is said of them."""
    return intake.checked.values, intake.checked.findings


def _bottom(reference):
    return int("".join(filter(str.isdigit, reference.partition(":")[2])))


def test_behind_a_check_under_a_table_typed_rows_are_still_lost(opened, sample_file):
    book = load_workbook(sample_file)
    bottom = _bottom(book["项目支出"].tables["项目"].ref)
    book["项目支出"][f"C{bottom + 1}"] = f"={TIES}"
    book["项目支出"][f"D{bottom + 1}"] = "漏掉的类别"
    book["项目支出"][f"C{bottom + 2}"] = 12.5
    book.save(sample_file)
    told = [
        f.place.address for f in take_in(sample_file).checked.findings if f.code == "below-table"
    ]
    assert told == [f"D{bottom + 1}", f"C{bottom + 2}"]
    live = examine(sample_file, LiveBook(opened(sample_file))).checked
    assert [f.place.address for f in live.findings if f.code == "below-table"] == told


def test_in_the_place_of_a_figure_it_is_no_figure(opened, sample_file):
    book = opened(sample_file)
    cells = book.sheets[SHEET]
    cells.range("C18").value = f"={TIES.replace('C18:C19', 'C19')}"
    found = [str(one) for one in examine(sample_file, LiveBook(book)).checked.findings]
    assert any(one.startswith("预算收支!C18 人员经费:单元格里是错误值 #NAME?") for one in found), (
        found
    )
