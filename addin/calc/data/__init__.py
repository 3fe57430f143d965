"""What gives cells a meaning: names, tables, pivot tables, filters, validation, notes.

In come a book, a sheet or a block, out go xlwings' objects for what is tied to them. It reads and
writes cells through `values`, and knows nothing of looks and drawings.
"""
