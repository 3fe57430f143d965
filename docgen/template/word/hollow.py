"""A document's main part without its tables, for whoever looks at none of them.

As a tree a part takes twelve times its bytes, and nearly all of a report of a thousand projects is
rows of tables. A table that is cut out leaves a processing instruction, and comes back as it was.
"""

import re
from collections.abc import Collection
from typing import Final, NamedTuple

from docgen.template.word.names import MAIN

_TAG: Final = re.compile(rb"<(/?)w:tbl(?=[ />])[^>]*?(/?)>")
_PLACE: Final = re.compile(rb"<\?gouji-table (\d+)\?>")
_NAMES: Final = b'xmlns:w="%s"' % MAIN.encode()


class Hollow(NamedTuple):
    """What is left of a part, and its outermost tables that were cut out, in order."""

    content: bytes
    tables: tuple[bytes, ...] = ()

    def filled(self, content: bytes) -> bytes:
        """The part with its tables again, after what was left of it has changed to `content`."""
        if not self.tables:
            return content
        return _PLACE.sub(lambda found: self.tables[int(found[1])], content)


def hollow(content: bytes, kept: Collection[bytes] = ()) -> Hollow:
    """The part without the tables in which none of the signs `kept` stands.

    One in which `w:` may mean something else, or with comments, stays whole.
    """
    is_odd = b"<!" in content or b"<?gouji" in content or content.count(b"xmlns:w=") != 1
    if is_odd or _NAMES not in content:
        return Hollow(content)
    pieces, tables = [], list[bytes]()
    depth = start = end = 0
    for tag in _TAG.finditer(content):
        if tag[2]:  # an empty one
            continue
        depth += -1 if tag[1] else 1
        if depth == 1 and not tag[1]:
            start = tag.start()
        elif depth == 0:
            table = content[start : tag.end()]
            if any(sign in table for sign in kept):
                continue
            pieces += [content[end:start], b"<?gouji-table %d?>" % len(tables)]
            tables.append(table)
            end = tag.end()
        elif depth < 0:
            return Hollow(content)
    if depth:
        return Hollow(content)
    return Hollow(b"".join([*pieces, content[end:]]), tuple(tables))
