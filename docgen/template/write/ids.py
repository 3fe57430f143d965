"""Ids and names that a loop would repeat, made unique while the part is written.

In a loop the ids of bookmarks and drawings become tokens; what a token stands for is only decided
when it is written, so that a document without such ids pays nothing.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from docgen.template.model.signs import BROUGHT, TOKEN_END, TOKEN_START, Merge, Token
from docgen.template.sandbox.budget import Budget
from docgen.template.word.changes import Changes

if TYPE_CHECKING:
    from docgen.template.write.bookmarks import Bookmarks
    from docgen.template.write.numbering import Numbering

_TOKEN: Final = re.compile(f"{TOKEN_START}(\\w)([^{TOKEN_END}]*){TOKEN_END}")
FIRST_DRAWING: Final = 100_001
FIRST_BOOKMARK: Final = 100_001
OF_A_LIST: Final = 5_000  # bytes


@dataclass(slots=True)
class Ids:
    """The ids given out in one rendering.

    `numbers` are the latest ids of the lists that were begun again, `{"3": "12"}`; a new list is
    one of the `changes`. `open_merges` are the columns of tables and whether a merge is open there.
    `open_ids` are those given last, by kind and what they were before. `named` are the names of
    bookmarks and what refers to them. `has_contents`: a table of contents was printed. `marks` are
    left for figures, one less for each bookmark that a loop repeats or a document brings along;
    of these there were so many `repeated`.
    """

    changes: Changes
    budget: Budget
    drawings: int = FIRST_DRAWING
    bookmarks: int = FIRST_BOOKMARK
    open_bookmarks: dict[str, int] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    last_ids: dict[str, int] = field(default_factory=dict)
    open_ids: dict[str, str] = field(default_factory=dict)
    printed: set[tuple[str, str]] = field(default_factory=set)
    open_merges: dict[str, bool] = field(default_factory=dict)
    lists: "Numbering | None" = None
    named: "Bookmarks | None" = None
    has_contents: bool = False
    marks: Iterator[str] = field(default_factory=partial(iter, ()))
    repeated: int = 0

    def once(self, part: str, markup: str) -> str:
        """`markup` where it was not printed in this part yet, else nothing."""
        if (part, markup) in self.printed:
            return ""
        self.printed.add((part, markup))
        return markup

    def merged(self, said: str) -> str:
        """The properties of a cell merged downwards that goes on with a merge, if one is open.

        `said` is a column and what its cells say there, as `shape.merges` does.
        """
        column, _, what = said.rpartition(":")
        goes_on = self.open_merges.get(column, False)
        self.open_merges[column] = what != Merge.CLOSED
        if what != Merge.CONTINUED:
            return ""
        return "<w:vMerge/>" if goes_on else '<w:vMerge w:val="restart"/>'

    def resolved(self, text: str) -> str:
        """`text` with its tokens replaced by ids."""
        pieces = _TOKEN.split(text)  # a third faster than to substitute
        tokens = zip(pieces[1::3], pieces[2::3], strict=True)
        given = [_GIVEN[kind](self, old) for kind, old in tokens]
        if self.named and (answers := self.named.answers):
            given = [answers.get(one, one) for one in given]
        pieces[1::3] = given
        pieces[2::3] = [""] * (len(pieces) // 3)
        return "".join(pieces)

    def written(self, text: str) -> Iterator[str]:
        """What can be written of a part up to the end of `text`, with its ids and names."""
        text = self.resolved(text)
        return self.named.written(text) if self.named else iter((text,))

    def _drawing(self, _: str) -> str:
        self.drawings += 1
        return str(self.drawings)

    def _bookmark(self, old: str) -> str:
        self.bookmarks += 1
        self.open_bookmarks[old] = self.bookmarks
        return str(self.bookmarks)

    def _bookmark_end(self, old: str) -> str:
        return str(self.open_bookmarks.get(old, old))

    def _name(self, said: str) -> str:
        named = self.named or self._bookmarks()
        if said in named.counts or said.startswith(BROUGHT):
            next(self.marks, None)
            self.repeated += 1
        return named.name(said)

    def _pass(self, said: str) -> str:
        (self.named or self._bookmarks()).begin(said)
        return ""

    def _pass_end(self, said: str) -> str:
        (self.named or self._bookmarks()).end(said)
        return ""

    def _referred(self, said: str) -> str:
        return (self.named or self._bookmarks()).referred(said)

    def _bookmarks(self) -> "Bookmarks":
        from docgen.template.write.bookmarks import Bookmarks  # noqa: PLC0415 - only bookmarks pay

        self.named = Bookmarks(set(self.changes.package.bookmarks))
        return self.named

    def _id(self, said: str) -> str:
        kind = said.partition(":")[0]
        number = self.last_ids[kind] = self.last_ids.get(kind, FIRST_BOOKMARK) + 1
        self.open_ids[said] = str(number)
        return str(number)

    def _same_id(self, said: str) -> str:
        return self.open_ids.get(said) or said.partition(":")[2]

    def _given_id(self, said: str) -> str:
        old, _, new = said.rpartition(":")
        self.open_ids[old] = new
        return new

    def _move_name(self, said: str) -> str:
        """The same for both ends of a move, which are looked for by it."""
        count = self.names[said] = self.names.get(said, 0) + 1
        name = said.partition(":")[2]
        return name if count == 1 else f"{name}_{count}"

    def _shape(self, name: str) -> str:
        said = f"shape:{name}"
        count = self.names[said] = self.names.get(said, 0) + 1
        self.open_ids[said] = name if count == 1 else f"{name}_{count}"
        return self.open_ids[said]

    def _same_shape(self, name: str) -> str:
        return self.open_ids.get(f"shape:{name}", name)

    def _contents(self, _: str) -> str:
        self.has_contents = True
        return "true"

    def _number(self, old: str) -> str:
        return self.numbers.get(old, old)

    def _restart(self, old: str) -> str:
        from docgen.template.write.numbering import Numbering  # noqa: PLC0415 - only restarted lists pay

        self.budget.make(OF_A_LIST)
        self.lists = self.lists or Numbering(self.changes)
        self.numbers[old] = self.lists.restarted(old)
        return ""


_GIVEN: Final[dict[str, Callable[[Ids, str], str]]] = {
    Token.DRAWING.value: Ids._drawing,
    Token.BOOKMARK.value: Ids._bookmark,
    Token.BOOKMARK_END.value: Ids._bookmark_end,
    Token.BOOKMARK_NAME.value: Ids._name,
    Token.LIST.value: Ids._number,
    Token.RESTART.value: Ids._restart,
    Token.ID.value: Ids._id,
    Token.SAME_ID.value: Ids._same_id,
    Token.GIVEN_ID.value: Ids._given_id,
    Token.MOVE_NAME.value: Ids._move_name,
    Token.SHAPE.value: Ids._shape,
    Token.SAME_SHAPE.value: Ids._same_shape,
    Token.ROUND.value: Ids._pass,
    Token.ROUND_END.value: Ids._pass_end,
    Token.REFERENCE.value: Ids._referred,
    Token.CONTENTS.value: Ids._contents,
}
