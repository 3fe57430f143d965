"""The bureau's desk: units hand in their workbooks in a browser, the bureau sees who stands how.

In come a folder that it alone uses, the list of units and requests of browsers; out go pages,
reports, copies and 汇总.xlsx. Nothing here reads a workbook: processes of `docgen.batch` do, and
whatever a browser sends is taken for hostile.
"""
