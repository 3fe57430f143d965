"""Word's file format: a package of members, the parts that matter, their trees and relations.

In come the bytes of a .docx, out go members, trees, and the bytes of a changed .docx. It must not
know what a tag is.
"""
