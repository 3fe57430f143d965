"""A kind of report is a folder of data files; this finds them and keeps what they make."""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.catalogue.findings import RIVALS
from workbook.catalogue.model import listed
from workbook.checking.data_files import (
    BOOK,
    MOST_KEPT,
    KindError,
    Layer,
    layers,
    raise_several,
    unknown_kind,
)
from workbook.checking.fingerprint import Fingerprint, fingerprint_of
from workbook.checking.search import kind_folders, others
from workbook.files.cache import keep, key_of, recall
from workbook.form.model import Form
from workbook.rules.model import RuleSet

if TYPE_CHECKING:
    from workbook.form.sample import Sample

TEMPLATE = "report.docx"


@dataclass(frozen=True)
class Kind:
    """One kind of report: its form and rules, and where its template lies.

    `layers` holds the bytes of its data files, behind them those of the kinds that it extends.
    """

    folder: Path
    form: Form = field(repr=False)  # which fills pages of a notebook
    layers: tuple[Layer, ...] = field(default=(), repr=False, compare=False)

    @property
    def name(self) -> str:
        """The folder's name, which workbooks carry."""
        return self.form.kind

    @property
    def extends(self) -> str:
        """The name of the kind that it extends, if it does."""
        return self.layers[1].folder.name if len(self.layers) > 1 else ""

    @property
    def folders(self) -> tuple[Path, ...]:
        """Its folder, and behind it those of the kinds that it extends."""
        return (self.folder, *(layer.folder for layer in self.layers[1:]))

    @property
    def template(self) -> Path:
        """The Word template."""
        return self.file(TEMPLATE)

    @property
    def book(self) -> bytes | None:
        """The workbook that its form was born in, to be handed out as it is; None for most."""
        return next((one for layer in self.layers if (one := layer.content(BOOK))), None)

    def file(self, name: str) -> Path:
        """A file of its own, or where it has none that of the kind that it extends."""
        places = [folder / name for folder in self.folders]
        return next((place for place in places if place.exists()), places[0])

    @cached_property
    def rules(self) -> RuleSet:
        """The rules and computed cells, checked against the form.

        Raises `KindError` with every faulty one.
        """
        from workbook.checking.kind_files import read_files  # noqa: PLC0415 - only a kind that is new pays

        rules = read_files(self.layers).rules
        keep(_key("kind", self.layers), (self.form, rules, self.called))
        return rules

    @cached_property
    def called(self) -> frozenset[str]:
        """Words of which one stands in each text that names a figure of the form."""
        from workbook.prose.figures import called  # noqa: PLC0415 - as above

        return called(self.form)

    @cached_property
    def fingerprint(self) -> Fingerprint:
        """The state of its form and rules, which workbooks carry."""
        return fingerprint_of(self.form, self.rules)

    @cached_property
    def state(self) -> str:
        """The same as a short hash, by which a report says of which state of the form it is."""
        return sha256(self.fingerprint.text.encode()).hexdigest()[:16]

    @cached_property
    def sample(self) -> "Sample":
        """The filled example; raises `KindError` when there is none or it does not fit the form."""
        from workbook.checking.kind_files import read_files  # noqa: PLC0415 - who only checks needs none

        return read_files(self.layers).sample

    def key(self, what: str) -> bytes:
        """The key by which something is kept that comes of its files alone; none without files."""
        return _key(what, self.layers) if self.layers else b""

    def check(self) -> None:
        """Read the rules and the sample; raises `KindError` for what is wrong with both."""
        from workbook.checking.kind_files import read_files  # noqa: PLC0415 - as above

        files = read_files(self.layers)
        raise_several(lambda: files.rules, lambda: files.laid_sample and files.sample)


def find_kind(name: str, extra: Path | None = None) -> Kind:
    """The kind called `name`; raises `KindError` when it is unknown or its form is wrong."""
    folders = kind_folders(extra)
    if name not in folders:
        raise KindError([unknown_kind(name, folders)])
    return load_kind(folders[name], extra)


def load_kind(folder: Path, extra: Path | None = None) -> Kind:
    """The kind in `folder`, the same one as before while its files say the same.

    So while those of the kind that it extends do, which is looked for in `extra` first. Raises
    `KindError` with all that is wrong with its form.
    """
    return _loaded(layers(folder, extra))


def rivals(kind: Kind, extra: Path | None = None) -> list[str]:
    """Of a kind and of those that it extends, that there are others of the same name."""
    language = kind.form.language
    return [
        RIVALS(language, name=folder.name, folder=folder, unused=listed(language, unused))
        for folder in kind.folders
        if (unused := others(folder, extra))
    ]


@lru_cache(MOST_KEPT)
def _loaded(found: tuple[Layer, ...]) -> Kind:
    folder = found[0].folder
    if kept := recall(_key("kind", found)):
        form, rules, called = kept
        kind = Kind(folder, form, found)
        vars(kind).update(rules=rules, called=called)
        return kind
    from workbook.checking.kind_files import read_files  # noqa: PLC0415 - only a kind that is new pays

    return Kind(folder, read_files(found).form, found)


def _key(what: str, found: tuple[Layer, ...]) -> bytes:
    """The key of what comes of the names of the folders and the bytes of the files."""
    parts = (
        part
        for folder, contents, functions in found
        for part in (folder.name, *contents, *filter(None, [functions]))
    )
    return key_of(what, *parts)
