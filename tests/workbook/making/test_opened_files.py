"""How each workbook that we write opens in Excel: one sheet selected, cells that take a colour."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from loaded import load_workbook
from lxml import etree
from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.styles import Font
from openpyxl.workbook.views import BookView
from openpyxl.worksheet.views import SheetView

from workbook.marking.annotate import annotate
from workbook.saving.writer import FONT_ORDER

SHEETS = re.compile(r"xl/(work|chart)sheets/sheet\d+\.xml")
ROOT = Path(__file__).parents[3]


def parts(path: Path) -> Iterator[tuple[str, Any]]:
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.endswith(".xml"):
                yield name, etree.fromstring(package.read(name))


@pytest.fixture(scope="module")
def opened(written: dict[str, Path]) -> dict[str, Workbook]:
    """Those workbooks as openpyxl opens them; not to be changed."""
    return {name: load_workbook(path) for name, path in written.items()}


def selected(book: Any) -> list[list[str]]:
    """The selected sheets in each of the book's windows."""
    windows: list[list[str]] = [[] for _ in book.views]
    for sheet in book._sheets:
        views = sheet.views if hasattr(sheet, "views") else sheet.sheetViews
        for view in views.sheetView:
            if view.tabSelected:
                windows[view.workbookViewId].append(sheet.title)
    return windows


def active(book: Workbook) -> list[str]:
    """The sheet in front in each of the book's windows."""
    return [book.sheetnames[view.activeTab] for view in book.views]


def test_each_workbook_opens_on_one_sheet_and_no_other_is_selected(
    opened: dict[str, Workbook],
) -> None:
    first = {name: "校验结果" if "批注" in name else "填报说明" for name in opened}
    assert {name: active(book) for name, book in opened.items()} == {
        name: [sheet] for name, sheet in first.items()
    }
    assert {name: selected(book) for name, book in opened.items()} == {
        name: [[sheet]] for name, sheet in first.items()
    }


def test_the_copy_of_a_workbook_that_was_saved_as_a_group_opens_on_its_own_sheet(
    tmp_path: Path,
) -> None:
    book: Any = Workbook()
    book.create_sheet("乙")
    book.create_sheet("丙").sheet_state = "hidden"
    book.create_chartsheet("图").add_chart(BarChart())
    book.views.append(BookView(activeTab=1, firstSheet=2))
    for sheet in book.worksheets:
        sheet.views.sheetView.append(SheetView(workbookViewId=1))
        for view in sheet.views.sheetView:
            view.tabSelected = True
    book["图"].sheetViews.sheetView[0].tabSelected = True
    source, copy = tmp_path / "组.xlsx", tmp_path / "批注.xlsx"
    book.save(source)
    assert selected(load_workbook(source)) == [["Sheet", "乙", "丙", "图"], ["Sheet", "乙", "丙"]]

    annotate(source, [], copy)
    annotated = load_workbook(copy)
    assert active(annotated) == ["校验结果", "校验结果"]
    assert selected(annotated) == [["校验结果"], ["校验结果"]]
    assert [view.firstSheet for view in annotated.views] == [0, 0]


def test_formulas_are_calculated_anew_by_programs_that_can(opened: dict[str, Workbook]) -> None:
    assert {book.calculation.fullCalcOnLoad for book in opened.values()} == {True}


def test_the_copy_of_a_workbook_that_says_nothing_of_calculating_is_calculated(
    tmp_path: Path,
) -> None:
    book: Any = Workbook()
    book.calculation = None
    book.save(tmp_path / "甲.xlsx")
    annotate(tmp_path / "甲.xlsx", [], tmp_path / "批注.xlsx")
    assert load_workbook(tmp_path / "批注.xlsx").calculation.fullCalcOnLoad


def test_cells_of_protected_sheets_take_colours_and_notes(opened: dict[str, Workbook]) -> None:
    seen = 0
    for name, book in opened.items():
        for sheet in book.worksheets:
            if sheet.protection.sheet:
                seen += 1
                allowed = {
                    option
                    for option in ("formatCells", "formatColumns", "formatRows", "objects")
                    if not getattr(sheet.protection, option)
                }
                assert len(allowed) == 4, (name, sheet.title)
                assert sheet.protection.password is None
        assert {"填报说明", "校验"} <= {
            sheet.title for sheet in book.worksheets if sheet.protection.sheet
        }
    assert seen > 4 * len(REPORTED)


REPORTED = ("department", "project", "project_sichuan", "language")


def test_fonts_are_written_as_microsofts_schema_orders_them(written: dict[str, Path]) -> None:
    for name, path in written.items():
        styles = dict(parts(path))["xl/styles.xml"]
        fonts = [[etree.QName(c).localname for c in font] for font in styles.iter("{*}font")]
        assert len(fonts) > 4
        assert [sorted(font, key=FONT_ORDER.index) for font in fonts] == fonts, name


def test_every_property_of_a_clerks_font_is_kept_and_put_in_order(tmp_path: Path) -> None:
    font = Font(
        name="宋体", size=12, bold=True, italic=True, strike=True, outline=True, shadow=True,
        condense=True, extend=True, underline="double", vertAlign="superscript",
        color="FF112233", family=3, charset=134, scheme="minor",
    )  # fmt: skip
    book = Workbook()
    book.worksheets[0]["A1"].font = font
    book.save(tmp_path / "甲.xlsx")
    annotate(tmp_path / "甲.xlsx", [], tmp_path / "批注.xlsx")
    assert load_workbook(tmp_path / "批注.xlsx")["Sheet"]["A1"].font == font
    styles = dict(parts(tmp_path / "批注.xlsx"))["xl/styles.xml"]
    assert list(FONT_ORDER) in [
        [etree.QName(child).localname for child in one] for one in styles.iter("{*}font")
    ]


def test_the_same_input_gives_the_same_parts(written: dict[str, Path], tmp_path: Path) -> None:
    again = written["department 批注"].with_name("department批注2.xlsx")
    annotate(written["department 样例"], [], again)
    annotate(written["department 样例"], [], tmp_path / "再.xlsx")
    assert timeless(again) == timeless(tmp_path / "再.xlsx")
    assert timeless(written["department 样例"]) == timeless(written["demo"])


def timeless(path: Path) -> dict[str, bytes]:
    """The parts but for the one that says when it was written."""
    with zipfile.ZipFile(path) as package:
        return {n: package.read(n) for n in package.namelist() if n != "docProps/core.xml"}


@pytest.mark.parametrize("package", ["workbook", "docgen", "addin"])
def test_no_other_module_makes_or_saves_a_workbook(package: str) -> None:
    made = re.compile(r"\bWorkbook\(\)|save_workbook|ExcelWriter\(|\bbook\.save\(")
    texts = {p.name: p.read_text(encoding="utf-8") for p in (ROOT / package).rglob("*.py")}
    found = {name for name, text in texts.items() if "openpyxl" in text and made.search(text)}
    # `build` puts the bytes of a `FormBook` together, whose own `save` this is.
    assert found <= {"build.py", "writer.py"}
