"""A workbook file taken in: its kind found, its form checked."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, Protocol

from msgspec import Struct
from msgspec.structs import replace

from workbook.catalogue.findings import AND_CHANGES, AND_WORKINGS
from workbook.catalogue.model import Language, listed
from workbook.checking.check import Checked, check
from workbook.checking.fingerprint import (
    changed_fields,
    changed_workings,
    form_as_made,
    read_fingerprint,
)
from workbook.checking.kinds import Kind, load_kind, rivals
from workbook.checking.search import kind_folders
from workbook.findings.model import Finding, finding, told_in
from workbook.form.model import Form
from workbook.reading.saved import open_saved
from workbook.reading.snapshot import Identity, Snapshot
from workbook.reading.values import Values

MOST_CHANGES: Final = 6  # of a form that a finding names


class OpenBook(Protocol):
    """A workbook that can be looked into, in a file or in a running program."""

    @property
    def identity(self) -> Identity:
        """The form that it says it is."""

    def snapshot(self, form: Form) -> Snapshot:
        """What stands in the cells that `form` asks for."""


class Intake(Struct, frozen=True):
    """What came of a file; without a kind there is nothing but the findings that say why."""

    path: Path
    kind: Kind | None
    checked: Checked


def take_in(path: Path, extra: Path | None = None) -> Intake:
    """The workbook at `path`, checked; raises `KindError` when its kind's data files are faulty."""
    book = open_saved(path)
    return _refused(path, book) if isinstance(book, Finding) else examine(path, book, extra)


def examine(path: Path, book: OpenBook, extra: Path | None = None) -> Intake:
    """An open workbook, checked; `path` is where it is or will be saved."""
    kind = kind_of(book.identity, extra)
    if isinstance(kind, Finding):
        return _refused(path, kind)
    if fault := version_fault(book.identity, kind, extra):
        return _refused(path, fault, kind)
    if fault := state_fault(book.identity, kind):
        return _refused(path, fault, kind)
    snapshot = book.snapshot(form_as_made(kind.form, book.identity.fingerprint))
    checked = check(snapshot, kind.form, kind.rules, kind.called)
    told = [finding("kind-elsewhere", sentence=sentence) for sentence in rivals(kind, extra)]
    told += _changed_rules(book.identity, kind)
    told = told_in(kind.form.language, told)
    return Intake(path, kind, checked.with_others(told) if told else checked)


def kind_of(identity: Identity, extra: Path | None = None) -> Kind | Finding:
    """The kind that a workbook says it is, or the finding that there is none of that name."""
    folders = kind_folders(extra)
    name = identity.kind
    if name is None:
        return finding("kind-missing")
    if name not in folders:
        return finding("kind-unknown", found=name, expected="、".join(folders))
    return load_kind(folders[name], extra)


def _refused(path: Path, fault: Finding, kind: Kind | None = None) -> Intake:
    language: Language = kind.form.language if kind else "zh"
    told = told_in(language, [fault])
    return Intake(path, kind, Checked(Values({}), tuple(told), language=language))


def version_fault(identity: Identity, kind: Kind, extra: Path | None = None) -> Finding | None:
    """The finding that a workbook is of another version of its form; none where it is of this.

    That there are other kinds of this name is a likely cause.
    """
    version = identity.version or 0
    if version == kind.form.version:
        return None
    code = "version-older" if version < kind.form.version else "version-newer"
    fault = finding(code, found=str(version), expected=str(kind.form.version))
    return replace(fault, causes=tuple(rivals(kind, extra)))


def state_fault(identity: Identity, kind: Kind) -> Finding | None:
    """The finding that a form was changed under its version since the workbook was made.

    A workbook that carries no state, as none did before, is believed.
    """
    changes = list(changes_since(identity, kind).values())
    if not changes:
        return None
    language = kind.form.language
    more = AND_CHANGES(language, count=len(changes)) if len(changes) > MOST_CHANGES else ""
    return finding("form-changed", changes=listed(language, changes[:MOST_CHANGES]) + more)


def changes_since(identity: Identity, kind: Kind) -> Mapping[str, str]:
    """By key, what was changed about a field since the workbook was made."""
    made_for = read_fingerprint(identity.fingerprint)
    return changed_fields(made_for, kind.fingerprint, kind.form.language) if made_for else {}


def _changed_rules(identity: Identity, kind: Kind) -> Iterator[Finding]:
    made_for = read_fingerprint(identity.fingerprint)
    changed = changed_workings(made_for, kind.fingerprint) if made_for else ()
    if changed:
        language = kind.form.language
        more = AND_WORKINGS(language, count=len(changed)) if len(changed) > MOST_CHANGES else ""
        yield finding("rules-changed", changes=listed(language, changed[:MOST_CHANGES]) + more)
