"""What a kind of report asks: sheets, fields, tables, scoring methods, a filled sample.

In come the author's data files, out goes a checked form. It knows neither values nor workbooks.
"""
