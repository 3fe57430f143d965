"""Totals divided without a word that opens their parts: done and left, good and bad, in and out.

In come sentences, out go claims that `adding` weighs, and slips where signs or ratios make a sum
of their own. It reads no table.
"""
