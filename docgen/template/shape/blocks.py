"""Which tags belong together: the opening, the middle and the end of every block."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from docgen.template.model.errors import TemplateFault
from docgen.template.model.hints import near
from docgen.template.read.splice import Tag

PAIRS: Final = {
    name: f"end{name}" for name in ("for", "if", "set", "with", "macro", "call", "filter")
}
ENDS: Final = {end: opener for opener, end in PAIRS.items()}
MIDDLES: Final = {"elif": ("if",), "else": ("if", "for")}
SINGLES: Final = frozenset(("set",))
KEYWORDS: Final = (*PAIRS, *ENDS, *MIDDLES)
_ASSIGNS = re.compile(r"set\s+[\w.,\s()]+=(?!=)")


@dataclass(frozen=True, slots=True)
class Block:
    """The tags of one block: opening first, end last."""

    tags: tuple[Tag, ...]

    @property
    def keyword(self) -> str:
        """What kind of block it is."""
        return self.tags[0].found.keyword


@dataclass(slots=True)
class _Open:
    """A block whose end was not met yet."""

    tags: list[Tag]
    crossed: bool = False

    @property
    def keyword(self) -> str:
        return self.tags[0].found.keyword


@dataclass(slots=True)
class _Matching:
    """The blocks and faults found so far, and the stack of open blocks."""

    blocks: list[Block] = field(default_factory=list)
    faults: list[TemplateFault] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)


def is_opener(tag: Tag) -> bool:
    """Whether `tag` begins a block that has an end."""
    keyword = tag.found.keyword
    return keyword in PAIRS and not (keyword == "set" and _ASSIGNS.match(tag.found.body))


def match_blocks(tags: Iterable[Tag]) -> tuple[list[Block], list[TemplateFault]]:
    """The blocks of a part, inner ones before outer ones, and the faults of their nesting."""
    state = _Matching()
    for tag in tags:
        if tag.found.kind == "block" and not tag.found.troubles:
            _take(tag, state)
    for left in state.stack:
        if not left.crossed:
            instead = f"{{%{left.tags[0].found.scope} {PAIRS[left.keyword]} %}}"
            state.faults.append(
                _fault("unclosed-block", left.tags[0], keyword=left.keyword, instead=instead)
            )
    return state.blocks, state.faults


def _take(tag: Tag, state: _Matching) -> None:
    keyword = tag.found.keyword
    if is_opener(tag):
        state.stack.append(_Open([tag]))
    elif keyword in MIDDLES:
        _take_middle(tag, state)
    elif keyword in ENDS:
        _take_end(tag, state)
    elif keyword not in SINGLES:
        state.faults.append(_unknown(tag))


def _take_middle(tag: Tag, state: _Matching) -> None:
    openers = MIDDLES[tag.found.keyword]
    if state.stack and state.stack[-1].keyword in openers:
        state.stack[-1].tags.append(tag)
        return
    if any(block.keyword in openers for block in state.stack):
        state.faults.append(_crossed(tag, state.stack[-1]))
        return
    state.faults.append(_fault("stray-end", tag, opener=openers[0]))


def _take_end(tag: Tag, state: _Matching) -> None:
    opener = ENDS[tag.found.keyword]
    depth = _last(state.stack, opener)
    if depth is None:
        state.faults.append(_fault("stray-end", tag, opener=opener))
        return
    inner = state.stack[depth + 1 :]
    block = state.stack.pop(depth)
    block.tags.append(tag)
    state.blocks.append(Block(tuple(block.tags)))
    fresh = [other for other in inner if not other.crossed]
    if fresh:
        state.faults.append(_crossed(tag, fresh[-1]))
    for other in fresh:
        other.crossed = True


def _last(stack: Sequence[_Open], keyword: str) -> int | None:
    """The index of the innermost open block of `keyword`."""
    for index in range(len(stack) - 1, -1, -1):
        if stack[index].keyword == keyword:
            return index
    return None


def _crossed(tag: Tag, other: _Open) -> TemplateFault:
    instead = f"{{%{other.tags[0].found.scope} {PAIRS[other.keyword]} %}}"
    opener = other.tags[0]
    named = f"{opener.text}({opener.where.within()})"
    return _fault("crossed-blocks", tag, other=named, instead=instead)


def _unknown(tag: Tag) -> TemplateFault:
    keyword = tag.found.keyword or tag.found.body
    return _fault("unknown-tag", tag, keyword=keyword, **near(keyword, KEYWORDS))


def _fault(code: str, tag: Tag, **details: str) -> TemplateFault:
    return TemplateFault(code, tag.where, tag.text, details)
