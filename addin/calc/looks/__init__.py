"""How cells, windows and pages look: fonts, borders, characters, gridlines, print areas.

In come a block or a sheet, out go xlwings' objects for their looks. Conditional formats are next
door; it does not know what cells hold.
"""
