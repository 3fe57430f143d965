"""Units of money in expressions: whether amounts that meet in one are all in 元 or all in 万元.

In comes a checked expression, out goes nothing or the fault that names both figures and says how to
convert one of them. It reads the constructs of `language`, and `rules` asks it of every expression.
"""
