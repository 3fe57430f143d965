"""The parts of the add-in's package besides VBA: what changes in xlwings' shipped ones."""

from collections.abc import Mapping, Sequence
from typing import Final

from lxml import etree

from addin.commands import TAB
from addin.excel.ribbon_xml import UI_2007, UI_2010, ribbon_xml
from addin.excel.settings import SHEET, Setting

VBA: Final = "xl/vbaProject.bin"
# Excel 2010 and later take the second and leave the first (MS-CUSTOMUI 2.1 and 2.2).
RIBBONS: Final = (
    (
        "customUI/customUI.xml",
        UI_2007,
        "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility",
    ),
    (
        "customUI/customUI14.xml",
        UI_2010,
        "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility",
    ),
)
_RELATIONSHIPS: Final = "_rels/.rels"
_BOOK: Final = "xl/workbook.xml"
_SHEET: Final = "xl/worksheets/sheet1.xml"
_STRINGS: Final = "xl/sharedStrings.xml"
# The parts that change with the settings.
SETTINGS: Final = (_SHEET, _STRINGS, *(name for name, _, _ in RIBBONS))
_CORE: Final = "docProps/core.xml"
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_REL: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_DESCRIPTION: Final = "从填报工作簿到 Word 报告:核对、标出、生成。"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_CP: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"


def with_our_ribbon(shipped: Mapping[str, bytes]) -> dict[str, bytes]:
    """The shipped parts with our ribbons and names in them."""
    kept = {name: data for name, data in shipped.items() if not name.startswith("customUI/")}
    return {
        **kept,
        **ribbons(),
        _RELATIONSHIPS: _relationships(shipped[_RELATIONSHIPS]),
        _BOOK: _book(shipped[_BOOK]),
        _CORE: _core(),
    }


def ribbons(*, to_author: bool = False) -> dict[str, bytes]:
    """The parts that say which buttons there are."""
    return {
        name: ribbon_xml(namespace, to_author=to_author).encode("utf-8")
        for name, namespace, _ in RIBBONS
    }


def sheet(members: Mapping[str, bytes], settings: Mapping[str, Setting]) -> dict[str, bytes]:
    """The sheet of settings and its strings: a name in column A, its value in column B."""
    strings: list[str] = []
    root = etree.fromstring(members[_SHEET])
    rows = _child(root, f"{_MAIN}sheetData")
    rows[:] = []
    for number, (name, value) in enumerate(settings.items(), 1):
        row = etree.SubElement(rows, f"{_MAIN}row", r=str(number))
        for place, content in ((f"A{number}", name), (f"B{number}", value)):
            if content != "":
                _cell(row, place, content, strings)
    _child(root, f"{_MAIN}dimension").set("ref", f"A1:B{len(settings)}")
    return {_SHEET: _written(root), _STRINGS: _string_table(strings)}


def settings(members: Mapping[str, bytes]) -> dict[str, Setting]:
    """What the sheet of settings says; a name without a value is an empty text."""
    texts = [_child(one, f"{_MAIN}t").text or "" for one in etree.fromstring(members[_STRINGS])]
    found: dict[str, Setting] = {}
    for row in _child(etree.fromstring(members[_SHEET]), f"{_MAIN}sheetData"):
        name, *rest = (_content(cell, texts) for cell in row)
        found[str(name)] = rest[0] if rest else ""
    return found


def _content(cell: etree._Element, texts: Sequence[str]) -> Setting:
    """What stands in a cell of the sheet."""
    number = int(_child(cell, f"{_MAIN}v").text or 0)
    return bool(number) if cell.get("t") == "b" else texts[number]


def _cell(row: etree._Element, place: str, content: Setting, strings: list[str]) -> None:
    """Adds a cell to the row, and its text to the strings."""
    is_truth = isinstance(content, bool)
    cell = etree.SubElement(row, f"{_MAIN}c", r=place, t="b" if is_truth else "s")
    etree.SubElement(cell, f"{_MAIN}v").text = str(int(content) if is_truth else len(strings))
    if not is_truth:
        strings.append(str(content))


def _string_table(strings: list[str]) -> bytes:
    """The part of shared strings; each is used once."""
    count = str(len(strings))
    names = {None: _MAIN[1:-1]}
    root = etree.Element(f"{_MAIN}sst", count=count, uniqueCount=count, nsmap=names)  # type: ignore[arg-type]
    for string in strings:
        etree.SubElement(etree.SubElement(root, f"{_MAIN}si"), f"{_MAIN}t").text = string
    return _written(root)


def _relationships(shipped: bytes) -> bytes:
    """The package's relationships with our two ribbons in place of the shipped one."""
    root = etree.fromstring(shipped)
    for relationship in root.findall(f"{_REL}Relationship"):
        if relationship.get("Target", "").startswith("customUI/"):
            root.remove(relationship)
    for number, (target, _, kind) in enumerate(RIBBONS, 1):
        entry = {"Id": f"rIdRibbon{number}", "Type": kind, "Target": target}
        etree.SubElement(root, f"{_REL}Relationship", entry)
    return _written(root)


def _book(shipped: bytes) -> bytes:
    """The workbook part with our sheet's name, without the folder on its author's disk.

    Its extension says how to save pictures, of which there are none, at a resolution that
    Microsoft's own schema refuses (MS-XLSX 2.6.10).
    """
    root = etree.fromstring(shipped)
    for left in (*root.findall(f"{_MC}AlternateContent"), *root.findall(f"{_MAIN}extLst")):
        root.remove(left)
    _child(root, f"{_MAIN}sheets/{_MAIN}sheet").set("name", SHEET)
    return _written(root)


def _core() -> bytes:
    """The properties that Excel shows in its list of add-ins."""
    root = etree.Element(f"{{{_CP}}}coreProperties", nsmap={"cp": _CP, "dc": _DC})
    for name, text in (("title", TAB), ("creator", "Gouji"), ("description", _DESCRIPTION)):
        etree.SubElement(root, f"{{{_DC}}}{name}").text = text
    return _written(root)


def _child(root: etree._Element, path: str) -> etree._Element:
    """The element at the path; raises where xlwings' file has none."""
    found = root.find(path)
    if found is None:
        raise ValueError(f"the shipped add-in has no {path}")
    return found


def _written(root: etree._Element) -> bytes:
    """The part's bytes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
