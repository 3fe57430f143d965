"""The expressions of a template, evaluated without harm: bounded filters, exact arithmetic.

In come values and operators as Jinja hands them over, out go values, or an exception where too much
is asked. It must not know Word.
"""
