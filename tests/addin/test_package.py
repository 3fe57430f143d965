"""The add-in file: what Excel finds in it, held against the file of xlwings that Excel opens."""

import csv
import inspect
import posixpath
import re
import struct
import subprocess
import warnings
import zipfile
from io import BytesIO
from pathlib import Path

import olefile
import pytest
import xlwings
from lxml import etree
from openxml_audit import OpenXmlValidator
from pyopenvba import ExcelFile
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.cfb import CFB
from pyopenvba.interpreter import NOTHING, Interpreter
from pyopenvba.vba import decompress

from addin.commands import COMMANDS
from addin.excel import package, vba
from addin.excel.package_parts import RIBBONS
from addin.excel.ribbon_xml import ribbon_xml
from addin.excel.settings import SETTINGS, SHEET

SHIPPED = Path(xlwings.__file__).with_name("quickstart_addin_ribbon.xlam")
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
# [MS-OVBA] 2.3.4.2: the records of a reference to a registered library, and of a module.
REFERENCE = [0x16, 0x3E, 0x0D]
MODULE = [0x19, 0x47, 0x1A, 0x32, 0x1C, 0x48, 0x31, 0x1E, 0x2C]
PROCEDURAL, CLASS, END = 0x21, 0x22, 0x2B
STUB = """Dim asked As String, frozen As String
Sub Freeze(executable As String)
    frozen = executable
End Sub
Function LastAsked() As String
    LastAsked = asked
End Function
Function GetConfig(name As String) As String
    If name = "FROZEN EXECUTABLE" Then GetConfig = frozen
End Function
Function RunPython(command As String)
    asked = command
End Function
Function RunFrozenPython(executable As String, Optional args As String)
    asked = executable & " " & args
End Function
"""
# The settings of an add-in, in which some are filled, and a computer that lacks one file.
SETTINGS_OF = """Dim missing As String, resident As String
Sub Prepare(gone As String, clsid As String)
    missing = gone
    resident = clsid
End Sub
Function GetConfig(name As String) As String
    If name = "INTERPRETER_WIN" Then GetConfig = "C:\\Gouji\\python.exe"
    If name = "RESIDENT CLSID" Then GetConfig = resident
End Function
Function FileExists(path As String) As Boolean
    FileExists = path <> missing
End Function
"""
CSV = "csv:Text - txt - csv (StarCalc):44,34,76"  # commas, quotes, UTF-8
RECEIVED = """Sub Receive()
    Workbooks.Add
    ActiveSheet.Name = "gouji.conf"
    Range("A1").Value = "UDF MODULES"
    Range("B1").Value = "evil"
End Sub
"""


@pytest.fixture(scope="module")
def addin(tmp_path_factory):
    path = tmp_path_factory.mktemp("addin") / "gouji.xlam"
    package.build(path)
    return path


