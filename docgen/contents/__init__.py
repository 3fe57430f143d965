"""A report's 目录: a finished document to the same with its entries and their pages in it.

It knows headings, Word's fields and what LibreOffice prints; nothing of kinds, values or templates.
"""
