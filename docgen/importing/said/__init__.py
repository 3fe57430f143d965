"""What a report says otherwise than its template: in sentences, beside labels, in its title.

In come lines of a report and what was found so far; out goes what more they state. It overwrites
nothing that a line of the template has found, and knows of no cell of a workbook.
"""
