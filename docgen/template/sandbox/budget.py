"""What one rendering may still do, and what its operations cost.

The sandbox says what a template may do at all; a budget says how much of it. Nothing is measured
while plain tags are printed: only what can blow up pays, and a loop pays for all passes at once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from time import thread_time
from typing import Any, Final

from jinja2.exceptions import SecurityError

LONGEST_TEXT: Final = 1_000_000
EVERY: Final = 500_000  # steps between two looks at the clock
LETTERS: Final = 16  # of a long text that are gone through in one step
OF_AN_ITEM: Final = 56  # bytes of a small text, a number or a row that an operation makes
CONTAINERS: Final = (list, tuple, dict, set, frozenset)
SIZED: Final = (str, *CONTAINERS, range)
# Who brings much data may have much done with it.
_GIVEN: Final = 1_000
LETTERS_OF_AN_ITEM: Final = 64
_PASSES, _STEPS, _MADE = 100, 300, 1_000  # for each item that is given beyond these


class BoundReached(SecurityError):  # noqa: N818
    """A template that does too much."""


@dataclass(slots=True)
class Budget:
    """What one rendering of a document may still do, over all its parts.

    `passes` through loops; `steps`, each of about a tenth of a microsecond; `made`, the bytes of
    the texts and lists that expressions make; `seconds` of the processor, for what nobody counted.
    `given` is the caller's data: when a budget is used up, it is extended once by what that holds.
    `held` are the letters of long values that wait to be written, `picked` the caller's rows by
    the words that they were picked by.

    With `passes` 3 a loop over four rows ends with 循环次数超过限度.
    """

    passes: int
    steps: int
    made: int
    seconds: float
    given: Mapping[str, Any]
    began: float = field(default_factory=thread_time)
    look_at: int = 0
    held: int = 0
    is_extended: bool = False
    picked: dict[tuple[int, str], Any] = field(default_factory=dict)

    def spend(self, steps: int) -> None:
        """Take `steps` off; raises `BoundReached`."""
        self.steps -= steps
        if self.steps < self.look_at:
            self.look()

    def make(self, size: int) -> None:
        """Take the `size` in bytes of a new value off; raises `BoundReached`."""
        self.made -= size
        if self.made < 0:
            self.look()

    def look(self) -> None:
        """See whether anything is used up, time too; raises `BoundReached`."""
        if min(self.passes, self.steps, self.made) < 0 and not self.is_extended:
            self._extend()
        if self.passes < 0:
            raise BoundReached("循环次数超过限度")
        if self.steps < 0:
            raise BoundReached("计算的步数超过限度")
        if self.made < 0:
            raise BoundReached("算出来的文字和列表太多")
        if thread_time() - self.began > self.seconds:
            raise BoundReached("用的时间超过限度")
        self.look_at = max(self.steps - EVERY, 0)

    def _extend(self) -> None:
        self.is_extended = True
        more = max(_items_of(self.given) - _GIVEN, 0)
        self.passes += more * _PASSES
        self.steps += more * _STEPS
        self.made += more * _MADE

    def keep(self, value: Any) -> Any:
        """`value`, whose size is taken off; raises `BoundReached`."""
        self.make(size_of(value))
        return value

    def go_through(self, value: Any) -> None:
        """Spend what it takes to compare or to spell out `value` with all that it holds.

        A list that holds another twice, which holds a third twice and so on, is small and has no
        end for who goes through it.
        """
        if isinstance(value, str):
            self.spend(1 + len(value) // LETTERS)
        if not isinstance(value, CONTAINERS):
            return
        waiting: list[Any] = [value]
        while waiting:
            one = waiting.pop()
            self.spend(2 + 3 * len(one))
            for item in [*one, *one.values()] if isinstance(one, dict) else one:
                if isinstance(item, CONTAINERS):
                    waiting.append(item)
                elif isinstance(item, str) and len(item) > LETTERS:
                    self.spend(len(item) // LETTERS)


def size_of(value: Any) -> int:
    """About how many bytes a text or a list takes; what it holds is not counted."""
    if isinstance(value, str):
        return len(value) if value.isascii() else 4 * len(value)
    return 8 * len(value) if isinstance(value, CONTAINERS) else 0


def counted(budget: Budget, items: Any, steps: int) -> Any:
    """`items`, for each of which `steps` are spent: at once where it is known how many they are."""
    try:
        count = len(items)
    except TypeError:
        return _one_by_one(budget, items, steps)
    budget.spend(1 + count * steps)
    return items


def _one_by_one(budget: Budget, items: Iterable[Any], steps: int) -> Iterator[Any]:
    for item in items:
        budget.spend(steps)
        yield item


def listed(budget: Budget, items: Any, steps: int = 1) -> list[Any]:
    """A list of `items`, paid for."""
    made: list[Any] = []
    for item in counted(budget, items, steps):
        made.append(item)
        if not len(made) & 1023:
            budget.make(1024 * OF_AN_ITEM)
    budget.make(OF_AN_ITEM * (len(made) & 1023))
    check_length(len(made))
    return made


def check_length(length: int) -> None:
    """Raise `BoundReached` for a text or a list longer than any value should be."""
    if length > LONGEST_TEXT:
        raise BoundReached(f"文字超过 {LONGEST_TEXT} 个字")


def _items_of(given: Mapping[str, Any]) -> int:
    """How many items the lists and mappings in `given` hold, each looked at once."""
    waiting: list[Any] = list(given.values())
    seen: set[int] = set()
    count = 0
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            count += len(one) // LETTERS_OF_AN_ITEM
        if not isinstance(one, CONTAINERS) or id(one) in seen:
            continue
        seen.add(id(one))
        count += len(one)
        waiting.extend(one.values() if isinstance(one, Mapping) else one)
    return count
