"""What a click does, from its arrival to the last word to the clerk.

In come a button's name and the book in front, out go marks, messages and files. It reads the book
only through `addin.open_book`.
"""
