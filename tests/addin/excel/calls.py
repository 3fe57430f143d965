"""Every call that reaches the program, counted by member and by kind."""

from collections import Counter

from excel.com import Kind


class Calls:
    """What was asked of Excel: `calls["Interior.Color"]`, `calls.writes()`, `calls.total`.

    >>> calls.writes("Interior.Color")
    12
    """

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, Kind]] = Counter()
        self.refused = 0

    def note(self, member: str, kind: Kind) -> None:
        self._seen[member, kind] += 1

    def clear(self) -> None:
        """Begin to count anew."""
        self._seen.clear()
        self.refused = 0

    def reads(self, *members: str) -> int:
        """How often something was read, of these members or of all."""
        return self._sum("read", members)

    def writes(self, *members: str) -> int:
        """How often something was changed, of these members or of all."""
        return self._sum("write", members)

    def _sum(self, kind: Kind, members: tuple[str, ...]) -> int:
        return sum(
            count
            for (member, one), count in self._seen.items()
            if one == kind and (not members or member in members)
        )

    def __getitem__(self, member: str) -> int:
        return self.reads(member) + self.writes(member)

    @property
    def total(self) -> int:
        """All calls that were answered."""
        return self._seen.total()

    def by_member(self) -> dict[str, int]:
        """The members with their calls, the most called first."""
        found: Counter[str] = Counter()
        for (member, _), count in self._seen.items():
            found[member] += count
        return dict(found.most_common())
