"""Functions for cells, in Excel and in LibreOffice.

In come cells as the program hands them, out goes a word or a number for the cell. They never stand
in the way of a check or a report.
"""
