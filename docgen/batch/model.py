"""What a batch is about: a workbook to be done, what came of it, and the words for that."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from workbook.findings.model import Finding

REPORTS, COPIES, SUMMARY, LEDGER = "报告", "退回", "汇总.xlsx", "台账.sqlite"  # within OUT
SINGLE: Final = 0  # the row of a figure that stands in no table


class Status(StrEnum):
    """How a workbook, or a unit without one, stands."""

    PASSED = "通过"
    WARNED = "有警告"
    WRONG = "有错误"
    UNREADABLE = "读不了"
    LATE = "超时"
    DOUBLE = "重复"
    MISSING = "未交"

    @property
    def is_fit(self) -> bool:
        """Whether the unit has nothing to mend."""
        return self in (Status.PASSED, Status.WARNED)


@dataclass(frozen=True, slots=True)
class Work:
    """A workbook that is to be done: where it lies, and where what is made of it goes.

    `path` is the workbook within the folder, with / between its parts. `made` are the hashes of
    the report and the copy that an earlier run put there, "" where it put none.

        Work("河口县/一中.xlsx", Path("收/河口县/一中.xlsx"), Path("出"), None)
    """

    path: str
    source: Path
    out: Path
    templates: Path | None
    made: tuple[str, str] = ("", "")

    @property
    def report(self) -> Path:
        """Where its report goes."""
        return self.out / REPORTS / f"{self._stem}.docx"

    @property
    def copy(self) -> Path:
        """Where its annotated copy goes."""
        return self.out / COPIES / f"{self._stem}.xlsx"

    @property
    def _stem(self) -> str:
        # 甲.xlsx, 甲.xlsm and 甲.xlsm.xlsx may lie beside each other.
        stem = self.path.removesuffix(".xlsx")
        return self.path if stem.endswith(".xlsm") else stem


class Figure(NamedTuple):
    """A value of a workbook: `text` says it exactly, `number` is for those who calculate in SQL.

    `Figure("项目.金额", 2, 4.68, "4.68")` stands in the second row of 项目. A workbook has a
    thousand, which go from process to process: as a tuple in a quarter of a dataclass's time.
    """

    field: str
    row: int
    number: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a workbook.

    `name` and `code` are what it says of its unit, `year` which year's it is; two of one kind,
    unit and year are one too many. `report` and `copy` lie within OUT, "" where there is none;
    `made` are their hashes. `is_final` says that to do it again would come to the same. `findings`
    are all that the check found, which the ledger does not keep.

    Of 河口县/一中.xlsx with two errors: the status 有错误, `errors` 2, no `report`, and the copy
    退回/河口县/一中.xlsx.
    """

    path: str
    status: Status
    message: str = ""
    kind: str = ""
    name: str = ""
    code: str = ""
    year: str = ""
    errors: int = 0
    warnings: int = 0
    report: str = ""
    copy: str = ""
    made: tuple[str, str] = ("", "")
    figures: tuple[Figure, ...] = ()
    is_final: bool = True
    findings: tuple[Finding, ...] = ()
