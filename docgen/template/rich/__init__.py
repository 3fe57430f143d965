"""Values that bring their own markup: formatted text, pictures, other documents, docxtpl's values.

In comes what a program makes of its data, out goes the markup for the place that it is printed in
(`__word__`). It must not know how a template is compiled.
"""
