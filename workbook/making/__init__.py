"""Workbooks written: a new one of a kind, a filled example, a copy with findings in it.

In come a form and its rules, or a file and its findings, out goes a workbook that checks itself. It
decides nothing about what is right.
"""
