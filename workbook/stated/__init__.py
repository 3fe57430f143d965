"""Quantities that a sentence or a row of cells states; knows no document and no form."""
