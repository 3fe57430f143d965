"""What was found, shown in the open book, or beside it where the book takes nothing.

In come findings, out go coloured cells, notes, a sheet that lists them, or a file. It finds nothing
by itself.
"""
