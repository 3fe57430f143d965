"""The text of a document, and what becomes of it when all its tracked changes are settled."""

import io

import docx
from docx.oxml.ns import qn
from lxml import etree

P, T, TR = qn("w:p"), qn("w:t"), qn("w:tr")


def body_of(data):
    """The body of the document of these bytes."""
    return docx.Document(io.BytesIO(data)).element.body


def lines(body):
    """The text of each paragraph."""
    return ["".join(one.text or "" for one in each.iter(T)) for each in body.iter(P)]


def settled(data, kept, dropped):
    """The text of each paragraph once all changes are accepted, or all rejected."""
    body = body_of(data)
    for row in list(body.iter(TR)):
        if row.find(f"{qn('w:trPr')}/{qn(f'w:{dropped}')}") is not None:
            table = row.getparent()
            table.remove(row)
            if table.find(TR) is None:
                table.getparent().remove(table)
    for one in list(body.iter(qn(f"w:{dropped}"))):
        if one.getparent().tag not in {qn("w:rPr"), qn("w:trPr")}:
            one.getparent().remove(one)
    for one in list(body.iter(P)):
        if one.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn(f'w:{dropped}')}") is not None:
            assert etree.tostring(one, method="text") == b""
            one.getparent().remove(one)
    assert kept != dropped
    return [
        "".join(one.text or "" for one in each.iter(T, qn("w:delText"))) for each in body.iter(P)
    ]
