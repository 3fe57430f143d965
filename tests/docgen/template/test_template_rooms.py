"""What the rooms of the template engine promise: who may import whom, how far a tag travels."""

import ast
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from empty_document import empty_document

from docgen.template import compile_template

ROOT = Path(__file__).resolve().parents[3]
ENGINE = ROOT / "docgen" / "template"
MAY_IMPORT = {
    "model": set(),
    "word": {"model"},
    "read": {"model", "word"},
    "shape": {"model", "word", "read"},
    "sandbox": {"model"},
    "compile": {"model", "word", "sandbox"},
    "write": {"model", "word", "sandbox"},
    "rich": {"model", "word", "write"},
    "lint": {"model", "word", "read", "shape", "compile"},
}


def rooms_imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module.startswith("docgen.template."):
            yield node.module.split(".")[2]


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_rooms_before_it(room):
    for path in (ENGINE / room).glob("*.py"):
        assert set(rooms_imported(path)) - {room} <= MAY_IMPORT[room], path.name


def test_every_room_is_named_here():
    rooms = {path.parent.name for path in ENGINE.glob("*/__init__.py")}
    assert rooms == set(MAY_IMPORT)


def test_control_characters_stand_in_one_module():
    signs = {chr(code) for code in (*range(1, 7), *range(0x0E, 0x17))}
    for path in ENGINE.rglob("*.py"):
        if path.name == "signs.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                is_range = "\x00-" in node.value  # all that XML forbids
                assert is_range or not signs & set(node.value), f"{path.name}: {node.value!r}"


def way_of(template):
    """The files of the house that are entered while `template` is compiled and rendered."""
    entered = []

    def note(frame, event, _):
        name = frame.f_code.co_filename
        if event == "call" and name.startswith(f"{ROOT}/") and "/tests/" not in name:
            entered.append(name)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        compile_template(template, markers=template.stem == "rows").render(
            {"a": "甲", "rows": ["甲", "乙"]}
        )
    finally:
        sys.setprofile(before)
    ours = [name for name in entered if "/.venv/" not in name]
    changes = sum(one != other for one, other in pairwise(ours))
    return len(set(ours)), changes + 1


@pytest.mark.parametrize(
    ("name", "texts", "files", "changes"),
    [
        ("plain", ["{{ a }}"], 15, 25),
        ("rows", ["{%tr for r in rows %}", "{{ r }}", "{%tr endfor %}"], 20, 60),
    ],
)
def test_a_tag_travels_no_farther_than_it_must(tmp_path, name, texts, files, changes):
    document = empty_document()
    table = document.add_table(len(texts), 1) if len(texts) > 1 else None
    for index, text in enumerate(texts):
        place = table.cell(index, 0) if table is not None else document.add_paragraph()
        place.text = text
    path = tmp_path / f"{name}.docx"
    document.save(path)
    way_of(path)  # what is imported late is imported here
    document.core_properties.title = "another file, so that it is compiled again"
    document.save(path)
    entered, turns = way_of(path)
    assert entered <= files
    assert turns <= changes
