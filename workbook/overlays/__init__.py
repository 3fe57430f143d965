"""A kind that extends another: its few lines laid over what the other's files say.

In come the data of two TOML files, out comes one that reads as if it had been written whole, and
all that is wrong with the few lines. What the whole says is checked like that of any kind.
"""
