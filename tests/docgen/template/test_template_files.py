"""The file that comes out: untouched parts are the same, and it is whole or not there."""

import zipfile
from threading import Thread

import docx
import pytest

from docgen.template import compile_template, render
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
