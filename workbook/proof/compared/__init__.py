"""Rules on what is compared: a figure with another year, with a budget, with what it was before.

In come sentences, out go slips, and None for each amount, rate and word of direction that the two
figures bear out. It looks at a sentence and its neighbours; figures elsewhere are for `whole`.
"""
