"""The LibreOffice extension, and a click that arrives from it."""

import subprocess
import sys
import zipfile
from io import BytesIO

import pytest
import xlwings as xw
from light import lighten
from lxml import etree

from addin.commands import AUTHORING, COMMANDS, TAB, offered
from addin.extension.package import COMPONENT, IDENTIFIER, SERVICE, addons, build_extension
from addin.install.addin_files import extension as shipped

NAME = "{http://openoffice.org/2001/registry}name"


@pytest.fixture
def extension(tmp_path):
    path = tmp_path / "gouji.oxt"
    build_extension(path, "/opt/勾 稽/python", "0.1.0")
    return zipfile.ZipFile(path)


def properties(node):
    """The properties of a configuration node, in Chinese."""
    return {prop.get(NAME): prop.findall("value")[-1].text for prop in node.iterchildren("prop")}


@pytest.mark.parametrize("to_author", [False, True])
def test_menu_toolbar_and_tabbed_ribbon_have_every_button(extension, to_author):
    text = extension.read("Addons.xcu") if not to_author else addons(to_author=True).encode()
    root = etree.fromstring(text)
    commands = offered(to_author=to_author)
    wanted = [(one.label, f"service:{SERVICE}?{one.name}") for one in commands]
    for place in ("OfficeMenuBar", "OfficeToolBar", "OfficeNotebookBar"):
        (node,) = root.iterfind(f".//node[@{{{NAME[1:].partition('}')[0]}}}name='{place}']")
        entries = [properties(inner) for inner in node.iter("node")]
        found = [(one["Title"], one["URL"]) for one in entries if "Title" in one and "URL" in one]
        assert found == wanted, place
    (menu,) = [one for one in map(properties, root.iter("node")) if one.get("Title") == TAB]
    assert menu["Context"] == "com.sun.star.sheet.SpreadsheetDocument"


def test_the_toolbar_is_called_as_the_ribbon_and_stands_in_a_row_of_its_own(extension):
    root = etree.fromstring(extension.read("CalcWindowState.xcu"))
    (bar,) = [one for one in root.iter("node") if one.get(NAME).endswith(f"addon_{IDENTIFIER}")]
    assert properties(bar) == {"UIName": TAB, "DockPos": "0,3"}


def test_the_extension_lists_what_it_holds_and_is_the_same_bytes_each_time(extension, tmp_path):
    manifest = etree.fromstring(extension.read("META-INF/manifest.xml"))
    space = "{http://openoffice.org/2001/manifest}"
    listed = ["Addons.xcu", "CalcWindowState.xcu", COMPONENT, "CalcAddIns.xcu", "gouji.idl"]
    assert [entry.get(f"{space}full-path") for entry in manifest] == listed
    # LibreOffice puts this folder on the path of its Python, unlisted.
    ours = ("gouji_answers", "gouji_book", "gouji_clicks", "gouji_program", "gouji_ranges")
    shared = (
        "__init__",
        *(f"catalogue/{one}" for one in ("__init__", "cells", "model")),
        *(f"figures/{one}" for one in ("__init__", "cell_functions", "numbers", "numerals")),
        *(f"files/{one}" for one in ("__init__", "state")),
    )
    imported = [f"pythonpath/{name}.py" for name in (*ours, *(f"workbook/{one}" for one in shared))]
    first = ["META-INF/manifest.xml", "description.xml"]
    assert sorted(extension.namelist()) == sorted([*first, *listed, *imported])
    again = tmp_path / "again.oxt"
    build_extension(again, "/opt/勾 稽/python", "0.1.0")
    assert again.read_bytes() == (tmp_path / "gouji.oxt").read_bytes()


def test_a_click_starts_the_python_that_gouji_is_installed_in(extension):
    source = extension.read(COMPONENT).decode()
    compile(source, COMPONENT, "exec")
    assert "PYTHON = '/opt/勾 稽/python'" in source


def test_a_click_from_libreoffice_colours_the_cell(calc, office, sample_file):
    book = xw.Book(str(lighten(sample_file)))
    total = book.sheets["预算收支"].range("C17")
    total.value = 195.94
    command = [sys.executable, "-m", "addin.ribbon.click", "validate", office.pipe]
    subprocess.run(command, check=True, timeout=60)
    assert total.color == (239, 114, 114)
    assert total.note.text.startswith("【错误】预算收支!C17 基本支出:195.94 ≠")
    book.close()


def test_only_an_authors_extension_has_the_buttons_that_draw_forms():
    drawing = {one.label for one in COMMANDS if one.group == AUTHORING}
    for to_author in (False, True):
        with zipfile.ZipFile(BytesIO(shipped("/opt/python", to_author=to_author))) as made:
            text = made.read("Addons.xcu").decode()
        assert {label for label in drawing if label in text} == (drawing if to_author else set())
