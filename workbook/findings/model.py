"""What a person got wrong, as a value: where, what and what to do, in the words on the sheet."""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from workbook.findings.messages import MESSAGES
from workbook.findings.place import Place

MOST_FOUND = 60  # letters of what stands in a cell that a message repeats


class Severity(StrEnum):
    """How much a finding weighs: an error stands in the way of the report."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    @property
    def word(self) -> str:
        """The clerk's word for it."""
        return {"error": "错误", "warning": "提醒", "hint": "提示"}[self.value]


class Part(Struct, frozen=True):
    """One figure that takes part in a rule; None is a blank cell that counts as nothing."""

    label: str
    place: Place | None
    value: Decimal | None


class Finding(Struct, frozen=True):
    """One thing to mend or to know of. `consequences` are findings that vanish with this one.

    In one line, `收支!C9 基本支出:小于 0。请核对这个数`, it reads place, label, `what` and `todo`.
    """

    code: str
    severity: Severity
    what: str
    todo: str
    place: Place | None = None
    label: str = ""
    found: str = ""
    expected: str = ""
    difference: Decimal | None = None
    parts: tuple[Part, ...] = ()
    causes: tuple[str, ...] = ()
    rule: str = ""
    source: str = ""
    consequences: tuple["Finding", ...] = ()

    @property
    def culprits(self) -> tuple[Place, ...]:
        """The cells in which the slip is: one that the likeliest cause names, else its own.

        Blank cells of a table that are told in one finding are each of them one.
        """
        for cause in self.causes:
            named = (one for one in self.parts if f"「{one.label}」({one.place})" in cause)
            if (part := next(named, None)) and part.place:
                return (part.place,)
        own = () if self.place is None else (self.place,)
        equals = () if self.rule else tuple(one.place for one in self.parts if one.place)
        return tuple(dict.fromkeys((*own, *equals)))

    def __str__(self) -> str:
        """The finding in one line: where, what and what to do."""
        where = " ".join(part for part in (str(self.place or ""), self.label) if part)
        causes = "".join(f"{cause}。" for cause in self.causes)
        return f"{where}{':' if where else ''}{self.what}。{causes}{self.todo}"


def finding(
    code: str,
    place: Place | None = None,
    label: str = "",
    found: str = "",
    expected: str = "",
    **words: object,
) -> Finding:
    """The finding that the message table words for `code`.

    finding("not-a-number", Place("收支", "C9"), "基本支出", "约195")
    收支!C9 基本支出:「约195」不是数字。请只填数字,不确定的不要填文字说明
    """
    message = MESSAGES[code]
    words |= {"found": _shortened(found), "expected": expected, "label": label}
    return Finding(
        code,
        Severity(message.severity),
        message.what.format_map(words),
        message.todo.format_map(words),
        place,
        label,
        found,
        expected,
    )


def _shortened(text: str) -> str:
    """A text of one line that fits into a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= MOST_FOUND else f"{line[: MOST_FOUND - 1]}…"


def flattened(findings: Iterable[Finding]) -> list[Finding]:
    """The findings with their consequences, flattened."""
    return [one for top in findings for one in (top, *flattened(top.consequences))]


def stands_in_the_way(findings: Iterable[Finding]) -> bool:
    """Whether any finding is an error."""
    return any(one.severity is Severity.ERROR for one in findings)
