"""Sentences that repeat rows of tables.

In come all statements and tables, out goes each figure of a sentence that is a cell's: the same,
or another by one slip of the hand. What stands in no table is not looked at.
"""
