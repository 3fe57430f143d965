"""The workbook inside a chart, which Word opens for who wants to see or change its figures.

It is written by hand, because no template loads openpyxl, whose import takes as long as that of the
whole engine (0.17 s each).
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from docgen.template.model.text import text_of
from docgen.template.word.package import Package, deflated, pack
from docgen.template.word.xml import plain_text

Number = int | float | Decimal | None

SHEET: Final = "Sheet1"
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FIRST_FORMAT: Final = 164  # those below are Excel's own
_FIXED: Final = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1"'
        f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_OFFICE}/worksheet"'
        ' Target="worksheets/sheet1.xml"/><Relationship Id="rId2"'
        f' Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
}


class BookLook(NamedTuple):
    """The font of the cells, what their plain style is called, whether thousands stand apart."""

    font: str
    style: str
    grouped: bool = False


CHINESE_BOOK: Final = BookLook("宋体", "常规")
ENGLISH_BOOK: Final = BookLook("Calibri", "Normal", grouped=True)


class Column(NamedTuple):
    """A column of the sheet: its head, what stands below, the number of its style."""

    name: str
    values: Sequence[str] | Sequence[Number]
    style: int = 0


def chart_book(
    categories: Sequence[str], series: Mapping[str, Sequence[Number]], look: BookLook = CHINESE_BOOK
) -> bytes:
    """The .xlsx: categories in column A, a column for each series, names in the first row.

    A blank figure is no cell. The same figures give the same bytes.
    """
    codes = {name: number_format(values, look.grouped) for name, values in series.items()}
    formats = sorted(set(codes.values()))
    columns = [
        Column("", categories),
        *(Column(name, values, formats.index(codes[name]) + 1) for name, values in series.items()),
    ]
    parts = _FIXED | {
        "xl/styles.xml": _styles(formats, look),
        "xl/worksheets/sheet1.xml": _sheet(columns),
    }
    members = (deflated(name, (_DECLARATION + xml).encode()) for name, xml in parts.items())
    return b"".join(pack(Package(tuple(members))))


def number_format(values: Sequence[Number], grouped: bool = False) -> str:
    """Excel's format with as many decimals as the figures carry: `0.00`, `grouped` `#,##0.00`."""
    most = max((len(text_of(value).partition(".")[2]) for value in values), default=0)
    whole = "#,##0" if grouped else "0"
    return f"{whole}.{'0' * most}" if most else whole


def column_letter(index: int) -> str:
    """The letter of a sheet's column, counted from 0."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


def _sheet(columns: Sequence[Column]) -> str:
    """The one sheet; a text stands in its cell, for a table of texts would be one more part."""
    rows = "".join(
        f'<row r="{row}">{"".join(_row(row, columns))}</row>'
        for row in range(1, 2 + len(columns[0].values))
    )
    return (
        f'<worksheet xmlns="{_MAIN}"><cols><col min="1" max="1" width="24" customWidth="1"/></cols>'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )


def _row(row: int, columns: Sequence[Column]) -> Iterator[str]:
    for index, column in enumerate(columns):
        value = column.values[row - 2] if row > 1 else column.name
        cell = f'<c r="{column_letter(index)}{row}"'
        if isinstance(value, str):
            text = f'<is><t xml:space="preserve">{plain_text(value)}</t></is>'
            yield f'{cell} t="inlineStr">{text}</c>' if value else ""
        elif value is not None:
            yield f'{cell} s="{column.style}"><v>{text_of(value)}</v></c>'


def _styles(formats: Sequence[str], look: BookLook) -> str:
    """A cell style for each number format, after the plain one."""
    codes = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{code}"/>'
        for number, code in enumerate(formats, _FIRST_FORMAT)
    )
    uses = "".join(
        f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0"'
        ' applyNumberFormat="1"/>'
        for number in range(_FIRST_FORMAT, _FIRST_FORMAT + len(formats))
    )
    plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"'
    listed = f'<numFmts count="{len(formats)}">{codes}</numFmts>' if formats else ""
    return (
        f'<styleSheet xmlns="{_MAIN}">{listed}<fonts count="1"><font><sz val="11"/>'
        f'<name val="{look.font}"/></font></fonts><fills count="2"><fill><patternFill'
        ' patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        f'<cellStyleXfs count="1">{plain}/></cellStyleXfs>'
        f'<cellXfs count="{len(formats) + 1}">{plain} xfId="0"/>{uses}</cellXfs>'
        f'<cellStyles count="1"><cellStyle name="{look.style}" xfId="0" builtinId="0"/>'
        "</cellStyles>"
        "</styleSheet>"
    )