def members(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def compound(path):
    return CFB.from_bytes(members(path)["xl/vbaProject.bin"])


def directory(path):
    data = BytesIO(members(path)["xl/vbaProject.bin"])
    with olefile.OleFileIO(data, raise_defects=olefile.DEFECT_UNSURE) as compound:
        return [entry for entry in compound.direntries if entry is not None]


def in_order(entries, number):
    """The names of a storage's members, as the tree of the directory has them left to right."""
    by_number = {entry.sid: entry for entry in entries}
    if number not in by_number:
        return []
    entry = by_number[number]
    left, right = (in_order(entries, side) for side in (entry.sid_left, entry.sid_right))
    return [*left, entry.name, *right]


def records(path):
    """The identifiers of the dir stream's records, of which the last ends where the stream ends."""
    data = decompress(compound(path).get_stream_in_storage("VBA", "dir"))
    found, at = [], 0
    while at < len(data):
        name, size = struct.unpack_from("<HI", data, at)
        size = 6 if name == 0x09 else size
        found.append((name, data[at + 6 : at + 6 + size]))
        at += 6 + size
    assert at == len(data)
    return found


def read_back(path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # oletools 0.60 calls pyparsing by its old names
        from oletools.olevba import VBA_Parser
    parser = VBA_Parser(str(path))
    try:
        return {name.rpartition(".")[0]: code for _, _, name, code in parser.extract_macros()}
    finally:
        parser.close()


def shipped_text():
    return SHIPPED.with_name("xlwings_custom_addin.bas").read_text(encoding="ascii")


def pressed(command, *, frozen=""):
    """What the callback of a command asks xlwings for, which a stub stands for."""
    interpreter = Interpreter()
    interpreter.add_module(STUB, name="xlwings")
    interpreter.add_module(vba.bridge(), name=vba.BRIDGE)
    interpreter.run("Freeze", [frozen])
    interpreter.run(vba.callback(command), [NOTHING])
    return interpreter.run("LastAsked")


def test_a_rebuild_gives_the_same_bytes(addin, tmp_path):
    package.build(tmp_path / "again.xlam")
    assert (tmp_path / "again.xlam").read_bytes() == addin.read_bytes()


def test_no_time_of_building_is_in_the_file(addin):
    with zipfile.ZipFile(addin) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}
    assert {(entry.createTime, entry.modifyTime) for entry in directory(addin)} == {(0, 0)}


def test_streams_stand_in_the_order_of_their_names(addin):
    entries = directory(addin)
    (storage,) = (entry for entry in entries if entry.entry_type == olefile.STGTY_STORAGE)
    names = in_order(entries, storage.sid_child)
    assert names == sorted(names, key=lambda name: (len(name), name.upper()))
    assert set(names) == {"dir", "_VBA_PROJECT", *read_back(addin)}
    assert (storage.name, storage.isectStart, storage.size) == ("VBA", 0, 0)


def test_every_command_has_one_callback_and_no_callback_is_without_a_command():
    subs = re.findall(r"^Sub (.*)\r$", vba.bridge(), re.MULTILINE)
    assert subs == [f"gj_{command.name}(control As IRibbonControl)" for command in COMMANDS]


def test_the_ribbon_calls_what_the_bridge_has(addin):
    held = members(addin)
    bridge = read_back(addin)[vba.BRIDGE]
    for name, *_ in RIBBONS:
        for target in re.findall(rb'onAction="([^"]*)"', held[name]):
            module, _, procedure = target.decode().partition(".")
            assert module == vba.BRIDGE
            assert bridge.count(f"Sub {procedure}(control As IRibbonControl)\r\n") == 1


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_a_button_presses_its_action_in_python(command):
    call = f"addin.ribbon.press.press('{command.name}')"
    assert pressed(command) == f"import addin.ribbon.press; {call}"


def test_what_a_button_presses_is_there():
    from addin.ribbon.press import press

    inspect.signature(press).bind("validate")


def test_a_button_presses_its_action_in_the_frozen_program_where_one_is_named():
    assert pressed(COMMANDS[0], frozen=r"C:\Gouji\gouji.exe") == r"C:\Gouji\gouji.exe new_book"


@pytest.mark.parametrize(
    ("words", "gone", "clsid", "explained"),
    [
        ("Could not create Python process.\nError message: ...", "", "", "REFUSED TEXT"),
        ("Method 'Run' of object 'IWshShell3' failed", "", "", "REFUSED TEXT"),
        ("Could not load xlwings64-0.37.8.dll from either", "", "", "NO DLL TEXT"),
        (
            "Could not load xlwings64-0.37.8.dll from either",
            r"C:\Gouji\python.exe",
            "",
            "NO PYTHON TEXT",
        ),
        ("Could not find Interpreter!", "", "", "NO PYTHON TEXT"),
        ("No command specified in the configuration", "", "{4f3e}", "NOT RESIDENT TEXT"),
        ("No module named 'addin'", "", "", "FAILURE TEXT"),
    ],
)
def test_a_click_that_does_not_reach_python_is_explained(words, gone, clsid, explained):
    interpreter = Interpreter()
    interpreter.add_module(SETTINGS_OF, name="xlwings")
    interpreter.add_module(vba.bridge(), name=vba.BRIDGE)
    interpreter.run("Prepare", [gone, clsid])
    assert interpreter.run("Explained", [words]) == explained
    assert SETTINGS[explained].endswith("gouji addin doctor,并看看下面的记录文件。")


def test_all_modules_are_read_back_as_they_were_written(addin):
    with ExcelFile(SHIPPED) as shipped:
        kept = {name: shipped.get_module(name) for name in ("ThisWorkbook", "Sheet2", "Dictionary")}
    expected = kept | vba.modules(shipped_text(), {})
    with ExcelFile(addin) as file:
        assert file.vba_modules() == expected
        assert file.validate() == []
    assert read_back(addin) == expected


def test_all_vba_is_ascii_with_the_line_ends_of_windows(addin):
    with ExcelFile(addin) as file:
        for code in file.vba_modules().values():
            assert code.isascii()
            assert re.search(r"(?<!\r)\n|\r(?!\n)", code) is None


def test_modules_of_a_later_step_are_taken_in(addin, tmp_path):
    text = 'Attribute VB_Name = "GoujiFunctions"\nOption Explicit\n'
    package.build(tmp_path / "more.xlam", modules={"GoujiFunctions": text})
    expected = {"GoujiFunctions": text.replace("\n", "\r\n")}
    with ExcelFile(addin) as plain, ExcelFile(tmp_path / "more.xlam") as more:
        assert more.vba_modules() == plain.vba_modules() | expected


def test_a_later_step_can_fill_the_modules_that_are_there(addin, tmp_path):
    body = "Private Sub Workbook_Open()\r\nEnd Sub\r\n"
    package.build(tmp_path / "more.xlam", modules={"ThisWorkbook": body})
    with ExcelFile(addin) as plain, ExcelFile(tmp_path / "more.xlam") as more:
        assert more.get_module("ThisWorkbook") == plain.get_module("ThisWorkbook") + body
        assert more.module_names() == plain.module_names()


def test_a_module_with_chinese_in_it_is_refused(tmp_path):
    with pytest.raises(UnicodeEncodeError):
        package.build(tmp_path / "more.xlam", modules={"GoujiFunctions": "' 勾稽"})


def test_a_version_of_xlwings_that_has_moved_on_is_refused():
    with pytest.raises(ValueError, match="0 times, not 1"):
        vba.fitted(shipped_text().replace("Sub ShowError(", "Sub TellError("))


def test_the_only_references_are_stdole_and_office(addin):
    with ExcelFile(addin) as file:
        references = [(one.name, one.kind, one.guid, one.version) for one in file.references()]
    assert references == [
        ("stdole", "registered", "{00020430-0000-0000-C000-000000000046}", (2, 0)),
        ("Office", "registered", "{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}", (2, 0)),
    ]


def test_the_records_of_the_project_stand_as_in_the_file_that_excel_opens(addin):
    ours, shipped = records(addin), records(SHIPPED)
    count = [name for name, _ in shipped].index(0x16)
    renamed = [(0x04, b"Gouji") if name == 0x04 else (name, data) for name, data in shipped[:count]]
    kinds = [CLASS, CLASS, CLASS, PROCEDURAL, PROCEDURAL]
    assert ours[:count] == renamed
    assert [name for name, _ in ours[count:]] == [
        *REFERENCE,
        *REFERENCE,
        0x0F,
        0x13,
        *(name for kind in kinds for name in (*MODULE, kind, END)),
        0x10,
    ]
    assert {data for name, data in ours if name in {0x02, 0x14}} == {struct.pack("<I", 0x0409)}
    assert {data for name, data in ours if name == 0x31} == {bytes(4)}


def test_the_project_stream_differs_from_the_shipped_one_in_names_only(addin):
    ours, shipped = (compound(path).get_stream("PROJECT").decode() for path in (addin, SHIPPED))
    lines = [line for line in ours.splitlines() if "GoujiBridge" not in line]
    expected = [line for line in shipped.splitlines() if "RibbonMyAddin" not in line]
    expected = [line.replace('"MyAddin"', '"Gouji"') for line in expected]
    while not expected[-1]:
        expected.pop()
    assert lines == expected
    assert ours.count("GoujiBridge") == 2


def test_no_compiled_code_is_left(addin):
    held = compound(addin)
    assert held.get_stream_in_storage("VBA", "_VBA_PROJECT")[:5] == b"\xcc\x61\xff\xff\x00"
    assert len(held.get_stream_in_storage("VBA", "_VBA_PROJECT")) == 7
    assert b"felix" not in b"".join(members(addin).values()).lower()


def test_every_part_has_a_type_and_every_relationship_a_target(addin):
    held = members(addin)
    types = etree.fromstring(held["[Content_Types].xml"])
    names = {entry.get("PartName") for entry in types if entry.get("PartName")}
    endings = {entry.get("Extension") for entry in types if entry.get("Extension")}
    assert {name.lstrip("/") for name in names} <= held.keys()
    targets = set()
    for name in [name for name in held if name.endswith(".rels")]:
        folder = posixpath.dirname(posixpath.dirname(name))
        for entry in etree.fromstring(held[name]):
            targets.add(posixpath.normpath(posixpath.join(folder, entry.get("Target"))))
    rest = {name for name in held if not name.endswith(".rels")} - {"[Content_Types].xml"}
    assert targets == rest
    assert {name for name in rest if f"/{name}" not in names} == {name for name, *_ in RIBBONS}
    assert endings == {"rels", "xml"}


def test_every_part_fits_its_schema(addin):
    assert OpenXmlValidator(max_errors=0).validate(str(addin)).errors == []


def test_excel_2010_and_excel_2007_each_find_their_ribbon(addin):
    held = members(addin)
    entries = [dict(entry.attrib) for entry in etree.fromstring(held["_rels/.rels"])]
    assert len({entry["Id"] for entry in entries}) == len(entries)
    by_type = {entry["Type"]: entry["Target"] for entry in entries}
    assert by_type[OFFICE] == "xl/workbook.xml"
    for name, namespace, kind in RIBBONS:
        assert by_type[kind] == name
        assert held[name].decode() == ribbon_xml(namespace)


def settings_in(path):
    sheet = ExcelApplication.open(path, with_vba=False).sheet(SHEET)
    rows = range(1, len(SETTINGS) + 1)
    assert sheet.value(f"A{len(SETTINGS) + 1}") is None
    return {sheet.value(f"A{row}"): sheet.value(f"B{row}") for row in rows}


def as_cells(settings):
    return {name: None if value == "" else value for name, value in settings.items()}


def test_the_sheet_of_settings_holds_the_settings(addin):
    assert settings_in(addin) == as_cells(SETTINGS)
    assert package.settings_in(addin) == SETTINGS


def test_installing_fills_in_settings_and_changes_nothing_else(addin, tmp_path):
    chosen = {"INTERPRETER_WIN": "C:\\Users\\张三\\python.exe", "USE UDF SERVER": False}
    path = tmp_path / "gouji.xlam"
    path.write_bytes(addin.read_bytes())
    package.configure(path, chosen)
    assert settings_in(path) == as_cells({**SETTINGS, **chosen})
    changed = {name for name, data in members(path).items() if data != members(addin)[name]}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"}
    package.configure(path, {})
    assert path.read_bytes() == addin.read_bytes()


def test_an_authors_add_in_has_one_group_more_and_nothing_else_changes(addin, tmp_path):
    path = tmp_path / "gouji.xlam"
    path.write_bytes(addin.read_bytes())
    package.configure(path, {"AUTHOR": True})
    changed = {name for name, data in members(path).items() if data != members(addin)[name]}
    ribbons = {"customUI/customUI.xml", "customUI/customUI14.xml"}
    assert changed == {"xl/worksheets/sheet1.xml", *ribbons}
    assert all("制表".encode() in members(path)[one] for one in ribbons)
    assert package.is_made_from(path, addin.read_bytes())


def test_a_setting_that_nothing_reads_is_refused(addin, tmp_path):
    with pytest.raises(ValueError, match="INTERPRETER_LINUX"):
        package.build(tmp_path / "gouji.xlam", settings={"INTERPRETER_LINUX": "python3"})


def test_a_book_that_came_by_mail_cannot_name_the_interpreter(addin):
    """The module of xlwings runs without comments behind #If, which pyOpenVBA cannot read."""
    app = ExcelApplication.open(addin, with_vba=False)
    text = re.sub(r"(?m)^(\s*#[^'\r\n]*)'[^\r\n]*", r"\1", vba.fitted(shipped_text()))
    app.add_module(text.replace("WScript.ExpandEnvironmentStrings(s)", "s"), name=vba.XLWINGS)
    app.add_module(vba.bridge(), name=vba.BRIDGE)
    app.add_module(RECEIVED, name="Mail")
    app.run("Receive")
    assert app.run("GetConfig", "UDF MODULES") == "addin.functions.cells"


@pytest.mark.libreoffice
def test_libreoffice_opens_the_file_and_sees_the_settings(addin, soffice, tmp_path):
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    kind = "--infilter=Calc MS Excel 2007 VBA XML"
    subprocess.run(
        [soffice, profile, "--headless", kind, "--convert-to", CSV, "--outdir", tmp_path, addin],
        check=True,
        capture_output=True,
        timeout=120,
    )
    with (tmp_path / "gouji.csv").open(encoding="utf-8", newline="") as lines:
        shown = dict(csv.reader(lines))
    truths = {True: "TRUE", False: "FALSE"}
    assert shown == {name: truths.get(value, value) for name, value in SETTINGS.items()}
