"""What an author of a kind begins with and looks things up in: a scaffold, tags, a trial.

In comes a name or a kind; out go files that run as they are, the names that a template may use with
what they print, and what a clerk would get. It reads no bureau's workbook: that is `adopting`.
"""
