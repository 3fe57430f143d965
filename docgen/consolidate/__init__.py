"""The figures of a batch summed up: by level, beside one another, against last year and each other.

In come a ledger, the list of units and perhaps last year's ledger and rules across units; out go
the workbook of totals, Parquet, DuckDB and a consolidated report. It changes nothing in a batch
and knows nothing of the terminal.
"""
