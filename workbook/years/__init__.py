"""New workbooks: a kind's own, and next year's from last year's.

In comes a kind or a checked workbook, out go a new one and the account of what was carried and what
was not. It looks into no report.
"""
