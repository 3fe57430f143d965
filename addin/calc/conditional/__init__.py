"""Conditional formats: how cells look depending on what they hold.

In comes a block, out go its rules as xlwings has them. It knows neither the looks that are set by
hand nor the values: Calc itself judges the conditions.
"""
