"""The report: a Word template and values in, a Word document out."""
