"""Totals divided by signs, by ratios or by sections: in and out, a:b:c, sections that count alike.

In come statements, out go slips, and None for each relation in order. What `adding` weighs as a
total and its parts stands there; it reads no table.
"""
