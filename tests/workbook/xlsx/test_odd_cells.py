"""Cells and parts as no program writes them: what programs read differently is told."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from workbook.reading.results import Result, result_of
from workbook.xlsx.book import Book
from workbook.xlsx.package import Package, PackageError

MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
SHEET = "xl/worksheets/sheet1.xml"


def book_of(part: str, old: bytes, new: bytes) -> Book:
    """A book with 171.74 in A1 and a text in A2, of which a part was changed."""
    made, source, changed = Workbook(), BytesIO(), BytesIO()
    made.active["A1"], made.active["A2"] = 171.74, "字"
    made.save(source)
    with ZipFile(source) as there, ZipFile(changed, "w") as here:
        for name in there.namelist():
            data = there.read(name)
            assert name != part or old in data
            here.writestr(name, data.replace(old, new) if name == part else data)
    return Book(Package.of(changed.getvalue()))


def read(inner: bytes, type_: bytes = b"n") -> Result:
    """What is read of A1 where that stands in it."""
    new = b'<c r="A1" t="' + type_ + b'">' + inner
    book = book_of(SHEET, b'<c r="A1" t="n"><v>171.74</v>', new)
    return result_of(book.sheet("Sheet").cells[1, 1], book)


@pytest.mark.parametrize(
    ("inner", "value"),
    [
        (b"<v>171<!-- 1 -->.74</v>", 171.74),
        (b"<v>171<?a b?>.74</v>", 171.74),
        (b"<v><![CDATA[171.74]]></v>", 171.74),
        (b"<v>171.74</v><is><t>5</t></is>", 171.74),
        (b"<is><t>5</t></is><v>171.74</v>", 171.74),
        (b"<v>171.74</v><extLst><v>5</v></extLst>", 171.74),
    ],
)
def test_a_figure_is_read_whole(inner: bytes, value: float) -> None:
    assert read(inner) == Result(value)


@pytest.mark.parametrize(
    ("inner", "told"),
    [
        (b"<v>171.74</v><v>5</v>", "171.74"),
        (b"<v>171.74</v><v>171.74</v>", "171.74"),
        (b"<v/><v>5</v>", "5"),
        (b"<v>171<a/>.74</v>", "171"),
        (b"<v><a>171.74</a></v>", "?"),
    ],
)
def test_two_values_in_a_cell_are_none(inner: bytes, told: str) -> None:
    assert read(inner) == Result(told, is_broken=True)


@pytest.mark.parametrize(
    ("inner", "type_", "told"),
    [
        ("<is><t>18</t></is>", b"n", "18"),
        ("<is><t>甲</t></is>", b"d", "甲"),
        ("<is><t>甲</t></is>", b"str", "甲"),
        ("<v>18</v>", b"inlineStr", "18"),
        ("<f>1+17</f><v>18</v>", b"inlineStr", "18"),
    ],
)
def test_a_value_where_its_type_is_not_looked_for_is_none(inner, type_, told) -> None:
    assert read(inner.encode(), type_) == Result(told, is_broken=True)


def test_a_text_in_the_cell_goes_before_a_value_where_the_cell_says_so() -> None:
    assert read("<is><t>甲</t></is><v>5</v>".encode(), b"inlineStr") == Result("甲")


@pytest.mark.parametrize(
    ("part", "asked"),
    [
        (SHEET, lambda book: book.sheet("Sheet")),
        ("xl/styles.xml", lambda book: book.formats),
    ],
)
def test_a_part_in_another_format_is_no_empty_one(part, asked) -> None:
    book = book_of(part, MAIN, STRICT)
    with pytest.raises(PackageError, match=f"{part}:应当以 .* 开头"):
        asked(book)
