"""Compiled templates kept on disk: the same document, and nothing compiled again."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from empty_document import empty_document

from docgen.report.filters import FILTERS
from docgen.template import compile_template
from docgen.template import template as engine
from docgen.template.model.errors import TemplateError

ROWS = [{"名": "甲", "数": 1}, {"名": "乙", "数": 2}]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "缓存"))
    monkeypatch.setattr(engine, "_cache", {})
    yield tmp_path / "缓存" / "gouji"


def template(
    path: Path, text: str = "{{ 名 }}{% for x in 行 %}{{ x.名|upper }}{% endfor %}"
) -> Path:
    document = empty_document()
    document.add_paragraph(text)
    table = document.add_table(3, 1)
    for cell, words in zip(
        table.columns[0].cells, ("{%tr for r in 行 %}", "{{ r.数 }}", "{%tr endfor %}"), strict=True
    ):
        cell.text = words
    document.save(str(path))
    return path


def rendered(path: Path, **options: bool) -> bytes:
    engine._cache.clear()
    made = compile_template(path, filters=FILTERS, kept=True, **options)
    return made.render({"名": "勾稽", "行": ROWS})


@pytest.mark.parametrize("markers", [False, True])
def test_what_was_kept_prints_the_same(cache: Path, tmp_path: Path, markers: bool) -> None:
    path = template(tmp_path / "模板.docx")
    engine._cache.clear()
    plain = compile_template(path, filters=FILTERS, markers=markers)
    wanted = plain.render({"名": "勾稽", "行": ROWS})
    assert not cache.exists()
    assert [rendered(path, markers=markers) for _ in range(2)] == [wanted, wanted]
    assert len(list(cache.iterdir())) == 1


def test_each_file_and_each_option_is_kept_by_itself(cache: Path, tmp_path: Path) -> None:
    path = template(tmp_path / "模板.docx")
    rendered(path)
    rendered(path, markers=True)
    rendered(path, trusted=True)
    template(path, "{{ 名 }}!")
    assert b"!" in docx_text(rendered(path))
    assert len(list(cache.iterdir())) == 4


def docx_text(data: bytes) -> bytes:
    import io

    return "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs).encode()


def test_with_functions_of_others_nothing_is_kept(cache: Path, tmp_path: Path) -> None:
    path = template(tmp_path / "模板.docx")
    compile_template(path, filters={"loud": lambda value: f"{value}!"}, kept=True)
    assert not cache.exists()


def test_what_is_faulty_is_told_each_time_and_not_kept(cache: Path, tmp_path: Path) -> None:
    path = template(tmp_path / "模板.docx", "{{ 名 ")
    for _ in range(2):
        with pytest.raises(TemplateError):
            rendered(path)
    assert not cache.exists()


def test_a_fault_of_a_value_names_its_tag_when_the_template_was_kept(
    cache: Path, tmp_path: Path
) -> None:
    path = template(tmp_path / "模板.docx")
    told = []
    for _ in range(2):
        engine._cache.clear()
        made = compile_template(path, filters=FILTERS, kept=True)
        with pytest.raises(TemplateError) as error:
            made.render({"行": ROWS})
        told.append([(one.code, one.tag, one.where) for one in error.value.faults])
    assert told[0] == told[1] != []


def test_another_process_compiles_nothing(cache: Path, tmp_path: Path) -> None:
    path = template(tmp_path / "模板.docx")
    rendered(path)
    program = (
        "import sys; from docgen.template import compile_template; import jinja2.parser as p;"
        "p.Parser.parse = None; from docgen.report.filters import FILTERS;"
        f"made = compile_template({str(path)!r}, filters=FILTERS, kept=True);"
        "print(len(made.render({'名': '勾稽', '行': []})) > 1000)"
    )
    run = [sys.executable, "-c", program]
    told = subprocess.run(run, check=True, capture_output=True, text=True, env=os.environ)
    assert told.stdout == "True\n"
