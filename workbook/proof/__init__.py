"""Rules on sentences: what a text states must agree with itself; knows no document and no form.

In come statements (a paragraph or the text of a cell, with its place), out go slips (`Slip`: a
contradiction or a slip of writing), and None for each relation that is in order. Rules on tables
stand in `tables`, those on a whole text in `whole`, where `rules.judged` runs them all. The words
that the rules need stand in `words.toml`.
"""
