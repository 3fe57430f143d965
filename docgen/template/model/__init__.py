"""The words that all stages of the template engine share: tags, forms, faults, signs, values.

Types and tables only: what a tag is, what a compiled part is, which control characters the stages
speak with, what is wrong with a template. It knows no file format and imports no other room.
"""
