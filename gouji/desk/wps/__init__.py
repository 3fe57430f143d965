"""The ribbon in WPS 表格: the pages of its add-in, and what its buttons ask of the desk.

In come the open book's cells as JSON, out go findings, marks and reports in the clerk's words. It
knows no WPS: what calls WPS is the JavaScript in `pages`.
"""
