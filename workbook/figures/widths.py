"""How much room letters take beside one another."""

from unicodedata import east_asian_width


def is_wide(letter: str) -> bool:
    """Whether a letter takes the room of two digits, as Chinese ones do."""
    return east_asian_width(letter) in "WFA"


def width_of(text: str) -> int:
    """The width of a line of text in digits."""
    return sum(2 if is_wide(letter) else 1 for letter in text)
