"""Which cell of a workbook a figure of last year's report is.

In come a figure, the cells that print it and the place where it stands; out goes one cell, or the
keys of those that it may be. It changes nothing in the report.
"""
