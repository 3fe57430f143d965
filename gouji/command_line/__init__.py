"""The command line: one app, whose commands import what they need when they run.

In come words and paths, out go lines in Chinese, files and an exit status. What a command does
stands in the rooms below; here is how it is said.
"""
