"""What a file's formulas gave when it was saved, in every form that a program writes."""

import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from loaded import load_workbook
from small import form_of, money, rules_of

from workbook.making.build import build_workbook
from workbook.reading.saved import SavedBook, open_saved

FORM = form_of(money("甲"))
STRINGS = (
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<si><t>别的</t></si><si><t>共用的字</t></si></sst>"
)
RELATED = (
    '<Relationship Id="shared" Target="sharedStrings.xml" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/sharedStrings"/></Relationships>'
)
DAYS, FIGURES = "yyyy-mm-dd", "0.00"


def saved(path: Path, cell: str, number_format: str) -> SavedBook:
    """A workbook in whose cell 甲 a formula stands, with `cell` as its attributes and result."""
    build_workbook(FORM, rules_of(FORM)).save(path)
    book = load_workbook(path)
    book["表"]["C5"] = "=1+1"
    book["表"]["C5"].number_format = number_format
    book.save(path)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/sharedStrings.xml"] = STRINGS.encode()
    relations = parts["xl/_rels/workbook.xml.rels"]
    parts["xl/_rels/workbook.xml.rels"] = relations.replace(b"</Relationships>", RELATED.encode())
    attributes, result = cell.split("|")
    for name, data in parts.items():
        if b"<f>1+1</f>" in data:
            old = re.compile(rb'<c r="C5"( s="\d+")?[^>]*><f>1\+1</f><v ?/?>(</v>)?</c>')
            new = rf'<c r="C5"\1{attributes}><f>1+1</f>{result}</c>'.encode()
            parts[name], count = old.subn(new, data)
            assert count == 1
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    book = open_saved(path)
    assert isinstance(book, SavedBook)
    return book


@pytest.mark.parametrize(
    ("cell", "number_format", "kind", "value"),
    [
        ("|<v>2</v>", FIGURES, "number", 2),
        (' t="n"|<v>2.5</v>', FIGURES, "number", 2.5),
        (' t="b"|<v>1</v>', FIGURES, "flag", True),
        (' t="b"|<v>0</v>', DAYS, "flag", False),
        (' t="str"|<v>字</v>', FIGURES, "text", "字"),
        (' t="str"|<v>字</v>', DAYS, "text", "字"),
        (' t="str"|<v></v>', FIGURES, "blank", None),
        (' t="s"|<v>1</v>', FIGURES, "text", "共用的字"),
        (' t="e"|<v>#REF!</v>', DAYS, "error", "#REF!"),
        ("|<v>45000</v>", DAYS, "date", date(2023, 3, 15)),
        ("|<v>45000.5</v>", DAYS, "date", date(2023, 3, 15)),
        ("|<v></v>", FIGURES, "unsaved", None),
        ("|", DAYS, "unsaved", None),
    ],
)
def test_a_formula_has_the_result_that_was_saved(
    cell: str, number_format: str, kind: str, value: object, tmp_path: Path
) -> None:
    found = saved(tmp_path / "填报.xlsx", cell, number_format).snapshot(FORM).names["甲"]
    assert found is not None
    assert (found.kind, found.value, found.formula) == (kind, value, "=1+1")
