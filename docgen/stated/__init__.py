"""A Word document as lines and rows of cells, for whoever reads what it states.

In comes a .docx, out go paragraphs with the numbers that Word writes and their levels, and rows
of tables with the unit that stands above them. It knows no form.
"""
