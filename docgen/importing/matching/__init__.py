"""A template's lines as patterns, laid along the lines of a report; what they catch, by cell.

In come the template's pieces, out go statements. It reads no table or sentence of another wording.
"""
