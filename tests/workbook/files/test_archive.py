"""Hostile and broken files are refused before they cost anything, with a sentence of ours."""

import io
import zipfile
from pathlib import Path

import pytest
from spoiled import DEPARTMENT, Spoil, replacing, zipping

from tools.fuzzing.spoiled import packed, parts_of, spoiled
from tools.fuzzing.trials import template_trial, workbook_trial
from workbook.checking.intake import take_in
from workbook.files.archive import archive_fault
from workbook.making.build import as_bytes
from workbook.making.examples_sheet import build_example
from workbook.xlsx.book import Book
from workbook.xlsx.package import Package, PackageError, TooLargeError

SHEET = "xl/worksheets/sheet3.xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = b"</sheetData></worksheet>"
LINKS = "xl/_rels/workbook.xml.rels"


@pytest.fixture(scope="module")
def whole() -> bytes:
    return as_bytes(build_example(DEPARTMENT.form, DEPARTMENT.rules, DEPARTMENT.sample))


def told(path: Path, whole: bytes, spoil: Spoil) -> list[str]:
    path.write_bytes(whole)
    spoil(path)
    return [one.code for one in take_in(path).checked.findings if one.code.startswith("file-")]


def with_sheet(content: bytes) -> Spoil:
    return zipping(lambda name, data: content if name == SHEET else data)


def rows(count: int, cell: bytes) -> bytes:
    return HEAD + b"<row>" + b"</row><row>".join([cell] * count) + b"</row>" + END


def renamed(path: Path) -> None:
    """The sheet in a part whose name does not end in .xml."""
    parts = parts_of(path.read_bytes())
    del parts[SHEET]
    parts["xl/worksheets/sheet3.bin"] = rows(500_000, b'<c r="A1"><v>1</v></c>')
    parts[LINKS] = parts[LINKS].replace(b"sheet3.xml", b"sheet3.bin")
    path.write_bytes(packed(parts))


@pytest.mark.parametrize(
    "spoil",
    [
        with_sheet(rows(500_000, b'<c r="A1"><v>1</v></c>')),
        with_sheet(HEAD + b"<row>" + b"<c/>" * 2_100_000 + b"</row>" + END),
        with_sheet(HEAD + b"<x/>" * 3_000_000 + END),
        with_sheet(HEAD + b"<x/>" * 600_000 + END),
        renamed,
    ],
    ids=["rows", "one row", "other elements", "a few less", "another name"],
)
def test_more_than_a_file_of_its_size_can_mean_is_refused(
    spoil: Spoil, whole: bytes, tmp_path: Path
) -> None:
    assert told(tmp_path / "填报.xlsx", whole, spoil) == ["file-too-large"]


def test_cells_below_all_that_is_asked_are_kept_where_they_hold_something(tmp_path: Path) -> None:
    path = tmp_path / "杂.xlsx"
    cells = b'<c r="A9" s="1"/><c r="B9"><v>1</v></c><c r="C9"><f>1+1</f></c>'
    content = HEAD + b'<row r="8"><c r="A8"/></row><row r="9">' + cells + b"</row>" + END
    path.write_bytes(
        packed(
            {
                "[Content_Types].xml": b"<Types/>",
                "_rels/.rels": b'<R><Relationship Id="a" Type="x/officeDocument" Target="b"/></R>',
                "b": b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
                b' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
                b'<sheets><sheet name="S" r:id="c"/></sheets></workbook>',
                "_rels/b.rels": b'<R><Relationship Id="c" Type="x/worksheet" Target="s"/></R>',
                "s": content,
            }
        )
    )
    book = Book.at(path)
    book.read({"S": 8})
    assert sorted(book.sheet("S").cells) == [(8, 1), (9, 2), (9, 3)]
    assert sorted(Book.at(path).sheet("S").cells) == [(8, 1), (9, 1), (9, 2), (9, 3)]


