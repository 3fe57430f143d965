"""The monthly grant report: an example of a report in English."""

import io
from typing import Final

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell

from docgen.plain_document import plain_document
from tools.paper.documents import without_times

_LINES: Final = (
    ("Personnel", "Personnel"),
    ("Travel", "Travel"),
    ("Equipment", "Equipment"),
    ("Supplies and materials", "Supplies"),
    ("Training and events", "Training"),
    ("Other direct costs", "Other"),
    ("Indirect costs", "Indirect"),
)
_HEADS: Final = ("Budget line", "Budget", "Before", "This month", "To date", "Balance", "Used")
_FACTS: Final = (
    ("Organisation", "{{ Organisation }}"),
    ("Donor", "{{ Donor }}"),
    ("Grant", "{{ Grant_number }}, {{ Grant_start|long_date }} to {{ Grant_end|long_date }}"),
    ("Submitted", "{{ Submitted_on|long_date }}"),
)
_FUNDS: Final = (
    ("Balance at the beginning of the month", "Opening_balance"),
    ("Received from the donor", "Received"),
    ("Interest and other income", "Interest"),
    ("Spent this month", "Spent"),
    ("Balance at the end of the month", "Closing_balance"),
    ("of which in the bank account", "Bank"),
    ("of which in cash", "Cash"),
    ("of which advances not yet accounted for", "Advances"),
    ("less invoices not yet paid", "Unpaid"),
)
_HEAD_FILL, _TOTAL_FILL = "1F4E79", "DCE6F1"


def grant_report() -> bytes:
    """The template, the same bytes at every build."""
    document = plain_document()
    document.add_paragraph("Monthly grant report: {{ Report_month }} {{ Report_year }}", "Title")
    document.add_paragraph("{{ Project }}", "Subtitle")
    _table(document, (42, 124), (), _FACTS)
    document.add_heading("1. Summary", 1)
    _text(document, "Summary")
    document.add_heading("2. Spending", 1)
    _spending(document)
    document.add_heading("3. Money of the grant", 1)
    _funds(document)
    document.add_heading("4. Staff", 1)
    _staff(document)
    document.add_heading("5. Results", 1)
    _results(document)
    document.add_heading("6. Activities", 1)
    _text(document, "Activities")
    document.add_heading("7. Problems", 1)
    _text(document, 'Problems or "None were met."')
    document.add_heading("8. Plans for the next month", 1)
    _text(document, "Plans")
    _signatures(document)
    properties = document.core_properties
    properties.title = (
        "Monthly grant report {{ Grant_number }}, {{ Report_month }} {{ Report_year }}"
    )
    properties.author = "{{ Organisation }}"
    file = io.BytesIO()
    document.save(file)
    return without_times(file.getvalue())


def _text(document: Document, value: str) -> None:
    """Each line of a text as a paragraph."""
    document.add_paragraph(f"{{%p for line in ({value})|paragraphs %}}")
    document.add_paragraph("{{ line }}")
    document.add_paragraph("{%p endfor %}")


def _spending(document: Document) -> None:
    document.add_paragraph(
        "{{ Spent|amount }} USD were spent in {{ Report_month }}. To date it is "
        "{{ Total_To_date|amount }} USD, {{ Total_To_date|completion(Total_Budget) }}; "
        "{{ Total_Balance|amount }} USD are left until {{ Grant_end|long_date }}. "
        "The exchange rate of the month is {{ Exchange_rate|amount }} {{ Local_currency }} to the "
        "dollar.{% if rounding_note %} {{ rounding_note }}{% endif %}"
    )
    rows = [
        (name, *(f"{{{{ {key}_{one}|amount }}}}" for one in ("Budget", "Before")),
         *(f"{{{{ {key}_{one}|amount }}}}" for one in ("Month", "To_date", "Balance")),
         f"{{{{ {key}_Used }}}}%")
        for name, key in (*_LINES, ("Total", "Total"))
    ]  # fmt: skip
    _table(document, (40, 23, 23, 21, 23, 22, 14), _HEADS, rows, has_total=True)
    document.add_paragraph("Amounts in USD.")
    spent = ", ".join(f'"{name}": {key}_Month' for name, key in _LINES)
    document.add_paragraph(
        f'{{{{p {{{spent}}}|bar_chart(title="Spent in " ~ Report_month ~ " (USD)", height=62) }}}}'
    )


