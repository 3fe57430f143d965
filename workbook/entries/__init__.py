"""What stands in the cells of a form as typed values, and a finding for whatever could not be read.

In comes a snapshot, out go values. That a cell is a field's own is testified by the words around
it. Nothing is guessed, and nothing blank becomes 0; whether figures tie is for `rules`.
"""
