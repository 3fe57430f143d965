"""A file or an open book read by a form: raw cells, then typed values, or findings.

In come a form and what stands in cells, out go values with their places and what is wrong with
them. It judges no rule and changes no cell.
"""
