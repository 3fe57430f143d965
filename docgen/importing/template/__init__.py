"""A template read backwards: its lines as words, values and loops, without any report at hand.

In come a template and its form, out go the pieces of each line. It looks for nothing in a report;
that is done by those who import this room.
"""
