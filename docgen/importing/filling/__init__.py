"""What was found in a report as the values that a new workbook is filled with.

In come statements and a kind; out go values as the form itself reads them, a note on each cell,
and doubts. It reads no report, and leaves out what the form would refuse.
"""
