"""The book that is open in front of the clerk: read as a snapshot, found on the disk, unlocked.

In comes a book of xlwings', out go plain values. It knows no button, and shows nothing.
"""
