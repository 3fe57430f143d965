"""The first stage of compilation: the XML of a part read, and the tags in it found.

In comes the XML of one part, out goes a `TemplatePart` whose tags stand in its tree as nodes, with
the faults of their writing. It must not know what a tag does. Begin at `part.read_part`.
"""
