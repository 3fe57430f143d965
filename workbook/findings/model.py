"""What a person got wrong, as a value: where, what and what to do, in the words on the sheet."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from workbook.catalogue.findings import CAUSE, PHRASES, STATED, SUSPECT, WHERE
from workbook.catalogue.messages import MESSAGES
from workbook.catalogue.messages_in_english import ENGLISH
from workbook.catalogue.model import Language, Text
from workbook.catalogue.verdicts import ERROR, HINT, WARNING
from workbook.findings.place import Place

MOST_FOUND = 60  # letters of what stands in a cell that a message repeats


class Severity(StrEnum):
    """How much a finding weighs: an error stands in the way of the report."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    @property
    def text(self) -> Text:
        """The clerk's word for it, in each language."""
        return _WORDS[self]

    @property
    def word(self) -> str:
        """The clerk's word for it in Chinese."""
        return self.text.zh


_WORDS = {Severity.ERROR: ERROR, Severity.WARNING: WARNING, Severity.HINT: HINT}


class Part(Struct, frozen=True):
    """One figure that takes part in a rule; None is a blank cell that counts as nothing.

    Where only the place is meant, with others to which the same happened, no value is told.
    """

    label: str
    place: Place | None
    value: Decimal | None
    is_place: bool = False


class Finding(Struct, frozen=True):
    """One thing to mend or to know of. `consequences` are findings that vanish with this one.

    In one line, `收支!C9 基本支出:小于 0。请核对这个数`, it reads place, label, `what` and `todo`.
    `words` are those that its message was filled with, so that it can be told in another language.
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
    language: Language = "zh"
    words: Mapping[str, object] = field(default_factory=dict)

    @property
    def culprits(self) -> tuple[Place, ...]:
        """The cells in which the slip is: one that the likeliest cause names, else its own.

        Blank cells of a table that are told in one finding are each of them one.
        """
        for cause in self.causes:
            named = (
                one
                for one in self.parts
                if SUSPECT(self.language, label=one.label, place=one.place) in cause
            )
            if (part := next(named, None)) and part.place:
                return (part.place,)
        own = () if self.place is None else (self.place,)
        equals = () if self.rule else tuple(one.place for one in self.parts if one.place)
        return tuple(dict.fromkeys((*own, *equals)))

    def __str__(self) -> str:
        """The finding in one line: where, what and what to do."""
        where = " ".join(part for part in (str(self.place or ""), self.label) if part)
        causes = "".join(CAUSE(self.language, cause=cause) for cause in self.causes)
        said = STATED(self.language, what=self.what, causes=causes, todo=self.todo)
        return WHERE(self.language, where=where) + said if where else said


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
        words=words,
    )


def told_in(language: Language, findings: Iterable[Finding]) -> list[Finding]:
    """The findings with their messages in the language of the form that they are about."""
    return [one if one.language == language else _told(language, one) for one in findings]


def _told(language: Language, one: Finding) -> Finding:
    message = MESSAGES[one.code]
    what, todo = ENGLISH[one.code] if language == "en" else (message.what, message.todo)
    words = {key: _phrase(language, word) for key, word in one.words.items()}
    return replace(
        one,
        what=what.format_map(words),
        todo=todo.format_map(words),
        found=_phrase(language, one.found),
        expected=_phrase(language, one.expected),
        consequences=tuple(told_in(language, one.consequences)),
        language=language,
    )


def _phrase(language: Language, word: Any) -> Any:
    known = PHRASES.get(word) if isinstance(word, str) else None
    return word if known is None else known(language)


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
