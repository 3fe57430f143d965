"""A report of ours held against its workbook: which figures are true, out of date, or retyped.

In come a Word document, whatever was done to it since, and a kind with checked values; out go the
figures, each with what was printed, what stands there now and what the workbook gives. It opens no
workbook and mends nothing.
"""
