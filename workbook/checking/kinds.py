"""A kind of report is a folder of data files; this reads them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

from workbook.checking.data_files import (
    MOST_KEPT,
    RULES,
    SAMPLE,
    KindError,
    Layer,
    layers,
    raise_all,
    raise_several,
    shaped,
    toml,
    unknown_kind,
)
from workbook.checking.search import FORM, kind_folders, others
from workbook.form.faults import form_faults
from workbook.form.model import Form
from workbook.form.outline import with_outline
from workbook.form.sample import Sample, SampleFile, prepare_sample
from workbook.form.scored_tables import with_scores
from workbook.form.scoring_faults import score_faults
from workbook.overlays.form_changes import FormChanges, lay_form
from workbook.overlays.laid import Laid
from workbook.overlays.rule_changes import RuleChanges, lay_rules
from workbook.overlays.sample_changes import SampleChanges, lay_sample
from workbook.overlays.spots import Data
from workbook.rules.computed import prepare_computed
from workbook.rules.formula_limits import computed_refused, rules_refused
from workbook.rules.model import RuleFile, RuleSet
from workbook.rules.prepare import prepare_rules

TEMPLATE = "report.docx"


@dataclass(frozen=True)
class Kind:
    """One kind of report: its form and rules, and where its template lies.

    `layer` holds the bytes of its data files, `base` the kind that it extends, and `laid` the form
    of both as one.
    """

    folder: Path
    form: Form = field(repr=False)  # which fills pages of a notebook
    layer: Layer | None = field(default=None, repr=False, compare=False)
    base: "Kind | None" = field(default=None, repr=False, compare=False)
    laid: Laid = field(default_factory=lambda: Laid({}), repr=False, compare=False)

    @property
    def name(self) -> str:
        """The folder's name, which workbooks carry."""
        return self.form.kind

    @property
    def folders(self) -> tuple[Path, ...]:
        """Its folder, and behind it those of the kinds that it extends."""
        return (self.folder, *(self.base.folders if self.base else ()))

    @property
    def template(self) -> Path:
        """The Word template."""
        return self.file(TEMPLATE)

    def file(self, name: str) -> Path:
        """A file of its own, or where it has none that of the kind that it extends."""
        places = [folder / name for folder in self.folders]
        return next((place for place in places if place.exists()), places[0])

    @cached_property
    def rules(self) -> RuleSet:
        """The rules and computed cells, checked against the form.

        Raises `KindError` with every faulty one.
        """
        path, laid = self.folder / RULES, self.laid_rules
        rules, faults = prepare_rules(shaped(path, laid.data, RuleFile), self.form)
        # Faults of `compute` stand in form.toml, and are asked for again only where there are any.
        of_form = prepare_computed(self.form)[1] if faults else []
        of_form += computed_refused(rules.computed)
        of_rules = [*faults, *rules_refused(rules.rules)]
        raise_all(self.folder / FORM, self.told(of_form, self.laid))
        raise_all(path, self.told(of_rules, laid, ",可在 drop 里写上它,或用同一个 id 改它"))
        return rules

    @cached_property
    def sample(self) -> Sample:
        """The filled example; raises `KindError` when there is none or it does not fit the form."""
        laid, path = self.laid_sample, self.folder / SAMPLE
        if laid is None:
            raise KindError([f"{self.name} 没有样例(sample.toml)"])
        sample, faults = prepare_sample(shaped(path, laid.data, SampleFile), self.form)
        raise_all(path, self.told(faults, laid))
        return sample

    def check(self) -> None:
        """Read the rules and the sample; raises `KindError` for what is wrong with both."""
        raise_several(lambda: self.rules, lambda: self.laid_sample and self.sample)

    @cached_property
    def laid_rules(self) -> Laid:
        """The data of its rules, those that it extends included."""
        path, own = self.folder / RULES, self._own(RULES) or {}
        if self.base is None:
            shaped(path, own, RuleFile)
            return Laid(own)
        shaped(path, own, RuleChanges)
        return _sound(path, lay_rules(self.base.laid_rules.data, own))

    @cached_property
    def laid_sample(self) -> Laid | None:
        """The data of its sample, None where there is none."""
        path, own = self.folder / SAMPLE, self._own(SAMPLE)
        below = self.base.laid_sample if self.base else None
        if self.base is None and own is not None:
            shaped(path, own, SampleFile)
            return Laid(own)
        if own is None and below is None:
            return None
        shaped(path, own or {}, SampleChanges)
        return _sound(path, lay_sample(below.data if below else {}, own or {}, self.form))

    def _own(self, name: str) -> Data | None:
        """The data of a file in its folder, None where there is no such file."""
        path = self.folder / name
        if not path.exists():
            return None
        return toml(path, self.layer.content(name) if self.layer else None)

    def told(self, faults: Sequence[str], laid: Laid, hint: str = "") -> Sequence[str]:
        """Faults of the whole, each with what of it is behind the fault: an entry, or the base."""
        return laid.told(faults, f"来自「{self.base.name}」{hint}") if self.base else faults


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
    return [
        f"「{folder.name}」这种报告不止一份:用的是 {folder} 里的,没有用{'、'.join(unused)}"
        for folder in kind.folders
        if (unused := others(folder, extra))
    ]


@lru_cache(MOST_KEPT)  # to prepare the rules takes a quarter of a check, and a click checks anew
def _loaded(found: tuple[Layer, ...]) -> Kind:
    own, *below = found
    path = own.folder / FORM
    base = _loaded(tuple(below)) if below else None
    data = toml(path, own.content(FORM))
    laid = Laid(data) if base is None else _laid_form(own, data, base)
    kind = Kind(own.folder, shaped(path, laid.data, Form), own, base, laid)
    if not (faults := list(score_faults(kind.form))):
        kind = replace(kind, form=with_scores(with_outline(kind.form)))
        faults += form_faults(kind.form)
    faults = list(kind.told(faults, laid))
    if kind.name != own.folder.name:
        faults.append(f'kind = "{kind.name}" 应与文件夹名「{own.folder.name}」相同')
    raise_all(path, faults)
    return kind


def _laid_form(own: Layer, data: Data, base: Kind) -> Laid:
    """The form as one; with what is wrong with its changes, what is with those of other files."""
    path = own.folder / FORM
    if "sheet" in data:
        raise_all(path, ["写了 extends,就不写 [[sheet]];要加工作表请写 [[add]] 和 [[add.sheet]]"])
    shaped(path, data, FormChanges)
    laid = lay_form(base.laid.data, data)
    if laid.faults:
        others_of = Kind(own.folder, base.form, own, base, laid)
        raise_several(
            lambda: _sound(path, laid),
            lambda: others_of.laid_rules,
            lambda: others_of.laid_sample,
        )
    return laid


def _sound(path: Path, laid: Laid) -> Laid:
    raise_all(path, laid.faults)
    return laid
