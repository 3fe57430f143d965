"""How a figure prints, where it lies in a text, and which codes of fields refer to a bookmark."""

from decimal import Decimal

import pytest
from lxml import etree

from docgen.template.model.sourced import MINUS, Amount, Prose, Source, Span
from docgen.template.word.references import references
from docgen.template.word.xml import W

CELL, OTHER = Source("甲", "表!C5"), Source("乙", "表!C6")
# ECMA-376 part 1, 17.16.5: what stands first in a code and is no bookmark's name
FIELDS = (
    "ADDRESSBLOCK", "ADVANCE", "ASK", "AUTHOR", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT",
    "AUTOTEXT", "AUTOTEXTLIST", "BARCODE", "BIBLIOGRAPHY", "CITATION", "COMMENTS", "COMPARE",
    "CREATEDATE", "DATABASE", "DATE", "DDE", "DDEAUTO", "DOCPROPERTY", "DOCVARIABLE",
    "EDITTIME", "EQ", "FILENAME", "FILESIZE", "FILLIN", "FORMCHECKBOX", "FORMDROPDOWN",
    "FORMTEXT", "GREETINGLINE", "IF", "INCLUDEPICTURE", "INCLUDETEXT", "INDEX", "INFO",
    "KEYWORDS", "LASTSAVEDBY", "LINK", "LISTNUM", "MACROBUTTON", "MERGEFIELD", "MERGEREC",
    "MERGESEQ", "NEXT", "NEXTIF", "NUMCHARS", "NUMPAGES", "NUMWORDS", "PAGE", "PRINT",
    "PRINTDATE", "PRIVATE", "QUOTE", "RD", "REVNUM", "SAVEDATE", "SECTION", "SECTIONPAGES",
    "SEQ", "SET", "SKIPIF", "STYLEREF", "SUBJECT", "SYMBOL", "TA", "TC", "TEMPLATE", "TIME",
    "TITLE", "TOA", "TOC", "USERADDRESS", "USERINITIALS", "USERNAME", "XE",
)  # fmt: skip


@pytest.mark.parametrize("places", [None, 1, 2])
def test_a_figure_below_nothing_prints_with_a_minus_that_no_line_ends_after(places):
    printed = format(Amount(Decimal("-3.5"), CELL, places), "")
    assert printed == f"{MINUS}3.{'50' if places == 2 else '5'}"
    assert "-" not in f"{Amount(Decimal('-3.5'), CELL, places):f}"


def test_a_part_of_a_text_has_its_figures_where_they_stand_in_it():
    text = Prose("支出12元,其中3元", [Span(2, 4, CELL), Span(8, 9, OTHER)])
    assert list(text.part(6, 10).pieces()) == [("其中", None), ("3", OTHER), ("元", None)]
    assert list(text.part(2, 5).pieces()) == [("12", CELL), ("元", None)]


def field(code: str, result: str | None) -> etree._Element:
    """A paragraph with one field, which has a result or none."""
    paragraph = etree.Element(f"{W}p")

    def sign(kind: str) -> None:
        run = etree.SubElement(paragraph, f"{W}r")
        etree.SubElement(run, f"{W}fldChar").set(f"{W}fldCharType", kind)

    sign("begin")
    run = etree.SubElement(paragraph, f"{W}r")
    etree.SubElement(run, f"{W}instrText").text = code
    if result is not None:
        sign("separate")
        etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t").text = result
    sign("end")
    return paragraph


@pytest.mark.parametrize("result", [None, "第 3 页"])
def test_a_field_refers_to_a_bookmark_whether_it_has_a_result_or_none(result):
    (found,) = references(field(r" REF _Ref12 \h ", result))
    assert (found.name, found.is_implied) == ("_Ref12", False)


def test_a_code_of_one_word_is_the_name_of_a_bookmark():
    (found,) = references(field(" 附表一 ", "见附表"))
    assert (found.name, found.is_implied) == ("附表一", True)


@pytest.mark.parametrize("name", FIELDS)
def test_a_code_that_is_the_name_of_a_field_refers_to_no_bookmark(name):
    assert list(references(field(f" {name} ", "1"))) == []
    assert list(references(field(f" {name.lower()} ", "1"))) == []
