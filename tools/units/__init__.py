"""Workbooks of many units, made from the example of 部门整体支出 by a seed.

In comes how many and how many of them are to have a slip; out go workbooks, the list of units and
what was done to which. It knows what each slip breaks, and nothing of how it is found.
"""
