"""Faults planted in our own code, one at a time, to see whether a test notices.

`mutants` finds where a fault can be planted, `changes` says which, `coverage_map` knows the tests
that pass over a line, `trial` runs these over a planted fault. `tools/mutate.py` is the command.
"""
