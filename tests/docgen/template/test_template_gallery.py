"""The examples of docs/templates.md render, are valid, and have their pictures on the page."""

from pathlib import Path

import docx
import pytest
from gallery import GALLERY, PICTURES, made
from ooxml import new_faults

PAGE = Path(__file__).resolve().parents[3] / "docs" / "templates.md"


@pytest.mark.parametrize("name", GALLERY)
def test_an_example_of_the_page_renders(word, name):
    template, out = made(word, name)
    assert new_faults(template, out) == []
    assert docx.Document(out).element.body is not None
    assert (PICTURES / f"{name}.png").exists()
    assert f"templates/{name}.png" in PAGE.read_text(encoding="utf-8")


def test_every_tag_of_the_examples_stands_on_the_page():
    page = PAGE.read_text(encoding="utf-8")
    for statement in ("colspan", "cellbg", "vm", "hm", "restart_numbering", "raw", "set"):
        assert f"{{% {statement}" in page
    for scope in ("p", "tr", "tc", "r"):
        assert f"{{%{scope} " in page
