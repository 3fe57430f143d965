"""The data files of a kind made into its form, its rules and its sample, or into their faults."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

from msgspec import Struct

from workbook.checking.data_files import (
    BOOK,
    EXTENDS,
    MOST_KEPT,
    RULES,
    SAMPLE,
    KindError,
    Layer,
    raise_all,
    raise_several,
    shaped,
    toml,
)
from workbook.checking.rule_sheet import RuleSheet, read_rule_sheet
from workbook.checking.search import FORM
from workbook.form.faults.form import form_faults
from workbook.form.faults.heads import head_faults
from workbook.form.faults.scoring import score_faults
from workbook.form.model import Form, with_parted_names
from workbook.form.outline import with_outline
from workbook.form.own_functions import own_function_faults
from workbook.form.sample import Sample, SampleFile, prepare_sample
from workbook.form.scored_tables import with_scores
from workbook.language.functions import FUNCTIONS
from workbook.language.own_functions import unusable
from workbook.overlays.form_changes import FormChanges, lay_form
from workbook.overlays.laid import Laid
from workbook.overlays.rule_changes import RuleChanges, lay_rules
from workbook.overlays.sample_changes import SampleChanges, lay_sample
from workbook.overlays.spots import Data
from workbook.rules.formula_limits import computed_refused, rules_refused
from workbook.rules.model import RuleFile, RuleSet
from workbook.rules.prepare import prepare_rules
from workbook.rules.prepare_computed import prepare_computed
from workbook.xlsx.package import PackageError


@dataclass(frozen=True)
class KindFiles:
    """The data files of a kind laid over those of the one that it extends.

    `layer` holds their bytes, `laid` the form of both as one, `form` what has come of it.
    """

    layer: Layer
    form: Form = field(repr=False)
    base: "KindFiles | None" = None
    laid: Laid = field(default_factory=lambda: Laid({}), repr=False)

    @property
    def folder(self) -> Path:
        """Where the files lie."""
        return self.layer.folder

    @cached_property
    def rules(self) -> RuleSet:
        """The rules and computed cells, checked against the form.

        Raises `KindError` with every faulty one.
        """
        sheet = self.rule_sheet
        raise_several(lambda: self._prepared, lambda: raise_all(self.folder / BOOK, sheet.faults))
        return self._prepared

    @cached_property
    def _prepared(self) -> RuleSet:
        path, laid = self.folder / RULES, self.laid_rules
        rules, faults = prepare_rules(shaped(path, laid.data, RuleFile), self.form)
        # Faults of `compute` stand in form.toml, and are asked for again only where there are any.
        of_form = prepare_computed(self.form)[1] if faults else []
        of_form += computed_refused(rules.computed, self.form)
        of_sheet, of_rules = self.rule_sheet.own([*faults, *rules_refused(rules.rules, self.form)])
        hint = ",可在 drop 里写上它,或用同一个 id 改它"
        raise_all(self.folder / FORM, self.told(of_form, self.laid))
        raise_several(
            lambda: raise_all(path, self.told(of_rules, laid, hint)),
            lambda: raise_all(self.folder / BOOK, of_sheet),
        )
        return rules

    @cached_property
    def rule_sheet(self) -> RuleSheet:
        """The rules in the sheet 规则 of its own form.xlsx, none where it has no such sheet."""
        book = self.layer.content(BOOK)
        if book is None:
            return RuleSheet()
        try:
            return read_rule_sheet(book, self.form, self._ids())
        except PackageError as error:
            raise KindError([f"{self.folder / BOOK}:{error}"]) from error

    def _ids(self) -> list[str]:
        """The names of the rules in its own rules.toml; a faulty file is told by who reads it."""
        with suppress(KindError):
            rules = (self._own(RULES) or {}).get("rule", ())
            listed = rules if isinstance(rules, list) else ()
            return [str(one.get("id", "")) for one in listed if isinstance(one, dict)]
        return []

    @cached_property
    def sample(self) -> Sample:
        """The filled example; raises `KindError` when there is none or it does not fit the form."""
        laid, path = self.laid_sample, self.folder / SAMPLE
        if laid is None:
            raise KindError([f"{self.form.kind} 没有样例(sample.toml)"])
        sample, faults = prepare_sample(shaped(path, laid.data, SampleFile), self.form)
        raise_all(path, self.told(faults, laid))
        return sample

    @cached_property
    def laid_rules(self) -> Laid:
        """The data of its rules, those that it extends included."""
        path, own = self.folder / RULES, self._own(RULES) or {}
        shaped(path, own, RuleFile if self.base is None else RuleChanges)
        own = own | {"rule": [*own.get("rule", ()), *map(dict, self.rule_sheet.rules)]}
        if self.base is None:
            return Laid(own)
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
        return toml(path, self.layer.content(name))

    def told(self, faults: Sequence[str], laid: Laid, hint: str = "") -> Sequence[str]:
        """Faults of the whole, each with what of it is behind the fault: an entry, or the base."""
        return laid.told(faults, f"来自「{self.base.form.kind}」{hint}") if self.base else faults


@lru_cache(MOST_KEPT)  # a sample is asked for after the rules, and a base by each that extends it
def read_files(found: tuple[Layer, ...]) -> KindFiles:
    """The files of a kind and of those that it extends.

    Raises `KindError` with all that is wrong with its form.
    """
    own, *below = found
    path = own.folder / FORM
    base = read_files(tuple(below)) if below else None
    data = toml(path, own.content(FORM))
    laid = Laid(data) if base is None else _laid_form(own, data, base)
    files = KindFiles(own, shaped(path, laid.data, Form), base, laid)
    if not (faults := list(score_faults(files.form))):
        files = replace(files, form=with_scores(with_outline(with_parted_names(files.form))))
        faults += form_faults(files.form)
        faults += function_faults(files.form)
        if not any(layer.content(BOOK) for layer in found):
            faults += head_faults(files.form)
    faults = list(files.told(faults, laid))
    if files.form.kind != own.folder.name:
        faults.append(f'kind = "{files.form.kind}" 应与文件夹名「{own.folder.name}」相同')
    raise_all(path, faults)
    return files


def function_faults(form: Form) -> list[str]:
    """What is wrong with the functions of a kind's own, or why they may not be used here."""
    faults = list(own_function_faults(form.function, (*form.fields, *form.tables), FUNCTIONS))
    return faults or [fault for one in form.function if (fault := unusable(one))]


