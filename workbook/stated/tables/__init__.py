"""Quantities that the cells of a table state, which stand in rows below heads and not in sentences.

In come rows of plain cells, out go figures named by what stands beside and above them, and an
indicator's target as a sign, a figure and a unit. No document and no form is known here.
"""
