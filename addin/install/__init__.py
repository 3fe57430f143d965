"""Putting the add-in where Excel finds it, taking it away, and saying what stands in the way.

In come this computer's folders and registry, out go files, settings and the doctor's page. It
touches no workbook.
"""
