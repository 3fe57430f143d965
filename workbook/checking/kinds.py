"""A kind of report is a folder of data files; this finds the folders and reads them."""

import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import TypeVar

import msgspec

from workbook.files.reasons import why
from workbook.form.faults import form_faults
from workbook.form.model import Form
from workbook.form.sample import Sample, SampleFile, prepare_sample
from workbook.form.scored_tables import with_scores
from workbook.form.scoring_faults import score_faults
from workbook.rules.computed import prepare_computed
from workbook.rules.formula_limits import computed_refused, rules_refused
from workbook.rules.model import RuleFile, RuleSet
from workbook.rules.prepare import prepare_rules

SEARCH_PATH = "GOUJI_TEMPLATES"
FORM, RULES, SAMPLE = FILES = ("form.toml", "rules.toml", "sample.toml")
MOST_KEPT = 16
_T = TypeVar("_T")


class KindError(Exception):
    """A kind is missing or its data files are wrong; `faults` names each one, for its author."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Kind:
    """One kind of report: its form and rules, and where its template lies.

    `contents` holds the bytes of its data files, None for one that could not be read.
    """

    folder: Path
    form: Form = field(repr=False)  # which fills pages of a notebook
    contents: Mapping[str, bytes | None] = field(default_factory=dict, repr=False, compare=False)

    @property
    def name(self) -> str:
        """The folder's name, which workbooks carry."""
        return self.form.kind

    @property
    def template(self) -> Path:
        """The Word template."""
        return self.folder / "report.docx"

    @cached_property
    def rules(self) -> RuleSet:
        """The rules and computed cells, checked against the form.

        Raises `KindError` with every faulty one.
        """
        path = self.folder / RULES
        file = _load(path, self.contents.get(RULES), RuleFile) if path.exists() else RuleFile()
        rules, faults = prepare_rules(file, self.form)
        # Faults of `compute` stand in form.toml, and are asked for again only where there are any.
        of_form = prepare_computed(self.form)[1] if faults else []
        _raise(self.folder / FORM, [*of_form, *computed_refused(rules.computed)])
        _raise(path, [*faults, *rules_refused(rules.rules)])
        return rules

    @cached_property
    def sample(self) -> Sample:
        """The filled example; raises `KindError` when there is none or it does not fit the form."""
        path = self.folder / SAMPLE
        if not path.exists():
            raise KindError([f"{self.name} 没有样例(sample.toml)"])
        file = _load(path, self.contents.get(SAMPLE), SampleFile)
        sample, faults = prepare_sample(file, self.form)
        _raise(path, faults)
        return sample

    def check(self) -> None:
        """Read the rules and the sample; raises `KindError` for what is wrong with them."""
        _ = self.rules
        if (self.folder / SAMPLE).exists():
            _ = self.sample


def find_kind(name: str, extra: Path | None = None) -> Kind:
    """The kind called `name`; raises `KindError` when it is unknown or its form is wrong."""
    folders = kind_folders(extra)
    if name not in folders:
        raise KindError([f"没有「{name}」这种报告。现有:{'、'.join(folders) or '无'}"])
    return load_kind(folders[name])


def load_kind(folder: Path) -> Kind:
    """The kind in `folder`, the same one as before while its files say the same.

    Raises `KindError` with all that is wrong with its form.
    """
    return _loaded(folder, tuple(_content(folder / name) for name in FILES))


def _content(path: Path) -> bytes | None:
    with suppress(OSError):  # who needs the file then says so
        return path.read_bytes()
    return None


@lru_cache(MOST_KEPT)  # to prepare the rules takes a quarter of a check, and a click checks anew
def _loaded(folder: Path, contents: tuple[bytes | None, ...]) -> Kind:
    path, files = folder / FORM, dict(zip(FILES, contents, strict=True))
    form = _load(path, files[FORM], Form)
    if not (faults := list(score_faults(form))):
        form = with_scores(form)
        faults += form_faults(form)
    if form.kind != folder.name:
        faults.append(f'kind = "{form.kind}" 应与文件夹名「{folder.name}」相同')
    _raise(path, faults)
    return Kind(folder, form, files)


def kind_folders(extra: Path | None = None) -> dict[str, Path]:
    """Folders that hold a `form.toml`, by name; an extra folder wins over the built-in ones."""
    found: dict[str, Path] = {}
    for root in _roots(extra):
        for path in sorted(root.glob("*/form.toml")):
            found.setdefault(path.parent.name, path.parent)
    return found


def _roots(extra: Path | None) -> Iterator[Path]:
    if extra is not None:
        yield extra
    yield from (Path(p) for p in os.environ.get(SEARCH_PATH, "").split(os.pathsep) if p)
    here = Path(__file__).resolve().parent.parent
    # An installed wheel carries the folder inside the package, a checkout beside it.
    yield here / "templates" if (here / "templates").is_dir() else here.parent / "templates"


def _load(path: Path, content: bytes | None, shape: type[_T]) -> _T:
    """The file's data; where nothing was read, to read it again tells why not."""
    try:
        content = path.read_bytes() if content is None else content
        text = TextIOWrapper(BytesIO(content), encoding="utf-8-sig").read()
        data = tomllib.loads(text, parse_float=Decimal)
        return msgspec.convert(data, shape, strict=True)
    except OSError as error:
        raise KindError([f"{path}:读不了({why(error)})"]) from error
    except UnicodeDecodeError as error:
        raise KindError([f"{path}:请用 UTF-8 编码保存"]) from error
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise KindError([f"{path}:{error}"]) from error


def _raise(path: Path, faults: Sequence[str]) -> None:
    if faults:
        raise KindError([f"{path}:{fault}" for fault in faults])
