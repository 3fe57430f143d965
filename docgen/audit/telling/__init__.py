"""What an audit and a refresh say to a person or a program.

`told` and `refreshed_told` in `lines` are the whole of it for a person, `to_json` in `as_json` for
a program; `save_commented` in `commenting` writes the same into a copy of the report. All of them
say a thing in the same words, which `sentences` has.
"""
