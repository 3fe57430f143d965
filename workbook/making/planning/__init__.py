"""Where everything of a form stands on its sheets, and how wide and high it is.

In come a form and its rules, out goes a plan of rows and columns. It writes nothing and knows no
values but those whose length it is asked to measure.
"""
