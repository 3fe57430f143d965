"""By what words a report tells whose its figures are, and how they are printed.

In come a figure in a paragraph and a cell of the workbook; out goes whether the words before it,
behind it or above it are the cell's own. Which cell is chosen is for `adopting` to say.
"""
