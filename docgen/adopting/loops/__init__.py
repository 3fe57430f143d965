"""The rows of a workbook's tables that last year's report prints one below or behind another.

In come paragraphs or rows of a report and the rows of a table; out goes the first of them with
tags, in a loop. Of figures that stand alone it knows nothing.
"""
