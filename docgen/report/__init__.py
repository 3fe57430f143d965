"""A checked workbook's report: what a template can name, and what it may do to a value.

In come a kind and checked values, out goes a Word document in the official format. It opens no
workbook and judges no rule.
"""
