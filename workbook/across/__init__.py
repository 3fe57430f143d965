"""What a kind says of many of its workbooks: what is summed up, ranked and held against each other.

In comes a kind's `consolidate.toml`, or rules of a file of their own; out go checked shapes and
rules of the one rule language. It knows no batch, no ledger and no workbook.
"""
