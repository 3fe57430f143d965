"""The names that a template with faults uses, as far as its tags can be read.

A tag that cannot be read is left out with its block. What it may have given a name to is taken as
known, so that one fault does not make others.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from jinja2 import TemplateSyntaxError

from docgen.template.compile.checking import (
    OF_A_STATEMENT,
    SHOWN,
    Dialect,
    statement_faults,
    statements_of,
    tree_alone,
)
from docgen.template.compile.paths import Use, paths, uses_in
from docgen.template.compile.source import source_of
from docgen.template.model.errors import Location, TemplateFault
from docgen.template.model.tags import Tag, TagBlock, TagKind, TagRole, TemplatePart
from docgen.template.read.looped import looped_parts
from docgen.template.read.odd import set_right
from docgen.template.read.part import read_parts
from docgen.template.shape.shape import match_blocks
from docgen.template.word.package import Package, template_parts

_WORDS: Final = re.compile(r"[^\W\d]\w*")
_UNREADABLE: Final = ("syntax", "too-deep", "too-long")
# of a tag that says one of these, what it names stands before the other sign
_NAMING: Final = re.compile(r"\b(?:for|set|with)\b(.*?)(?:\bin\b|=|$)")
_NAMING_ALL: Final = re.compile(r"\b(?:macro|call)\b(.*)")
_ENDING: Final = re.compile(r"\bend|\b(?:if|elif|else|filter)\b")


@dataclass(slots=True)
class Readable:
    """What can be read of a template that has faults.

    `uses` are the names, `tags` the texts of all tags with their places, in the order of reading.
    """

    uses: list[Use] = field(default_factory=list)
    tags: list[tuple[Location, str]] = field(default_factory=list)


def readable(package: Package, dialect: Dialect) -> Readable:
    """What the parts of a package name, those that have faults too."""
    found = Readable()
    package, links, _ = set_right(package)
    contents = template_parts(package)
    for part in read_parts(contents, links, looped_parts(package, contents, links)):
        found.uses += _uses(part, dialect)
        found.tags += [(tag.where, tag.text) for tag in part.tags]
    return found


def _uses(part: TemplatePart, dialect: Dialect) -> Iterator[Use]:
    blocks = match_blocks(part)
    broken = _unreadable(part, dialect)
    whole = _whole(blocks, part, broken)
    in_blocks = {tag for block in whole for tag in block.tags}
    left_out = [tag for tag in part.tags if tag in broken or _is_cut(tag, in_blocks)]
    known = {*dialect.environment.globals, *_named(left_out)}
    everywhere = {*known, *_named(part.tags)}
    for tag in left_out:
        if tag not in broken and tag.role is TagRole.OPENS:
            yield from _alone(tag, everywhere, dialect)
        tag.said = replace(tag.said, kind=TagKind.COMMENT)  # which the source leaves out
    source = source_of(part)
    try:
        yield from list(uses_in(source, dialect.environment, known))
    except (TemplateSyntaxError, RecursionError, ValueError):
        return


def _unreadable(part: TemplatePart, dialect: Dialect) -> set[Tag]:
    """The tags that Jinja cannot read, and those that their place makes none."""
    odd = {(one.where, one.tag[:SHOWN]) for one in part.faults if one.code in OF_A_STATEMENT}
    said = statement_faults(statements_of(part), dialect)
    odd |= {(one.where, one.tag[:SHOWN]) for one in said if one.code in _UNREADABLE}
    return {tag for tag in part.tags if tag.said.troubles or (tag.where, tag.text[:SHOWN]) in odd}


def _whole(blocks: Sequence[TagBlock], part: TemplatePart, broken: set[Tag]) -> list[TagBlock]:
    """The blocks all of whose tags can be read, without those that cross another."""
    by_tag = {tag: block for block in blocks for tag in block.tags}
    open_blocks: list[TagBlock] = []
    whole: list[TagBlock] = []
    for tag in part.tags:
        block = by_tag.get(tag)
        if block is None or not broken.isdisjoint(block.tags):
            continue
        if tag.role is TagRole.OPENS:
            open_blocks.append(block)
        elif block in open_blocks and tag.role is TagRole.ENDS:
            del open_blocks[open_blocks.index(block) :]  # those it crosses are left out
            whole.append(block)
        elif block in open_blocks and open_blocks[-1] is not block:
            open_blocks.remove(block)
    return whole


def _is_cut(tag: Tag, in_blocks: set[Tag]) -> bool:
    """Whether the tag is one of a block that is left out."""
    return tag.role is not TagRole.NONE and tag not in in_blocks


def _alone(tag: Tag, known: set[str], dialect: Dialect) -> Iterator[Use]:
    """The names in the first tag of a block that is left out, which itself can be read."""
    tree = tree_alone(tag.body, dialect)
    for _, path in paths(tree, known) if tree is not None else ():
        yield Use(path, tag.where, tag.text)


def _named(tags: Sequence[Tag]) -> Iterator[str]:
    """The names that statements may give to something."""
    for tag in tags:
        if tag.said.kind is TagKind.BLOCK or tag.said.troubles or _NAMING.search(tag.text):
            match = _NAMING_ALL.search(tag.text) or _NAMING.search(tag.text)
            if match is not None:
                yield from ("loop", "caller", *_WORDS.findall(match[1]))
            elif not _ENDING.search(tag.text):
                yield from _WORDS.findall(tag.text)


def in_order(
    faults: Sequence[TemplateFault], tags: Sequence[tuple[Location, str]]
) -> list[TemplateFault]:
    """The faults, each name once a tag, in the order in which their tags are read."""
    numbers = {tag: number for number, tag in reversed(list(enumerate(tags)))}
    last = len(tags)
    once = {(one.where, one.tag, one.details.get("name", id(one)), one.code): one for one in faults}
    return sorted(once.values(), key=lambda one: numbers.get((one.where, one.tag), last))
