"""A Word document printed as a PDF for the archive: tagged, and with its fonts inside.

In comes a .docx, out goes a PDF/A and what is to be said of it. It asks the computer for its
programs and fonts, and knows no form and no figures.
"""
