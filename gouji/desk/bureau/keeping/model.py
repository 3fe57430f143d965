"""What a bureau's desk is about: who asks, what was handed in, and the words for how it stands."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from docgen.batch.model import Status
from docgen.batch.units import Unit, folded, unit_key

MEGABYTE = 1 << 20
DAY = 24 * 60 * 60  # seconds


class Role(StrEnum):
    """What an account is for."""

    BUREAU = "bureau"
    UNIT = "unit"


class Stage(StrEnum):
    """How far a workbook that was sent has come."""

    CHECKING = "核对中"
    REFUSED = "没有收下"  # nobody can use it: another unit's, unreadable; its file is gone
    KEPT = "收到"


class Decision(StrEnum):
    """What the bureau has said of a workbook."""

    NONE = ""
    RETURNED = "退回"
    ACCEPTED = "已收"


class State(StrEnum):
    """How a unit stands with one report that it has to hand in."""

    ABSENT = "未报"
    OVERDUE = "逾期"
    WRONG = "有错误"
    WAITING = "待收"
    RETURNED = "退回"
    ACCEPTED = "已收"
    UNDECIDED = "未定"  # no line of the list asks for it


@dataclass(frozen=True, slots=True)
class Account:
    """Who may do something here: the bureau, or the unit of a key (`unit_key`)."""

    role: Role
    unit: str = ""

    @property
    def is_bureau(self) -> bool:
        """Whether it may see all units."""
        return self.role is Role.BUREAU

    def __str__(self) -> str:
        """The account as tables name it: `bureau`, `unit:532532011`."""
        return f"{self.role}:{self.unit}" if self.unit else str(self.role)

    @classmethod
    def named(cls, text: str) -> "Account":
        """The account that a table names."""
        role, _, unit = text.partition(":")
        return cls(Role(role), unit)


BUREAU = Account(Role.BUREAU)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and from which address; without an account one who has yet to come in."""

    where: str
    account: Account | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """A report that a unit has to hand in: one line of the list of units."""

    unit: str
    kind: str

    @classmethod
    def of(cls, line: Unit) -> "Duty":
        """What a line asks for."""
        return cls(unit_key(line.name, line.code), folded(line.kind))


@dataclass(frozen=True, slots=True)
class Submission:
    """A workbook that was sent, and what came of it.

    `duty` is what it was taken for; `name`, `code`, `kind` and `year` are what it says itself.
    `report` and `copy` are the hashes of what was made of it, "" where there is none. `replaced`
    is when a later one took its place; times are seconds of the epoch, 0 for never.
    """

    id: str
    number: int
    duty: Duty
    file: str
    sha256: str
    size: int
    at: int
    stage: Stage
    status: str = ""
    message: str = ""
    note: str = ""
    kind: str = ""
    name: str = ""
    code: str = ""
    year: str = ""
    errors: int = 0
    warnings: int = 0
    report: str = ""
    copy: str = ""
    decision: Decision = Decision.NONE
    remark: str = ""
    decided: int = 0
    replaced: int = 0

    @property
    def is_current(self) -> bool:
        """Whether it is the one that counts."""
        return self.stage is Stage.KEPT and not self.replaced

    @property
    def is_fit(self) -> bool:
        """Whether the bureau may accept it."""
        return self.stage is Stage.KEPT and Status(self.status).is_fit

    @property
    def state(self) -> State:
        """How its unit stands by it."""
        if self.decision:
            return State(self.decision.value)
        return State.WAITING if self.is_fit else State.WRONG


Networks = tuple[IPv4Network | IPv6Network, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """How a desk is run.

    `url` is what browsers call it, `https://desk.example.gov.cn`; `database` is "" for a file of
    the folder's own. `header` names the account where it comes from one of `believed`, `heads` are
    the names in it that mean the bureau. A workbook has `timeout` seconds.

    With `due` on 31 March 2023 a unit that has sent nothing is 逾期 from 1 April.
    """

    folder: Path
    url: str
    units: Path | None = None
    database: str = ""
    templates: Path | None = None
    jobs: int = 2
    timeout: float = 120
    most_bytes: int = 20 * MEGABYTE
    keep_days: int = 400
    due: date | None = None
    header: str = ""
    believed: Networks = ()
    heads: tuple[str, ...] = ()
