"""What a text or a table states held against itself; knows no document and no form.

In come statements (a paragraph or the text of a cell, with its place) and tables of plain cells,
out go slips (`Slip`: a contradiction or a slip of writing) and how many relations were in order.
`rules.judged` runs every rule; the words that the rules need stand in `words.toml`.
"""
