"""Many workbooks at once: a folder of them checked and reported, and a ledger of what came of each.

In come a folder, perhaps a list of units, and an empty folder or that of an earlier run; out go
reports, copies to send back, a summary and the ledger. It knows nothing of the terminal, and the
clock only to end a workbook that is stuck.
"""
