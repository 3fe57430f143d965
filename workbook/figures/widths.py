"""How much room letters take beside one another."""

from unicodedata import east_asian_width


def width_of(text: str) -> int:
    """The width of a line of text: a Chinese letter takes the room of two digits."""
    return sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in text)
