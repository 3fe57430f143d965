"""Colour scales and icon sets, which Calc's interface can change but not make.

They are read from a document written for the purpose, whose one sheet is brought into the book, and
moved to their place from there.
"""

from html import escape
from typing import Any, Final

from addin.calc.conditional.entries import ranges
from addin.calc.notation import units
from addin.calc.places.model import Block, OpenSheet
from addin.calc.program.bridge import properties, uno

_SHEET: Final = "gouji conditional format"
_DOCUMENT: Final = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:c="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    ' office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
    '<office:body><office:spreadsheet><table:table table:name="{sheet}"><table:table-row>'
    "<table:table-cell/></table:table-row><c:conditional-formats>"
    "<c:conditional-format c:target-range-address=\"'{sheet}'.A1:'{sheet}'.A1\">{rule}"
    "</c:conditional-format></c:conditional-formats></table:table></office:spreadsheet>"
    "</office:body></office:document>"
)
_FILTER: Final = "OpenDocument Spreadsheet Flat XML"
# xlwings' words for what a threshold is, and OpenDocument's.
_THRESHOLDS: Final = {
    "lowest_value": "minimum", "highest_value": "maximum", "number": "number",
    "percent": "percent", "percentile": "percentile", "formula": "formula",
}  # fmt: skip
ICONS: Final = {
    "3_arrows": "3Arrows", "3_arrows_gray": "3ArrowsGray", "3_flags": "3Flags",
    "3_traffic_lights_1": "3TrafficLights1", "3_traffic_lights_2": "3TrafficLights2",
    "3_signs": "3Signs", "3_symbols": "3Symbols", "3_symbols_2": "3Symbols2",
    "4_arrows": "4Arrows", "4_arrows_gray": "4ArrowsGray", "4_red_to_black": "4RedToBlack",
    "4_rating": "4Rating", "4_traffic_lights": "4TrafficLights", "5_arrows": "5Arrows",
    "5_arrows_gray": "5ArrowsGray", "5_rating": "5Rating", "5_quarters": "5Quarters",
    "3_stars": "3Stars", "3_triangles": "3Triangles", "5_boxes": "5Boxes",
}  # fmt: skip


def add_color_scale(block: Block, spec: dict[str, Any]) -> Any:
    """A new format: a scale of two or three colours over a block's values."""
    entries = "".join(
        f'<c:color-scale-entry c:color="#{units.from_rgb(colour):06x}" {_threshold(kind, value)}/>'
        for colour, kind, value in zip(
            spec["colors"], spec["threshold_types"], spec["thresholds"], strict=True
        )
    )
    return _add(block, f"<c:color-scale>{entries}</c:color-scale>")


def add_icon_set(block: Block, spec: dict[str, Any]) -> Any:
    """A new format: icons beside a block's values; the thresholds begin at the second icon."""
    kinds, values = ["percent", *spec["threshold_types"]], [0, *spec["thresholds"]]
    entries = "".join(
        f"<c:formatting-entry {_threshold(kind, value)}/>"
        for kind, value in zip(kinds, values, strict=True)
    )
    name = ICONS[spec["icon_set"]]
    made = _add(block, f'<c:icon-set c:icon-set-type="{name}">{entries}</c:icon-set>')
    rule = made.getByIndex(0)
    rule.ShowValue, rule.Reverse = spec["show_value"], spec["reverse_order"]
    return made


def _threshold(kind: str, value: Any) -> str:
    text = f'"{escape("0" if value is None else str(value))}"'
    return f'c:type="{_THRESHOLDS[kind]}" c:value={text}'


def _add(block: Block, rule: str) -> Any:
    """The format that holds a rule, read and moved to the block without touching its cells."""
    sheet = block.sheet
    rules = sheet.api.ConditionalFormats
    before = {one.ID for one in rules.getConditionalFormats()}
    spare = sheet.block(*_spare_place(sheet), 1, 1)
    sheets = sheet.book.document.getSheets()
    with_rule = sheets.getByIndex(_import(sheet, rule))
    sheet.api.copyRange(
        spare.cell_address, with_rule.getCellRangeByPosition(0, 0, 0, 0).getRangeAddress()
    )
    sheets.removeByName(with_rule.getName())
    made = next(one for one in rules.getConditionalFormats() if one.ID not in before)
    made.Range = ranges(block, [block.range_address])
    return made


def _import(sheet: OpenSheet, rule: str) -> int:
    """The place of a new last sheet, whose first cell has the rule."""
    office, sheets = sheet.book.office, sheet.book.document.getSheets()
    data = uno.ByteSequence(_DOCUMENT.format(sheet=_SHEET, rule=rule).encode())
    stream = office.context.ServiceManager.createInstanceWithArgumentsAndContext(
        "com.sun.star.io.SequenceInputStream", (data,), office.context
    )
    settings = properties(Hidden=True, InputStream=stream, FilterName=_FILTER)
    source = office.desktop.loadComponentFromURL("private:stream", "_blank", 0, settings)
    try:
        return int(sheets.importSheet(source, _SHEET, sheets.getCount()))
    finally:
        source.close(True)


def _spare_place(sheet: OpenSheet) -> tuple[int, int]:
    """A blank cell beyond all that the sheet holds: its row and column."""
    used = sheet.used_range
    return used.row + used.shape[0], used.column + used.shape[1]
