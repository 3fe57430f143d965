"""What stands in the way of data that is given as a file."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbook.checking.intake import Intake


class DataError(Exception):
    """Data that cannot be read; says where, what and what to do."""


class UnfitError(Exception):
    """A workbook of ours in which something does not tie; the `intake` says what."""

    def __init__(self, intake: "Intake") -> None:
        super().__init__(str(intake.path))
        self.intake = intake
