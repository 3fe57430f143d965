"""All there is to say of a filled form, from a file or an open book.

In come a kind and a snapshot, out go findings, the gravest first, in words and for machines. It
changes neither book nor file.
"""
