"""Excel as xlwings meets it on Windows: its rules and its answers, LibreOffice doing the work.

xlwings' own module for Windows runs here unchanged (`windows`); what it talks to are objects with
the members of Excel's object model (`application`, `workbooks`, `worksheets`, `ranges`, ...), which
refuse what Excel refuses. The rules stand in one table with their sources (`rules`).
"""
