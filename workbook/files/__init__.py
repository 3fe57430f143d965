"""Files on their way in and out: hostile until looked at, and put in place in one step.

In come paths and bytes, out goes a file that is whole or a reason in the user's words. It does not
know what the files say. Beside them stands the user's own folder for logs and locks.
"""
