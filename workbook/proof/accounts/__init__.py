"""Rules on accounts told in sentences: what came in, what went out, what is left; what is owned.

In come the statements of a text, out go slips, and None for each account that balances. It reads
no table.
"""
