"""A filled form with what is to be told of it."""

from dataclasses import dataclass, field

from workbook.catalogue.model import Language
from workbook.findings.place import Place
from workbook.form.model import Form
from workbook.form.sample import Sample


@dataclass(slots=True)
class Filled:
    """A form with room for all rows, what is typed into it, a note for each cell, and trouble.

    `derived` are the cells whose default gives what is stated: nothing is typed over the formula.
    `taken_off` are the fields whose default must not stand, see `defaults`: they are left blank.
    `doubts` are contradictions and values that the form does not take: where, and what.

    Of 基本支出195.49万元 in a report `sample` has 195.49 for 基本支出, and the note on its cell
    quotes the sentence.
    """

    form: Form
    sample: Sample
    derived: frozenset[Place] = frozenset()
    notes: dict[Place, str] = field(default_factory=dict)
    taken_off: tuple[str, ...] = ()
    doubts: list[tuple[str, str]] = field(default_factory=list)

    @property
    def typed(self) -> Sample:
        """What is typed into the workbook, blanks over the formulas that are taken off too."""
        return Sample(
            {**dict.fromkeys(self.taken_off, ""), **self.sample.fields}, self.sample.tables
        )


class Doubts(list[tuple[str, str]]):
    """Doubts as they are gathered, and the language in which they are told."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language = language
