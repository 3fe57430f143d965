"""What holds across a whole text with its tables, and all rules together.

In come all statements and tables, out goes one verdict (`rules.judged`): what is stated twice with
two values, sums whose parts stand elsewhere, names in two spellings, years that cannot be meant.
"""
