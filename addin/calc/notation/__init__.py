"""How Excel writes and measures things, and how Calc does: addresses, formulas, formats, units.

In comes a text or a number of the one, out goes that of the other. It changes no cell; only
`number_formats` asks a document at all.
"""
