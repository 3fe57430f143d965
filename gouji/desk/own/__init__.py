"""The clerk's own desk: one workbook, watched while it is edited in Excel, WPS or Calc.

In come saves of the file and what is pressed on the page, out go news to all pages that listen:
findings, the report's pages, what a button did. It does what the ribbon does by the ribbon's own
pieces, writes only what they write, and never the workbook.
"""
