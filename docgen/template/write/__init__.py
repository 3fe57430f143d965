"""A program run with data: values written as Word's XML, part by part, into a new package.

In come a `Program` and values, out go the members of the document. It reads no template and must
not know the stages of compilation; whatever it needs from them stands in `model.program`.
"""
