"""A compiled part: what `compile` makes and `write` runs."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import CodeType
from typing import Any, Final, NamedTuple

from jinja2 import Template

from docgen.template.model.errors import Location
from docgen.template.model.tags import Levels, TagForm

FIRST_LINE: Final = 2  # of the first tag in a part's source: each tag begins with a newline

Root = Callable[[Any], Iterator[str]]


@dataclass(frozen=True, slots=True)
class TagSpot:
    """A tag as the writer knows it: where it stands, its text, and how its value is written.

    `TagSpot(where, "{{p 说明 }}", TagForm.TEXT, (Level("p", "<w:p>"), …), 3)`: the tag replaced the
    elements of `levels`, and three pieces of XML come before it. `beside` are the words of a marked
    tag's paragraph on both sides of it.
    """

    where: Location
    text: str
    form: TagForm
    levels: Levels
    data: int
    beside: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class PartSource:
    r"""A part as Jinja source, `0\x03\n项目|length\x041`, and the XML that its numbers stand for.

    The source above has `data` of two pieces, before and after the tag; `spots[n]` is the tag on
    line n + 2. `has_signals`: the XML holds signals; `has_contents`: a table of contents.
    """

    file: str
    text: str
    data: tuple[str, ...]
    spots: tuple[TagSpot, ...]
    has_signals: bool
    has_contents: bool


class NamedValue(NamedTuple):
    """One of a series of tags that only name a value: the XML before it, the name, its line."""

    before: str
    name: str
    line: int
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Program:
    """A part that can be run again and again: Jinja's template and its root function.

    `"".join(program.root(context))` is the part's XML, where the context has the data and the
    writers of values. The template is made of `code`, which speaks of `names`. `special` are the
    lines of the tags whose values are not simply text at their place; `paths` are the names that
    each line uses, known where figures are to be marked; `longest` are the letters of the longest
    piece of XML.

    That of `<w:t>{{ 基本支出 }}万元</w:t>` gives `<w:t>195.49万元</w:t>` where 基本支出 is 195.49.
    """

    source: PartSource
    template: Template
    root: Root
    code: CodeType
    names: Mapping[str, Any]
    special: frozenset[int]
    paths: Mapping[int, tuple[str, ...]]
    longest: int

    def spot(self, python_line: int) -> TagSpot | None:
        """The tag that a line of the generated code was made from."""
        index = self.template.get_corresponding_lineno(python_line) - FIRST_LINE
        return self.source.spots[index] if 0 <= index < len(self.source.spots) else None
