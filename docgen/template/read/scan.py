"""The tags in a text: where each begins and ends, of what kind it is, and what it says.

A tag is read as the clerk's keyboard writes it: full-width braces, bars and percent signs, curly
quotes and odd blanks are folded to what Jinja reads, outside quoted text only.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from docgen.template.model.tags import SPECIAL, TagForm, TagKind, TagScope, TagText, Trouble

OPENER: Final = re.compile(r"[{｛](?:[{｛%％#＃]|_\{|_%)|\}_\}|%_\}")
LITERALS: Final = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
KINDS: Final = {
    "{": (TagKind.OUTPUT, "}}"),
    "%": (TagKind.BLOCK, "%}"),
    "#": (TagKind.COMMENT, "#}"),
}
QUOTED = r'"[^"]*"|\'[^\']*\'|“[^“”]*”|‘[^‘’]*’|["“”][^"“”]*["“”]|[\'‘’][^\'‘’]*[\'‘’]'
_OUTPUT_STEP = re.compile(rf"{QUOTED}|[}}｝][}}｝]|[{{｛}}｝]")
_BLOCK_STEP = re.compile(rf"{QUOTED}|[%％][}}｝]|[{{｛][{{｛%％]")
_COMMENT_END = re.compile(r"[#＃][}｝]")
_PLAIN_END = {TagKind.OUTPUT: re.compile(r"[}｝][}｝]"), TagKind.BLOCK: re.compile(r"[%％][}｝]")}
_PARTS = re.compile(rf"({QUOTED})")
_FOLD = str.maketrans(
    "｛｝｜％＃“”‘’\u00a0\u3000\u2002\u2003\u2009\t\n\r",
    "{}|%#\"\"''" + " " * 8,
    "\u200b\ufeff\u00ad",
)
_ASCII = str.maketrans({chr(0xFEE0 + code): chr(code) for code in range(0x21, 0x7F)} | {"、": ","})
_ODD = re.compile(
    "[\"'“”‘’｛｜｝％＃\u00a0\u00ad\u2002\u2003\u2009\u200b\u3000\ufeff\t\n\r"
    "！＂＇（）＊＋，－．／：；＜＝＞？［＼］～、]"
)
_WIDE = re.compile(r"[！＂＇（）＊＋，－．／：；＜＝＞？［＼］～、]")
_SCOPE = re.compile(r"(tr|tc|p|r)\s+")
_NOT_A_SCOPE = re.compile(r"[-+*/%|<>=!~.,)]|(?:is|in|if|and|or|not in|else)\b|$")
# a column's heading taken for its name: 支出（万元）, 行.支出（万元）
_BRACKETED = re.compile(r"(?:\b(\w+)\.)?((?<!\|)\b([\u4e00-\u9fff]\w*)（[\u4e00-\u9fff%％/\w]+）)")
_WORD = re.compile(r"\w+")
# Each end is looked for anew from each beginning: a page of nothing but these would take hours.
_MOST_UNCLOSED: Final = 100  # in one paragraph
LONGEST: Final = 60_000  # letters of a tag; Jinja takes a second for them
_MOST_BRACES: Final = 20  # in one another
_RAW_END = re.compile(r"[{｛][%％][-+]?\s*(?:(?:tr|tc|p|r)\s+)?endraw\s*[-+]?[%％][}｝]")
_SPECIAL: Final = {form.value: form for form in SPECIAL}
_NO_SPACE = re.compile(
    r"(tr|tc|p|r)((?:for|if|elif|else|endfor|endif|set|endset|with|endwith|macro|endmacro)\b.*)"
)
_SPACED = re.compile(r"(tr|tc|p|r)\s+(?:for|if|elif|else|end\w+|set|with|macro)\b")


def scan(text: str, *, in_raw: bool = False) -> list[TagText]:
    """The tags and escapes of `text` in order; an unclosed one spans its two opening signs.

    `共 {{ 户数 }} 户` gives one tag with the body `户数`. After `{% raw %}`, and from the start
    where `in_raw`, there is only its end to be found; both are comments, which print nothing.
    """
    found: list[TagText] = []
    position = unclosed = 0
    while opener := (_RAW_END if in_raw else OPENER).search(text, position):
        tag = _tag(text, opener.start(), opener.group())
        if tag.joins_before or tag.joins_after:
            tag = _with_blanks(tag, text, position)
        position = tag.end
        opens_raw = tag.kind is TagKind.BLOCK and tag.keyword == "raw"
        if opens_raw or (in_raw and tag.keyword == "endraw"):
            tag = replace(tag, kind=TagKind.COMMENT)
        in_raw = opens_raw
        found.append(tag)
        unclosed += any(code == "unclosed-tag" for code, _ in tag.troubles)
        if unclosed == _MOST_UNCLOSED:
            break
    return found


def _with_blanks(tag: TagText, text: str, position: int) -> TagText:
    """`tag` with the blanks that its dashes take away; none are taken before `position`."""
    start, end = tag.start, tag.end
    if tag.joins_before:
        start = max(len(text[:start].rstrip(" \u3000")), position)
    if tag.joins_after:
        end = len(text) - len(text[end:].lstrip(" \u3000"))
    return replace(tag, start=start, end=end)


def _tag(text: str, start: int, opener: str) -> TagText:
    literal = LITERALS.get(opener)
    if literal:
        return TagText(start, start + 3, TagKind.LITERAL, opener, literal)
    kind, closer = KINDS[opener[1].translate(_FOLD)]
    end = _end(text, start + 2, kind)
    if end is None:
        troubles: tuple[Trouble, ...] = (("unclosed-tag", {"closer": closer}),)
        return TagText(start, start + 2, kind, _excerpt(text[start:]), troubles=troubles)
    if end - start > LONGEST and kind is not TagKind.COMMENT:
        return TagText(start, end, kind, _excerpt(text[start:end]), troubles=(("too-long", {}),))
    return _read(start, end, kind, text[start:end])


def _excerpt(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"


def _end(text: str, start: int, kind: TagKind) -> int | None:
    """Where the tag whose inside begins at `start` ends, quotes and inner braces stepped over."""
    if kind is TagKind.COMMENT:
        match = _COMMENT_END.search(text, start)
        return match.end() if match else None
    end = _output_end(text, start) if kind is TagKind.OUTPUT else _block_end(text, start)
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
            if depth > _MOST_BRACES:
                return None
        elif signs[0] in "}｝":
            if depth == 0 and len(signs) == 2:
                return position
            depth = max(depth - 1, 0)
            position = step.start() + 1
    return None


def _read(start: int, end: int, kind: TagKind, text: str) -> TagText:
    """The tag written as `text`: its scope, body, form and troubles."""
    body, wide = _folded(text[2:-2])
    before, after = body.startswith("-"), body.endswith("-")
    body = body.removeprefix("-").removesuffix("-").removeprefix("+").removesuffix("+")
    scope, body = _scope(body, kind)
    troubles = tuple(_troubles(kind, scope, body, wide))
    keyword, form = "", TagForm.TEXT
    if kind is TagKind.BLOCK and (word := _WORD.match(body)):
        keyword = word.group()
        if scope is TagScope.TEXT and keyword in _SPECIAL:
            kind, form = TagKind.OUTPUT, _SPECIAL[keyword]
            body = body[word.end() :].strip() or SPECIAL[form]
            if not body:
                troubles = (("missing-value", {"keyword": keyword}),)
    return TagText(start, end, kind, text, body, scope, form, keyword, before, after, troubles)


def _scope(body: str, kind: TagKind) -> tuple[TagScope, str]:
    match = _SCOPE.match(body)
    if match is None or (kind is TagKind.COMMENT and match.group(1) == "r"):
        return TagScope.TEXT, body.strip()
    rest = body[match.end() :]
    if kind is TagKind.OUTPUT and _NOT_A_SCOPE.match(rest):
        return TagScope.TEXT, body.strip()
    return TagScope(match.group(1)), rest.strip()


def _troubles(kind: TagKind, scope: TagScope, body: str, wide: str) -> Iterator[Trouble]:
    if kind is TagKind.COMMENT:
        return
    is_bare_block = kind is TagKind.BLOCK and scope is TagScope.TEXT
    if not body:
        yield "empty-tag", {}
    elif wide and (match := _BRACKETED.search(body)):
        yield "bracketed-name", {"name": match[2], "instead": _without_brackets(match)}
    elif wide:
        closer = "}}" if kind is TagKind.OUTPUT else "%}"
        instead = f"{kind.value}{scope.value} {_ascii(body)} {closer}"
        yield "full-width", {"signs": wide, "instead": instead}
    elif is_bare_block and (match := _NO_SPACE.fullmatch(body)):
        instead = f"{{%{match.group(1)} {match.group(2)} %}}"
        yield "missing-space", {"scope": match.group(1), "instead": instead}
    elif is_bare_block and (match := _SPACED.match(body)):
        yield "spaced-scope", {"scope": match.group(1), "instead": f"{{%{body} %}}"}


def _without_brackets(match: re.Match[str]) -> str:
    """What can be written for a name such as 支出（万元）."""
    owner, name, word = match[1], match[2], match[3]
    if owner:
        return f'请写成 {{{{ {owner}["{name}"] }}}}'
    return f"请给数据另起一个没有括号的名字,如 {{{{ {word} }}}}"


def _folded(inside: str) -> tuple[str, str]:
    """The text for Jinja, and the full-width signs outside quotes that cannot be understood."""
    if not _ODD.search(inside):
        return inside, ""
    pieces = _PARTS.split(inside)
    wide = "".join("".join(_WIDE.findall(piece)) for piece in pieces[::2])
    pieces[::2] = [piece.translate(_FOLD) for piece in pieces[::2]]
    pieces[1::2] = [_quoted(piece) for piece in pieces[1::2]]
    return "".join(pieces), "".join(dict.fromkeys(wide))


def _quoted(piece: str) -> str:
    """A quoted text with straight quotes around it, whatever quotes the keyboard gave."""
    quote = '"' if piece[0] in '"“”' else "'"
    inner = piece[1:-1].replace(quote, f"\\{quote}")
    return f"{quote}{inner}{quote}".replace("\n", "\\n")


def _ascii(body: str) -> str:
    return "".join(
        piece if index % 2 else piece.translate(_ASCII)
        for index, piece in enumerate(_PARTS.split(body))
    )
