"""Figures that know where they came from: hidden bookmarks and the manifest."""

import zipfile
from decimal import Decimal
from zlib import crc32

import docx
from docx.oxml.ns import qn
from lxml import etree
from ooxml import new_faults

from docgen.template.rich.markup import RichText

COLUMNS = {
    "names": "name", "values": "value", "paths": "path", "cells": "cell", "keys": "key",
    "raws": "raw",
}  # fmt: skip
ORDER = ("name", "path", "key", "cell", "value", "raw")
MARKED = {"markers": True, "sources": {"基本支出": "收支!C9", "项目[*].金额": "项目!D"}}
TEMPLATE = [
    "共 **{{ 基本支出 }}** 万元,{{ 基本支出 * 2 }}",
    "{%p for x in 项目 %}", "{{ x.名 }}", "{%p endfor %}",
    [["{%tr for x in 项目 %}", ""], ["{{ x.名 }}", "{{ x.金额 }}"], ["{%tr endfor %}", ""]],
]  # fmt: skip
VALUES = {
    "基本支出": Decimal("195.31"),
    "项目": [{"名": "甲<", "金额": 1}, {"名": "乙", "金额": 2}],
}


def manifest(path):
    """The entries of the manifest, whose hash must be that of all before it."""
    package = zipfile.ZipFile(path)
    parts = [package.read(name) for name in package.namelist() if name.startswith("customXml/")]
    (part,) = [part for part in parts if b"<figures xmlns=" in part]
    root = etree.fromstring(part)
    assert not any(element.attrib for element in root.iter())
    assert root[-1].text == f"{crc32(part[: part.rindex(b'<hash>')]):08x}"
    entries = [
        (etree.QName(item).localname,
         *((etree.QName(part).localname, part.text) for part in item))
        for item in root[:-1]
    ]  # fmt: skip
    tags = {entry[1][1]: entry[2:] for entry in entries if entry[0] == "tag"}
    others = [entry for entry in entries if entry[0] not in ("tag", *COLUMNS)]
    return [_with_tag(entry, tags) for entry in (*_figures(root), *others)]


def _figures(root):
    """An entry for each figure, of whose texts those of one kind stand together."""
    columns = {
        kind: (said.text or "").split("|")
        for column, kind in COLUMNS.items()
        for said in root.findall(f"{{*}}{column}")
        if said.text or column != "raws"  # that is empty where all are as printed
    }
    for said in zip(*columns.values(), strict=True):
        told = dict(zip(columns, said, strict=True))
        yield (
            "figure",
            *((kind, told[kind]) for kind in ORDER if kind == "value" or told.get(kind)),
        )


def _with_tag(entry, tags):
    """An entry of the manifest with what is said once of its tag, what it says itself in front."""
    kind, name, *said = entry
    tag = tags.get(name[1]) or tags.get(name[1].rpartition("_")[0])
    if tag is None:
        return entry
    (_, text), *others = tag
    own = {key for key, _ in said}
    kept = [one for one in others if one[0] not in own]
    paths = [one for one in (*kept, *said) if one[0] == "path"]
    rest = [one for one in (*kept, *said) if one[0] != "path"]
    return (kind, name, ("tag", text), *paths, *rest)


def marks(document):
    """The text inside each hidden bookmark of the body."""
    texts, inside = {}, {}
    for element in document.element.body.iter():
        if element.tag == qn("w:bookmarkStart"):
            inside[element.get(qn("w:id"))] = element.get(qn("w:name"))
            texts[element.get(qn("w:name"))] = ""
        elif element.tag == qn("w:bookmarkEnd"):
            inside.pop(element.get(qn("w:id")))
        elif element.tag == qn("w:t"):
            for name in inside.values():
                texts[name] += element.text or ""
    assert inside == {}
    return texts


def test_every_figure_stands_in_a_hidden_bookmark(word):
    document = word.document(word.template(*TEMPLATE), MARKED, **VALUES)
    texts = marks(document)
    assert list(texts.values()) == [
        *("195.31", "390.62", "甲<", "乙"), *("", "甲<", "1"), *("", "乙", "2")
    ]  # fmt: skip
    assert all(name.startswith("_gj") and len(name) <= 40 for name in texts)


def test_the_document_reads_the_same_with_and_without_markers(word, read_document):
    for cut in (False, True):
        path = word.template(*TEMPLATE, header="{{ 基本支出 }}", cut=cut)
        plain = read_document(word.document(path, **VALUES))
        assert read_document(word.document(path, MARKED, **VALUES)) == plain


def test_the_manifest_lists_every_figure_with_tag_path_cell_and_value(word):
    template, out = word.template(*TEMPLATE), word.folder / "out.docx"
    word.document(template, MARKED, **VALUES)
    assert new_faults(template, out) == []
    first, second, *names, rows = manifest(out)
    assert first == (
        "figure", ("name", "_gj0"), ("tag", "{{ 基本支出 }}"), ("path", "基本支出"),
        ("before", "共 "), ("behind", " 万元,"), ("cell", "收支!C9"), ("value", "195.31"),
    )  # fmt: skip
    assert second[2:6] == (
        ("tag", "{{ 基本支出 * 2 }}"), ("path", "基本支出"), ("before", "万元,"),
        ("cell", "收支!C9"),
    )  # fmt: skip
    assert [item[-1] for item in names[:2]] == [("value", "甲<"), ("value", "乙")]
    assert [item[3:] for item in names[2:]] == [
        (("path", "项目[*].名"), ("value", "甲<")),
        (("path", "项目[*].金额"), ("cell", "项目!D"), ("value", "1")),
        (("path", "项目[*].名"), ("value", "乙")),
        (("path", "项目[*].金额"), ("cell", "项目!D"), ("value", "2")),
    ]
    assert rows == (
        "rows", rows[1], ("tag", "{%tr for x in 项目 %}"), ("path", "项目"), ("count", "2"),
    )  # fmt: skip


def test_rich_values_and_breaks_stay_as_they_are(word, read_document):
    path = word.template("a {{ x }} b {{ y }}")
    for value in (RichText("r", bold=True), "1\a2", "1\n2"):
        values = {"x": value, "y": "<"}
        plain = read_document(word.document(path, **values))
        assert read_document(word.document(path, {"markers": True}, **values)) == plain


def test_marks_in_headers_have_names_of_their_own(word):
    path = word.template("{{ x }}", header="{{ x }}", title="{{ x }}")
    document = word.document(path, {"markers": True}, x="1")
    header = document.sections[0].header._element
    names = [item.get(qn("w:name")) for root in (document.element, header)
             for item in root.iter(qn("w:bookmarkStart"))]  # fmt: skip
    assert len(set(names)) == 2
    assert docx.Document(word.folder / "out.docx").core_properties.title == "1"