def _laid_form(own: Layer, data: Data, base: KindFiles) -> Laid:
    """The form as one; with what is wrong with its changes, what is with those of other files."""
    path = own.folder / FORM
    if "sheet" in data:
        raise_all(path, ["写了 extends,就不写 [[sheet]];要加工作表请写 [[add]] 和 [[add.sheet]]"])
    shaped(path, data, FormChanges)
    laid = lay_form(base.laid.data, data)
    if laid.faults:
        others_of = KindFiles(own, base.form, base, laid)
        raise_several(
            lambda: _sound(path, laid),
            lambda: others_of.laid_rules,
            lambda: others_of.laid_sample,
        )
    return laid


def shape_faults_beside(folder: Path) -> list[str]:
    """What is wrong with the shapes of the rules and the sample, whatever the form says."""
    found: list[str] = []
    try:
        is_laid = EXTENDS in toml(folder / FORM, None)
    except KindError:  # which was told, with what is wrong with the writing of the others
        return found
    shapes: dict[str, type[Struct]] = {
        RULES: RuleChanges if is_laid else RuleFile,
        SAMPLE: SampleChanges if is_laid else SampleFile,
    }
    for name, shape in shapes.items():
        path = folder / name
        if path.exists():
            try:
                shaped(path, toml(path, None), shape)
            except KindError as error:
                found += error.faults
    return found


def _sound(path: Path, laid: Laid) -> Laid:
    raise_all(path, laid.faults)
    return laid
