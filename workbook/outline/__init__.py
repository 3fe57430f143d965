"""The outline of one report: which sections the clerk wants, in which order, with what in them.

In come a form's sections and what was read of the sheet 提纲, out go the sections as they will
stand in the report, and what is wrong with them. It prints nothing.
"""
