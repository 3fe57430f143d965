"""The Word report: the template engine, what a report says, and old reports read back.

In come checked values and a template, out goes a document. It opens no workbook of its own accord,
but those of a batch, and knows no program that could be open.
"""
