"""The script that a user would write without Gouji: openpyxl reads, docxtpl fills, nothing checks.

python bench/plain_report.py 填报.xlsx 模板.docx 报告.docx
"""

import sys
from typing import Any

from docxtpl import DocxTemplate
from openpyxl import load_workbook


def main() -> None:
    """Fill the template with what the names and tables of the workbook hold."""
    workbook, template, out = sys.argv[1:]
    document = DocxTemplate(template)
    document.render(values_of(workbook))
    document.save(out)


def values_of(path: str) -> dict[str, Any]:
    """The cell of each name, and of each table the rows that are filled."""
    book = load_workbook(path, data_only=True)
    values: dict[str, Any] = {}
    for name, one in book.defined_names.items():
        for sheet, address in one.destinations:
            cells = book[sheet][address.replace("$", "")]
            if not isinstance(cells, tuple):
                values[name] = cells.value
    for sheet in book:
        for table in sheet.tables.values():
            head, *rows = sheet[table.ref]
            keys = [cell.value for cell in head]
            filled = ([cell.value for cell in row] for row in rows)
            values[table.name] = [dict(zip(keys, row, strict=True)) for row in filled if row[0]]
    return values


if __name__ == "__main__":
    main()
