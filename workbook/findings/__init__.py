"""What a person got wrong, as a value: where, what and what to do, in the words on the sheet.

In come a message's code, a cell and the words to fill in, out comes a finding. It knows no form, no
file and no rule; whoever finds something is above it.
"""
