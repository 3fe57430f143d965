"""What the clerk's Excel calls: buttons, cell functions, and the open book that they work on.

In come clicks and cells, out go marks, messages and files. It stands on xlwings, for Excel and for
LibreOffice alike, and decides nothing about figures or reports.
"""
