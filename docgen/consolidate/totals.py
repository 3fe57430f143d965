"""All that a batch comes to: sums, places, changes, rules across units; and the workbook of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docgen.batch.ledger import Ledger
from docgen.batch.sheets import bytes_of, new_book
from docgen.batch.units import Units
from docgen.consolidate.across import Across, Told, told_across
from docgen.consolidate.charts import write_charts
from docgen.consolidate.comparing import FROM_FORM, Compared, compared
from docgen.consolidate.gathering import gathered, settled_ledger
from docgen.consolidate.levels import Level, levels
from docgen.consolidate.lists import write_across, write_left_out, write_outliers
from docgen.consolidate.model import Gathered, Group
from docgen.consolidate.outliers import Outlier, outliers
from docgen.consolidate.ranking import Ranking, ranking
from docgen.consolidate.sheets import write_compared, write_levels, write_ranking, write_units
from docgen.consolidate.transfers import told_transfers, transfer_faults
from workbook.across.summing import AcrossFile, across_file, summing
from workbook.checking.data_files import KindError

_NOTHING = Gathered((), ())


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for beside the sums: an earlier batch's OUT, and a file of rules across units.

    `Asked(units, prior=Path("结果2024"), rules=Path("汇总规则.toml"))`
    """

    units: Units
    templates: Path | None = None
    prior: Path | None = None
    rules: Path | None = None


@dataclass(frozen=True, slots=True)
class Summed:
    """A group with all that there is to say of it.

    Of the department reports of 2025: the first of `levels` has 基本支出 summed over all units, and
    `beside` holds the sums of 2024.
    """

    group: Group
    levels: list[Level]
    order: Ranking
    beside: Compared | None
    outliers: list[Outlier]


@dataclass(frozen=True, slots=True)
class Totals:
    """All groups, who is in none of them, and what rules across units say.

    `uncompared` are the groups of which the earlier batch that was asked for has nothing.
    """

    groups: tuple[Summed, ...]
    found: Gathered
    told: tuple[Told, ...]
    uncompared: tuple[str, ...] = ()

    @property
    def faults(self) -> list[Told]:
        """The rules across units that do not hold and count as errors."""
        return [one for one in self.told if one.result.is_error]

    @property
    def is_fit(self) -> bool:
        """Whether everything is in and ties."""
        return not (self.found.left_out or self.faults)


def totalled(ledger: Ledger, asked: Asked) -> Totals:
    """The totals of a batch that is done.

    Raises `DataError` where the earlier batch cannot be used, `KindError` for a kind that is gone
    and for rules that cannot be read.
    """
    found = gathered(ledger, asked.units, asked.templates)
    before = _prior(asked)
    groups = tuple(_summed(one, found, before, asked.units) for one in found.groups)
    uncompared = tuple(
        one.group.label
        for one in groups
        if asked.prior and (one.beside is None or one.beside.before == FROM_FORM)
    )
    return Totals(groups, found, tuple(_told(found, ledger, asked)), uncompared)


def _prior(asked: Asked) -> Gathered:
    """What counted in the earlier batch; who has left the list since counted then."""
    if asked.prior is None:
        return _NOTHING
    with settled_ledger(asked.prior) as ledger:
        return gathered(ledger, Units(()), asked.templates)


def _summed(group: Group, found: Gathered, before: Gathered, units: Units) -> Summed:
    beside = compared(group, found, before, units)
    return Summed(
        group,
        levels(group.parts, group.kind.name, units),
        ranking(group),
        beside,
        outliers(group, beside),
    )


def _told(found: Gathered, ledger: Ledger, asked: Asked) -> Iterator[Told]:
    """What the rules of the kinds and of the bureau's own file say."""
    across = Across(found, asked.units, ledger)
    kinds = {one.kind.name: one.kind for one in found.groups}
    for name, kind in kinds.items():
        said = summing(kind)
        yield from _by_file(AcrossFile(rule=said.rule, transfer=said.transfer), name, across)
    if asked.rules is not None:
        yield from _by_own(asked.rules, across)


def _by_own(path: Path, across: Across) -> list[Told]:
    """What a bureau's own file says; its faults are told with its name."""
    rules = across_file(path)
    kinds = sorted({one.kind.name for one in across.found.groups})
    unsaid = [one.id for one in rules.rule if not one.kind]
    unsaid += [one.id for one in rules.transfer if not (one.paid.kind and one.received.kind)]
    if unsaid and len(kinds) > 1:
        told = f"规则「{unsaid[0]}」没有写 kind,而这一批有{'、'.join(kinds)}。请写明是哪一种的"
        raise KindError([f"{path}:{told}"])
    try:
        return list(_by_file(rules, kinds[0] if kinds else "", across))
    except KindError as error:
        raise KindError([f"{path}:{fault}" for fault in error.faults]) from error


def _by_file(rules: AcrossFile, default: str, across: Across) -> Iterator[Told]:
    forms = {one.kind.name: one.kind.form for one in across.found.groups}
    faults = [f for one in rules.transfer for f in transfer_faults(one, forms, default)]
    if faults:
        raise KindError(faults)
    yield from told_across(rules, default, across)
    for one in rules.transfer:
        yield from told_transfers(one, default, across)


def total_book(totals: Totals, units: Units) -> bytes:
    """The workbook's bytes; the same totals give the same."""
    book = new_book()
    for one in totals.groups:
        write_levels(book, one.group, one.levels, is_partial=bool(totals.found.left_out))
        write_ranking(book, one.group, one.order, units)
        if one.beside is not None:
            write_compared(book, one.group, one.beside)
        write_charts(book, one.group, one.levels, one.order)
        write_units(book, one.group, one.order)
    if totals.told:
        write_across(book, totals.told)
    write_outliers(book, {one.group.label: one.outliers for one in totals.groups})
    write_left_out(book, totals.found.left_out)
    return bytes_of(book)
