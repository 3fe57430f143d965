"""A line of the doctor's page: what was looked at, what was found, and what to ask IT for."""

from enum import Enum
from typing import NamedTuple


class State(Enum):
    """How a line begins."""

    WELL = "✓"
    WRONG = "✗"
    TO_KNOW = "·"
    ASK = "→"


class Line(NamedTuple):
    """One thing looked at; `ask` is a sentence for the people who look after the computer."""

    what: str
    found: str
    state: State = State.WELL
    ask: str = ""

    def __str__(self) -> str:
        """The line as it is printed."""
        return f"{self.state.value} {self.what}:{self.found}"

    @property
    def is_well(self) -> bool:
        """Whether nothing here stands in the add-in's way."""
        return self.state is not State.WRONG
