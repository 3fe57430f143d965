"""The control characters that the stages speak to each other with, all in one place.

XML text cannot hold these characters, so nothing that an author or a clerk writes can be mistaken
for them. Whoever needs another one adds it here.
"""

import re
from enum import StrEnum
from typing import Final

# around the tags in a part's Jinja source, in place of Jinja's own braces
BLOCK_START, BLOCK_END = "\x01", "\x02"
OUTPUT_START, OUTPUT_END = "\x03", "\x04"
COMMENT_START, COMMENT_END = "\x05", "\x06"
# around a tag that only names a value, and before the number of a series of such names
NAME: Final = "\x07"
SERIES: Final = "\x0b"
# around an id or name that is only decided when it is written
TOKEN_START, TOKEN_END = "\x15", "\x16"


class Signal(StrEnum):
    """What the writer is told between two pieces of XML, about tables and cells with holes."""

    MAYBE_START = "\x0e"  # a table or row begins, which is left out if nothing turns up in it
    FOUND = "\x0f"  # something turned up: a row in the table, a cell in the row
    MAYBE_END = "\x10"
    PARAGRAPH = "\x11"  # a paragraph has ended, so that the cell may end here
    CELL_END = "\x12"  # a cell ends, which must end with a paragraph
    GRID_START = "\x13"  # a table begins whose grid has to fit the cells that come
    GRID_END = "\x14"
    APART = "\x17"  # what comes may be a table, which must not touch one before it


class Token(StrEnum):
    """What a token stands for: the kind of id or name that a loop would repeat."""

    DRAWING = "d"
    BOOKMARK = "b"
    BOOKMARK_END = "e"
    BOOKMARK_NAME = "n"
    LIST = "l"
    RESTART = "r"


# lxml refuses control characters, so a tree holds private signs until it is text
HELD_START, HELD_END = "\ue015", "\ue016"
_HELD_TOKEN: Final = re.compile(f'="{HELD_START}([{"".join(Token)}][^{HELD_END}<>"]*){HELD_END}"')
# the breaks in a value of docxtpl's, for as long as it is in a tree
HOLD_BREAKS: Final = str.maketrans("\a\f\v", "\ue007\ue00c\ue00b")
FREE_BREAKS: Final = str.maketrans("\ue007\ue00c\ue00b", "\a\f\v")


def token(kind: Token, old: str = "") -> str:
    r"""The token for text that is written: `\x15b7\x16` for the bookmark 7."""
    return f"{TOKEN_START}{kind}{old}{TOKEN_END}"


def held_token(kind: Token, old: str = "") -> str:
    """The token for an attribute in a tree."""
    return f"{HELD_START}{kind}{old}{HELD_END}"


def freed_tokens(xml: str) -> str:
    """The text of a tree with its tokens as the writer reads them."""
    return _HELD_TOKEN.sub(f'="{TOKEN_START}\\1{TOKEN_END}"', xml) if HELD_START in xml else xml
