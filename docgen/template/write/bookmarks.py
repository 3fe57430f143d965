"""The names of bookmarks, each given once, and what the references to them lead to.

A reference may be written before it is known whether its pass prints the bookmark at all. Then it
is left open, and what comes behind it is held back until the bookmark is printed or the pass ends.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from docgen.template.model.signs import BROUGHT, TOKEN_END, TOKEN_START, Token

LONGEST_NAME: Final = 40
FAST: Final = 1
_OPENS: Final = f"{TOKEN_START}{Token.OPEN_REFERENCE}"
_OPEN: Final = re.compile(f"({_OPENS}\\d+{TOKEN_END})")


@dataclass(slots=True)
class _Pass:
    """A pass that has not ended: its first and last bookmark, and the references that are open."""

    first: str = ""
    last: str = ""
    asking: list[str] | tuple[()] = ()


@dataclass(slots=True)
class Bookmarks:
    """The names given out in one rendering, and the references that wait for one.

    A bookmark is called `图` as in the template, or `:图` in a document that is brought. `taken`
    are the names that the template has and those that were given, in small letters. `passes` are
    the open ones around the bookmarks of a name, outer ones first; `latest` is the name that was
    given last. `asked` references were left open, `open` still are; `answers` say by their tokens
    where the others lead, for as long as text is held back or written in which they stand.
    """

    taken: set[str]
    counts: dict[str, int] = field(default_factory=dict)
    latest: dict[str, str] = field(default_factory=dict)
    passes: dict[str, list[_Pass]] = field(default_factory=dict)
    asked: int = 0
    open: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    held: list[bytes] = field(default_factory=list)

    def name(self, said: str) -> str:
        """The name itself the first time, then with a number behind it that makes it a new one."""
        plain, count = said.removeprefix(BROUGHT), self.counts.get(said, 0) + 1
        name = _numbered(plain, count)
        if count > 1 or plain is not said:
            while (small := name.lower()) in self.taken:
                count += 1
                name = _numbered(plain, count)
            self.taken.add(small)
        self.counts[said], self.latest[said] = count, name
        if stack := self.passes.get(said):
            self._print(stack[-1], name, name)
        return name

    def begin(self, said: str) -> None:
        """A pass begins that references to the bookmark lead to."""
        stack = self.passes.get(said)
        if stack is None:
            stack = self.passes[said] = []
        stack.append(_Pass())

    def end(self, said: str) -> None:
        """The innermost pass ends; where it printed no bookmark, the one before it is led to.

        That is one of the pass around it, if that has any.
        """
        stack = self.passes.get(said)
        if not stack:
            return
        ended = stack.pop()
        if not stack:
            self._answer(ended, self.latest.get(said) or said.removeprefix(BROUGHT))
        elif ended.first:
            self._print(stack[-1], ended.first, ended.last)
        elif stack[-1].last:
            self._answer(ended, stack[-1].last)
        elif stack[-1].asking:
            stack[-1].asking += ended.asking  # in place: there may be thousands of such passes
        else:
            stack[-1].asking = ended.asking

    def referred(self, said: str) -> str:
        """The name of the first bookmark of the innermost pass, or a token until that is known."""
        stack = self.passes.get(said)
        if not stack:
            return said.removeprefix(BROUGHT)
        if stack[-1].first:
            return stack[-1].first
        self.asked += 1
        self.open += 1
        asked = f"{_OPENS}{self.asked}{TOKEN_END}"
        if stack[-1].asking:
            stack[-1].asking.append(asked)
        else:
            stack[-1].asking = [asked]
        return asked

    def written(self, text: str) -> Iterator[str]:
        """What can be written of the text held back so far and `text`, piece by piece.

        In `text` there are no tokens any more but those of references that are still open.
        """
        if not self.open:
            for held in self.held:
                yield self._led(zlib.decompress(held).decode())
            yield text
            self.held.clear()
            self.answers.clear()
            return
        if not self.held:
            before, *asked = _OPEN.split(text, 1)
            yield before
            text = "".join(asked)
            self.answers.clear()
        self.held.append(zlib.compress(text.encode(), FAST))

    def rest(self) -> Iterator[str]:
        """What is still held back when a part ends, where a value broke off in a pass."""
        for said, stack in self.passes.items():
            while stack:
                self.end(said)
        return self.written("")

    def _print(self, where: _Pass, first: str, last: str) -> None:
        """Note that these bookmarks were printed in a pass, which answers its references."""
        where.last = last
        if not where.first:
            where.first = first
            self._answer(where, first)

    def _answer(self, where: _Pass, name: str) -> None:
        """Let the references that a pass left open lead to the bookmark `name`."""
        for asked in where.asking:
            self.answers[asked] = name
            self.open -= 1
        where.asking = ()

    def _led(self, text: str) -> str:
        pieces = _OPEN.split(text)
        pieces[1::2] = map(self.answers.__getitem__, pieces[1::2])
        return "".join(pieces)


def _numbered(name: str, count: int) -> str:
    ending = f"_{count}"
    return name if count == 1 else name[: LONGEST_NAME - len(ending)] + ending
