"""What scripts and notebooks call: the names that the package `gouji` offers.

In come paths and names as `str` or `Path`, out go frozen values, files, or one kind of exception
with a sentence in it. It prints nothing.
"""
