"""Any Word report held against itself by rules alone: what it states must agree with itself.

In comes a .docx, out go slips with their places, a count of the relations that are in order, and
a copy with comments. The rules are those of `workbook/proof`; what needs a document stands here.
"""
