"""Totals and what is said to be their parts: found in sentences and paragraphs, and held.

In come statements, out go slips, and None for each sum that ties.
"""
