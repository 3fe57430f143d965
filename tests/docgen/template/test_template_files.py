"""The file that comes out: untouched parts are the same, and it is whole or not there."""

import io
import zipfile
from threading import Thread

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree
from ooxml import new_faults

from docgen.template import compile_template, render
from docgen.template.lint.lint import lint
from docgen.template.model.errors import TemplateError


def test_untouched_parts_are_the_same_bytes_in_the_same_order(word):
    path = word.template("{{ x }}", title="t")
    out = word.folder / "out.docx"
    render(path, {"x": "1"}, out)
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(out) as after:
        assert after.testzip() is None
        assert after.namelist() == before.namelist()
        changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert changed == ["word/document.xml"]


def test_the_same_data_gives_the_same_bytes(word):
    template = compile_template(word.template("{{ x }}"))
    assert template.render({"x": 1}) == template.render({"x": 1})
    assert template.render({"x": 1}) != template.render({"x": 2})


def test_an_unchanged_file_is_compiled_once_and_a_changed_one_again(word):
    path = word.template("{{ x }}")
    first = compile_template(path)
    assert compile_template(path) is first
    assert compile_template(path, trusted=True) is not first
    path.write_bytes(word.template("{{ y }}").read_bytes())
    assert compile_template(path) is not first


def test_a_failed_rendering_leaves_what_was_there(word):
    out = word.folder / "out.docx"
    out.write_bytes(b"old")
    with pytest.raises(TemplateError):
        render(word.template("{{ x }}"), {}, out)
    assert out.read_bytes() == b"old"
    assert [path.name for path in word.folder.iterdir() if path.name.startswith(".")] == []


def test_a_template_renders_in_several_threads_at_once(word):
    template = compile_template(word.template("{%p for i in xs %}", "{{ i }}", "{%p endfor %}"))
    alone = {n: template.render({"xs": range(n)}) for n in range(20)}
    together = {}
    threads = [
        Thread(target=lambda n=n: together.update({n: template.render({"xs": range(n)})}))
        for n in alone
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == alone


def test_a_document_without_tags_comes_out_as_it_went_in(word, read_document):
    path = word.template("a", [["b", "c"]])
    assert read_document(docx.Document(path)) == read_document(word.document(path))


MACROS = {  # name in the package, its type, and what leads to it
    "word/vbaProject.bin": ("application/vnd.ms-office.vbaProject", "word/document.xml"),
    "word/vbaData.xml": ("application/vnd.ms-word.vbaData+xml", "word/vbaProject.bin"),
    "word/customizations.xml": (
        "application/vnd.ms-word.keyMapCustomizations+xml",
        "word/document.xml",
    ),
}
KINDS = {
    "word/vbaProject.bin": "vbaProject",
    "word/vbaData.xml": "wordVbaData",
    "word/customizations.xml": "keyMapCustomizations",
}
OFFICE = "http://schemas.microsoft.com/office/2006/relationships/"


def of_type(word, main_type: str, *, has_macros: bool):
    """A template of another type of Word's, with what belongs to macros."""
    document = docx.Document(word.template("{{ x }}"))
    main = document.part
    main._content_type = f"application/vnd.{main_type}.main+xml"
    parts = {"word/document.xml": main}
    for name, (kind, owner) in MACROS.items() if has_macros else ():
        parts[name] = Part(PackURI(f"/{name}"), kind, b"<x/>", main.package)
        parts[owner].relate_to(parts[name], OFFICE + KINDS[name])
    return word.save(document)


@pytest.mark.parametrize(
    ("main_type", "has_macros"),
    [
        ("openxmlformats-officedocument.wordprocessingml.template", False),
        ("ms-word.document.macroEnabled", True),
        ("ms-word.template.macroEnabledTemplate", True),
    ],
)
def test_a_template_of_any_type_gives_an_ordinary_document(word, main_type, has_macros):
    path, out = of_type(word, main_type, has_macros=has_macros), word.folder / "out.docx"
    render(path, {"x": "值"}, out)
    assert [paragraph.text for paragraph in docx.Document(out).paragraphs] == ["值"]
    plain = word.folder / "plain.docx"
    render(word.template("{{ x }}"), {"x": "值"}, plain)
    with zipfile.ZipFile(out) as made, zipfile.ZipFile(plain) as wanted:
        assert sorted(made.namelist()) == sorted(wanted.namelist())
        for name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
            found, expected = (etree.fromstring(one.read(name)) for one in (made, wanted))
            assert {tuple(sorted(item.items())) for item in found} >= {
                tuple(sorted(item.items())) for item in expected if item.get("PartName")
            }
            assert b"acro" not in etree.tostring(found)
            assert b"vba" not in etree.tostring(found)
    assert new_faults(plain, out) == []


def test_what_a_template_fetches_from_outside_is_told(word):
    document = docx.Document(word.template("{{ x }}"))
    for kind, target in (
        (f"{RT.STYLES.rpartition('/')[0]}/attachedTemplate", r"file:///\\server\模板\Normal.dotm"),
        (RT.OLE_OBJECT, r"file:///C:\表.xlsx"),
        (RT.IMAGE, r"\\server\图\章.png"),
        (RT.HYPERLINK, "https://example.org"),
    ):
        document.part.relate_to(target, kind, is_external=True)
    end = "。别的电脑上没有,请把它放进文档里,或删去这个链接。"
    assert [str(fault) for fault in lint(word.save(document))] == [
        rf"正文 file:///\\server\模板\Normal.dotm:文档打开时要到别处去找所附的模板{end}",
        rf"正文 file:///C:\表.xlsx:文档打开时要到别处去找链接的对象{end}",
        rf"正文 \\server\图\章.png:文档打开时要到别处去找链接的图片{end}",
    ]


def with_members(path, **members):
    """A zip in which the members of these names hold something else."""
    changed = path.with_name("changed.docx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for item in old.infolist():
            content = members.get(item.filename.rpartition("/")[2].partition(".")[0], b"")
            new.writestr(item.filename, content or old.read(item))
    return changed


def test_a_file_that_is_broken_elsewhere_is_told_or_left(word):
    path = word.template("{{ x }}")
    broken = with_members(path, document=b"<x>{{")
    places = {
        "document": {"word/document.xml", "word/_rels/document.xml.rels"},
        "[Content_Types]": {"[Content_Types].xml"},
    }
    for name, broken in places.items():
        found = lint(with_members(path, **{name: b"<x>{{"}))
        assert {fault.code for fault in found} == {"bad-xml"}
        assert {fault.where.file for fault in found} == broken
    assert lint(with_members(path, document=b"<x/>")) == []
    with zipfile.ZipFile(path, "a") as archive:
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as own:
            own.writestr("a.xml", "<x/>" * 99)
        data = inner.getvalue()
        archive.writestr("word/embeddings/a.xlsx", data.replace(data[40:44], b"\xff" * 4))
    assert lint(path) == []
