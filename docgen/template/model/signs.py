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


# before the signals that the writer acts on: a text is cut at one sign four times as fast as at any
# of several
HOLE: Final = "\x0e"


class Signal(StrEnum):
    """What the writer is told between two pieces of XML, about tables and cells with holes."""

    MAYBE_START = f"{HOLE}\x0f"  # a table or row begins, left out if nothing turns up in it
    FOUND = f"{HOLE}\x10"  # something turned up: a row in the table, a cell in the row
    MAYBE_END = f"{HOLE}\x11"
    PARAGRAPH = f"{HOLE}\x12"  # a paragraph has ended, so that the cell may end here
    CELL_END = f"{HOLE}\x13"  # a cell ends, which must end with a paragraph
    GRID_START = f"{HOLE}\x14"  # a table begins whose grid has to fit the cells that come
    GRID_END = f"{HOLE}\x17"
    APART = f"{HOLE}\x1b"  # what comes may be a table, which must not touch one before it
    COLUMNS_START = "\x18"  # cells begin whose number varies
    COLUMNS_END = "\x19"
    STRETCH = "\x1a"  # a span follows that grows by the cells between the two


class Token(StrEnum):
    """What a token stands for: the kind of id or name that a loop would repeat."""

    DRAWING = "d"
    BOOKMARK = "b"
    BOOKMARK_END = "e"
    BOOKMARK_NAME = "n"
    LIST = "l"
    RESTART = "r"
    ID = "i"  # of anything else, as `kind:old`
    SAME_ID = "s"  # the one that was given last for it
    GIVEN_ID = "g"  # one that is known, as `kind:old:new`
    MOVE_NAME = "m"
    SHAPE = "v"
    SAME_SHAPE = "w"
    ROUND = "p"  # a pass begins that references to a bookmark of this name lead to
    ROUND_END = "q"
    REFERENCE = "f"  # to the bookmark of the innermost such pass
    OPEN_REFERENCE = "o"  # one whose bookmark is not known yet, by number
    CONTENTS = "c"  # that a table of contents is to be updated


class Merge(StrEnum):
    """What a cell tells the writer of the merge downwards in its column."""

    OPEN = "open"
    CLOSED = "closed"
    CONTINUED = "continued"  # where one is open, else it begins one


# before the name of a bookmark in a document that is brought, which the template's must not meet
BROUGHT: Final = ":"

# lxml refuses control characters, so a tree holds signs that Unicode keeps for inner use; private
# letters would not do, for they stand in the names of people
HELD_START, HELD_END, HELD_TAG = "\ufdd0", "\ufdd1", "\ufdd2"
_HELD_TOKEN: Final = re.compile(f'="{HELD_START}([{"".join(Token)}][^{HELD_END}<>"]*){HELD_END}"')
# in the code of a field there is more than the name
_HELD_REFERENCE: Final = re.compile(
    r"""(instr="[^<"]*|instrText(?: [^<>]*)?>[^<]*)"""
    f"{HELD_START}({Token.REFERENCE}{BROUGHT}?\\w+){HELD_END}"
)
_HELD_TAG: Final = re.compile(f"{HELD_TAG}(\\d+){HELD_END}")
# the breaks in a value of docxtpl's, for as long as it is in a tree
HOLD_BREAKS: Final = str.maketrans("\a\f\v", "\ufdd3\ufdd4\ufdd5")
FREE_BREAKS: Final = str.maketrans("\ufdd3\ufdd4\ufdd5", "\a\f\v")


def token(kind: Token, old: str = "") -> str:
    r"""The token for text that is written: `\x15b7\x16` for the bookmark 7."""
    return f"{TOKEN_START}{kind}{old}{TOKEN_END}"


def held_token(kind: Token, old: str = "") -> str:
    """The token for an attribute in a tree."""
    return f"{HELD_START}{kind}{old}{HELD_END}"


def freed_tokens(xml: str) -> str:
    """The text of a tree with its tokens as the writer reads them."""
    if HELD_START not in xml:
        return xml
    xml = _HELD_TOKEN.sub(f'="{TOKEN_START}\\1{TOKEN_END}"', xml)
    return _HELD_REFERENCE.sub(f"\\1{TOKEN_START}\\2{TOKEN_END}", xml)


def is_held(said: str) -> bool:
    """Whether an attribute of a tree says what is only known when it is printed."""
    return HELD_START in said or HELD_TAG in said


def held_tag(number: str) -> str:
    """The sign for the tag `number` in an attribute of a tree."""
    return f"{HELD_TAG}{number}{HELD_END}"


def freed_tags(xml: str, target: str) -> str:
    """The text of a tree with tags in attributes written as those in texts are: `<?t 0?>`."""
    return _HELD_TAG.sub(rf"<?{target} \1?>", xml)
