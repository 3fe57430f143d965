"""What a report states in words of its own, wherever in it that stands.

The template's lines come first; here is looked for what they leave open.
"""