def _funds(document: Document) -> None:
    rows = [(words, f"{{{{ {key}|amount }}}}") for words, key in _FUNDS]
    _table(document, (100, 30), ("", "USD"), rows)


def _staff(document: Document) -> None:
    document.add_paragraph(
        "{{ Staff|count_items }} people were paid by the grant, {{ Personnel_Month|amount }} USD."
    )
    rows = [
        ("{%tr for row in Staff %}", "", "", ""),
        ("{{ row.Name }}", "{{ row.Position }}", "{{ row.Effort }}%", "{{ row.Cost|amount }}"),
        ("{%tr endfor %}", "", "", ""),
    ]
    _table(document, (50, 60, 24, 32), ("Name", "Position", "Effort", "Cost (USD)"), rows, texts=2)


def _results(document: Document) -> None:
    heads = ("Indicator", "Target", "Before", "Month", "To date", "Achieved", "Remark")
    rows = [
        ("{%tr for row in Indicators %}", *[""] * 6),
        (
            "{{ row.Indicator }}",
            *(f"{{{{ row.{one}|amount }}}}" for one in ("Target", "Before", "Month", "To_date")),
            "{{ row.Achieved }}%",
            "{{ row.Remark }}",
        ),
        ("{%tr endfor %}", *[""] * 6),
    ]
    _table(document, (48, 17, 17, 15, 17, 19, 33), heads, rows)


def _signatures(document: Document) -> None:
    document.add_paragraph("")
    document.add_paragraph("Prepared by {{ Prepared_by }}")
    document.add_paragraph("{%p if Approved_by %}")
    document.add_paragraph("Approved by {{ Approved_by }}")
    document.add_paragraph("{%p endif %}")


def _table(  # noqa: PLR0913 - what a table can be asked for
    document: Document,
    widths_mm: tuple[float, ...],
    heads: tuple[str, ...],
    rows: object,
    *,
    has_total: bool = False,
    texts: int = 1,
) -> None:
    """A table with its heads on each page; all but the first `texts` columns are figures."""
    table = document.add_table(0, len(widths_mm), "Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    listed: list[tuple[str, ...]] = [*([heads] if heads else []), *rows]  # type: ignore[misc]
    for number, words in enumerate(listed):
        cells = table.add_row().cells
        is_head, is_total = bool(heads) and number == 0, has_total and number == len(listed) - 1
        for column, (cell, text) in enumerate(zip(cells, words, strict=True)):
            cell.width = Mm(widths_mm[column])
            _write(
                cell, text, is_figure=column >= texts and bool(heads), is_bold=is_head or is_total
            )
            if is_head or is_total:
                _fill(cell, _HEAD_FILL if is_head else _TOTAL_FILL)
            if is_head:
                cell.paragraphs[0].runs[0].font.color.rgb = RGBColor(255, 255, 255)
        if is_head:
            _repeat(table.rows[0]._tr)
    document.add_paragraph("").paragraph_format.space_after = Pt(2)


def _write(cell: _Cell, text: str, *, is_figure: bool, is_bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    looks = paragraph.paragraph_format
    looks.space_before = looks.space_after = Pt(2)
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(9), is_bold
    if is_figure and "Remark" not in text:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _fill(cell: _Cell, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _repeat(row: object) -> None:
    properties = row.get_or_add_trPr()  # type: ignore[attr-defined]
    properties.append(OxmlElement("w:tblHeader"))
