"""The file gouji.xlam, made from the one that xlwings ships.

In come the table of buttons and the functions' VBA, out go bytes that are the same on every
computer. It installs nothing.
"""
