"""A Word document held against GB/T 9704-2012, whoever made it and however.

In comes a .docx, out go deviations: where, what was found, what is required, which clause. It knows
Word's cascade of styles and the norm, but no form, no template and no report of ours.
"""
