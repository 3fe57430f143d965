"""A Word document as lines and rows of cells, for whoever reads what it states."""
