"""The group 制表: what is selected in a form that is being drawn becomes what a kind asks.

In come the open book and the cells that are selected, out goes a plan with the question to its
author, or the sentence why there is none. It must not know how the author is spoken to.
"""
