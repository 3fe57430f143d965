"""The workbook: what is asked, what was typed, what must tie, and files that ask it.

In come a kind's data files and cells, out go typed values, findings and workbooks. It knows neither
Word nor a running Excel.
"""
