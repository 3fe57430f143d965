"""Next year's workbook from last year's.

In comes a checked workbook, out go a new one and the account of what was carried and what was not.
It looks into no report.
"""
