"""What cells hold: values and formulas read, written, emptied, moved and sorted.

In come a block and Python's values, out go Python's values, in as few calls to Calc as can be. It
knows nothing of looks, drawings and tables; but that a date shows in a cell's number format.
"""
