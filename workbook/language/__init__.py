"""The one expression language of rules, computed cells and templates.

In comes an expression's text, out go its checked tree, its value on Decimal, and the same as Excel
writes it. It knows what a form's fields are called, and no rule.
"""
