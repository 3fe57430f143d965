"""openpyxl's books on their way to a file: as they should open, formulas with their results.

In comes a book and what its formulas give, out goes the file's bytes. It does not know forms, and
what a formula gives is worked out elsewhere.
"""
