"""The tags in a text: where each begins and ends, of what kind it is, and what it says.

A tag is read as the clerk's keyboard writes it: full-width braces, bars and percent signs, curly
quotes and odd blanks are folded to what Jinja reads, outside quoted text only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

Kind = Literal["output", "block", "comment", "literal"]
Trouble = tuple[str, dict[str, str]]

OPENER: Final = re.compile(r"[{｛](?:[{｛%％#＃]|_\{|_%)|\}_\}|%_\}")
LITERALS: Final = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
KINDS: Final[dict[str, tuple[Kind, str]]] = {
    "{": ("output", "}}"),
    "%": ("block", "%}"),
    "#": ("comment", "#}"),
}
QUOTED = r'"[^"]*"|\'[^\']*\'|“[^“”]*”|‘[^‘’]*’|["“”][^"“”]*["“”]|[\'‘’][^\'‘’]*[\'‘’]'
_OUTPUT_STEP = re.compile(rf"{QUOTED}|[}}｝][}}｝]|[{{｛}}｝]")
_BLOCK_STEP = re.compile(rf"{QUOTED}|[%％][}}｝]|[{{｛][{{｛%％]")
_COMMENT_END = re.compile(r"[#＃][}｝]")
_PLAIN_END = {"output": re.compile(r"[}｝][}｝]"), "block": re.compile(r"[%％][}｝]")}
_PARTS = re.compile(rf"({QUOTED})")
_FOLD = str.maketrans(
    "｛｝｜％＃“”‘’\u00a0\u3000\u2002\u2003\u2009\t\n\r",
    "{}|%#\"\"''" + " " * 8,
    "\u200b\ufeff\u00ad",
)
_ASCII = str.maketrans({chr(0xFEE0 + code): chr(code) for code in range(0x21, 0x7F)} | {"、": ","})
_WIDE = re.compile(r"[！＂＇（）＊＋，－．／：；＜＝＞？［＼］～、]")
_SCOPE = re.compile(r"(tr|tc|p|r)\s+")
_NOT_A_SCOPE = re.compile(r"[-+*/%|<>=!~.,)]|(?:is|in|if|and|or|not in|else)\b|$")
_WORD = re.compile(r"\w+")
_RAW_END = re.compile(r"[{｛][%％][-+]?\s*(?:(?:tr|tc|p|r)\s+)?endraw\s*[-+]?[%％][}｝]")
# statements that print into the markup around them: what they print where they name nothing
SPECIAL: Final = {
    "colspan": "",
    "cellbg": "",
    "hm": "loop.length",
    "vm": "loop.first",
    "restart_numbering": "none",
}
_NO_SPACE = re.compile(
    r"(tr|tc|p|r)((?:for|if|elif|else|endfor|endif|set|endset|with|endwith|macro|endmacro)\b.*)"
)
_SPACED = re.compile(r"(tr|tc|p|r)\s+(?:for|if|elif|else|end\w+|set|with|macro)\b")


@dataclass(frozen=True, slots=True)
class Found:
    """A tag in a text: `text[start:end]`; `body` is the expression or statement for Jinja."""

    start: int
    end: int
    kind: Kind
    text: str
    body: str = ""
    scope: str = ""
    joins_before: bool = False
    joins_after: bool = False
    troubles: tuple[Trouble, ...] = ()

    @property
    def keyword(self) -> str:
        """The first word of the body."""
        match = _WORD.match(self.body)
        return match.group() if match else ""


def tags(text: str, *, raw: bool = False) -> Iterator[Found]:
    """The tags and escapes of `text` in order; an unclosed one spans its two opening signs.

    After `{% raw %}`, and from the start where `raw`, there is only its end to be found.
    """
    position = 0
    while opener := (_RAW_END if raw else OPENER).search(text, position):
        found = _with_blanks(_tag(text, opener.start(), opener.group()), text, position)
        yield found
        position = found.end
        raw = found.kind == "block" and found.keyword == "raw"


def _with_blanks(found: Found, text: str, position: int) -> Found:
    """`found` with the blanks that its dashes take away; none are taken before `position`."""
    if not (found.joins_before or found.joins_after):
        return found
    start, end = found.start, found.end
    if found.joins_before:
        start = max(len(text[:start].rstrip(" \u3000")), position)
    if found.joins_after:
        end = len(text) - len(text[end:].lstrip(" \u3000"))
    return replace(found, start=start, end=end)


def _tag(text: str, start: int, opener: str) -> Found:
    literal = LITERALS.get(opener)
    if literal:
        return Found(start, start + 3, "literal", opener, literal)
    kind, closer = KINDS[opener[1].translate(_FOLD)]
    end = _end(text, start + 2, kind)
    if end is None:
        troubles: tuple[Trouble, ...] = (("unclosed-tag", {"closer": closer}),)
        return Found(start, start + 2, kind, _excerpt(text[start:]), troubles=troubles)
    return _read(Found(start, end, kind, text[start:end]), text[start + 2 : end - 2])


def _end(text: str, start: int, kind: Kind) -> int | None:
    """Where the tag whose inside begins at `start` ends, quotes and inner braces stepped over."""
    if kind == "comment":
        match = _COMMENT_END.search(text, start)
        return match.end() if match else None
    end = _output_end(text, start) if kind == "output" else _block_end(text, start)
    if end is not None:
        return end
    match = _PLAIN_END[kind].search(text, start)
    other = OPENER.search(text, start)
    return match.end() if match and not (other and other.start() < match.start()) else None


def _block_end(text: str, start: int) -> int | None:
    for step in _BLOCK_STEP.finditer(text, start):
        if step.group()[0] in "%％":
            return step.end()
        if step.group()[0] in "{｛":
            return None
    return None


def _output_end(text: str, start: int) -> int | None:
    depth, position = 0, start
    while step := _OUTPUT_STEP.search(text, position):
        signs, position = step.group(), step.end()
        if signs[0] in "{｛":
            depth += 1
        elif signs[0] in "}｝":
            if depth == 0 and len(signs) == 2:
                return position
            depth = max(depth - 1, 0)
            position = step.start() + 1
    return None


def _excerpt(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"


def _read(found: Found, inside: str) -> Found:
    """`found` with its scope, its body and its troubles read from what stands between the signs."""
    body, wide = _folded(inside)
    before, after = body.startswith("-"), body.endswith("-")
    body = body.removeprefix("-").removesuffix("-").removeprefix("+").removesuffix("+")
    scope, body = _scope(body, found.kind)
    troubles = tuple(_troubles(found, scope, body, wide))
    kind = found.kind
    if kind == "block" and not scope and (match := _WORD.match(body)) and match[0] in SPECIAL:
        kind, scope = "output", match[0]
        body = body[match.end() :].strip() or SPECIAL[scope]
        if not body:
            troubles = (("missing-value", {"keyword": scope}),)
    return Found(found.start, found.end, kind, found.text, body, scope, before, after, troubles)


def _scope(body: str, kind: Kind) -> tuple[str, str]:
    match = _SCOPE.match(body)
    if match is None or (kind == "comment" and match.group(1) == "r"):
        return "", body.strip()
    rest = body[match.end() :]
    if kind == "output" and _NOT_A_SCOPE.match(rest):
        return "", body.strip()
    return match.group(1), rest.strip()


def _troubles(found: Found, scope: str, body: str, wide: str) -> Iterator[Trouble]:
    if found.kind == "comment":
        return
    signs = "{}", "}}" if found.kind == "output" else "%}"
    opener = ("{{" if found.kind == "output" else "{%") + scope
    if not body:
        yield "empty-tag", {}
    elif wide:
        instead = f"{opener} {_ascii(body)} {signs[1]}"
        yield "full-width", {"signs": wide, "instead": instead}
    elif found.kind == "block" and (match := _NO_SPACE.fullmatch(body)) and not scope:
        instead = f"{{%{match.group(1)} {match.group(2)} %}}"
        yield "missing-space", {"scope": match.group(1), "instead": instead}
    elif found.kind == "block" and (match := _SPACED.match(body)) and not scope:
        yield "spaced-scope", {"scope": match.group(1), "instead": f"{{%{body} %}}"}


def _folded(inside: str) -> tuple[str, str]:
    """The text for Jinja, and the full-width signs outside quotes that cannot be understood."""
    pieces = _PARTS.split(inside)
    wide = "".join("".join(_WIDE.findall(piece)) for piece in pieces[::2])
    pieces[::2] = [piece.translate(_FOLD) for piece in pieces[::2]]
    pieces[1::2] = [_quoted(piece) for piece in pieces[1::2]]
    return "".join(pieces), "".join(dict.fromkeys(wide))


def _quoted(piece: str) -> str:
    """A quoted text with straight quotes around it, whatever quotes the keyboard gave."""
    if piece[0] == piece[-1] and piece[0] in "\"'":
        return piece.replace("\n", "\\n")
    quote = '"' if piece[0] in '"“”' else "'"
    inner = piece[1:-1].replace(quote, f"\\{quote}")
    return f"{quote}{inner}{quote}".replace("\n", "\\n")


def _ascii(body: str) -> str:
    return "".join(
        piece if index % 2 else piece.translate(_ASCII)
        for index, piece in enumerate(_PARTS.split(body))
    )
