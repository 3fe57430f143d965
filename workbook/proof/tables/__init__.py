"""Rules on tables: sums in columns and rows, scores, rates.

In comes a table of plain cells, out go slips, and None for each relation that is in order.
"""
