"""The buttons' pictures: WPS knows none of Office's own by name."""

from typing import Final

# Strokes on a square of 24 by 24.
_STROKES: Final = {
    "new_book": "M6 3h8l4 4v14H6zM14 3v4h4M12 11v6M9 14h6",
    "roll_over": "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M9 15h6M12.5 12.5 15 15l-2.5 2.5",
    "validate": "M4 12.5 9.5 18 20 6.5",
    "next_finding": "M10 4a6 6 0 1 0 .01 0M14.5 14.5 20 20M10 7.5v5M8 10.5l2 2 2-2",
    "clear_marks": "M14 4l6 6-9 9H7l-3-3zM9 9l6 6M4 21h16",
    "insert_check": "M17 5H7l6 7-6 7h10",
    "quote_figures": "M10 14l4-4M8.5 12 6 14.5a3 3 0 0 0 4 4L12.5 16"
    "M15.5 12 18 9.5a3 3 0 0 0-4-4L11.5 8",
    "make_report": "M6 3h8l4 4v14H6zM14 3v4h4M9 11h6M9 14h6M9 17h4",
    "check_report": "M6 3h8l4 4v5M6 3v18h6M9 9h4M9 12h3M16 13.5a3 3 0 1 0 .01 0M18.2 18.2 21 21",
    "refresh_report": "M19 12a7 7 0 0 1-12.5 4.3M5 12a7 7 0 0 1 12.5-4.3M18 3v5h-5M6 21v-5h5",
    "export_pdf": "M6 3h8l4 4v14H6zM14 3v4h4M12 10v7M9 14l3 3 3-3",
    "manual": "M4 5c3-1 6-1 8 1 2-2 5-2 8-1v14c-3-1-6-1-8 1-2-2-5-2-8-1zM12 6v14",
    "doctor": "M3 13h4l2.5-6 4 11 2.5-5h5",
    "about": "M12 3.5a8.5 8.5 0 1 0 .01 0M12 11v6M12 7.5v.5",
}
_COLOUR: Final = "#1f4e79"


def icon(name: str) -> str | None:
    """The picture of a button as SVG; None where there is no button of that name."""
    strokes = _STROKES.get(name)
    if strokes is None:
        return None
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="32" height="32" '
        f'fill="none" stroke="{_COLOUR}" stroke-width="1.8" stroke-linecap="round" '
        f'stroke-linejoin="round"><path d="{strokes}"/></svg>'
    )
