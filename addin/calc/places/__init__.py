"""Where a thing stands: its block of cells, sheet, book and program, one above the other.

In come LibreOffice's objects, out go places that know their neighbours. They hold the ways upward
for all other rooms, and do not know what cells hold, how they look or what lies on them.
"""
