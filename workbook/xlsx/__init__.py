"""An .xlsx file as it lies there: sheets, cells, names, tables, number formats, nothing converted.

In comes a path, out come the texts of its XML with their places, or a fault that names the part. It
knows no form, judges no value, and reads only what somebody asks for.
"""
