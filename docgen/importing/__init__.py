"""A report that was written by hand, read back into the form through its kind's template.

In come a document and a kind, out go typed values with the sentence that each was read from, and
what was not understood. It judges no rule and changes nothing in the document.
"""
