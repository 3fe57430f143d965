"""A document's main part without its tables, and with them again."""

from docgen.template.word.hollow import Hollow, hollow
from docgen.template.word.names import MAIN

HEAD = f'<w:document xmlns:w="{MAIN}"><w:body>'
ONE = "<w:tbl><w:tr><w:tc><w:tbl><w:tr/></w:tbl><w:p/></w:tc></w:tr></w:tbl>"
TWO = "<w:tbl ><w:tr><w:tc><w:p><w:t>二</w:t></w:p></w:tc></w:tr></w:tbl>"
END = "</w:body></w:document>"


def document(*parts: str) -> bytes:
    return "".join([HEAD, *parts, END]).encode()


def test_outermost_tables_are_cut_out_and_come_back_where_they_stood() -> None:
    whole = document("<w:p/>", ONE, "<w:p><w:tblPr/></w:p>", TWO, "<w:tbl/>")
    cut = hollow(whole)
    assert cut.tables == (ONE.encode(), TWO.encode())
    assert cut.content == document(
        "<w:p/>", "<?gouji-table 0?>", "<w:p><w:tblPr/></w:p>", "<?gouji-table 1?>", "<w:tbl/>"
    )
    assert cut.filled(cut.content) == whole
    assert cut.filled(cut.content.replace(b"<w:p/>", b"<w:p>\\1</w:p>", 1)) == whole.replace(
        b"<w:p/>", b"<w:p>\\1</w:p>", 1
    )


def test_a_table_with_one_of_the_signs_stays() -> None:
    cut = hollow(document(ONE, TWO), ("二".encode(),))
    assert (cut.content, cut.tables) == (document("<?gouji-table 0?>", TWO), (ONE.encode(),))


def test_a_part_that_might_be_misread_stays_whole() -> None:
    for odd in (
        document("<!-- <w:tbl> -->", ONE),
        document("<?gouji-table 0?>", ONE),
        document(f'<w:p xmlns:w="{MAIN}"/>', ONE),
        document(ONE).replace(MAIN.encode(), b"urn:other"),
        document(ONE.removesuffix("</w:tbl>")),
        document("</w:tbl>", ONE),
        document(),
    ):
        assert hollow(odd) == Hollow(odd)
