"""Quantities that a sentence states; knows no document and no form.

In comes the text of a paragraph (the room `tables` takes rows of cells), out go figures with their
whole names, years, units and relations to one another. `words.toml` has the words of the field.
"""
