"""Quantities that a sentence or a row of cells states; knows no document and no form.

In come the text of a paragraph or the cells of a table, out go figures with their whole names,
years, units and relations to one another. The words of the field stand in `words.toml`.
"""
