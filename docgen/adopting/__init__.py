"""Last year's report made the template of a kind that was read from a workbook.

In comes a kind with a filled sample, and last year's report; out goes that report with tags where
its figures and words are cells' own, and a list of what nobody could tell. A figure is given a tag
only where what it then prints is letter for letter what stood there.
"""
