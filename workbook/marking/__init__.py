"""What was found, or read from elsewhere, put on the cells of a workbook.

In come findings, or notes, and a workbook; out go coloured cells, notes and a list of them all.
"""
