"""The third stage of compilation: a part's tree made into code.

In comes a shaped `TemplatePart`, out goes a `Program`, or the faults of what its tags say. It must
not know how values are written. Begin at `code.load`.
"""
