"""The second stage of compilation: tags brought to where they work.

In comes a `TemplatePart` as it was read, and out it goes with block tags between the elements that
they repeat, with cells, lists, figures and fields prepared, and with signals for the writer. It
must not know how a part becomes code. Begin at `shape.shape_part`.
"""
