"""Figures in texts that a clerk writes, held against the cells of the form.

In come the values of a form, out go the figures of its texts, each with the cell that it repeats,
and what is to be said of those that differ. What sentences state is read in `workbook.stated`.
"""
