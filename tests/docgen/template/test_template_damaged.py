"""Template files that a disk, a mail program or somebody with intent has damaged: told, or read."""

import io
import struct
import zipfile
import zlib

import docx
import pytest

from docgen.template import compile_template
from docgen.template.model.errors import TemplateError

MAIN = "word/document.xml"
MAIN_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
NOT_WHOLE = "解不开"


def at(data: bytes, name: str, signature: bytes, before_name: int) -> int:
    """Where the header of a member begins, found by the name that stands so far behind it."""
    position = data.find(signature)
    while data[position + before_name :][: len(name)] != name.encode():
        position = data.find(signature, position + 1)
    return position


def with_fields(data: bytes, crc_and_sizes: tuple[int | None, int | None, int | None]) -> bytes:
    """The file with other sums and sizes (packed, unpacked) of its main part, in both headers."""
    changed = bytearray(data)
    for header, first in (
        (at(data, MAIN, b"PK\x03\x04", 30), 14),
        (at(data, MAIN, b"PK\x01\x02", 46), 16),
    ):
        for index, value in enumerate(crc_and_sizes):
            if value is not None:
                struct.pack_into("<L", changed, header + first + 4 * index, value)
    return bytes(changed)


def with_bytes(data: bytes, shift: int, value: bytes) -> bytes:
    """The file with other bytes so far into its packed main part."""
    start = at(data, MAIN, b"PK\x03\x04", 30) + 30 + len(MAIN) + shift
    return data[:start] + value + data[start + len(value) :]


def with_part(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The file with something else in a part."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as whole,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for member in whole.namelist():
            content = whole.read(member)
            if member == name:
                assert old in content
                content = content.replace(old, new)
            copy.writestr(member, content)
    return made.getvalue()


@pytest.fixture
def whole() -> bytes:
    document, file = docx.Document(), io.BytesIO()
    document.add_paragraph("共{{ 户数 }}户")
    document.save(file)
    return file.getvalue()


def size_of(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.getinfo(MAIN).file_size


DAMAGES = {
    "it says that it is smaller": lambda data: with_fields(data, (None, None, 100)),
    "it says that it is a little smaller": lambda d: with_fields(d, (None, None, size_of(d) - 1)),
    "it says that it is larger": lambda data: with_fields(data, (None, None, size_of(data) + 1)),
    "it says that it is empty": lambda data: with_fields(data, (None, None, 0)),
    "its sum is another": lambda data: with_fields(data, (zlib.crc32(b"x"), None, None)),
    "its packed bytes end early": lambda data: with_fields(data, (None, 60, None)),
    "its packed bytes are others": lambda data: with_bytes(data, 40, b"\xff" * 20),
    "its packing is of no known kind": lambda data: with_bytes(data, 0, b"\x07"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_main_part_that_does_not_unpack_as_it_says_is_named(whole, damage):
    with pytest.raises(TemplateError) as caught:
        compile_template(DAMAGES[damage](whole))
    (fault,) = caught.value.faults
    assert (fault.code, fault.where.file, fault.details["reason"]) == ("bad-xml", MAIN, NOT_WHOLE)


@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE x [<!ENTITY a "b">]>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd">',
    ],
)
@pytest.mark.parametrize("part", [MAIN, "word/styles.xml", "[Content_Types].xml", "_rels/.rels"])
def test_a_part_that_declares_entities_is_named(whole, part, declared):
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        content = archive.read(part)
    end = content.find(b"?>") + 2
    with pytest.raises(TemplateError) as caught:
        compile_template(with_part(whole, part, content, content[:end] + declared + content[end:]))
    assert [(one.code, one.where.file) for one in caught.value.faults] == [("bad-xml", part)]
    assert caught.value.faults[0].details["reason"] == "DOCTYPE"


def test_a_main_part_whose_type_is_that_of_all_parts_is_found_by_its_relation(whole, read_document):
    types = "[Content_Types].xml"
    override = b'<Override PartName="/word/document.xml" ContentType="' + MAIN_TYPE + b'"/>'
    by_default = with_part(whole, types, override, b"")
    by_default = with_part(
        by_default,
        types,
        b'<Default Extension="xml" ContentType="application/xml"/>',
        b'<Default Extension="xml" ContentType="' + MAIN_TYPE + b'"/>',
    )
    made = compile_template(by_default).render({"户数": 266})
    assert [one.text for one in docx.Document(io.BytesIO(made)).paragraphs if one.text] == [
        "共266户"
    ]


def test_a_file_that_has_no_main_part_is_told(whole):
    for name in (b"/word/document.xml", b"/word/nowhere.xml"):
        types = with_part(whole, "[Content_Types].xml", MAIN_TYPE, b"application/xml")
        moved = with_part(types, "_rels/.rels", b"word/document.xml", name[1:])
        with pytest.raises(TemplateError) as caught:
            compile_template(moved)
        assert [one.code for one in caught.value.faults] == ["not-a-package"]


def test_a_workbook_is_no_word_document_whatever_else_is_wrong_with_it():
    """It is told by what the file says of itself, before any part of it becomes a tree."""
    file = io.BytesIO()
    types = b'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.'
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", types + b'spreadsheetml.sheet.main+xml"/></Types>')
        package.writestr("xl/worksheets/sheet1.xml", b"<c>")
    with pytest.raises(TemplateError) as caught:
        compile_template(file.getvalue())
    assert [one.code for one in caught.value.faults] == ["not-a-package"]
