"""What is wrong with a form, in words for its author.

In comes a form, or the data that were to become one; out go sentences in Chinese, all at once. It
mends nothing and knows no rules: what rules say wrongly is for `rules` to tell.
"""
