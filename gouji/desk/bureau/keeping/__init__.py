"""What a bureau's desk keeps: its tables, its folder, and the words and values of both.

In come an open connection or a folder and plain values, out go rows as values and paths. It knows
no request and no page, and nothing here decides: what is due and what counts is said by the desk.
"""
