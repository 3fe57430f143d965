"""File names made from words that people typed, which every system takes and shows as they are."""

import re
import unicodedata
from typing import Final

_FORBIDDEN: Final = re.compile(r'[\\/:*?"<>|\n\r\t]')
_MOST_BYTES: Final = 200  # the systems have room for 255; a backup's date comes behind
# Control signs, marks of direction and width that nobody sees, halves of letters, ends of lines.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# learn.microsoft.com/windows/win32/fileio/naming-a-file: whatever stands behind a dot.
_RESERVED: Final = re.compile(
    r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])(?:\.|$)", re.I
)


def shown(path: object) -> str:
    """A path or a file's name as text; what is no text in it, as old systems write, is a sign."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def file_name(words: str, ending: str) -> str:
    """The words as a file's name with that ending; "" where nothing of them is left.

    `file_name("统战部/民宗局", ".docx")` is `统战部_民宗局.docx`, `CON` becomes `_CON.docx`.
    """
    marked = _FORBIDDEN.sub("_", words)
    seen = "".join(one for one in marked if unicodedata.category(one) not in _UNSEEN)
    # A dot in front hides a file, and Windows drops dots and blanks at the end.
    name = seen.strip().lstrip(". ").rstrip(". ").strip()
    room = _MOST_BYTES - len(ending.encode())
    name = name.encode()[:room].decode(errors="ignore").rstrip(". ")
    if not name:
        return ""
    return f"{'_' if _RESERVED.match(name) else ''}{name}{ending}"
