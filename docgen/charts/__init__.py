"""Charts as values of a template, which Word can edit.

In come figures and the words beside them, out go a drawing, its XML and the workbook inside. It
knows no form.
"""
