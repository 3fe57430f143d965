"""What a filled workbook holds: its named cells and tables, raw, by whatever program wrote it.

In comes a saved file (an open book is read by `addin.open_book`), out goes a snapshot. What its
cells mean is for `entries` to say, whose values are declared here.
"""