def test_a_million_and_a_half_cells_of_ours_are_not_too_many() -> None:
    line = "".join(
        f'<c r="{letter}@" s="{number}"><f>IF($B@="","",D@-E@)</f><v>@7</v></c>'
        for number, letter in enumerate("ABCDEFGHIJKLMNOPQRST")
    )
    lines = (f'<row r="{row}">{line.replace("@", str(row))}</row>' for row in range(1, 75_001))
    package = Package.of(packed({"s": HEAD + "".join(lines).encode() + END}))
    package.weigh()
    with pytest.raises(TooLargeError):
        package.spend(2_000_001)


def lying(whole: bytes, name: str, size: int) -> bytes:
    """The file whose directory says that this member has another size."""
    data = bytearray(whole)
    at = data.rindex(name.encode(), 0, len(data)) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = size.to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize("size", [0, 100, 8_000_000])
def test_a_member_that_lies_about_its_size_is_broken(
    size: int, whole: bytes, tmp_path: Path
) -> None:
    bomb = packed(parts_of(whole) | {SHEET: HEAD + b"<x/>" * 10_000_000 + END})
    path = tmp_path / "填报.xlsx"
    path.write_bytes(lying(bomb, SHEET, size))
    with pytest.raises(PackageError, match=f"{SHEET} 解不开"):
        Package.of(path.read_bytes()).tree(SHEET)
    assert told(path, path.read_bytes(), lambda _: None)[0] in ("file-broken", "file-too-large")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (replacing(LINKS, "worksheets/sheet3.xml", "../../../etc/passwd"), "file-broken"),
        (replacing(LINKS, "worksheets/sheet3.xml", "worksheets/none.xml"), "file-broken"),
        (replacing("_rels/.rels", "xl/workbook.xml", "_rels/.rels"), "file-not-a-package"),
        (with_sheet(b"\x00" * 100), "file-broken"),
        (with_sheet(b"<?xml version='1.0' encoding='nosuch'?><x/>"), "file-broken"),
        (with_sheet(HEAD + b"<a>" * 9999 + b"</a>" * 9999 + END), "file-broken"),
    ],
    ids=["outside", "missing", "cyclic", "zeros", "encoding", "deep"],
)
def test_parts_that_do_not_hang_together_are_a_fault_of_the_file(
    spoil: Spoil, code: str, whole: bytes, tmp_path: Path
) -> None:
    assert told(tmp_path / "填报.xlsx", whole, spoil) == [code]


def test_a_sheet_that_nobody_asks_for_may_be_broken(whole: bytes, tmp_path: Path) -> None:
    def own_sheet(path: Path) -> None:
        parts = parts_of(path.read_bytes())
        links = parts[LINKS].replace(
            b"</Relationships>",
            b'<Relationship Id="own" Type="x/worksheet" Target="own.xml"/></Relationships>',
        )
        main = parts["xl/workbook.xml"].replace(
            b"</sheets>",
            '<sheet xmlns:o="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
            ' name="自己的" sheetId="99" o:id="own"/></sheets>'.encode(),
        )
        changed = {LINKS: links, "xl/workbook.xml": main, "xl/own.xml": b"<broken"}
        path.write_bytes(packed(parts | changed))

    assert told(tmp_path / "填报.xlsx", whole, own_sheet) == []


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_packing_that_office_does_not_know_is_no_package(method: int) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
    assert archive_fault(made.getvalue()) == "not-a-package"


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(3 << 30)
    assert archive_fault(path) == "too-large"


@pytest.mark.parametrize("seed", range(20))
def test_a_workbook_spoiled_by_chance_ends_in_our_own_words(
    seed: int, whole: bytes, tmp_path: Path
) -> None:
    change, data = spoiled(whole, seed)
    path = tmp_path / "填报.xlsx"
    path.write_bytes(data)
    if seed % 4:
        take_in(path)
    else:
        assert workbook_trial(path) == "", change


@pytest.mark.parametrize("seed", range(40))
def test_a_template_spoiled_by_chance_ends_in_our_own_words(seed: int, tmp_path: Path) -> None:
    change, data = spoiled(DEPARTMENT.template.read_bytes(), seed)
    path = tmp_path / "模板.docx"
    path.write_bytes(data)
    assert template_trial(path) == "", change
